package feedback_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/work"
)

const requester = "usuaria-administracion-1@qw.gob.pe"

// A mail that goes as it should: accepted, then delivered; nobody is disturbed.
func TestDeliveredMailDisturbsNobody(t *testing.T) {
	c := newCounter(t)
	id := c.Open85()
	e := c.sent(id, "1.1")
	for _, name := range []string{"send", "delay", "delivery"} {
		c.hear(name, e)
	}
	if got := c.item(id, "1.1"); got.Delivery.State != desk.DeliveryDelivered || got.State != desk.EffectDone {
		t.Errorf("item %+v", got)
	}
	if c.closed(e).Times != 0 || len(c.told(id)) != 0 {
		t.Error("somebody was told, or an address closed")
	}
}

// F10: events of one mail in every order, each up to three times.
func TestF10EventsInAnyOrder(t *testing.T) {
	names := []string{"send", "delay", "delivery", "bounce-general", "bounce-no-address", "complaint"}
	for range 60 {
		c := newCounter(t)
		id := c.Open85()
		e := c.sent(id, "1.1")
		order := slices.Concat(names, names, names)
		rand.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, name := range order {
			c.hear(name, e)
		}
		got := c.item(id, "1.1")
		if got.Delivery.State != desk.DeliveryComplained || got.State != desk.EffectDone || c.closed(e).Times != 1 || len(c.told(id)) != 1 {
			t.Fatalf("%v leave %+v, address closed %d times, told %v", order, got.Delivery, c.closed(e).Times, c.told(id))
		}
	}
}

// F10: all of them at once.
func TestF10EventsAtOnce(t *testing.T) {
	c := newCounter(t)
	id := c.Open85()
	e := c.sent(id, "1.1")
	var wg sync.WaitGroup
	for i := range 50 {
		body := c.event([]string{"send", "delivery", "bounce-no-address", "bounce-suppressed", "delay"}[i%5], e)
		wg.Go(func() {
			for c.desk.Handle(t.Context(), body) != nil { // the queue brings it again
			}
		})
	}
	wg.Wait()
	if got := c.item(id, "1.1"); got.Delivery.State != desk.DeliveryBounced || c.closed(e).Times != 1 || len(c.told(id)) != 1 {
		t.Errorf("%+v, closed %d times, told %v", got.Delivery, c.closed(e).Times, c.told(id))
	}
}

// F5, F7: whichever write fails, the event that comes again does the rest, and
// nothing twice.
func TestF7EventThatDiesHalfWay(t *testing.T) {
	for fails := 1; fails <= 5; fails++ {
		c := newCounter(t)
		id := c.Open85()
		c.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
		e := c.end(id, "1.1", desk.EffectUncertain)
		c.desk.Store = &frail{Store: c.Store, left: fails}
		if err := c.desk.Handle(t.Context(), c.event("bounce-no-address", e)); err == nil {
			t.Fatalf("write %d: no error", fails)
		}
		for range 2 {
			c.hear("bounce-no-address", e)
		}
		got := c.item(id, "1.1")
		if got.State != desk.EffectDone || got.Delivery.Cause != desk.CauseNoAddress || c.closed(e).Times != 1 || !slices.Equal(c.told(id), []string{"soporte-1@qw.gob.pe"}) {
			t.Errorf("after write %d failed: %+v, closed %d times, told %v", fails, got, c.closed(e).Times, c.told(id))
		}
	}
}

// Design 5: an event settles what nobody knew; what is known stays as it is.
func TestEventSettlesAnUncertainMail(t *testing.T) {
	for _, test := range []struct {
		state, want desk.EffectState
		event       string
	}{
		{desk.EffectUncertain, desk.EffectDone, "send"},
		{desk.EffectUncertain, desk.EffectDone, "bounce-mailbox-full"},
		{desk.EffectUncertain, desk.EffectDone, "reject"},
		{desk.EffectUnconfirmed, desk.EffectDone, "delivery"},
		{desk.EffectFailed, desk.EffectFailed, "send"},
		{desk.EffectDone, desk.EffectDone, "send"},
	} {
		c := newCounter(t)
		id := c.Open85()
		e := c.end(id, "1.1", test.state)
		c.hear(test.event, e)
		got := c.item(id, "1.1")
		if got.State != test.want || !got.Delivery.Known() || !got.DueAt.IsZero() {
			t.Errorf("%s after %s is %+v", test.state, test.event, got)
		}
		if settled := test.state != test.want; settled && (got.SentID == "" || got.DoneAt.IsZero() || got.LastError != "") {
			t.Errorf("%s after %s is %+v", test.state, test.event, got)
		}
	}
}

