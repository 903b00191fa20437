package flow

import (
	"slices"
	"time"

	"mesa/shared/desk"
)

// The stored date of a wait is when to look; when it is due follows from events,
// calendar and policy as they stand. A holiday declared since, or taken back,
// moves what is due, and the stored date with it: nobody is reminded early, and
// the act that finds so writes no event.

// notYet tells whether a wait's date has not come, and sets its date right.
func (s *step) notYet(stored desk.Wait) bool {
	due := dueAt(s.t, s.f, stored)
	if s.f.Now.Before(stored.WakeAt) && !due.After(s.f.Now) {
		due = s.f.Calendar.NextOpening(s.f.Now) // came sooner than it was looked for: in working time
	}
	if !s.f.Now.Before(due) {
		return false
	}
	if !due.Equal(stored.WakeAt) {
		stored.WakeAt = wholeSecond(due)
		s.redated = []desk.Wait{stored}
	}
	return true
}

// dueAt is when an open wait is due; its stored date if the ticket does not want it.
func dueAt(t desk.Ticket, f Facts, stored desk.Wait) time.Time {
	want := Waits(t, f)
	if i := slices.IndexFunc(want, func(w desk.Wait) bool { return w.ID == stored.ID }); i >= 0 {
		return want[i].WakeAt
	}
	return stored.WakeAt
}
