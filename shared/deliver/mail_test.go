package deliver_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"mesa/shared/deliver"
	"mesa/shared/desk"
	"mesa/shared/directory"
)

// Every answer of the mail service, and what it makes of the item.
func TestOutcomes(t *testing.T) {
	tests := []struct {
		name    string
		outcome deliver.Outcome
		state   desk.EffectState
		due     time.Duration // from now; 0: not due any more
		sentID  string
		failure string
	}{
		{"sent: done, with the service's id", deliver.Sent, desk.EffectDone, 0, "ses-1.1", ""},
		{"not now: pending, later", deliver.Later, desk.EffectPending, 15 * time.Second, "", "the mail service said no"},
		{"refused for good: failed", deliver.Never, desk.EffectFailed, 0, "", "the mail service said no"},
		{"unknown: uncertain, looked at in ten minutes", deliver.Unknown, desk.EffectUncertain, 10 * time.Minute, "", "the mail service said no"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPost(t)
			id := p.Open81()
			p.mailer.outcomes = []deliver.Outcome{test.outcome}
			p.deliver(id, "1.1")
			due := time.Time{}
			if test.due > 0 {
				due = p.Time().Add(test.due)
			}
			p.want(id, "1.1", test.state, 1, due)
			if e := p.item(id, "1.1"); e.SentID != test.sentID || e.LastError != test.failure || (e.DoneAt.IsZero() == (test.due == 0)) {
				t.Errorf("item is %+v", e)
			}
			p.deliver(id, "1.1")
			if n := len(p.mailer.sent); n != 1 {
				t.Errorf("%d calls, want 1: nothing is sent before it is due", n)
			}
		})
	}
}

// One item delivered by twenty at once is sent once (F10).
func TestTwentyDeliveriesSendOnce(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	e := p.item(id, "1.1")
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if err := p.outbox.Deliver(t.Context(), e); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(p.mailer.sent); n != 1 {
		t.Errorf("sent %d times, want 1", n)
	}
	p.want(id, "1.1", desk.EffectDone, 1, time.Time{})
}

// Unknown, and unknown again: a person decides; never a third time by itself.
func TestUnknownTwiceIsUnconfirmed(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	p.mailer.outcomes = []deliver.Outcome{deliver.Unknown}
	p.deliver(id, "1.1")
	p.Advance(10*time.Minute - time.Second)
	p.deliver(id, "1.1")
	p.want(id, "1.1", desk.EffectUncertain, 1, p.Time().Add(time.Second))
	p.Advance(time.Second)
	p.deliver(id, "1.1")
	p.want(id, "1.1", desk.EffectUnconfirmed, 2, time.Time{})
	p.Advance(24 * time.Hour)
	p.deliver(id, "1.1")
	if n := len(p.mailer.sent); n != 2 {
		t.Errorf("%d calls, want 2", n)
	}
}

// F8: the process died inside the call. Its lease runs out, the item becomes
// uncertain without a call, and is tried once more ten minutes later.
func TestLeaseOver(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	die := func(due time.Time) { // claim, and never finish
		if _, ok, err := p.Store.ClaimEffect(t.Context(), id, "1.1", due, lease); !ok || err != nil {
			t.Fatalf("claim: %t, %v", ok, err)
		}
	}
	die(p.Time())
	p.Advance(lease - time.Second)
	p.deliver(id, "1.1")
	if e := p.item(id, "1.1"); len(p.mailer.sent) != 0 || e.State != desk.EffectPending {
		t.Fatalf("under another's lease: %d calls, state %s", len(p.mailer.sent), e.State)
	}
	p.Advance(time.Second)
	p.deliver(id, "1.1")
	p.want(id, "1.1", desk.EffectUncertain, 1, p.Time().Add(10*time.Minute))
	if len(p.mailer.sent) != 0 {
		t.Error("an abandoned item was sent at once")
	}
	p.Advance(10 * time.Minute)
	t.Run("the second attempt arrives", func(t *testing.T) {
		p.deliver(id, "1.1")
		p.want(id, "1.1", desk.EffectDone, 2, time.Time{})
	})
	t.Run("or dies too: unconfirmed", func(t *testing.T) {
		p := newPost(t)
		id := p.Open81()
		for range 2 {
			if _, ok, err := p.Store.ClaimEffect(t.Context(), id, "1.1", p.Time(), lease); !ok || err != nil {
				t.Fatalf("claim: %t, %v", ok, err)
			}
			p.Advance(lease)
			p.deliver(id, "1.1")
			p.Advance(10 * time.Minute)
		}
		p.want(id, "1.1", desk.EffectUnconfirmed, 2, time.Time{})
		if len(p.mailer.sent) != 0 {
			t.Errorf("%d calls, want none", len(p.mailer.sent))
		}
	})
}

// «Not now» for ever is given up, but not within a day; the pauses grow from
// seconds to hours and the jitter takes at most half.
func TestBackoff(t *testing.T) {
	for _, jitter := range []float64{0, 1} {
		p := newPost(t)
		p.outbox.Jitter = func() float64 { return jitter }
		id := p.Open81()
		p.mailer.outcomes = []deliver.Outcome{deliver.Later}
		begin, longest := p.Time(), time.Duration(0)
		for p.item(id, "1.1").State == desk.EffectPending {
			p.deliver(id, "1.1")
			e := p.item(id, "1.1")
			if e.State != desk.EffectPending {
				break
			}
			pause := e.DueAt.Sub(p.Time())
			if pause < 7*time.Second || pause > 4*time.Hour || pause < longest {
				t.Errorf("jitter %v, attempt %d: pause %v after %v", jitter, e.Attempts, pause, longest)
			}
			longest = pause
			p.SetTime(e.DueAt.Add(time.Second))
		}
		if e := p.item(id, "1.1"); e.State != desk.EffectFailed || p.Time().Sub(begin) < 24*time.Hour || longest != 2*time.Hour+time.Duration(jitter*float64(2*time.Hour)) {
			t.Errorf("jitter %v: %s after %d attempts in %v, longest pause %v", jitter, e.State, e.Attempts, p.Time().Sub(begin), longest)
		}
	}
}

