package desktest

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

const lease = 90 * time.Second

// mustClaim takes an item that must be there to take.
func mustClaim(t *testing.T, s Contract, ref string, now time.Time) desk.Effect {
	t.Helper()
	e, ok, err := s.ClaimEffect(t.Context(), ID(1), ref, now, lease)
	if err != nil || !ok {
		t.Fatalf("claim %s at %s: %v, %v", ref, now, ok, err)
	}
	return e
}

func mustNotClaim(t *testing.T, s Contract, ref string, now time.Time) {
	t.Helper()
	if e, ok, err := s.ClaimEffect(t.Context(), ID(1), ref, now, lease); ok || err != nil {
		t.Errorf("claim %s at %s: got %+v, %v, %v", ref, now, e, ok, err)
	}
}

func claimOnce(t *testing.T, s Contract) {
	MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	var won atomic.Int32
	for _, err := range together(20, func(int) error {
		_, ok, err := s.ClaimEffect(t.Context(), ID(1), "1.1", Wednesday(), lease)
		if ok {
			won.Add(1)
		}
		return err
	}) {
		noErr(t, err)
	}
	if won.Load() != 1 {
		t.Errorf("%d claimed it", won.Load())
	}
	mustNotClaim(t, s, "1.99", Wednesday())
	mustNotClaim(t, s, "nonsense", Wednesday())
}

func claimAgain(t *testing.T, s Contract) {
	MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	mustNotClaim(t, s, "1.1", Wednesday().Add(-time.Second))
	first := mustClaim(t, s, "1.1", Wednesday())
	if first.Attempts != 1 || !first.LeaseUntil.IsZero() || first.Mail == nil || first.State != desk.EffectPending {
		t.Errorf("the first claim is %+v", first)
	}
	mustNotClaim(t, s, "1.1", Wednesday().Add(lease-time.Second))
	over := mustClaim(t, s, "1.1", Wednesday().Add(lease))
	if over.Attempts != 1 || !over.LeaseUntil.Equal(Wednesday().Add(lease)) {
		t.Errorf("the claim taken over is attempt %d with lease %s", over.Attempts, over.LeaseUntil)
	}
	over.State, over.DueAt = desk.EffectUncertain, Wednesday().Add(10*time.Minute)
	over.LastError = "no answer"
	noErr(t, s.FinishEffect(t.Context(), over))
	mustNotClaim(t, s, "1.1", Wednesday().Add(5*time.Minute))
	second := mustClaim(t, s, "1.1", Wednesday().Add(10*time.Minute))
	if second.Attempts != 2 || second.State != desk.EffectUncertain || !second.LeaseUntil.IsZero() || second.LastError != "no answer" {
		t.Errorf("the second claim is %+v", second)
	}
}

func finishOnce(t *testing.T, s Contract) {
	MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	e := mustClaim(t, s, "1.1", Wednesday())
	e.State, e.SentID, e.DoneAt = desk.EffectDone, "0100018f-sent", Wednesday().Add(time.Second)
	noErr(t, s.FinishEffect(t.Context(), e))
	got, err := s.Effect(t.Context(), ID(1), "1.1")
	noErr(t, err)
	e.DueAt = time.Time{} // what is done is not due
	same(t, got, e)
	wantErr(t, s.FinishEffect(t.Context(), e), work.ErrConflict)
	mustNotClaim(t, s, "1.1", Wednesday().Add(time.Hour))

	start, err := s.Effect(t.Context(), ID(1), "1.3") // starting a machine needs no claim
	noErr(t, err)
	start.State, start.Attempts, start.DueAt, start.LastError = desk.EffectPending, 1, Wednesday().Add(time.Minute), "throttled"
	noErr(t, s.FinishEffect(t.Context(), start))
	stale := start
	stale.Attempts = 0
	wantErr(t, s.FinishEffect(t.Context(), stale), work.ErrConflict)
	start.State, start.Attempts, start.LastError = desk.EffectDone, 2, ""
	noErr(t, s.FinishEffect(t.Context(), start))
	got, err = s.Effect(t.Context(), ID(1), "1.3")
	noErr(t, err)
	if got.State != desk.EffectDone || got.LastError != "" || got.Attempts != 2 {
		t.Errorf("the start effect is %+v", got)
	}
	wantErr(t, s.FinishEffect(t.Context(), desk.Effect{Ticket: ID(7), Seq: 1, N: 1, State: desk.EffectDone}), work.ErrConflict)
}

// dueEverywhere asks every shard.
func dueEverywhere(t *testing.T, s Contract, now time.Time) []string {
	t.Helper()
	var refs []string
	for shard := range s.Shards() {
		list, err := s.DueEffects(t.Context(), shard, now, 100)
		noErr(t, err)
		for _, e := range list {
			refs = append(refs, e.Ref())
		}
	}
	return refs
}

