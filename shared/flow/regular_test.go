package flow_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// byMail is the form of an 8.3 that was asked for and authorised by mail on the
// evening before.
func byMail(change ...string) []string {
	fields := []string{"service", "sigo", "flow", "8.3", "subject", "Servidor detenido", "description", "No respondía.", "detected", "stopped", "by_mail", "yes",
		"asked_at", "2026-09-14T19:00", "request_mail", "Pido autorización para reiniciar.", "authorised_by", "jefa-uti", "authorised_at", "2026-09-14T19:20", "authorisation_mail", "Autorizado."}
	return append(fields, change...)
}

func openMailed(b *bench) flow.Decision {
	if !b.approvable() {
		return open83(b)
	}
	b.channel = desk.ChannelForm
	return b.do(b.requester, desk.ActOpen, byMail()...)
}

// approvable tells whether the directory has a Jefatura of the UTI to name.
func (b *bench) approvable() bool { return len(b.approval[desk.StageUTI].AtOnce) > 0 }

// 8.3.2, R90: entered afterwards with its real dates, work may go on, and the
// Jefatura is asked to regularise.
func TestAuthorisedByMailBeginsWhereAnAuthorisedCaseDoes(t *testing.T) {
	b := newBench(t, detector)
	d := openMailed(b)
	wantEvents(t, d, "TicketOpened AuthorisedByMail LevelEntered")
	wantMails(t, d, "received→requester regularise→jefa-uti")
	asked := time.Date(2026, 9, 14, 19, 0, 0, 0, desk.Lima).UTC()
	if !b.ticket.OpenedAt.Equal(asked) || !d.Happened.Equal(asked) || b.ticket.Level != 1 || b.ticket.Regular != desk.RegularPending || !b.ticket.WorkAt.Equal(b.now) {
		t.Errorf("entered as %+v", b.ticket)
	}
	if want := (desk.AuthorisedByMail{By: headUTI, At: asked.Add(20 * time.Minute)}); d.Events[1] != want {
		t.Errorf("event %+v, want %+v", d.Events[1], want)
	}
	if d.Texts["request_mail"] == "" || d.Texts["authorisation_mail"] == "" || d.Texts["authorised_by"] != "" || d.Texts["by_mail"] != "" {
		t.Errorf("texts %v: both mails and nothing else", d.Texts)
	}
	if got := waitNames(b.waits); got != "level#1 regularise#1" {
		t.Errorf("waits %s", got)
	}
}

func TestRegularisationIsRemindedEachWorkingDayAndNeededToClose(t *testing.T) {
	b := newBench(t, detector)
	openMailed(b)
	d := b.ring(desk.WaitRegularise)
	wantEvents(t, d, "WaitReminded")
	wantMails(t, d, "regularise→jefa-uti")
	if want := workday(1, 8, 30); !b.now.Equal(want) || d.Notices[0].Round != 2 {
		t.Errorf("reminded at %v, want %v, round %d", b.now, want, d.Notices[0].Round)
	}
	b.do(assigner, desk.ActRoute, "level", "2", "reason", "x")
	b.do(developer, desk.ActTake)
	_, err := b.try(developer, desk.ActClose, closing()...)
	wantRefused(t, err, desk.Refused, "8.3.2, R90")
	wantDemand(t, b, "Regularización de la Jefatura de la UTI", false)
	d = b.do(headUTI, desk.ActRegularise)
	wantEvents(t, d, "AuthorisationRegularised")
	wantMails(t, d, "regularised→requester")
	if b.ticket.Level != 2 || b.ticket.Assignee != developer || slices.ContainsFunc(b.waits, func(w desk.Wait) bool { return w.ID.Kind() == desk.WaitRegularise }) {
		t.Errorf("regularised, the case moved or still waits: %+v, %s", b.ticket, waitNames(b.waits))
	}
	wantDemand(t, b, "Regularización de la Jefatura de la UTI", true)
	b.do(developer, desk.ActClose, closing()...)
}

// What the Jefatura never authorised ends rejected, and everybody learns why.
func TestWhatWasNeverAuthorisedIsRejected(t *testing.T) {
	b := newBench(t, detector)
	openMailed(b)
	_, err := b.try(headUTI, desk.ActDeny)
	wantField(t, err, "reason")
	d := b.do(headUTI, desk.ActDeny, "reason", "Ese correo no es mío.")
	wantEvents(t, d, "AuthorisationDenied TicketRejected")
	wantMails(t, d, "rejected→requester rejected→mesa-de-ayuda")
	wantState(t, b, desk.Rejected)
}

func TestNobodyRegularisesTheirOwn(t *testing.T) {
	b := newBench(t, detector)
	openMailed(b)
	b.ticket.Requester = headUTI
	f := b.facts(headUTI, nil)
	if _, err := flow.Decide(b.ticket, f, b.act(headUTI, desk.ActRegularise, desk.Fields{})); desk.CodeOf(err) != desk.Forbidden {
		t.Errorf("who asked may regularise: %v", err)
	}
}

func TestAuthorisationByMailIsChecked(t *testing.T) {
	tests := []struct {
		name, field, value, problem string
	}{
		{"no date of the petition", "asked_at", "", "asked_at"},
		{"no petition", "request_mail", "", "request_mail"},
		{"nobody authorised", "authorised_by", "", "authorised_by"},
		{"no authorisation", "authorisation_mail", "", "authorisation_mail"},
		{"authorised before it was asked", "authorised_at", "2026-09-14T18:59", "authorised_at"},
		{"authorised tomorrow", "authorised_at", "2026-09-16T10:00", "authorised_at"},
		{"asked for tomorrow", "asked_at", "2026-09-16T10:00", "asked_at"},
		{"authorised by a head of another unit", "authorised_by", "jefa-uo", "authorised_by"},
		{"authorised by who asked", "authorised_by", "especialista-uti", "authorised_by"},
		{"no date at all", "asked_at", "ayer", "asked_at"},
		{"not said that it was by mail", "by_mail", "", "asked_at"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t, detector)
			_, err := b.try(detector, desk.ActOpen, byMail(test.field, test.value)...)
			wantField(t, err, test.problem)
		})
	}
	b := newBench(t, detector)
	b.standsIn(desk.StageUTI, actingUTI, headUTI)
	d := b.do(detector, desk.ActOpen, byMail("authorised_by", string(actingUTI))...)
	if e, ok := d.Events[1].(desk.AuthorisedByMail); !ok || e.By != actingUTI || e.For != headUTI {
		t.Errorf("authorised by the substitute: %+v", d.Events[1])
	}
	if strings.Contains(eventNames(d.Events), "ApprovalRequested") {
		t.Error("it is asked for again in PAU")
	}
}
