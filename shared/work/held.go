package work

import "mesa/shared/desk"

// TicketWait is an open wait with the ticket it belongs to: what a store
// answers when asked which dates have come.
type TicketWait struct {
	Ticket desk.TicketID
	Wait   desk.Wait
}

// TicketMachine is a machine with the ticket it belongs to: what a store
// answers when asked which machines stand stuck.
type TicketMachine struct {
	Ticket  desk.TicketID
	Machine desk.MachineRecord
}