func dueEffects(t *testing.T, s Contract) {
	c := Open(ID(1), "2026-000001", Wednesday())
	c.Effects[1].DueAt = Wednesday().Add(time.Minute)
	MustCommit(t, s, c)
	same(t, dueEverywhere(t, s, Wednesday().Add(-time.Second)), []string(nil))
	same(t, dueEverywhere(t, s, Wednesday()), []string{"1.1", "1.3"})
	same(t, dueEverywhere(t, s, Wednesday().Add(time.Minute)), []string{"1.1", "1.3", "1.2"})
	e := mustClaim(t, s, "1.1", Wednesday())
	same(t, dueEverywhere(t, s, Wednesday()), []string{"1.3"})
	same(t, dueEverywhere(t, s, Wednesday().Add(lease)), []string{"1.1", "1.3", "1.2"})
	e.State, e.DoneAt = desk.EffectFailed, Wednesday()
	noErr(t, s.FinishEffect(t.Context(), e))
	same(t, dueEverywhere(t, s, Wednesday().Add(lease)), []string{"1.3", "1.2"})
	some := 0
	for shard := range s.Shards() {
		list, err := s.DueEffects(t.Context(), shard, Wednesday().Add(lease), 1)
		noErr(t, err)
		some += len(list)
	}
	if some != 1 {
		t.Errorf("with limit 1 there are %d", some)
	}
}

func failedMails(t *testing.T, s Contract) {
	c := Open(ID(1), "2026-000001", Wednesday())
	c.Effects[1].CreatedAt = Wednesday().Add(time.Minute)
	before := MustCommit(t, s, c)
	for ref, state := range map[string]desk.EffectState{"1.1": desk.EffectFailed, "1.2": desk.EffectUnconfirmed, "1.3": desk.EffectFailed} {
		e := mustClaim(t, s, ref, Wednesday())
		e.State, e.LastError = state, "MessageRejected"
		noErr(t, s.FinishEffect(t.Context(), e))
		mustNotClaim(t, s, ref, Wednesday().AddDate(1, 0, 0))
		wantErr(t, s.FinishEffect(t.Context(), e), work.ErrConflict)
	}
	refs := func(limit int) (refs []string) {
		t.Helper()
		list, err := s.FailedMails(t.Context(), limit)
		noErr(t, err)
		for _, e := range list {
			refs = append(refs, e.Ref())
		}
		return refs
	}
	same(t, refs(10), []string{"1.2", "1.1"})
	same(t, refs(1), []string{"1.2"})
	same(t, dueEverywhere(t, s, Wednesday().AddDate(1, 0, 0)), []string(nil))
	again := Act(before, desk.ActResend, Assigner, Wednesday().Add(time.Hour), desk.MailResent{Ref: "1.2"})
	again.Effects = []desk.Effect{Mail(again, 1, *c.Effects[1].Mail)}
	MustCommit(t, s, again)
	same(t, refs(10), []string{"1.1"})
}

func addEffectsTwice(t *testing.T, s Contract) {
	before := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	c := Act(before, desk.ActInterruption, Developer, Wednesday(), desk.InterruptionAnnounced{StartsAt: Wednesday(), EndsAt: Wednesday()})
	pages := []desk.Effect{{Ticket: ID(1), Seq: 2, N: 1, Op: desk.OpFanOut, State: desk.EffectPending, DueAt: Wednesday(), CreatedAt: Wednesday(),
		FanOut: &desk.FanOut{System: "SIGO", Mail: desk.Mail{Message: desk.MailInterruption}}}}
	for n := 100; n < 105; n++ { // past two digits
		pages = append(pages, Mail(c, n, desk.Mail{Message: desk.MailInterruption, To: fmt.Sprintf("p%d@qw.gob.pe", n), Data: map[string]string{"a": "b"}}))
	}
	noErr(t, s.AddEffects(t.Context(), pages[:3]))
	e, ok, err := s.ClaimEffect(t.Context(), ID(1), "2.100", Wednesday(), lease)
	if err != nil || !ok {
		t.Fatalf("claim: %v %v", ok, err)
	}
	e.State, e.DoneAt = desk.EffectDone, Wednesday()
	noErr(t, s.FinishEffect(t.Context(), e))
	noErr(t, s.AddEffects(t.Context(), pages))
	list, err := s.Effects(t.Context(), ID(1))
	noErr(t, err)
	if len(list) != 3+len(pages) || list[4].State != desk.EffectDone || list[8].Ref() != "2.104" {
		t.Errorf("items are %+v", list)
	}
	fan := list[3]
	fan.FanOut.Next, fan.DueAt = 100, Wednesday().Add(time.Second)
	noErr(t, s.FinishEffect(t.Context(), fan))
	got, err := s.Effect(t.Context(), ID(1), "2.1")
	noErr(t, err)
	same(t, got, fan)
	noErr(t, s.AddEffects(t.Context(), []desk.Effect{{Ticket: ID(500), Seq: 1, N: 1, Op: desk.OpMail, Mail: &desk.Mail{Message: desk.MailHeld, To: "x@example.com"},
		State: desk.EffectPending, DueAt: Wednesday(), CreatedAt: Wednesday()}})) // an answer to a stranger has no ticket
	if _, err := s.Effect(t.Context(), ID(500), "1.1"); err != nil {
		t.Errorf("an item without a ticket: %v", err)
	}
	_, err = s.Load(t.Context(), ID(500))
	wantCode(t, err, desk.NotFound)
}
