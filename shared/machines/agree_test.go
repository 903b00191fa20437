package machines_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/machines"
	"mesa/shared/work"
)

// RunningNames lists what runs of a machine.
func (r *runs) RunningNames(_ context.Context, m desk.Machine) ([]string, error) {
	var names []string
	for name := range r.running {
		if r.machine[name] == m {
			names = append(names, name)
		}
	}
	return names, r.fails
}

// Status is RUNNING, FAILED or nothing.
func (r *runs) Status(_ context.Context, _ desk.Machine, name string) (string, error) {
	switch {
	case r.running[name]:
		return "RUNNING", nil
	case slices.ContainsFunc(r.failed, func(e machines.Execution) bool { return e.Name == name }):
		return "FAILED", nil
	default:
		return "", nil
	}
}

// watched is the store as the inspection reads it: somebody may act between its looks.
type watched struct {
	*desktest.Store
	loads     int
	meanwhile func(loads int)
}

func (w *watched) Load(ctx context.Context, id desk.TicketID) (work.Stored, error) {
	if w.loads++; w.meanwhile != nil {
		w.meanwhile(w.loads)
	}
	return w.Store.Load(ctx, id)
}

func (h *hall) inspect(meanwhile func(loads int)) []machines.Finding {
	h.t.Helper()
	inspection := &machines.Inspection{Store: &watched{Store: h.Store, meanwhile: meanwhile}, Executions: h.runs, Now: h.Now}
	found, err := inspection.Run(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	return found
}

// kept lets an execution hand its token over for a wait, as open does.
func (h *hall) kept(id desk.TicketID) {
	h.t.Helper()
	h.deliver()
	s := h.Load(id)
	for _, w := range s.Waits {
		if m := w.ID.Kind().Machine(); m != "" {
			h.handle(h.request("open", id, s.Machines[m].Generation, w))
		}
	}
}

func verdicts(found []machines.Finding) string {
	var list []string
	for _, f := range found {
		list = append(list, strings.TrimSpace(string(f.Wait)+" "+string(f.Verdict)+" "+f.Status))
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

func TestInspectionTellsWaitsWhoseExecutionDiffers(t *testing.T) {
	tests := []struct {
		name string
		do   func(*hall, desk.TicketID)
		want string
	}{
		{"kept as it should be", func(h *hall, id desk.TicketID) { h.kept(id) }, "approval#1 agrees RUNNING"},
		{"its start is ordered and not done", func(*hall, desk.TicketID) {}, "approval#1 on-the-way"},
		{"started just now, its token not handed over yet", func(h *hall, _ desk.TicketID) { h.deliver() }, "approval#1 on-the-way RUNNING"},
		{"started two minutes ago, its token not handed over", func(h *hall, _ desk.TicketID) { h.deliver(); h.Advance(machines.LateBy) }, "approval#1 no-token RUNNING"},
		{"killed", func(h *hall, id desk.TicketID) { h.kept(id); h.runs.kill() }, "approval#1 not-running FAILED"},
		{"gone without a trace", func(h *hall, id desk.TicketID) { h.kept(id); clear(h.runs.running) }, "approval#1 not-running"},
		{"killed, and its next generation ordered", func(h *hall, id desk.TicketID) { h.kept(id); h.runs.kill(); h.sweep(false) }, "approval#1 on-the-way"},
		{"two minutes late: not yet", func(h *hall, id desk.TicketID) {
			h.kept(id)
			h.SetTime(h.Load(id).Waits[0].WakeAt.Add(machines.LateBy))
		}, "approval#1 agrees RUNNING"},
		{"later than the sweeper lets it be", func(h *hall, id desk.TicketID) {
			h.kept(id)
			h.SetTime(h.Load(id).Waits[0].WakeAt.Add(machines.LateBy + time.Second))
		}, "approval#1 late RUNNING"},
		{"decided, and its resume on the way", func(h *hall, id desk.TicketID) {
			h.kept(id)
			h.Do("jefa-ut-piura", desk.ActApprove, id)
		}, "approval#2 on-the-way RUNNING"},
		{"decided, and its resume lost (F14)", func(h *hall, id desk.TicketID) {
			h.kept(id)
			h.Do("jefa-ut-piura", desk.ActApprove, id)
			h.runs.dead = true // the callback goes nowhere, and the outbox takes that for done
			h.deliver()
			h.Advance(machines.LateBy)
		}, "approval#2 no-token RUNNING"},
		{"withdrawn, and its execution sleeps on", func(h *hall, id desk.TicketID) {
			h.kept(id)
			h.Do("usuaria-ut-piura-1", desk.ActWithdraw, id)
			h.runs.dead = true
			h.deliver()
			h.Advance(machines.LateBy)
		}, "needless RUNNING"},
		{"withdrawn just now, and its execution is about to end", func(h *hall, id desk.TicketID) {
			h.kept(id)
			h.Advance(machines.LateBy)
			h.Do("usuaria-ut-piura-1", desk.ActWithdraw, id)
			h.runs.dead = true
			h.deliver()
		}, "on-the-way RUNNING"},
		{"an older generation that was not stopped", func(h *hall, id desk.TicketID) {
			h.kept(id)
			h.runs.kill()
			h.Advance(machines.LateBy)
			h.sweep(false)
			h.kept(id)
			h.runs.running[desk.ExecutionName(id, desk.MachineApproval, 1)] = true
		}, "approval#1 agrees RUNNING, needless RUNNING"},
		{"somebody's own execution is nobody's business", func(h *hall, id desk.TicketID) {
			h.kept(id)
			h.runs.running["a-test-by-hand"], h.runs.machine["a-test-by-hand"] = true, desk.MachineApproval
		}, "approval#1 agrees RUNNING"},
		{"an execution of a ticket that is none", func(h *hall, id desk.TicketID) {
			h.kept(id)
			name := desk.ExecutionName("01J8NOSUCHTICKET0000000000", desk.MachineApproval, 1)
			h.runs.running[name], h.runs.machine[name] = true, desk.MachineApproval
		}, "approval#1 agrees RUNNING, needless RUNNING"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := newHall(t)
			id := h.Open81()
			test.do(h, id)
			if got := verdicts(h.inspect(nil)); got != test.want {
				t.Errorf("found %q, want %q", got, test.want)
			}
		})
	}
}

// A date that no machine keeps has no execution, and may be late all the same.
func TestInspectionOfADateWithoutAMachine(t *testing.T) {
	h := newHall(t)
	id := h.Do("usuaria-administracion-1", desk.ActOpen, "", "service", "hardware-printers", "flow", "8.6", "subject", "No imprime", "description", "Se atasca.").After.Ticket.ID
	h.kept(id)
	if got, want := verdicts(h.inspect(nil)), "data#1 agrees, level#1 agrees RUNNING"; got != want {
		t.Errorf("found %q, want %q", got, want)
	}
	for _, w := range h.Load(id).Waits {
		if w.ID.Kind() == desk.WaitData {
			h.SetTime(w.WakeAt.Add(machines.LateBy + time.Second))
		}
	}
	if got := verdicts(h.inspect(nil)); !strings.Contains(got, "data#1 late") {
		t.Errorf("found %q, want the date late", got)
	}
}

// People work while it looks: what is mended or over at the second look is no difference.
func TestInspectionLooksTwice(t *testing.T) {
	t.Run("what agrees is looked at once", func(t *testing.T) {
		h, loads := newHall(t), 0
		h.kept(h.Open81())
		if got := verdicts(h.inspect(func(n int) { loads = n })); got != "approval#1 agrees RUNNING" || loads != 1 {
			t.Errorf("found %q in %d looks", got, loads)
		}
	})
	t.Run("kept meanwhile", func(t *testing.T) {
		h := newHall(t)
		id := h.Open81()
		got := verdicts(h.inspect(func(loads int) {
			if loads == 2 {
				h.kept(id)
			}
		}))
		if got != "approval#1 agrees RUNNING" {
			t.Errorf("found %q", got)
		}
	})
	t.Run("withdrawn meanwhile", func(t *testing.T) {
		h := newHall(t)
		id := h.Open81()
		got := verdicts(h.inspect(func(loads int) {
			if loads == 2 {
				h.Do("usuaria-ut-piura-1", desk.ActWithdraw, id)
			}
		}))
		if got != "" {
			t.Errorf("found %q", got)
		}
	})
}

// crooked is a store whose waits name an older execution than the ticket does, as
// a repair by hand may leave them.
type crooked struct{ *desktest.Store }

func (c crooked) Load(ctx context.Context, id desk.TicketID) (work.Stored, error) {
	s, err := c.Store.Load(ctx, id)
	for i := range s.Waits {
		s.Waits[i].Generation--
	}
	return s, err
}

func TestInspectionFindsAWaitOfAnotherGeneration(t *testing.T) {
	h := newHall(t)
	h.kept(h.Open81())
	h.Advance(machines.LateBy)
	inspection := &machines.Inspection{Store: crooked{h.Store}, Executions: h.runs, Now: h.Now}
	if found, err := inspection.Run(t.Context()); verdicts(found) != "approval#1 other-generation RUNNING" || err != nil {
		t.Errorf("found %q, %v", verdicts(found), err)
	}
}

func TestInspectionThatCannotLookSaysSo(t *testing.T) {
	h := newHall(t)
	h.kept(h.Open81())
	h.runs.fails = errDown
	inspection := &machines.Inspection{Store: h.Store, Executions: h.runs, Now: h.Now}
	if found, err := inspection.Run(t.Context()); !errors.Is(err, errDown) {
		t.Errorf("found %+v, %v", found, err)
	}
}

// It tells how far it is, page by page.
func TestInspectionTellsHowFarItIs(t *testing.T) {
	h := newHall(t)
	for range 3 {
		h.Open81()
	}
	var told []int
	inspection := &machines.Inspection{Store: h.Store, Executions: h.runs, Now: h.Now, Progress: func(n int) { told = append(told, n) }}
	if _, err := inspection.Run(t.Context()); err != nil || !slices.Equal(told, []int{3}) {
		t.Errorf("told %v, %v", told, err)
	}
}
