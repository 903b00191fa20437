package desk

import "slices"

// The part of the fold about who has the ticket, at which level, and what that
// makes of its state.

// enterLevel stands the ticket at a level, with its last holder or nobody.
func (t Ticket) enterLevel(in Entry, e LevelEntered) Ticket {
	if e.Why == BecauseClassified { // who received it may read on
		t.Last[Received] = Holder{Team: t.Team}
	}
	t.Level, t.Team, t.Assignee, t.LevelAt = e.Level, e.Team, e.Assignee, in.mark()
	t.Stage, t.Asked, t.More, t.Declined, t.Approved, t.StageAt = "", nil, nil, nil, nil, Mark{}
	if e.Why != BecauseSolved { // work goes on: what infrastructure did is not the end
		t.Chain = ChainNone
	}
	if t.WorkAt.IsZero() || e.Why == BecauseReopened {
		t.WorkAt, t.Stops, t.Warned = in.At, 0, 0
	}
	if e.Why.sent() {
		t = t.respond(in)
	}
	if t.RespondedAt.IsZero() { // the target of response counts anew from here
		t.Warned = 0
	}
	switch {
	case e.Assignee == "":
		t.State = Unassigned
	case e.Why == BecauseAssigned, e.Why == BecauseReopened:
		t.State = t.named()
	default:
		t.State = t.standing()
	}
	t.hold()
	return t
}

// taken: somebody of the team has it now.
func (t Ticket) taken(in Entry) Ticket {
	t.Assignee = in.Actor.Person
	t = t.respond(in)
	t.State = t.standing()
	t.hold()
	return t
}

// standing is the state of a ticket that somebody works on. Where its equipment
// is says more than that: a question or a change of hands does not move it.
func (t Ticket) standing() State {
	switch {
	case t.Gear == GearToMove:
		return TransferPending
	case t.Gear == GearCustody:
		return InCustody
	default:
		return InProgress
	}
}

// named is the state of a ticket given to somebody who has not begun.
func (t Ticket) named() State {
	if s := t.standing(); s != InProgress {
		return s
	}
	return Assigned
}

// hold remembers who holds the present level; Apply cloned the map.
func (t *Ticket) hold() {
	if t.Last == nil {
		t.Last = map[Level]Holder{}
	}
	h := t.Last[t.Level]
	if t.Assignee != "" {
		h.Person = t.Assignee
	}
	h.Team = t.Team
	t.Last[t.Level] = h
}

// sent tells whether somebody who had the ticket sent it to the level: that is
// work begun, though they never pressed «tomar».
func (w LevelReason) sent() bool {
	return slices.Contains([]LevelReason{BecausePase, BecauseExecution, BecauseEscalated, BecauseReturned, BecauseSolved}, w)
}

// respond notes the first time somebody began to work on the ticket: from then
// on it is the target of solution that counts.
func (t Ticket) respond(in Entry) Ticket {
	if t.RespondedAt.IsZero() {
		t.RespondedAt, t.Warned = in.At, 0
	}
	if t.State == Assigned {
		t.State = t.standing()
	}
	return t
}

// Stopped tells whether a case that could be worked on waits for somebody else:
// who asked, a provider, a head, or the mass incident it goes with. The time is
// not counted in its local target (R37); the records tell from when to when.
func (t Ticket) Stopped() bool {
	if t.WorkAt.IsZero() {
		return false
	}
	return slices.Contains([]State{WaitingUser, WaitingVendor, PendingApproval, Joined}, t.State)
}
