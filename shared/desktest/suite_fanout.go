package desktest

import (
	"fmt"
	"testing"

	"mesa/shared/desk"
)

// countsFanOut: a notice to many is one item of the ticket; what it was expanded
// into is delivered like any mail, counted, and not among the ticket's own.
func countsFanOut(t *testing.T, s Contract) {
	before := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	none, err := s.Progress(t.Context(), ID(1), 1) // an act that wrote mails and no fan-out
	noErr(t, err)
	same(t, none, desk.Progress{})
	c := Act(before, desk.ActInterruption, Developer, Wednesday(), desk.InterruptionAnnounced{StartsAt: Wednesday(), EndsAt: Wednesday()})
	fan := desk.Effect{Ticket: ID(1), Seq: 2, N: 1, Op: desk.OpFanOut, State: desk.EffectPending, DueAt: Wednesday(), CreatedAt: Wednesday(),
		FanOut: &desk.FanOut{System: "SIGO", Mail: desk.Mail{Message: desk.MailInterruption}}}
	other := desk.Effect{Ticket: ID(1), Seq: 2, N: 2, Op: desk.OpFanOut, State: desk.EffectPending, DueAt: Wednesday(), CreatedAt: Wednesday(), FanOut: fan.FanOut}
	items := []desk.Effect{fan, other, Mail(c, other.ItemOf(0), desk.Mail{Message: desk.MailInterruption, To: "other@qw.gob.pe"})}
	for n := range 12 {
		items = append(items, Mail(c, fan.ItemOf(n), desk.Mail{Message: desk.MailInterruption, To: fmt.Sprintf("p%d@qw.gob.pe", n)}))
	}
	noErr(t, s.AddEffects(t.Context(), items))
	for n, state := range []desk.EffectState{desk.EffectDone, desk.EffectDone, desk.EffectFailed, desk.EffectUnconfirmed, desk.EffectUncertain} {
		e := mustClaim(t, s, items[3+n].Ref(), Wednesday())
		e.State, e.DueAt = state, Wednesday()
		noErr(t, s.FinishEffect(t.Context(), e))
	}
	got, err := s.Progress(t.Context(), ID(1), 2)
	noErr(t, err)
	if got.Whole || got.Items != 12 || got.Accepted != 2 || len(got.Stopped) != 2 || got.Stopped[0].Ref() != items[5].Ref() || got.Stopped[1].Mail.To != "p3@qw.gob.pe" {
		t.Errorf("progress %+v", got)
	}
	fan.State, fan.DoneAt, fan.Attempts = desk.EffectDone, Wednesday(), 1
	noErr(t, s.FinishEffect(t.Context(), fan))
	if got, err = s.Progress(t.Context(), ID(1), 2); err != nil || !got.Whole {
		t.Errorf("expanded to the end: %+v, %v", got, err)
	}
	own, err := s.Effects(t.Context(), ID(1))
	noErr(t, err)
	if len(own) != 5 { // three of the opening, two fan-outs
		t.Errorf("the ticket's own items are %d", len(own))
	}
	one, err := s.Effect(t.Context(), ID(1), items[7].Ref())
	noErr(t, err)
	if one.Ticket != ID(1) || one.State != desk.EffectUncertain || !one.Expanded() {
		t.Errorf("an expanded item is %+v", one)
	}
	failed, err := s.FailedMails(t.Context(), 10)
	noErr(t, err)
	same(t, len(failed), 2)
	due := dueEverywhere(t, s, Wednesday())
	same(t, len(due), 3+1+1+8) // of the opening, the other fan-out and its item, uncertain and pending readers
}
