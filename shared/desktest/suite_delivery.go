package desktest

import (
	"fmt"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// heard is what events tell of one mail, from the first word to the last.
func heard() []desk.Delivery {
	at := func(n int) time.Time { return Wednesday().Add(time.Duration(n) * time.Second) }
	return []desk.Delivery{{State: desk.DeliveryAccepted, At: at(9)}, {State: desk.DeliveryDelayed, At: at(1), Cause: desk.CauseServer},
		{State: desk.DeliveryDelayed, At: at(5), Cause: desk.CauseMailboxFull}, {State: desk.DeliveryReturned, At: at(7), Cause: desk.CauseUnknown},
		{State: desk.DeliveryDelivered, At: at(3)}, {State: desk.DeliveryBounced, At: at(2), Cause: desk.CauseNoAddress, Status: "5.1.1"},
		{State: desk.DeliveryBounced, At: at(4), Cause: desk.CauseNoAddress, Status: "5.1.1"}, {State: desk.DeliveryComplained, At: at(1), Cause: desk.CauseSpam}}
}

// F10: late, repeated and shuffled words leave the last one.
func deliveryNeverStepsBack(t *testing.T, s Contract) {
	MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	e := mustClaim(t, s, "1.1", Wednesday())
	order := heard()
	for i, d := range order {
		e, news, err := s.NoteDelivery(t.Context(), ID(1), "1.1", d)
		noErr(t, err)
		if !news || e.Delivery != d {
			t.Fatalf("%d: news %t, item has %+v, want %+v", i, news, e.Delivery, d)
		}
		for _, earlier := range order[:i+1] {
			e, news, err := s.NoteDelivery(t.Context(), ID(1), "1.1", earlier)
			noErr(t, err)
			if news || e.Delivery != d {
				t.Errorf("%+v after %+v: news %t, item has %+v", earlier, d, news, e.Delivery)
			}
		}
	}
	e.State, e.SentID, e.DoneAt = desk.EffectDone, "0100018f", Wednesday()
	noErr(t, s.FinishEffect(t.Context(), e)) // the answer of the call comes after its events
	got, err := s.Effect(t.Context(), ID(1), "1.1")
	noErr(t, err)
	if got.Delivery != order[len(order)-1] || got.State != desk.EffectDone || got.SentID != "0100018f" || got.LeaseUntil != (time.Time{}) {
		t.Errorf("after the call's end the item is %+v", got)
	}
	for _, ref := range []string{"1.77", "x", ""} {
		_, _, err := s.NoteDelivery(t.Context(), ID(1), ref, order[0])
		wantCode(t, err, desk.NotFound)
	}
	_, _, err = s.NoteDelivery(t.Context(), ID(9), "1.1", order[0])
	wantCode(t, err, desk.NotFound)
}

func raceDelivery(t *testing.T, s Contract) {
	MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	order := heard()
	errs := together(50, func(i int) error {
		_, _, err := s.NoteDelivery(t.Context(), ID(1), "1.1", order[(i*5)%len(order)])
		return err
	})
	for _, err := range errs {
		noErr(t, err)
	}
	got, err := s.Effect(t.Context(), ID(1), "1.1")
	noErr(t, err)
	same(t, got.Delivery, order[len(order)-1])
}

func confirmsSent(t *testing.T, s Contract) {
	MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	wantErr(t, s.ConfirmSent(t.Context(), ID(1), "1.1", "ses", Wednesday()), work.ErrConflict) // pending: not sent yet, or its sender still runs
	for ref, state := range map[string]desk.EffectState{"1.1": desk.EffectUncertain, "1.2": desk.EffectUnconfirmed, "1.3": desk.EffectFailed} {
		e := mustClaim(t, s, ref, Wednesday())
		e.State, e.LastError = state, "time-out"
		if state == desk.EffectUncertain {
			e.DueAt = Wednesday().Add(10 * time.Minute)
		}
		noErr(t, s.FinishEffect(t.Context(), e))
	}
	wantErr(t, s.ConfirmSent(t.Context(), ID(1), "1.3", "ses", Wednesday()), work.ErrConflict)
	second := mustClaim(t, s, "1.1", Wednesday().Add(10*time.Minute)) // the second attempt is under way
	for _, ref := range []string{"1.1", "1.2"} {
		noErr(t, s.ConfirmSent(t.Context(), ID(1), ref, "ses", Wednesday().Add(time.Minute)))
		got, err := s.Effect(t.Context(), ID(1), ref)
		noErr(t, err)
		if got.State != desk.EffectDone || got.SentID != "ses" || !got.DoneAt.Equal(Wednesday().Add(time.Minute)) || got.LastError != "" || !got.LeaseUntil.IsZero() {
			t.Errorf("%s is %+v", ref, got)
		}
		wantErr(t, s.ConfirmSent(t.Context(), ID(1), ref, "again", Wednesday()), work.ErrConflict)
	}
	second.State = desk.EffectUnconfirmed
	wantErr(t, s.FinishEffect(t.Context(), second), work.ErrConflict)
	same(t, dueEverywhere(t, s, Wednesday().AddDate(1, 0, 0)), []string(nil))
	left, err := s.FailedMails(t.Context(), 10)
	noErr(t, err)
	for _, e := range left {
		if e.Ref() != "1.3" {
			t.Errorf("%s is still among the letters", e.Ref())
		}
	}
	wantErr(t, s.ConfirmSent(t.Context(), ID(7), "1.1", "ses", Wednesday()), work.ErrConflict)
}

func suppression(n int) work.Suppression {
	return work.Suppression{Address: fmt.Sprintf("Persona%d@QW.gob.pe", n), At: Wednesday().Add(time.Duration(n) * time.Minute), Cause: desk.CauseNoAddress,
		Status: "5.1.1", Diagnostic: "smtp; 550 «no»", Ticket: ID(1), Ref: "1.1", Message: desk.MailClosed, Times: 1}
}

func suppressedAddresses(t *testing.T, s Contract) {
	addresses := func(limit int) (list []string) {
		t.Helper()
		all, err := s.Suppressions(t.Context(), limit)
		noErr(t, err)
		for _, r := range all {
			list = append(list, r.Address)
		}
		return list
	}
	for n := range 3 {
		noErr(t, s.PutSuppression(t.Context(), suppression(n)))
	}
	wantErr(t, s.PutSuppression(t.Context(), suppression(1)), work.ErrConflict)
	same(t, addresses(10), []string{"Persona2@QW.gob.pe", "Persona1@QW.gob.pe", "Persona0@QW.gob.pe"})
	same(t, addresses(1), []string{"Persona2@QW.gob.pe"})
	got, ok, err := s.Suppression(t.Context(), work.AddressKey(" <PERSONA1@qw.gob.pe> "))
	noErr(t, err)
	want := suppression(1)
	want.Version = 1
	if !ok {
		t.Error("another spelling is not found")
	}
	same(t, got, want)
	opened := got.Opened(work.Release{At: Wednesday().Add(time.Hour), By: Assigner, Reason: "Se corrigió."})
	noErr(t, s.PutSuppression(t.Context(), opened))
	wantErr(t, s.PutSuppression(t.Context(), opened), work.ErrConflict)
	same(t, addresses(10), []string{"Persona2@QW.gob.pe", "Persona0@QW.gob.pe"})
	got, _, err = s.Suppression(t.Context(), work.AddressKey("persona1@qw.gob.pe"))
	noErr(t, err)
	if got.Active() || got.Release == nil || got.Release.Reason != "Se corrigió." || got.Version != 2 {
		t.Errorf("after its release it is %+v", got)
	}
	for address, active := range map[string]bool{"persona0@qw.gob.pe": true, "persona1@qw.gob.pe": false, "nobody@qw.gob.pe": false} {
		seen, err := s.GlanceSuppression(t.Context(), work.AddressKey(address))
		noErr(t, err)
		if seen.Active() != active {
			t.Errorf("%s at a glance is %+v", address, seen)
		}
	}
	if _, ok, err := s.Suppression(t.Context(), work.AddressKey("nobody@qw.gob.pe")); ok || err != nil {
		t.Errorf("nobody's address is known: %v", err)
	}
}

func raceSuppression(t *testing.T, s Contract) {
	errs := together(50, func(int) error { return s.PutSuppression(t.Context(), suppression(1)) })
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else if !lost(err) {
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d won, want 1", won)
	}
}
