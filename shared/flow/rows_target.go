package flow

import (
	"slices"
	"strconv"

	"mesa/shared/desk"
)

// What the clock does with a case that stands at a level (7.5, R37, R42): it
// warns whoever has it before the local target ends; when it has ended it does
// what the policy says, and again each working day.

// Climbs tells whether an unassigned case moves to Level 2 by the clock: only
// L1→L2 of headquarters 8.5–8.7. What a person sent down again stays there.
func Climbs(t desk.Ticket) bool {
	flows := []desk.FlowCode{desk.Flow85, desk.Flow86, desk.Flow87}
	sentDown := !t.RespondedAt.IsZero() && heldBefore(t) > 1
	return t.Level == 1 && !t.Territorial && !t.Contact && t.State == desk.Unassigned && slices.Contains(flows, t.Flow) && !sentDown
}

// AtTarget is what the clock will do with a ticket when its target has come.
func AtTarget(t desk.Ticket, f Facts) TargetStep {
	do := f.Policy.atTarget(t)
	if do == Climb && (!Climbs(t) || f.Teams[2] == "") {
		return TellLead
	}
	return do
}

// overdueLevel performs the furthest step due and records those passed over.
func overdueLevel(s *step) {
	share, missed := furthest(s.t, s.f)
	do := AtTarget(s.t, s.f)
	switch {
	case share < desk.WholeTarget:
		do = RemindHolder
	case do == Climb:
		s.climb()
		return
	}
	s.emit(desk.WaitReminded{Wait: desk.WaitLevel, Round: s.t.LevelAt.Round + 1, Missed: missed, Share: share})
	s.tellTarget(s.toHolder(), share)
	if do != RemindHolder {
		s.tellTarget(toLead(s.t.Team), share)
	}
}

// climb gives the case to Level 2; who had it, who gets it and who asked are told.
func (s *step) climb() {
	before := s.t.Team
	s.enter(2, desk.BecauseClimbed, "")
	const reason = "Nadie lo tomó en Nivel 1 dentro de su meta local."
	s.mail(desk.MailLevelChanged, toTeam(s.t.Team), "level", "2", "reason", reason)
	if before != s.t.Team {
		s.mail(desk.MailLevelChanged, toTeam(before), "level", "2", "reason", reason)
	}
	s.mail(desk.MailLevelChanged, s.toRequester(), "level", "2")
}

// tellTarget says how far the local target is.
func (s *step) tellTarget(to desk.Audience, share int) {
	goal := GoalOf(s.t, s.f.Policy)
	due := goal.reach(s.t, s.f, desk.WholeTarget)
	s.mail(desk.MailLevelDue, to, "level", strconv.Itoa(int(s.t.Level)), "share", strconv.Itoa(share), "goal", string(goal.Kind),
		"due", due.In(desk.Lima).Format(TimeLayout), "taken", takenWord(s.t))
}

// takenWord tells a case that somebody has from one in a team's queue.
func takenWord(t desk.Ticket) string {
	if t.Assignee == "" {
		return "no"
	}
	return "yes"
}
