package work

import "mesa/shared/desk"

// Decided is a decision that a person made, and the ticket as it stands now.
type Decided struct {
	Ticket desk.Ticket
	Record desk.Record
}

// IsDecision tells whether a record is a person's yes or no to a stage (8.1.4).
func IsDecision(r desk.Record) bool {
	return r.Act == desk.ActApprove || r.Act == desk.ActReject
}
