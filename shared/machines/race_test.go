package machines_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/work"
)

// callers is how many do something at once in the races.
const callers = 50

// rounds is how often each race is run: who wins differs.
const rounds = 6

// gathered is a store on which all callers have read the ticket before the first
// of them writes: no race is won by being early.
type gathered struct {
	*desktest.Store
	read atomic.Int32
	all  chan struct{}
}

func (g *gathered) Load(ctx context.Context, id desk.TicketID) (work.Stored, error) {
	s, err := g.Store.Load(ctx, id)
	if g.read.Add(1) == callers/2 { // machines and sweepers that find nothing to do never come here
		close(g.all)
	}
	select {
	case <-g.all:
	case <-time.After(20 * time.Millisecond):
	}
	return s, err
}

// together starts every call at the same moment and waits for all.
func (h *hall) together(calls []func()) {
	h.Road.Store = &gathered{Store: h.Store, all: make(chan struct{})}
	defer func() { h.Road.Store = h.Store }()
	var wg sync.WaitGroup
	begin := make(chan struct{})
	for _, call := range calls {
		wg.Go(func() {
			<-begin
			call()
		})
	}
	close(begin)
	wg.Wait()
}

// deal gives fifty callers the wishes in turn.
func deal(wishes ...func()) []func() {
	calls := make([]func(), callers)
	for i := range calls {
		calls[i] = wishes[i%len(wishes)]
	}
	return calls
}

// wish is an act that is asked for until the desk is not busy, as people do; what
// came first answers the rest.
func (h *hall) wish(act desk.Act) func() {
	return func() {
		for {
			_, err := h.Road.Perform(h.t.Context(), act)
			switch desk.CodeOf(err) {
			case desk.Busy:
				continue
			case "", desk.Stale, desk.Refused, desk.Forbidden: // nobody is answered a failure
			default:
				h.t.Errorf("%s: %v", act.Kind, err)
			}
			return
		}
	}
}

// asks is a machine whose time is over; it asks again when the desk is busy.
func (h *hall) asks(id desk.TicketID, generation int, wait desk.Wait) func() {
	in := h.request("overdue", id, generation, wait)
	return func() {
		for {
			_, err := h.workflow.Handle(h.t.Context(), in)
			if desk.CodeOf(err) == desk.Busy {
				continue
			}
			if err != nil {
				h.t.Errorf("the timer hears %v", err)
			}
			return
		}
	}
}

// events counts the events of a ticket by name.
func (h *hall) events(id desk.TicketID) map[string]int {
	h.t.Helper()
	records, err := h.Store.Records(h.t.Context(), id, 0)
	if err != nil {
		h.t.Fatal(err)
	}
	count := map[string]int{}
	for _, r := range records {
		for _, e := range r.Events {
			count[e.EventName()]++
		}
	}
	return count
}

// waitOf is an open wait of a ticket by its kind.
func (h *hall) waitOf(id desk.TicketID, kind desk.WaitKind) desk.Wait {
	h.t.Helper()
	list := h.Load(id).Waits
	i := slices.IndexFunc(list, func(w desk.Wait) bool { return w.ID.Kind() == kind })
	if i < 0 {
		h.t.Fatalf("%s waits for no %s", id, kind)
	}
	return list[i]
}

// race runs a race in new desks and tells how often each outcome came.
func race(t *testing.T, run func(h *hall) (outcome string)) {
	t.Helper()
	outcomes := map[string]int{}
	for range rounds {
		outcomes[run(newHall(t))]++
	}
	t.Logf("%d rounds of %d callers: %v", rounds, callers, outcomes)
}

// diagnosed86 is a piece of equipment of headquarters under diagnosis by
// soporte-1, at the second in which its 60 minutes are over.
func (h *hall) diagnosed86() (desk.TicketID, desk.Wait) {
	h.t.Helper()
	id := h.Do("usuaria-administracion-1", desk.ActOpen, "", "service", "hardware-printers", "flow", "8.6", "subject", "No imprime", "description", "Se atasca.",
		"no_asset", "yes", "equipment", "Impresora", "goods", "printer", "office", "204").After.Ticket.ID
	h.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	h.Do("soporte-1", desk.ActTake, id)
	h.Do("soporte-1", desk.ActDiagnose, id)
	wait := h.waitOf(id, desk.WaitDiagnosis)
	h.SetTime(wait.WakeAt)
	return id, wait
}

// F13: approve, reject and the timer at once: one decision, one constancia, and
// at most the reminder that came before it.
func TestRaceOfDecisionsAndTimer(t *testing.T) {
	race(t, func(h *hall) string {
		id := h.Open81()
		wait := h.Load(id).Waits[0]
		h.SetTime(wait.WakeAt)
		approve := h.wish(h.Act("jefa-ut-piura", desk.ActApprove, id))
		reject := h.wish(h.Act("jefa-ut-piura", desk.ActReject, id, "reason", "No corresponde."))
		h.together(deal(approve, reject, h.asks(id, 1, wait)))
		count := h.events(id)
		// A reminder makes the version that people saw stale: then nobody decided
		// yet, and the first who looks again does.
		if count["StageApproved"]+count["StageRejected"] == 0 && count["ApprovalReminded"] == 1 {
			h.together(deal(h.wish(h.Act("jefa-ut-piura", desk.ActApprove, id)), h.wish(h.Act("jefa-ut-piura", desk.ActReject, id, "reason", "No."))))
			count = h.events(id)
		}
		if count["StageApproved"]+count["StageRejected"] != 1 || h.mails(id, desk.MailDecided) != 1 || count["ApprovalReminded"] > 1 || h.mails(id, desk.MailDecideAgain) > 1 {
			t.Errorf("events %v, %d constancias", count, h.mails(id, desk.MailDecided))
		}
		return fmt.Sprintf("approved %d, reminded before %d", count["StageApproved"], count["ApprovalReminded"])
	})
}

