package feedback_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/feedback"
	"mesa/shared/work"
)

// A person has the address used again: off both lists, with a reason; an event
// that comes late does not close it anew, a mail that bounces afterwards does.
func TestAddressIsUsedAgain(t *testing.T) {
	c := newCounter(t)
	id := c.Open85()
	old := c.sent(id, "1.1")
	c.SetTime(time.Date(2026, 9, 15, 14, 0, 30, 0, time.UTC)) // after the event's own times
	c.hear("bounce-no-address", old)
	if _, closed, err := c.desk.Closed(t.Context(), "Usuaria-Administracion-1@QW.gob.pe"); !closed || err != nil {
		t.Errorf("closed %t, %v", closed, err)
	}
	service := &ses{}
	r, err := c.desk.Reopen(t.Context(), service, work.AddressKey(requester), "Se creó el buzón.", "especialista-mesa")
	if err != nil || r.Active() || r.Release == nil || r.Release.By != "especialista-mesa" || r.Release.Reason != "Se creó el buzón." || !slices.Equal(service.forgot, []string{requester}) {
		t.Fatalf("%+v, %v; the service forgot %v", r, err, service.forgot)
	}
	if _, closed, _ := c.desk.Closed(t.Context(), requester); closed {
		t.Error("still closed")
	}
	c.hear("bounce-no-address", old)
	if c.closed(old).Active() {
		t.Error("an event of a mail sent before closed it again")
	}
	late := feedback.Heard{Ticket: id, Ref: "1.1", SentAt: old.DoneAt, Delivery: desk.Delivery{State: desk.DeliveryBounced, At: c.Time().Add(time.Hour), Cause: desk.CauseNoAddress}}
	if err := c.desk.Note(t.Context(), late); err != nil {
		t.Fatal(err)
	}
	if c.closed(old).Active() {
		t.Error("a mail that was under way at the release, and bounced later, closed it again")
	}
	_, err = c.desk.Reopen(t.Context(), service, work.AddressKey(requester), "Otra vez.", "especialista-mesa")
	if desk.CodeOf(err) != desk.NotFound || len(service.forgot) != 1 {
		t.Errorf("a second release: %v", err)
	}
	c.Advance(time.Hour)
	later := feedback.Heard{Ticket: id, Ref: "1.1", SentAt: c.Time(), Delivery: desk.Delivery{State: desk.DeliveryBounced, At: c.Time(), Cause: desk.CauseNoAddress}}
	if err := c.desk.Note(t.Context(), later); err != nil {
		t.Fatal(err)
	}
	if r := c.closed(old); !r.Active() || r.Times != 2 || r.Release == nil {
		t.Errorf("after a new bounce: %+v", r)
	}
	if got := c.told(id); len(got) != 2 {
		t.Errorf("told %v, want once an episode", got)
	}
}

// Two release an address at once: the first one's word stands.
func TestTwoReleasesAtOnce(t *testing.T) {
	c := newCounter(t)
	e := c.sent(c.Open85(), "1.1")
	c.hear("bounce-no-address", e)
	key := work.AddressKey(requester)
	first := &feedback.Desk{Store: c.Store, Directory: c.Store, Now: c.Now}
	c.desk.Store = &overtaken{Store: c.Store, by: func() {
		if _, err := first.Reopen(t.Context(), &ses{}, key, "La primera.", "informatica-mesa-1"); err != nil {
			t.Error(err)
		}
	}}
	r, err := c.desk.Reopen(t.Context(), &ses{}, key, "La segunda.", "especialista-mesa")
	if err != nil || r.Release == nil || r.Release.By != "informatica-mesa-1" || c.closed(e).Release.Reason != "La primera." {
		t.Errorf("%+v, %v; stored %+v", r, err, c.closed(e).Release)
	}
}

// When SES cannot be asked the desk changes nothing.
func TestReleaseThatSESRefuses(t *testing.T) {
	c := newCounter(t)
	e := c.sent(c.Open85(), "1.1")
	c.hear("bounce-no-address", e)
	away := errors.New("service unavailable")
	if _, err := c.desk.Reopen(t.Context(), &ses{err: away}, work.AddressKey(requester), "x", "especialista-mesa"); !errors.Is(err, away) {
		t.Errorf("error %v", err)
	}
	if !c.closed(e).Active() {
		t.Error("the desk opened it all the same")
	}
	if _, err := c.desk.Reopen(t.Context(), &ses{}, "0000", "x", "especialista-mesa"); desk.CodeOf(err) != desk.NotFound {
		t.Errorf("an address nobody knows: %v", err)
	}
}