// A closing that could not be told makes the assignee call, once (R31, 7.3).
func TestClosingThatFailsTellsTheAssignee(t *testing.T) {
	p := newPost(t)
	id := p.Open85()
	p.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	p.Do("especialista-mesa", desk.ActSetPriority, id, "priority", "3")
	p.Do("soporte-1", desk.ActClose, id, "solution", "Hecho.", "medium", "mail")
	closing := p.item(id, "4.1")
	if closing.Mail == nil || !closing.Mail.Closing {
		t.Fatalf("item 4.1 is %+v, want the closing's mail", closing)
	}
	p.mailer.outcomes = []deliver.Outcome{deliver.Never}
	for range 3 {
		if err := p.outbox.Deliver(t.Context(), closing); err != nil { // as the stream repeats it
			t.Error(err)
		}
	}
	told := p.item(id, "4.501")
	if told.Mail.Message != desk.MailNotDelivered || told.Mail.To != "soporte-1@qw.gob.pe" || told.Mail.Closing || told.State != desk.EffectPending {
		t.Errorf("the assignee gets %+v", told.Mail)
	}
	p.deliver(id, "4.501")
	p.want(id, "4.501", desk.EffectFailed, 1, time.Time{})
	if n := len(p.Effects(id)); n != len(p.effectsBefore(id))+1 {
		t.Errorf("%d items, want one «No entregado» only", n)
	}
}

// effectsBefore are the items that acts wrote.
func (p *post) effectsBefore(id desk.TicketID) []desk.Effect {
	var list []desk.Effect
	for _, e := range p.Effects(id) {
		if e.N < 500 {
			list = append(list, e)
		}
	}
	return list
}

// Another mail that fails is shown, and nobody is asked to call.
func TestOtherMailsFailQuietly(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	p.mailer.outcomes = []deliver.Outcome{deliver.Never}
	p.deliver(id, "1.1")
	if n := len(p.Effects(id)); n != 3 {
		t.Errorf("%d items, want the act's three", n)
	}
}

// A mail that cannot be rendered is not claimed nor sent: failed, and shown.
// One that somebody else finished meanwhile stays as it was.
func TestMailThatCannotBeRendered(t *testing.T) {
	p := newPost(t)
	id := p.Open81()
	before := p.item(id, "1.1")
	p.deliver(id, "1.1")
	p.mailer.unfit = errors.New("no word for it")
	if err := p.outbox.Deliver(t.Context(), before); err != nil {
		t.Error(err)
	}
	p.want(id, "1.1", desk.EffectDone, 1, time.Time{})
	p.deliver(id, "1.2")
	p.want(id, "1.2", desk.EffectFailed, 1, time.Time{})
	if len(p.mailer.sent) != 1 {
		t.Errorf("%d calls, want 1", len(p.mailer.sent))
	}
}

// A closing rendered by nobody and sent by another process: the assignee is not
// told of a failure that was none.
func TestLateFailureOfAClosingThatWasSent(t *testing.T) {
	p := newPost(t)
	id := p.Open85()
	p.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	p.Do("especialista-mesa", desk.ActSetPriority, id, "priority", "3")
	p.Do("soporte-1", desk.ActClose, id, "solution", "Hecho.", "medium", "mail")
	stale := p.item(id, "4.1")
	p.deliver(id, "4.1")
	p.mailer.unfit = errors.New("no word for it")
	if err := p.outbox.Deliver(t.Context(), stale); err != nil {
		t.Error(err)
	}
	if _, err := p.Store.Effect(t.Context(), id, "4.501"); desk.CodeOf(err) != desk.NotFound {
		t.Errorf("the assignee is told of a failure: %v", err)
	}
}

// An assignee who left is not written to: the team that has the case is.
func TestAssigneeWhoLeftIsNotTold(t *testing.T) {
	p := newPost(t)
	id := p.Open85()
	p.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	p.Do("especialista-mesa", desk.ActSetPriority, id, "priority", "3")
	p.Do("soporte-1", desk.ActClose, id, "solution", "Hecho.", "medium", "mail")
	records, revision, err := p.Store.LoadDirectory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	records.People = disable(records.People, "soporte-1")
	if err := p.Store.SaveDirectory(t.Context(), records, revision); err != nil {
		t.Fatal(err)
	}
	p.mailer.outcomes = []deliver.Outcome{deliver.Never}
	p.deliver(id, "4.1")
	if told := p.item(id, "4.501"); told.Mail.To != "soporte-tecnico@qw.gob.pe" || told.Mail.Message != desk.MailNotDelivered {
		t.Errorf("%+v is told, want the team", told.Mail)
	}
}

func disable(people []directory.Person, id desk.PersonID) []directory.Person {
	for i := range people {
		people[i].Disabled = people[i].Disabled || people[i].ID == id
	}
	return people
}