// R113: the timer, the technician who declares it long and the one who closes, at
// once: one of the three, and its one mail.
func TestRaceOfTheHour(t *testing.T) {
	race(t, func(h *hall) string {
		id, wait := h.diagnosed86()
		declare := h.wish(h.Act("soporte-1", desk.ActDeclareLong, id))
		shut := h.wish(h.Act("soporte-1", desk.ActClose, id, "solution", "Se limpió.", "medium", "mail"))
		h.together(deal(h.asks(id, 1, wait), declare, shut))
		count := h.events(id)
		moved, closed := h.mails(id, desk.MailTransfer), h.mails(id, desk.MailClosed)
		if moved+closed != 1 || count["TransferAnnounced"] != moved || count["TicketClosed"] != closed {
			t.Errorf("%d transfer mails, %d closings, events %v", moved, closed, count)
		}
		return fmt.Sprintf("transfer %d, closed %d", moved, closed)
	})
}

// The hour is stopped in its last second while its timer fires: either it stands
// still and nobody is told of a transfer, or it is announced once.
func TestRaceOfPauseAndTimer(t *testing.T) {
	race(t, func(h *hall) string {
		id, wait := h.diagnosed86()
		pause := h.Act("soporte-1", desk.ActPauseDiagnosis, id, "reason", "Se fue la luz.")
		pause.At = wait.WakeAt.Add(-time.Second)
		h.together(deal(h.asks(id, 1, wait), h.wish(pause)))
		count := h.events(id)
		if count["TransferAnnounced"]+count["DiagnosisPaused"] != 1 || h.mails(id, desk.MailTransfer) != count["TransferAnnounced"] {
			t.Errorf("events %v, %d transfer mails", count, h.mails(id, desk.MailTransfer))
		}
		return fmt.Sprintf("paused %d", count["DiagnosisPaused"])
	})
}

// Fifty people of a team take one case: one has it, and the others hear that it changed.
func TestRaceOfTakers(t *testing.T) {
	race(t, func(h *hall) string {
		id := h.Open85()
		team := []desk.PersonID{"informatica-mesa-1", "informatica-mesa-2", "especialista-mesa"}
		calls := make([]func(), callers)
		for i := range calls {
			calls[i] = h.wish(h.Act(team[i%len(team)], desk.ActTake, id))
		}
		h.together(calls)
		count, s := h.events(id), h.Load(id)
		if count["TicketTaken"] != 1 || s.Ticket.Version != 2 || h.mails(id, desk.MailAssigned) != 0 {
			t.Errorf("events %v, version %d", count, s.Ticket.Version)
		}
		return string(s.Ticket.Assignee)
	})
}

// An execution died. Sweepers start the next one while the dead one's last call,
// the new one's first and a head's decision arrive: one new generation, one start,
// one decision, and the dead one changes nothing (F12, F14).
func TestRaceOfHealingAndLateCallback(t *testing.T) {
	race(t, func(h *hall) string {
		id := h.Open81()
		h.deliver()
		wait := h.Load(id).Waits[0]
		h.SetTime(wait.WakeAt.Add(3 * time.Minute))
		h.runs.kill()
		heal := func() {
			if _, err := h.sweeper.Sweep(t.Context(), false); err != nil && desk.CodeOf(err) != desk.Busy {
				t.Errorf("sweep: %v", err)
			}
		}
		h.together(deal(heal, h.asks(id, 1, wait), h.asks(id, 2, wait), h.wish(h.Act("jefa-ut-piura", desk.ActApprove, id))))
		h.deliver()
		count, s := h.events(id), h.Load(id)
		starts := 0
		for _, e := range h.Effects(id) {
			if e.Op == desk.OpStart && e.Call.Generation == 2 {
				starts++
			}
		}
		m := s.Machines[desk.MachineApproval]
		if m.Generation != 2 || m.Heals != 1 || starts != 1 || !h.runs.running[desk.ExecutionName(id, desk.MachineApproval, 2)] {
			t.Errorf("machine %+v, %d starts of generation 2", m, starts)
		}
		if count["StageApproved"] > 1 || h.mails(id, desk.MailDecided) != count["StageApproved"] || count["ApprovalReminded"] > 1 || h.mails(id, desk.MailDecideAgain) != count["ApprovalReminded"] {
			t.Errorf("events %v", count)
		}
		h.handle(h.request("open", id, 2, h.waitOf(id, desk.WaitApproval))) // whatever is waited for now, the new execution keeps it
		if w := h.waitOf(id, desk.WaitApproval); w.Generation != 2 || w.Token != "token-1" {
			t.Errorf("wait %+v", w)
		}
		return fmt.Sprintf("approved %d, reminded %d", count["StageApproved"], count["ApprovalReminded"])
	})
}
