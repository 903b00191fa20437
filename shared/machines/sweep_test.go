package machines_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/machines"
)

// spoiled is a store that cannot heal the ticket it is asked about first.
type spoiled struct {
	machines.SweepStore
	ticket desk.TicketID
}

func (s *spoiled) Heal(ctx context.Context, id desk.TicketID, m desk.Machine, from int, start desk.Effect, now time.Time) error {
	if s.ticket == "" || s.ticket == id {
		s.ticket = id
		return errDown
	}
	return s.SweepStore.Heal(ctx, id, m, from, start, now)
}

// A machine that cannot be healed keeps no other from it, is told of, and is
// tried again in the next minute.
func TestAMachineThatCannotBeHealedStopsNoOther(t *testing.T) {
	h := newHall(t)
	all := []desk.TicketID{h.Open81(), h.Open81()}
	h.deliver()
	h.runs.kill()
	store := &spoiled{SweepStore: h.sweeper.Store}
	h.sweeper.Store = store
	if _, err := h.sweeper.Sweep(t.Context(), false); !errors.Is(err, errDown) {
		t.Errorf("the sweep says %v", err)
	}
	for _, id := range all {
		if got := h.Load(id).Machines[desk.MachineApproval].Generation; (got == 2) == (id == store.ticket) {
			t.Errorf("%s stands at generation %d; %s could not be healed", id, got, store.ticket)
		}
	}
	h.sweeper.Store = store.SweepStore
	h.Advance(2 * time.Minute)
	h.sweep(false)
	if got := h.Load(store.ticket).Machines[desk.MachineApproval].Generation; got != 2 {
		t.Errorf("listed no more, it stands at generation %d", got)
	}
}

func TestWatermark(t *testing.T) {
	h := newHall(t)
	h.sweep(false)
	first, err := h.Store.Watermark(t.Context(), "executions")
	if err != nil || !first.Equal(h.Time().Add(-time.Minute)) {
		t.Errorf("watermark %v, %v; want a minute ago", first, err)
	}
	h.Advance(time.Hour)
	h.runs.fails = errDown
	if _, err := h.sweeper.Sweep(t.Context(), false); err == nil {
		t.Error("a listing that failed was not reported")
	}
	if mark, _ := h.Store.Watermark(t.Context(), "executions"); !mark.Equal(first) {
		t.Errorf("watermark moved to %v past a listing that failed", mark)
	}
}
