package endure

import (
	"slices"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/flow"
)

// Firing is one date that came: when it was due and when the desk acted.
type Firing struct {
	Wait desk.WaitID
	Due  time.Time
	At   time.Time
}

// Late is how long after its date it fired; negative if before it.
func (f Firing) Late() time.Duration { return f.At.Sub(f.Due) }

// firings reads a ticket's history and says what every act of the clock was
// about: which of the dates that the ticket then had did it settle or move. The
// dates are computed from the rules, not read from what the machines kept, so
// neither machine nor sweeper is believed.
func firings(id desk.TicketID, records []desk.Record, policy flow.Policy, working calendar.Calendar) (found []Firing, unexplained int) {
	t := desk.Ticket{ID: id}
	for _, r := range records {
		facts := flow.Facts{Now: r.At, Policy: policy, Calendar: working}
		before := flow.Waits(t, facts)
		t = desk.ApplyAll(t, r.Entry(), r.Events)
		if r.Act != desk.ActOverdue {
			continue
		}
		worked := changed(before, flow.Waits(t, facts))
		if len(worked) != 1 {
			unexplained++
			continue
		}
		found = append(found, Firing{Wait: worked[0].ID, Due: worked[0].WakeAt, At: r.At})
	}
	return found, unexplained
}

// changed are the waits of before that are over or moved to another date.
func changed(before, after []desk.Wait) []desk.Wait {
	return slices.DeleteFunc(slices.Clone(before), func(w desk.Wait) bool {
		return slices.ContainsFunc(after, func(now desk.Wait) bool {
			return now.ID == w.ID && now.WakeAt.Equal(w.WakeAt)
		})
	})
}
