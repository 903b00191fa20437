package machines_test

import (
	"fmt"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/machines"
)

// F47: every running execution is killed. The next sweep starts each anew, with
// the dates they had; nothing is done twice.
func TestLosingEveryExecutionLosesNothing(t *testing.T) {
	h := newHall(t)
	var ids []desk.TicketID
	dates := map[desk.TicketID]time.Time{}
	for range 10 {
		id := h.Open81()
		ids, dates[id] = append(ids, id), h.Load(id).Waits[0].WakeAt
	}
	h.deliver()
	h.Advance(30 * time.Minute)
	h.runs.kill()
	h.Advance(time.Minute)
	if r := h.sweep(false); r.Healed != 10 || r.Left != 0 {
		t.Errorf("sweep reports %+v, want 10 healed", r)
	}
	if r := h.sweep(false); r.Healed != 0 {
		t.Errorf("the next sweep heals %d again", r.Healed)
	}
	if len(h.runs.stopped) != 10 {
		t.Errorf("stopped %v, want every superseded execution", h.runs.stopped)
	}
	h.deliver()
	for _, id := range ids {
		s := h.Load(id)
		if !h.runs.running[desk.ExecutionName(id, desk.MachineApproval, 2)] {
			t.Errorf("generation 2 of %s does not run", id)
		}
		if w := s.Waits[0]; !w.WakeAt.Equal(dates[id]) || w.Generation != 2 || w.Token != "" || s.Ticket.Version != 1 {
			t.Errorf("%s waits as %+v at version %d; want the old date", id, w, s.Ticket.Version)
		}
		h.SetTime(dates[id])
		h.handle(h.request("overdue", id, 2, s.Waits[0]))
		if reply := h.handle(h.request("overdue", id, 1, s.Waits[0])); reply.Next != "superseded" {
			t.Errorf("the dead generation hears %+v", reply)
		}
		if n := h.mails(id, desk.MailDecideAgain); n != 1 {
			t.Errorf("%d reminders, want 1", n)
		}
	}
}

// A machine is not healed while its start is still on its way, nor twice in five
// minutes; and is not forgotten for that.
func TestHealingWaits(t *testing.T) {
	h := newHall(t)
	id := h.Open81()
	dead := machines.Execution{Name: desk.ExecutionName(id, desk.MachineApproval, 1), Machine: desk.MachineApproval, Status: "FAILED", StopAt: h.Time()}
	h.runs.failed = append(h.runs.failed, dead)
	if r := h.sweep(false); r.Healed != 0 || r.Left != 1 {
		t.Errorf("with its start not done: %+v, want it left", r)
	}
	h.deliver()
	if r := h.sweep(false); r.Healed != 1 {
		t.Errorf("with its start done: %+v, want it healed", r)
	}
	h.deliver()
	h.Advance(3 * time.Minute)
	h.runs.kill()
	h.Advance(time.Minute)
	if r := h.sweep(false); r.Healed != 0 || r.Left != 1 {
		t.Errorf("four minutes after: %+v, want it left", r)
	}
	h.Advance(time.Minute)
	if r := h.sweep(false); r.Healed != 1 {
		t.Errorf("five minutes after: %+v, want it healed: a failed execution that was left must be listed again", r)
	}
}

// A machine that dies again and again: three heals at five minutes, then ever
// more seldom.
func TestHealsAreSpaced(t *testing.T) {
	h := newHall(t)
	id := h.Open81()
	h.deliver()
	var healed []time.Duration
	begin := h.Time()
	for h.Time().Sub(begin) < 4*time.Hour {
		h.runs.kill()
		if r := h.sweep(false); r.Healed > 0 {
			healed = append(healed, h.Time().Sub(begin))
		}
		h.deliver()
		h.Advance(time.Minute)
	}
	want := []time.Duration{0, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 45 * time.Minute, 105 * time.Minute, 165 * time.Minute, 225 * time.Minute}
	if fmt.Sprint(healed) != fmt.Sprint(want) {
		t.Errorf("healed after %v, want %v", healed, want)
	}
	if m := h.Load(id).Machines[desk.MachineApproval]; m.Generation != 9 || m.Heals != 8 {
		t.Errorf("machine is %+v", m)
	}
}

