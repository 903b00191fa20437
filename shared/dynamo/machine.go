package dynamo

import (
	"strings"

	"mesa/shared/desk"
)

// machineItem is M#: g generation, n heals, at the last one, i the outbox item
// that starts this generation, c why it is stuck. A stuck one stands in the due
// index's partition of that name.
func machineItem(id desk.TicketID, m desk.MachineRecord) item {
	i := keyOf(pkTicket(id), skMachine(m.Machine))
	i.number("g", m.Generation)
	i.number("n", m.Heals)
	i.instant("at", m.HealedAt)
	i.text("i", m.StartItem)
	i.text("c", m.Cause)
	return i
}

// machineFrom reads an M# item.
func machineFrom(i item) desk.MachineRecord {
	return desk.MachineRecord{Machine: desk.Machine(strings.TrimPrefix(i.getText("sk"), "M#")), Generation: i.getNumber("g"),
		Heals: i.getNumber("n"), HealedAt: i.getInstant("at"), StartItem: i.getText("i"), Cause: i.getText("c")}
}
