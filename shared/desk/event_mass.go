package desk

// MassDeclared: the case stands for an incident that many suffer; others may
// join it and end with it (7.4 P1, R150).
type MassDeclared struct{}

// TicketJoined: the case is attended together with a mass incident («yo
// también»): it waits for nothing of its own and ends as the other does.
type TicketJoined struct {
	Parent TicketID `json:"o"`
}

// TicketSeparated: the case goes its own way again.
type TicketSeparated struct{}

// EventName is the stored tag.
func (MassDeclared) EventName() string { return "MassDeclared" }

// EventName is the stored tag.
func (TicketJoined) EventName() string { return "TicketJoined" }

// EventName is the stored tag.
func (TicketSeparated) EventName() string { return "TicketSeparated" }
