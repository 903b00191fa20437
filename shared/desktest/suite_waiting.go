package desktest

import (
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

const approval1 = desk.WaitID("approval#1")

func tokenRules(t *testing.T, s Contract) {
	before := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	wake := before.Waits[0].WakeAt
	for _, c := range []struct {
		name       string
		wait       desk.WaitID
		generation int
		wake       time.Time
		want       bool
	}{
		{"a wait that is not there", "approval#9", 1, wake, false},
		{"a date later than the stored one", approval1, 1, wake.Add(time.Second), false},
		{"the stored date", approval1, 1, wake, true},
		{"a date since put off", approval1, 1, wake.Add(-time.Hour), true},
		{"the same generation again, after a retry", approval1, 1, wake, true},
		{"a later generation", approval1, 2, wake, true},
		{"an earlier generation", approval1, 1, wake, false},
	} {
		ok, err := s.OpenWait(t.Context(), ID(1), c.wait, c.generation, c.wake, "token of "+c.name)
		if err != nil || ok != c.want {
			t.Errorf("%s: %v, %v", c.name, ok, err)
		}
	}
	got := MustLoad(t, s, ID(1)).Waits[0]
	if got.Token != "token of a later generation" || got.Generation != 2 {
		t.Errorf("the wait is %+v", got)
	}
	c := Act(before, desk.ActApprove, UTHead, Wednesday(), desk.StageApproved{Stage: desk.StageUT})
	c.Settle = before.Waits
	MustCommit(t, s, c)
	if ok, err := s.OpenWait(t.Context(), ID(1), approval1, 3, wake, "late"); ok || err != nil {
		t.Errorf("a settled wait was opened: %v, %v", ok, err)
	}
	token, err := s.WaitToken(t.Context(), ID(1), approval1) // the resume effect speaks through it
	if err != nil || token != "token of a later generation" {
		t.Errorf("the settled wait's token is %q, %v", token, err)
	}
	if token, err := s.WaitToken(t.Context(), ID(1), "level#5"); token != "" || err != nil {
		t.Errorf("no wait has token %q, %v", token, err)
	}
}

func waitsEverywhere(t *testing.T, s Contract, before time.Time) []desk.WaitID {
	t.Helper()
	var ids []desk.WaitID
	for shard := range s.Shards() {
		list, err := s.DueWaits(t.Context(), shard, before, 100)
		noErr(t, err)
		for _, w := range list {
			ids = append(ids, w.Wait.ID)
		}
	}
	return ids
}

func dueWaits(t *testing.T, s Contract) {
	c := Open(ID(1), "2026-000001", Wednesday())
	c = Wait(c, desk.Wait{ID: "data#1", WakeAt: Wednesday().Add(time.Hour), Round: 1})
	before := MustCommit(t, s, c)
	same(t, waitsEverywhere(t, s, Wednesday()), []desk.WaitID(nil))
	same(t, waitsEverywhere(t, s, Wednesday().Add(time.Hour)), []desk.WaitID{"data#1"})
	same(t, waitsEverywhere(t, s, Wednesday().Add(4*time.Hour)), []desk.WaitID{"data#1", approval1})

	later, earlier := before.Waits[1], before.Waits[0]
	later.WakeAt, earlier.WakeAt = later.WakeAt.Add(24*time.Hour), earlier.WakeAt.Add(-time.Hour)
	move := Act(before, desk.ActOverdue, desk.Clock, Wednesday(), desk.ApprovalReminded{Round: 2})
	move.Move = []desk.Wait{later, earlier}
	moved := MustCommit(t, s, move)
	for range 2 { // looking too early must not lose it
		same(t, waitsEverywhere(t, s, Wednesday().Add(2*time.Hour)), []desk.WaitID(nil))
	}
	same(t, waitsEverywhere(t, s, Wednesday().Add(3*time.Hour)), []desk.WaitID{earlier.ID})
	same(t, waitsEverywhere(t, s, Wednesday().Add(48*time.Hour)), []desk.WaitID{earlier.ID, later.ID})

	settle := Act(moved, desk.ActApprove, UTHead, Wednesday(), desk.StageApproved{Stage: desk.StageUT})
	settle.Settle = moved.Waits
	MustCommit(t, s, settle)
	same(t, waitsEverywhere(t, s, Wednesday().Add(48*time.Hour)), []desk.WaitID(nil))
}

func startOf(s work.Stored, generation int) desk.Effect {
	return desk.Effect{Ticket: s.Ticket.ID, Seq: s.Ticket.Version, N: 50 + generation, Op: desk.OpStart, State: desk.EffectPending,
		DueAt: Wednesday(), CreatedAt: Wednesday(), Call: &desk.MachineCall{Machine: desk.MachineApproval, Generation: generation}}
}

func healOnce(t *testing.T, s Contract) {
	before := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	if ok, err := s.OpenWait(t.Context(), ID(1), approval1, 1, before.Waits[0].WakeAt, "dead"); !ok || err != nil {
		t.Fatalf("open: %v %v", ok, err)
	}
	at := Wednesday().Add(time.Hour)
	won := 0
	for _, err := range together(10, func(int) error {
		for {
			if err := s.Heal(t.Context(), ID(1), desk.MachineApproval, 1, startOf(before, 2), at); desk.CodeOf(err) != desk.Busy {
				return err
			}
		}
	}) {
		if err == nil {
			won++
		} else {
			wantErr(t, err, work.ErrConflict)
		}
	}
	got := MustLoad(t, s, ID(1))
	same(t, got.Machines[desk.MachineApproval], desk.MachineRecord{Machine: desk.MachineApproval, Generation: 2, Heals: 1, HealedAt: at, StartItem: "1.52"})
	if w := got.Waits[0]; won != 1 || w.Token != "" || w.Generation != 2 || !w.WakeAt.Equal(before.Waits[0].WakeAt) {
		t.Errorf("%d healed, the wait is %+v", won, w)
	}
	e, err := s.Effect(t.Context(), ID(1), "1.52")
	noErr(t, err)
	same(t, e, startOf(before, 2))
	wantErr(t, s.Heal(t.Context(), ID(1), desk.MachineEscalation, 0, startOf(before, 3), at), work.ErrConflict)
	wantErr(t, s.Heal(t.Context(), ID(8), desk.MachineApproval, 1, startOf(work.Stored{Ticket: desk.Ticket{ID: ID(8), Version: 1}}, 2), at), work.ErrConflict)
	if ok, err := s.OpenWait(t.Context(), ID(1), approval1, 1, before.Waits[0].WakeAt, "of the dead execution"); ok || err != nil {
		t.Errorf("the dead execution opened the wait: %v, %v", ok, err)
	}
}

func stuckList(t *testing.T, s Contract) {
	before := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	wantErr(t, s.MarkStuck(t.Context(), ID(1), desk.MachineApproval, 2, "States.Runtime"), work.ErrConflict)
	wantErr(t, s.MarkStuck(t.Context(), ID(9), desk.MachineApproval, 1, "States.Runtime"), work.ErrConflict)
	noErr(t, s.MarkStuck(t.Context(), ID(1), desk.MachineApproval, 1, "States.Runtime"))
	want := []work.TicketMachine{{Ticket: ID(1), Machine: desk.MachineRecord{Machine: desk.MachineApproval, Generation: 1, StartItem: "1.3", Cause: "States.Runtime"}}}
	got, err := s.StuckMachines(t.Context())
	noErr(t, err)
	same(t, got, want)
	noErr(t, s.MarkStuck(t.Context(), ID(1), desk.MachineApproval, 1, "x"+strings.Repeat("ñ", 400))) // cut, and no letter in two
	got, err = s.StuckMachines(t.Context())
	noErr(t, err)
	if len(got) != 1 || strings.Trim(got[0].Machine.Cause, "xñ") != "" {
		t.Errorf("listed %+v", got)
	}
	noErr(t, s.MarkStuck(t.Context(), ID(1), desk.MachineApproval, 1, ""))
	got, err = s.StuckMachines(t.Context())
	noErr(t, err)
	same(t, got, []work.TicketMachine(nil))

	noErr(t, s.MarkStuck(t.Context(), ID(1), desk.MachineApproval, 1, "again"))
	noErr(t, s.Heal(t.Context(), ID(1), desk.MachineApproval, 1, startOf(before, 2), Wednesday()))
	got, err = s.StuckMachines(t.Context())
	noErr(t, err)
	same(t, got, []work.TicketMachine(nil)) // it runs anew; if it fails again, it says so again
	now := MustLoad(t, s, ID(1))
	if m := now.Machines[desk.MachineApproval]; m.Heals != 1 || m.Cause != "" {
		t.Errorf("healed as %+v", m)
	}
	noErr(t, s.MarkStuck(t.Context(), ID(1), desk.MachineApproval, 2, "still"))
	next := Act(now, desk.ActReopen, Asker, Wednesday(), desk.NoteAdded{})
	next.Machines = []desk.MachineRecord{{Machine: desk.MachineApproval, Generation: 3}}
	MustCommit(t, s, next)
	got, err = s.StuckMachines(t.Context())
	noErr(t, err)
	same(t, got, []work.TicketMachine(nil))
}