// After three heals a dying machine stands on the operations page, with its cause.
func TestMachineThatKeepsDyingIsListed(t *testing.T) {
	h := newHall(t)
	id := h.Open81()
	h.deliver()
	listed := func() int {
		stuck, err := h.Store.StuckMachines(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(stuck)
	}
	for minute := range 30 {
		h.runs.kill()
		h.sweep(false)
		if n := listed(); minute <= 10 && n != 0 {
			t.Fatalf("listed after %d minutes, while free heals are left", minute)
		}
		h.deliver()
		h.Advance(time.Minute)
	}
	stuck, err := h.Store.StuckMachines(t.Context())
	if err != nil || len(stuck) != 1 || stuck[0].Ticket != id || stuck[0].Machine.Cause != "Se inició otra vez 4 veces y cada vez se detuvo: FAILED States.Runtime" {
		t.Errorf("listed %+v, %v; want the approval of %s with its cause", stuck, err, id)
	}
}

// A machine that stood stuck leaves the page when it runs anew, and when nothing
// waits for it any more; nobody is shown what is over.
func TestMachineThatStandsStuckNoMoreLeavesThePage(t *testing.T) {
	tests := []struct {
		name string
		do   func(*hall, desk.TicketID)
	}{
		{"healed", func(h *hall, _ desk.TicketID) { h.Advance(time.Minute) }},
		{"withdrawn before it was healed", func(h *hall, id desk.TicketID) { h.Do("usuaria-ut-piura-1", desk.ActWithdraw, id) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := newHall(t)
			id := h.Open81()
			h.deliver()
			in := h.request("stuck", id, 1, h.Load(id).Waits[0])
			in.Cause = "Lambda.Unknown"
			h.handle(in)
			h.runs.kill()
			test.do(h, id)
			h.sweep(false)
			if list, err := h.Store.StuckMachines(t.Context()); err != nil || len(list) != 0 {
				t.Errorf("listed %+v, %v", list, err)
			}
		})
	}
}

// A failed execution that nobody needs is left alone.
func TestWhatNeedsNoHealing(t *testing.T) {
	tests := []struct {
		name string
		do   func(*hall, desk.TicketID) machines.Execution
	}{
		{"its ticket waits for nothing", func(h *hall, id desk.TicketID) machines.Execution {
			h.Do("usuaria-ut-piura-1", desk.ActWithdraw, id)
			return machines.Execution{Name: desk.ExecutionName(id, desk.MachineApproval, 1), Machine: desk.MachineApproval}
		}},
		{"an old generation", func(_ *hall, id desk.TicketID) machines.Execution {
			return machines.Execution{Name: desk.ExecutionName(id, desk.MachineApproval, 0), Machine: desk.MachineApproval}
		}},
		{"of no ticket", func(*hall, desk.TicketID) machines.Execution {
			return machines.Execution{Name: "01J8NOSUCHTICKET0000000000-approval-1", Machine: desk.MachineApproval}
		}},
		{"somebody's own execution", func(*hall, desk.TicketID) machines.Execution {
			return machines.Execution{Name: "a-test-by-hand", Machine: desk.MachineApproval}
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := newHall(t)
			id := h.Open81()
			h.deliver()
			e := test.do(h, id)
			e.StopAt = h.Time()
			h.runs.failed = []machines.Execution{e}
			if r := h.sweep(false); r.Healed != 0 || r.Left != 0 {
				t.Errorf("sweep reports %+v", r)
			}
			if g := h.Load(id).Machines[desk.MachineApproval].Generation; g != 1 {
				t.Errorf("generation %d, want 1", g)
			}
		})
	}
}

// A machine that should have spoken two minutes ago: dead, it is started anew;
// alive, the act is done in its place and the machine is resumed.
func TestWaitsThatAreLate(t *testing.T) {
	late := func(t *testing.T) (*hall, desk.TicketID) {
		h := newHall(t)
		id := h.Open81()
		h.deliver()
		h.SetTime(h.Load(id).Waits[0].WakeAt.Add(2*time.Minute + time.Second))
		return h, id
	}
	t.Run("not yet two minutes: left alone", func(t *testing.T) {
		h, id := late(t)
		h.Advance(-2 * time.Second)
		if r := h.sweep(false); r != (machines.Report{}) || h.Load(id).Ticket.Version != 1 {
			t.Errorf("sweep reports %+v", r)
		}
	})
	t.Run("alive: done in its place, with a resume", func(t *testing.T) {
		h, id := late(t)
		h.runs.running[desk.ExecutionName(id, desk.MachineApproval, 1)] = true
		if r := h.sweep(false); r.Overdue != 1 || r.Healed != 0 {
			t.Errorf("sweep reports %+v", r)
		}
		if h.Load(id).Ticket.Version != 2 || h.mails(id, desk.MailDecideAgain) != 1 {
			t.Errorf("version %d, outbox %q", h.Load(id).Ticket.Version, h.Outbox(id, 2))
		}
	})
	t.Run("dead without having failed: done, and started anew", func(t *testing.T) {
		h, id := late(t)
		clear(h.runs.running)
		if r := h.sweep(false); r.Overdue != 1 || r.Healed != 1 {
			t.Errorf("sweep reports %+v", r)
		}
		if h.mails(id, desk.MailDecideAgain) != 1 {
			t.Errorf("outbox %q", h.Outbox(id, 2))
		}
		h.deliver()
		if !h.runs.running[desk.ExecutionName(id, desk.MachineApproval, 2)] {
			t.Error("generation 2 does not run")
		}
	})
	t.Run("dead and healed a moment ago: its date does not wait for the next healing", func(t *testing.T) {
		h, id := late(t)
		h.SetTime(h.Load(id).Waits[0].WakeAt.Add(-time.Minute))
		h.runs.kill()
		h.sweep(false)
		h.deliver()
		h.runs.kill()
		h.Advance(3*time.Minute + time.Second)
		if r := h.sweep(false); r.Left == 0 || r.Healed != 0 {
			t.Errorf("sweep reports %+v, want it left for the pause between heals", r)
		}
		if n := h.mails(id, desk.MailDecideAgain); n != 1 {
			t.Errorf("%d reminders two minutes after its date, want 1", n)
		}
	})
}

// At night every wait is looked at, late or not.
func TestNightlyLooksAtEveryWait(t *testing.T) {
	h := newHall(t)
	const n = 30
	for range n {
		h.Open81()
	}
	h.deliver()
	clear(h.runs.running)
	if r := h.sweep(false); r.Healed != 0 {
		t.Errorf("by day: %+v, want nothing: no wait is late", r)
	}
	if r := h.sweep(true); r.Healed != n || r.Overdue != n {
		t.Errorf("by night: %+v, want %d healed", r, n)
	}
}

// A date that no machine keeps is worked by the sweeper itself: missing data.
func TestDatesWithoutAMachine(t *testing.T) {
	h := newHall(t)
	id := h.Do("usuaria-administracion-1", desk.ActOpen, "", "service", "hardware-printers", "flow", "8.6", "subject", "No imprime", "description", "Se atasca.").After.Ticket.ID
	h.deliver()
	for name := range h.runs.machine {
		h.runs.running[name] = true
	}
	asked := h.mails(id, desk.MailMissingData)
	var wait desk.Wait
	for _, w := range h.Load(id).Waits {
		if w.ID.Kind() == desk.WaitData {
			wait = w
		}
	}
	h.SetTime(wait.WakeAt.Add(-time.Second))
	for _, nightly := range []bool{false, true} {
		if r := h.sweep(nightly); r.Dates != 0 {
			t.Errorf("before the date: %+v", r)
		}
	}
	h.SetTime(wait.WakeAt)
	h.sweep(false)
	if r := h.sweep(false); r.Dates != 0 {
		t.Errorf("the next minute does it again: %+v", r)
	}
	if n := h.mails(id, desk.MailMissingData); n != asked+1 {
		t.Errorf("%d mails ask for the data, want one more than %d", n, asked)
	}
}

// The watermark moves only when everything was listed.
