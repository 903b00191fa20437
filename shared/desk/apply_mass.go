package desk

// applyMass: a mass incident and the cases that go with it.
func applyMass(t Ticket, e Event) Ticket {
	switch e := e.(type) {
	case MassDeclared:
		t.Mass = true
	case TicketJoined: // what it waited for is over; who held it and who approved it stays
		approved := t.Approved
		t = t.end(Joined)
		t.Approved, t.Parent, t.Missing, t.Level, t.Team, t.Assignee = approved, e.Parent, nil, 0, "", ""
	case TicketSeparated:
		t.Parent, t.State = "", Unassigned
	}
	return t
}
