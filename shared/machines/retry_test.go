package machines_test

import (
	"testing"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/machines"
)

func TestRetry(t *testing.T) {
	setup := func(t *testing.T) (*desktest.Bench, *machines.Retrier, desk.TicketID) {
		t.Helper()
		b := desktest.NewBench(t)
		id := b.Open81()
		if err := b.Store.MarkStuck(t.Context(), id, desk.MachineApproval, 1, "States.Runtime"); err != nil {
			t.Fatal(err)
		}
		return b, &machines.Retrier{Store: b.Store, Now: b.Now}, id
	}
	stuck := func(t *testing.T, b *desktest.Bench) int {
		t.Helper()
		list, err := b.Store.StuckMachines(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	t.Run("a stuck machine gets its next generation and leaves the list", func(t *testing.T) {
		b, r, id := setup(t)
		if err := r.Retry(t.Context(), id, desk.MachineApproval); err != nil {
			t.Fatal(err)
		}
		if got := b.Load(id).Machines[desk.MachineApproval].Generation; got != 2 || stuck(t, b) != 0 {
			t.Errorf("generation %d, %d stuck", got, stuck(t, b))
		}
	})
	t.Run("a machine that nothing waits for only leaves the list", func(t *testing.T) {
		b, r, id := setup(t)
		b.Do("usuaria-ut-piura-1", desk.ActWithdraw, id)
		if err := r.Retry(t.Context(), id, desk.MachineApproval); err != nil {
			t.Fatal(err)
		}
		if got := b.Load(id).Machines[desk.MachineApproval].Generation; got != 1 || stuck(t, b) != 0 {
			t.Errorf("generation %d, %d stuck", got, stuck(t, b))
		}
	})
	t.Run("a machine that never ran is not found", func(t *testing.T) {
		_, r, id := setup(t)
		if err := r.Retry(t.Context(), id, desk.MachineHardware); desk.CodeOf(err) != desk.NotFound {
			t.Errorf("error %v", err)
		}
	})
	t.Run("a ticket that is none is not found", func(t *testing.T) {
		_, r, _ := setup(t)
		if err := r.Retry(t.Context(), "01JNONE", desk.MachineApproval); desk.CodeOf(err) != desk.NotFound {
			t.Errorf("error %v", err)
		}
	})
}
