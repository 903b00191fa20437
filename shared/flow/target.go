package flow

import (
	"time"

	"mesa/shared/desk"
)

// GoalKind is which of the two local targets runs: R37.
type GoalKind string

// The two: until somebody begins, and until it is solved.
const (
	GoalResponse GoalKind = "response"
	GoalSolution GoalKind = "solution"
)

// Goal is the local target that runs for a ticket as it stands: how much working
// time, counted from when.
type Goal struct {
	Kind  GoalKind
	Time  time.Duration
	Since time.Time
	Level desk.Level // the policy sets it for this level; 0: for the priority, whatever the level
}

// GoalOf is the goal of a ticket: response counts from the entry to the level,
// solution from when work could begin.
func GoalOf(t desk.Ticket, p Policy) Goal {
	kind, since := GoalSolution, t.WorkAt
	if t.RespondedAt.IsZero() {
		kind, since = GoalResponse, t.LevelAt.At
	}
	limit, level := p.limit(t.Priority, t.Level, kind)
	return Goal{Kind: kind, Time: limit, Since: since, Level: level}
}

// LevelStep is a moment of the target at which people are told.
type LevelStep struct {
	Share int // percent of the target
	At    time.Time
}

// Steps are the moments of the ticket's target in order, those already told or
// passed over too.
func Steps(t desk.Ticket, f Facts) []LevelStep {
	goal := GoalOf(t, f.Policy)
	var steps []LevelStep
	for _, share := range append(f.Policy.warnings(), desk.WholeTarget) {
		steps = append(steps, LevelStep{share, goal.reach(t, f, share)})
	}
	return steps
}

// LevelDue is when the local target of the ticket ends (R37).
func LevelDue(t desk.Ticket, f Facts) time.Time {
	return GoalOf(t, f.Policy).reach(t, f, desk.WholeTarget)
}

// reach is when a share of the goal is used up: working time since it began, the
// stops of work left out.
func (g Goal) reach(t desk.Ticket, f Facts, share int) time.Time {
	at, left := g.Since, g.Time*time.Duration(share)/desk.WholeTarget
	for _, stop := range stopsSince(t, f.Stops, g.Since) {
		worked := f.Calendar.WorkingBetween(at, stop.From)
		if left <= worked {
			break
		}
		at, left = stop.To, left-worked
	}
	return f.Calendar.AddWorking(at, left)
}

// pending are the steps of the target nobody was told of yet. A warning that
// lies before the present level and holder began is none of theirs: they saw the
// date when they got the case. That the target has come is told whoever has it,
// again if it was moved away since: another priority, other settings.
func pending(t desk.Ticket, f Facts) []LevelStep {
	since := t.LevelAt.At
	if t.RespondedAt.After(since) {
		since = t.RespondedAt
	}
	var steps []LevelStep
	for _, step := range Steps(t, f) {
		switch {
		case step.Share == desk.WholeTarget && (t.Warned < step.Share || step.At.After(last(t.LevelAt))),
			step.Share > t.Warned && step.At.After(since):
			steps = append(steps, step)
		}
	}
	return steps
}

// levelWake is when the clock looks next: at the next step of the target; after
// the last one, each working day. A target that ended before the ticket came to
// its level, and that nobody was told of, is told at once.
func levelWake(t desk.Ticket, f Facts) time.Time {
	steps := pending(t, f)
	switch {
	case len(steps) == 0:
		return f.Calendar.NextDayOpening(last(t.LevelAt))
	case steps[0].At.After(t.LevelAt.At):
		return steps[0].At
	default:
		return t.LevelAt.At.Add(time.Second)
	}
}

// furthest is the last pending step whose date has come; missed are those before
// it, which are passed over. After the whole target there is only that, again.
func furthest(t desk.Ticket, f Facts) (share, missed int) {
	share = desk.WholeTarget
	for i, step := range pending(t, f) {
		if i == 0 || !f.Now.Before(step.At) {
			share, missed = step.Share, i
		}
	}
	return share, missed
}

// Countdown is where a ticket stands against its local target.
type Countdown struct {
	Goal    Goal
	Due     time.Time     // zero while work is stopped
	Left    time.Duration // working time; negative: since it ended
	Stopped bool
}

// Count tells how much working time a ticket has left; ok is false for one that
// has no target: work has not begun or not begun anew, the case ended, or it is
// attended with a mass incident.
func Count(t desk.Ticket, f Facts) (c Countdown, ok bool) {
	if t.WorkAt.IsZero() || t.State.Ended() || t.State == desk.Joined {
		return Countdown{}, false
	}
	if c.Goal = GoalOf(t, f.Policy); c.Goal.Since.IsZero() {
		return Countdown{}, false
	}
	if c.Stopped = t.Stopped(); c.Stopped {
		c.Left = c.Goal.Time - c.Goal.spent(t, f)
		return c, true
	}
	c.Due = c.Goal.reach(t, f, desk.WholeTarget)
	c.Left = f.Calendar.WorkingBetween(f.Now, c.Due)
	return c, true
}

// spent is the working time used up until work stopped.
func (g Goal) spent(t desk.Ticket, f Facts) time.Duration {
	at, used := g.Since, time.Duration(0)
	for _, stop := range stopsSince(t, f.Stops, g.Since) {
		used += f.Calendar.WorkingBetween(at, stop.From)
		at = stop.To
	}
	return used
}
