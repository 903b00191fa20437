package work

import (
	"context"
	"fmt"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// stops are the stretches in which work on a ticket was stopped, read from its
// records; a ticket that never stopped costs no read.
func (r *Road) stops(ctx context.Context, t desk.Ticket) ([]flow.Stop, error) {
	if t.Stops == 0 {
		return nil, nil
	}
	records, err := r.Store.Records(ctx, t.ID, 0)
	if err != nil {
		return nil, fmt.Errorf("stops of %s: %w", t.ID, err)
	}
	return flow.Stops(records), nil
}

// Countdowns are the local targets of tickets, for a list of those who attend
// them; a ticket without one is left out.
func (r *Reader) Countdowns(ctx context.Context, tickets []desk.Ticket, now time.Time) (map[desk.TicketID]flow.Countdown, error) {
	w, err := r.Road.world(ctx, desk.Act{At: now})
	if err != nil {
		return nil, fmt.Errorf("targets: %w", err)
	}
	all := make(map[desk.TicketID]flow.Countdown, len(tickets))
	for _, t := range tickets {
		f := flow.Facts{Now: now, Policy: w.policy, Calendar: w.directory.CalendarOf(t.Unit, now)}
		if f.Stops, err = r.Road.stops(ctx, t); err != nil {
			return nil, err
		}
		if c, ok := flow.Count(t, f); ok {
			all[t.ID] = c
		}
	}
	return all, nil
}