// An item still in its sender's hands is not settled under them.
func TestEventBeforeTheCallEnds(t *testing.T) {
	c := newCounter(t)
	id := c.Open85()
	claimed, _, err := c.Store.ClaimEffect(t.Context(), id, "1.1", c.Time(), 90e9)
	if err != nil {
		t.Fatal(err)
	}
	c.hear("send", claimed)
	if got := c.item(id, "1.1"); got.State != desk.EffectPending || got.LeaseUntil.IsZero() || got.Delivery.State != desk.DeliveryAccepted {
		t.Errorf("item %+v", got)
	}
	claimed.State, claimed.SentID, claimed.DoneAt = desk.EffectDone, "0100", c.Time()
	if err := c.Store.FinishEffect(t.Context(), claimed); err != nil {
		t.Error(err)
	}
}

func TestForeignEventsAreDroppedForGood(t *testing.T) {
	c := newCounter(t)
	id := c.Open85()
	for name, e := range map[string]desk.Effect{
		"an item that is not there":   {Ticket: id, Seq: 1, N: 77},
		"a ticket that is not there":  {Ticket: "01J80000000000000000099999", Seq: 1, N: 1},
		"an item that is no mail":     {Ticket: id, Seq: 1, N: 2},
		"a reference that is nowhere": {Ticket: id},
	} {
		if err := c.desk.Handle(t.Context(), c.event("bounce-no-address", e)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(c.told(id)) != 0 {
		t.Errorf("told %v", c.told(id))
	}
	if err := c.desk.Handle(t.Context(), []byte("Successfully validated SNS topic for Amazon SES event publishing.\n")); err != nil {
		t.Error(err)
	}
}

// A hard bounce closes the address and tells who has the case, once per case.
func TestHardBounceClosesTheAddressAndTellsOnce(t *testing.T) {
	c := newCounter(t)
	id := c.Open85()
	c.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	first := c.sent(id, "1.1")
	c.hear("bounce-no-address", first)
	r := c.closed(first)
	if !r.Active() || r.Address != requester || r.Ticket != id || r.Ref != "1.1" || r.Message != desk.MailReceived || r.Cause != desk.CauseNoAddress || r.Status != "5.1.1" || r.Diagnostic == "" {
		t.Errorf("record %+v", r)
	}
	c.Do("soporte-1", desk.ActAsk, id, "question", "¿Su usuario?")
	second := c.sent(id, "3.1")
	c.hear("bounce-on-account-list", second)
	if got := c.told(id); !slices.Equal(got, []string{"soporte-1@qw.gob.pe"}) {
		t.Errorf("told %v", got)
	}
	if again := c.closed(first); again.Times != 1 || again.Ref != "1.1" {
		t.Errorf("the second bounce changed the record: %+v", again)
	}
	other := c.Open85()
	c.hear("bounce-no-address", c.sent(other, "1.1"))
	if got := c.told(other); len(got) != 1 || got[0] == "soporte-1@qw.gob.pe" {
		t.Errorf("another case, without assignee, is told of to %v, want its team", got)
	}
}

// Soft bounces leave the address open; of a closing somebody is told (R31).
func TestSoftBounces(t *testing.T) {
	for _, name := range []string{"bounce-mailbox-full", "bounce-too-large", "bounce-general", "bounce-undetermined", "bounce-timeout"} {
		c := newCounter(t)
		id := c.closing()
		c.hear(name, c.sent(id, "1.1"))
		if len(c.told(id)) != 0 {
			t.Errorf("%s: told %v of an acknowledgement", name, c.told(id))
		}
		e := c.sent(id, "4.1")
		for range 2 {
			c.hear(name, e)
		}
		if c.closed(e).Times != 0 || !slices.Equal(c.told(id), []string{"soporte-1@qw.gob.pe"}) || c.item(id, "4.501").Mail.Message != desk.MailNotDelivered {
			t.Errorf("%s: address %+v, told %v", name, c.closed(e), c.told(id))
		}
	}
}

// A closing that bounces is told of even if the case was told of before.
func TestClosingIsAlwaysToldOf(t *testing.T) {
	c := newCounter(t)
	id := c.closing()
	c.hear("bounce-no-address", c.sent(id, "1.1"))
	c.hear("bounce-no-address", c.sent(id, "4.1"))
	if got := c.told(id); len(got) != 2 {
		t.Errorf("told %v", got)
	}
}

// A virus that SES found is the desk's trouble, not the address's.
func TestRejectedMailIsToldOf(t *testing.T) {
	c := newCounter(t)
	id := c.Open85()
	c.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	e := c.sent(id, "1.1")
	c.hear("reject", e)
	if c.closed(e).Times != 0 || len(c.told(id)) != 1 {
		t.Errorf("address %+v, told %v", c.closed(e), c.told(id))
	}
}

func TestComplaintClosesTheAddress(t *testing.T) {
	c := newCounter(t)
	id := c.Open85()
	e := c.sent(id, "1.1")
	c.hear("delivery", e)
	c.hear("complaint", e)
	if r := c.closed(e); !r.Active() || r.Cause != desk.CauseSpam || len(c.told(id)) != 1 {
		t.Errorf("record %+v, told %v", r, c.told(id))
	}
}

// An answer to a stranger has no case: its address is closed, nobody is told.
func TestBounceOfAnAnswerToAStranger(t *testing.T) {
	c := newCounter(t)
	e := desk.Effect{Ticket: "01J8ZZZZZZZZZZZZZZZZZZZZZZ", Seq: 1, N: 1, Op: desk.OpMail, Mail: &desk.Mail{Message: desk.MailHeld, To: "x@example.com"},
		State: desk.EffectPending, DueAt: c.Time(), CreatedAt: c.Time()}
	if err := c.Store.AddEffects(t.Context(), []desk.Effect{e}); err != nil {
		t.Fatal(err)
	}
	c.hear("bounce-no-address", c.sent(e.Ticket, "1.1"))
	if !c.closed(e).Active() {
		t.Error("the address is open")
	}
}

// One of a notice to thousands closes its address and calls nobody.
func TestBounceOfANoticeToMany(t *testing.T) {
	c := newCounter(t)
	id := c.Open85()
	e := desk.Effect{Ticket: id, Seq: 1, N: desk.Effect{N: 1}.ItemOf(3), Op: desk.OpMail, Mail: &desk.Mail{Message: desk.MailInterruption, To: requester},
		State: desk.EffectPending, DueAt: c.Time(), CreatedAt: c.Time()}
	if err := c.Store.AddEffects(t.Context(), []desk.Effect{e}); err != nil {
		t.Fatal(err)
	}
	c.hear("bounce-no-address", c.sent(id, e.Ref()))
	if !c.closed(e).Active() || len(c.told(id)) != 0 {
		t.Errorf("address %+v, told %v", c.closed(e), c.told(id))
	}
}

// The assignee's own address bounces: the team hears of it, and a team whose
// address takes no mail either is passed over.
func TestToldIsWhoCanBeWrittenTo(t *testing.T) {
	c := newCounter(t)
	id := c.Open85()
	c.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	own := c.item(id, "2.1")
	if own.Mail.To != "soporte-1@qw.gob.pe" {
		t.Fatalf("2.1 goes to %s", own.Mail.To)
	}
	c.hear("bounce-no-address", c.sent(id, "2.1"))
	if got := c.told(id); !slices.Equal(got, []string{"soporte-tecnico@qw.gob.pe"}) {
		t.Errorf("told %v, want the team", got)
	}
	if err := c.Store.PutSuppression(t.Context(), work.Suppression{Address: "soporte-tecnico@qw.gob.pe", Times: 1, At: c.Time()}); err != nil {
		t.Fatal(err)
	}
	c.hear("bounce-no-address", c.sent(id, "1.1"))
	for _, to := range c.told(id) {
		if to == "soporte-1@qw.gob.pe" || to == requester {
			t.Errorf("told %s, who cannot be written to", to)
		}
	}
	if got := c.told(id); len(got) != 2 || got[0] == got[1] {
		t.Errorf("told %v, want two who can be written to", got)
	}
}

// A mail to the team's own mailbox that SES would not send is told to another.
func TestTeamIsNotToldOfItsOwnMail(t *testing.T) {
	c := newCounter(t)
	id := c.Open85()
	c.hear("reject", c.sent(id, "1.1"))
	team := c.told(id)[0]
	e := desk.Effect{Ticket: id, Seq: 1, N: 90, Op: desk.OpMail, Mail: &desk.Mail{Message: desk.MailLevelDue, To: strings.ToUpper(team)}, State: desk.EffectPending, DueAt: c.Time(), CreatedAt: c.Time()}
	if err := c.Store.AddEffects(t.Context(), []desk.Effect{e}); err != nil {
		t.Fatal(err)
	}
	c.hear("reject", c.sent(id, "1.90"))
	told := c.told(id)
	slices.Sort(told)
	if n := len(slices.Compact(slices.Clone(told))); n != len(told) {
		t.Errorf("told %v: the team hears of its own mailbox in that mailbox", told)
	}
}

// What the notice says is what whoever calls needs.
func TestNoticeSaysWhomToCallAndWhy(t *testing.T) {
	c := newCounter(t)
	id := c.closing()
	c.hear("bounce-no-address", c.sent(id, "4.1"))
	m := c.item(id, "4.501").Mail
	for key, want := range map[string]string{"f": "closed", "ca": "bounced", "to": "Usuaria/o 1 de Administración", "ad": requester, "sl": "Se cambió la contraseña."} {
		if m.Data[key] != want {
			t.Errorf("%s is %q, want %q: %v", key, m.Data[key], want, m.Data)
		}
	}
	if m.Data["tl"] == "" || m.Data["wr"] == "" || m.Person != "soporte-1" || m.Closing {
		t.Errorf("mail %+v", m)
	}
	if diff := cmp.Diff("2026-000001", m.Data["n"]); diff != "" {
		t.Error(diff)
	}
}