// A mail not sent because of its address is told of once per case; any other only
// if it was the closing.
func TestMailsThatAreNotSent(t *testing.T) {
	c := newCounter(t)
	c.hear("bounce-no-address", c.sent(c.Open85(), "1.1"))
	closed := c.closed(desk.Effect{Mail: &desk.Mail{To: requester}})
	id := c.closing()
	for range 2 {
		for _, ref := range []string{"1.1", "4.1"} {
			if err := c.desk.NotSent(t.Context(), c.item(id, ref), closed, c.Time()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := c.told(id); len(got) != 2 {
		t.Errorf("told %v, want once of the address and once of the closing", got)
	}
	other := c.Open85()
	many := desk.Effect{Ticket: other, Seq: 1, N: desk.Effect{N: 1}.ItemOf(3), Op: desk.OpMail, Mail: &desk.Mail{Message: desk.MailInterruption, To: requester}}
	if err := c.desk.NotSent(t.Context(), many, closed, c.Time()); err != nil || len(c.told(other)) != 0 {
		t.Errorf("one of a notice to many: told %v, %v", c.told(other), err)
	}
	plain := c.closing()
	for _, ref := range []string{"1.1", "4.1"} {
		if err := c.desk.NotSent(t.Context(), c.item(plain, ref), work.Suppression{}, c.Time()); err != nil {
			t.Fatal(err)
		}
	}
	if got := c.told(plain); !slices.Equal(got, []string{"soporte-1@qw.gob.pe"}) || c.item(plain, "4.501").Mail.Data["ca"] != "refused" {
		t.Errorf("told %v, want of the closing alone", got)
	}
}

// A mail that came back closes the address only with our signature, about the
// address it went to, and in time (F31).
func TestReturnedMails(t *testing.T) {
	for _, test := range []struct {
		name                string
		change              func(c *counter, r *feedback.Return)
		known, closed, told bool
	}{
		{"with our signature, about that address", func(*counter, *feedback.Return) {}, true, true, true},
		{"spelled otherwise", func(_ *counter, r *feedback.Return) { r.Addresses = []string{"x@y.pe", strings.ToUpper(requester)} }, true, true, true},
		{"without our signature", func(_ *counter, r *feedback.Return) { r.Signed = false }, true, false, true},
		{"about another address", func(_ *counter, r *feedback.Return) { r.Addresses = []string{"otra@qw.gob.pe"} }, true, false, true},
		{"about none", func(_ *counter, r *feedback.Return) { r.Addresses = nil }, true, false, true},
		{"a month later", func(_ *counter, r *feedback.Return) { r.Delivery.At = r.Delivery.At.AddDate(0, 1, 0) }, true, false, true},
		{"of a mail not sent yet", func(_ *counter, r *feedback.Return) { r.Ref = "2.1" }, false, false, false},
		{"of no mail", func(_ *counter, r *feedback.Return) { r.Ref = "9.9" }, false, false, false},
		{"only late", func(_ *counter, r *feedback.Return) { r.Delivery.State = desk.DeliveryDelayed }, true, false, false},
		{"mailbox full", func(_ *counter, r *feedback.Return) { r.Delivery.Cause = desk.CauseMailboxFull }, true, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newCounter(t)
			id := c.Open85()
			c.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
			e := c.sent(id, "1.1")
			r := feedback.Return{Heard: feedback.Heard{Ticket: id, Ref: "1.1", Delivery: desk.Delivery{State: desk.DeliveryBounced, At: c.Time(), Cause: desk.CauseNoAddress}},
				Addresses: []string{requester}, Signed: true}
			test.change(c, &r)
			err := c.desk.Returned(t.Context(), r)
			if errors.Is(err, feedback.ErrNoItem) == test.known || err != nil && test.known {
				t.Fatalf("error %v", err)
			}
			if known := c.item(id, "1.1").Delivery.Known(); known != test.known || c.closed(e).Active() != test.closed || (len(c.told(id)) > 0) != test.told {
				t.Errorf("known %t, address %+v, told %v", known, c.closed(e), c.told(id))
			}
		})
	}
}

func TestDiagnosticsAreCut(t *testing.T) {
	c := newCounter(t)
	id := c.Open85()
	e := c.sent(id, "1.1")
	h := feedback.Heard{Ticket: id, Ref: "1.1", Diagnostic: "smtp; 550\r\n\x00\u2028no\xff " + strings.Repeat("ñ", 300),
		Delivery: desk.Delivery{State: desk.DeliveryBounced, At: c.Time(), Cause: desk.CauseNoAddress}}
	if err := c.desk.Note(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	if got := c.closed(e).Diagnostic; len([]rune(got)) != 200 || !strings.HasPrefix(got, "smtp; 550 no ñ") || strings.ContainsAny(got, "\r\n\x00\u2028") {
		t.Errorf("diagnostic %q", got)
	}
}
