package work

import (
	"context"
	"slices"

	"mesa/shared/desk"
)

// redate sets stored dates of waits right, when the calendar moved since they
// were written. It is no event: nothing happened to the ticket, and when a wait
// is due is recomputed each time.
func (r *Road) redate(ctx context.Context, before Stored, waits []desk.Wait) (Result, error) {
	after := before
	after.Waits = slices.Clone(before.Waits)
	for _, w := range waits {
		i := slices.IndexFunc(after.Waits, func(old desk.Wait) bool { return old.ID == w.ID })
		if err := r.Store.Redate(ctx, before.Ticket.ID, after.Waits[i], w.WakeAt); err != nil {
			return Result{}, err
		}
		after.Waits[i] = w
	}
	return Result{After: after}, nil
}
