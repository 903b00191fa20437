package httpapi

import (
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// target is how a ticket stands against its local target, for those who attend
// it (R37).
type target struct {
	Goal    flow.GoalKind `json:"goal"`
	Minutes int           `json:"minutes"`
	Since   time.Time     `json:"since"`
	Level   desk.Level    `json:"level,omitempty"` // the level's own, not the priority's
	DueAt   time.Time     `json:"dueAt,omitzero"`
	Left    int           `json:"minutesLeft"` // negative: since it ended
	Stopped bool          `json:"stopped"`
}

// targetOf is the target that runs; nil for a ticket without one.
func targetOf(v work.View) *target {
	c, ok := flow.Count(v.Ticket, v.Facts)
	if !ok {
		return nil
	}
	return &target{c.Goal.Kind, int(c.Goal.Time / time.Minute), c.Goal.Since, c.Goal.Level, c.Due, int(c.Left / time.Minute), c.Stopped}
}
