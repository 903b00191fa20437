package desktest

import "mesa/shared/desk"

// Solved82 is an 8.2 that the administration of the SGD solved and closed: who
// asked, usuaria-administracion-1, is to verify it, by wait verification#3.
func (b *Bench) Solved82() desk.TicketID {
	b.T.Helper()
	id := b.Do("usuaria-administracion-1", desk.ActOpen, "", "service", "apps-sgd", "flow", "8.2", "subject", "No deriva el expediente",
		"description", "Sale un error.", "impact", "stopped").After.Ticket.ID
	b.Do("sgd-1", desk.ActTake, id)
	b.Do("sgd-1", desk.ActClose, id, "solution", "Se corrigió la derivación.", "medium", "mail")
	return id
}

// Overdue lets the sweeper work an open wait of a ticket, at its date.
func (b *Bench) Overdue(id desk.TicketID, wait desk.WaitID) {
	b.T.Helper()
	for _, w := range b.Load(id).Waits {
		if w.ID == wait {
			b.SetTime(w.WakeAt)
		}
	}
	act := desk.Act{Kind: desk.ActOverdue, Ticket: id, At: b.Time(), Channel: desk.ChannelClock, Fields: desk.Fields{"wait": string(wait)},
		Actor: desk.Actor{Person: desk.Clock, Via: "sweeper", Assurance: desk.AssuredSelf}}
	if _, err := b.Road.Perform(b.T.Context(), act); err != nil {
		b.T.Fatalf("overdue %s: %v", wait, err)
	}
}
