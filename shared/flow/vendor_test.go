package flow_test

import (
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// vendorCase are the fields of 7.5 for a provider's case.
func vendorCase(more ...string) []string {
	return append([]string{"vendor", "Proveedor de ejemplo", "vendor_contact", "Mesa del proveedor", "vendor_case", "SR-1", "in_warranty", "no",
		"reported_at", "2026-01-05T09:00"}, more...)
}

// atLevel5 is an 8.5 in the hands of internal services (7.5).
func atLevel5(t tester) *bench {
	return moveTo(held85(t, userHQ), "5", string(vendors))
}

func atVendor(t tester) *bench {
	b := atLevel5(t)
	b.do(vendors, desk.ActVendorCase, vendorCase()...)
	return b
}

func situationsOfVendors() []situation {
	return []situation{
		{"8.5 at Level 5, in hands", func(t tester) *bench { return atLevel5(t) }, `
			usuaria-sede: comment
			servicios-1: ask escalate send-back close log-contact workaround vendor-case WORDS
			soporte-1: WORDS
			soporte-2: WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.5 waits for a provider", func(t tester) *bench { return atVendor(t) }, `
			usuaria-sede: comment
			servicios-1: log-contact vendor-answer WORDS
			soporte-1: WORDS
			soporte-2: WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
	}
}

// R47: a provider's case pauses the local target, is asked for on the date the
// provider gave and then each working day, and gives the time back.
func TestVendorCasePausesAndIsWatched(t *testing.T) {
	b := atLevel5(t)
	expected := b.now.Add(50 * time.Hour)
	b.do(vendors, desk.ActVendorCase, vendorCase("expected_at", expected.In(desk.Lima).Format(flow.TimeLayout))...)
	if b.ticket.State != desk.WaitingVendor || len(b.waits) != 1 || !b.waits[0].Vendor || flow.AwaitState(b.waits[0]) != "AwaitVendor" {
		t.Fatalf("state %s, waits %+v", b.ticket.State, b.waits)
	}
	if got, want := b.waits[0].WakeAt, expected.Truncate(time.Minute); got.Sub(want).Abs() > time.Minute {
		t.Errorf("the provider is asked for at %v, want %v", got, want)
	}
	d := b.ring(desk.WaitPaused)
	if len(d.Notices) != 1 || d.Notices[0].Message != desk.MailVendorDue || d.Notices[0].Audience.Person != vendors {
		t.Errorf("a late provider tells %+v", d.Notices)
	}
	if d = b.ring(desk.WaitPaused); d.Notices[0].Message != desk.MailVendorDue {
		t.Errorf("the next working day tells %+v", d.Notices)
	}
	b.do(vendors, desk.ActVendorAnswer, "result", "Cambiaron la pieza.")
	if b.ticket.State != desk.InProgress || b.ticket.Level != 5 || b.ticket.Stops != 1 || !b.ticket.ExpectedAt.IsZero() {
		t.Errorf("after the answer: %+v", b.ticket)
	}
}

// R47: a case under warranty is known from one that is paid for.
func TestVendorCaseSaysWhetherThereIsAWarranty(t *testing.T) {
	for name, test := range map[string]struct {
		said []string
		want bool
	}{
		"none":        {nil, false},
		"in warranty": {[]string{"in_warranty", "yes", "warranty", "Hasta el 31/12/2026"}, true},
	} {
		d := atLevel5(t).do(vendors, desk.ActVendorCase, vendorCase(test.said...)...)
		opened, ok := d.Events[0].(desk.VendorCaseOpened)
		if !ok || opened.Warranty != test.want {
			t.Errorf("%s: event %+v", name, d.Events[0])
		}
	}
}

func TestVendorCaseDemands(t *testing.T) {
	tests := []struct {
		name, field string
		change      []string
	}{
		{"a provider", "vendor", []string{"vendor", ""}},
		{"a contact", "vendor_contact", []string{"vendor_contact", ""}},
		{"a case number", "vendor_case", []string{"vendor_case", ""}},
		{"warranty said", "in_warranty", []string{"in_warranty", "maybe"}},
		{"the warranty's data when there is one", "warranty", []string{"in_warranty", "yes"}},
		{"a moment that has passed", "reported_at", []string{"reported_at", "2030-01-01T09:00"}},
		{"an answer still to come", "expected_at", []string{"expected_at", "2020-01-01T09:00"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := atLevel5(t).try(vendors, desk.ActVendorCase, vendorCase(test.change...)...)
			wantField(t, err, test.field)
		})
	}
}

// R150: a case filed wrongly goes where it belongs, and nothing that waited for
// the old flow is left waiting.
func TestReclassify(t *testing.T) {
	t.Run("within its flow it stays where it is", func(t *testing.T) {
		b := held85(t, userHQ)
		b.do(deskOne, desk.ActReclassify, "service", "sigo", "flow", "8.5", "reason", "Es del SIGO.")
		if b.ticket.Service != "sigo" || b.ticket.Flow != desk.Flow85 || b.ticket.Assignee != support || b.ticket.Level != 2 {
			t.Errorf("ticket %+v", b.ticket)
		}
	})
	t.Run("to a flow with approvals it asks for them, before any level works on", func(t *testing.T) {
		b := held85(t, userUT)
		b.do(expertUT, desk.ActReclassify, "service", "sigo", "flow", "8.1", "reason", "Es un incidente.")
		if b.ticket.State != desk.PendingApproval || b.ticket.Stage != desk.StageUT || len(b.waits) != 1 || b.waits[0].ID.Kind() != desk.WaitApproval {
			t.Errorf("ticket %+v waits for %+v", b.ticket, b.waits)
		}
	})
	t.Run("out of an approval nobody is asked any more", func(t *testing.T) {
		b := waits81(t, userHQ)
		d := b.do(deskOne, desk.ActReclassify, "service", "impresora", "flow", "8.6", "reason", "Es la impresora.")
		if b.ticket.Level != 1 || b.ticket.State != desk.Unassigned || len(b.ticket.Asked) != 0 || len(b.ticket.Missing) == 0 {
			t.Errorf("ticket %+v", b.ticket)
		}
		wantMails(t, d, "reclassified→requester missing-data→requester reclassified→mesa-de-ayuda")
		only(t, b, desk.ActApprove)
	})
	t.Run("equipment at the UTI is returned first", func(t *testing.T) {
		b := held86(t, userHQ)
		b.do(support, desk.ActDeclareLong)
		_, err := b.try(deskOne, desk.ActReclassify, "service", "antivirus", "flow", "8.5", "reason", "x")
		wantRefused(t, err, desk.Refused, "8.6.5, R116")
	})
	t.Run("to what it is already it is told so", func(t *testing.T) {
		_, err := held85(t, userHQ).try(deskOne, desk.ActReclassify, "service", "antivirus", "flow", "8.5", "reason", "x")
		wantField(t, err, "service")
	})
}
