package deliver_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"mesa/shared/deliver"
	"mesa/shared/desk"
	"mesa/shared/feedback"
	"mesa/shared/work"
)

// hear tells of a case's first mail what SES tells.
func (p *post) hear(id desk.TicketID, d desk.Delivery) {
	p.t.Helper()
	d.At = p.Time()
	if err := p.feedback.Note(p.t.Context(), feedback.Heard{Ticket: id, Ref: "1.1", Delivery: d, SentID: "ses-event", SentAt: p.Time()}); err != nil {
		p.t.Fatalf("hear of %s: %v", id, err)
	}
}

func hard() desk.Delivery {
	return desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseNoAddress, Status: "5.1.1"}
}

// F11: the call timed out, and its Send event says that the mail went: sent, and
// never a second time. Without an event it is tried once more (design 5).
func TestF11SendEventSettlesATimeOut(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	p.mailer.outcomes = []deliver.Outcome{deliver.Unknown, deliver.Sent}
	p.deliver(id, "1.1")
	p.deliver(id, "1.2")
	p.Advance(5 * time.Minute)
	p.hear(id, desk.Delivery{State: desk.DeliveryAccepted})
	p.want(id, "1.1", desk.EffectDone, 1, time.Time{})
	p.Advance(10 * time.Minute)
	p.deliver(id, "1.1")
	if n := len(p.mailer.sent); n != 2 || p.item(id, "1.1").SentID != "ses-event" {
		t.Errorf("%d calls, want one for each item: %+v", n, p.item(id, "1.1"))
	}
}

// F8: the process died inside the call, and the event came while nobody knew:
// when the lease is over the item is done, without another call.
func TestF8SendEventOfACallThatDied(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	if _, ok, err := p.Store.ClaimEffect(t.Context(), id, "1.1", p.Time(), lease); !ok || err != nil {
		t.Fatalf("claim: %t, %v", ok, err)
	}
	p.hear(id, desk.Delivery{State: desk.DeliveryDelivered})
	p.Advance(lease)
	p.deliver(id, "1.1")
	if e := p.item(id, "1.1"); e.State != desk.EffectDone || e.Attempts != 1 || len(p.mailer.sent) != 0 || e.Delivery.State != desk.DeliveryDelivered || !e.LeaseUntil.IsZero() {
		t.Errorf("%d calls, item %+v", len(p.mailer.sent), e)
	}
}

// F8, F10: the event comes between the time-out and the note of it.
func TestF10SendEventBeforeTheTimeOutIsNoted(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	p.mailer.outcomes = []deliver.Outcome{deliver.Unknown}
	p.mailer.during = func() { p.hear(id, desk.Delivery{State: desk.DeliveryAccepted}) }
	p.deliver(id, "1.1")
	p.want(id, "1.1", desk.EffectUncertain, 1, p.Time().Add(10*time.Minute))
	p.Advance(10 * time.Minute)
	p.deliver(id, "1.1")
	if e := p.item(id, "1.1"); e.State != desk.EffectDone || len(p.mailer.sent) != 1 {
		t.Errorf("%d calls, item %+v", len(p.mailer.sent), e)
	}
}

// An event of the first attempt ends the second: what its sender then says is late.
func TestSendEventDuringTheSecondAttempt(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	p.mailer.outcomes = []deliver.Outcome{deliver.Unknown}
	p.deliver(id, "1.1")
	p.Advance(10 * time.Minute)
	p.mailer.during = func() { p.hear(id, desk.Delivery{State: desk.DeliveryDelivered}) }
	p.deliver(id, "1.1")
	p.want(id, "1.1", desk.EffectDone, 2, time.Time{})
}

// An address that takes no mail is not written to: failed, with the reason, told
// once; used again, the next mail goes out.
func TestF11ClosedAddressIsNotWrittenTo(t *testing.T) {
	p := newPost(t)
	first := p.Open85()
	p.deliver(first, "1.1")
	p.hear(first, hard())
	since := p.Time()
	p.Advance(time.Hour)
	id := p.Open85()
	sent := len(p.mailer.sent)
	for range 2 {
		p.deliver(id, "1.1")
	}
	e := p.item(id, "1.1")
	at, closed := e.ClosedSince()
	if e.State != desk.EffectFailed || !closed || !at.Equal(since) || len(p.mailer.sent) != sent {
		t.Errorf("%d more calls, item %+v", len(p.mailer.sent)-sent, e)
	}
	if told := p.notices(id); len(told) != 1 {
		t.Errorf("told %v, want once", told)
	}
	if _, err := p.feedback.Reopen(t.Context(), forgetful{}, work.AddressKey(e.Mail.To), "Se corrigió.", "especialista-mesa"); err != nil {
		t.Fatal(err)
	}
	next := p.Open85()
	p.deliver(next, "1.1")
	p.want(next, "1.1", desk.EffectDone, 1, time.Time{})
	again := p.Do("especialista-mesa", desk.ActResend, id, "ref", "1.1").After.Ticket.Version
	p.deliver(id, desk.Effect{Seq: again, N: 1}.Ref())
	p.want(id, desk.Effect{Seq: again, N: 1}.Ref(), desk.EffectDone, 1, time.Time{})
}

// A closing to an address that takes no mail makes the assignee call (R31).
func TestClosingToAClosedAddress(t *testing.T) {
	p := newPost(t)
	id := p.Open85()
	p.deliver(id, "1.1")
	p.hear(id, hard())
	p.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	p.Do("especialista-mesa", desk.ActSetPriority, id, "priority", "3")
	p.Do("soporte-1", desk.ActClose, id, "solution", "Hecho.", "medium", "mail")
	p.deliver(id, "4.1")
	if told := p.item(id, "4.501"); told.Mail.To != "soporte-1@qw.gob.pe" || told.Mail.Data["ca"] != "closed" || told.Mail.Data["ad"] == "" {
		t.Errorf("told %+v", told.Mail)
	}
}

// What cannot be looked up is neither claimed nor sent: it comes again.
func TestAddressThatCannotBeLookedUp(t *testing.T) {
	p := newPost(t)
	id := p.Open85()
	p.outbox.Feedback = &feedback.Desk{Store: blind{p.Store}, Directory: p.Store, Now: p.Now}
	if err := p.outbox.Deliver(t.Context(), p.item(id, "1.1")); !errors.Is(err, errBlind) {
		t.Errorf("error %v", err)
	}
	if e := p.item(id, "1.1"); e.State != desk.EffectPending || e.Attempts != 0 || !e.LeaseUntil.IsZero() || len(p.mailer.sent) != 0 {
		t.Errorf("item %+v, %d calls", e, len(p.mailer.sent))
	}
}

// notices are the «No entregado» mails of a case.
func (p *post) notices(id desk.TicketID) []desk.Effect {
	return slices.DeleteFunc(p.Effects(id), func(e desk.Effect) bool { return e.Mail == nil || e.Mail.Message != desk.MailNotDelivered })
}
