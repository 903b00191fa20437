package machines

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// RetryStore is the table as a retry needs it.
type RetryStore interface {
	Load(ctx context.Context, id desk.TicketID) (work.Stored, error)
	Heal(ctx context.Context, id desk.TicketID, m desk.Machine, from int, start desk.Effect, now time.Time) error
	MarkStuck(ctx context.Context, id desk.TicketID, m desk.Machine, generation int, cause string) error
}

// Retrier starts stuck machines anew because a person asks: «Reintentar».
type Retrier struct {
	Store RetryStore
	Now   func(ctx context.Context) (time.Time, error)
}

// Retry gives a machine its next generation at once, whatever pause the healing
// would keep, and takes it off the list of those that stand stuck; if it fails
// again it comes back to the list with its new cause. A machine that nothing
// waits for any more only leaves the list. Asked twice, it is done once.
func (r *Retrier) Retry(ctx context.Context, id desk.TicketID, m desk.Machine) error {
	stored, err := r.Store.Load(ctx, id)
	if err != nil {
		return err
	}
	now, err := r.Now(ctx)
	if err != nil {
		return err
	}
	generation := stored.Machines[m].Generation
	if generation == 0 {
		return desk.NewProblem(desk.NotFound, "", "No encontramos esa espera.")
	}
	if waits(stored, m) {
		err = r.Store.Heal(ctx, id, m, generation, startEffect(stored.Ticket, m, generation+1, now), now)
	} else {
		err = r.Store.MarkStuck(ctx, id, m, generation, "")
	}
	if errors.Is(err, work.ErrConflict) { // somebody was faster: it runs anew
		return nil
	}
	if err != nil {
		return fmt.Errorf("retry %s of %s: %w", m, id, err)
	}
	return nil
}
