package desk

import "time"

// applyVendor: the case waits for a provider, or begins anew in another flow.
func applyVendor(t Ticket, in Entry, e Event) Ticket {
	switch e := e.(type) {
	case VendorCaseOpened:
		t = t.respond(in)
		t.State, t.LevelAt, t.PauseAt, t.ExpectedAt = WaitingVendor, Mark{}, in.mark(), e.ExpectedAt
	case VendorAnswered:
		t.State, t.PauseAt, t.LevelAt, t.ExpectedAt = t.standing(), Mark{}, in.mark(), time.Time{}
	case TicketReclassified:
		t.Flow, t.Rules, t.Service, t.Kind = e.Flow, e.Rules, e.Service, e.Kind
		if e.Moved { // who held it, its pauses and its answers stay for the record
			t = t.end(Unassigned)
			t.Missing, t.Assignee, t.Gear, t.GearLeft, t.Executed, t.Chain, t.Regular = nil, "", GearNone, 0, false, ChainNone, RegularNone
			t.Proveido, t.Access = ProveidoNone, AccessNone // a password on its way may still be looked at
			t.RespondedAt, t.Outage, t.ExpectedAt = time.Time{}, time.Time{}, time.Time{}
		}
	}
	return t
}
