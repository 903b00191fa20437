package dynamo

import (
	"context"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// Mass incidents (R150). A case that joins one leaves C#<its id> in the
// incident's partition, so that none is missed when the incident ends; an open
// incident's item G stands in the due index under "mass".

const (
	partMass = "mass"
	skMass   = "G"
)

func skChild(id desk.TicketID) string { return "C#" + string(id) }

func addFamily(t *transaction, c work.Commit) error {
	if c.Parent != nil {
		t.check(keyOf(pkTicket(c.Parent.Ticket), skTicket), newUpdate().when("v", "=", number(int64(c.Parent.Version))))
		t.put(keyOf(pkTicket(c.Parent.Ticket), skChild(c.After.ID)), newUpdate())
	}
	if before, after := openMass(c.Before.Ticket), openMass(c.After); before != after {
		i := keyOf(pkTicket(c.After.ID), skMass)
		if after {
			i.text("dpk", partMass)
			i.text("dsk", ageKey(c.After))
		}
		t.put(i, newUpdate())
	}
	return nil
}

func openMass(t desk.Ticket) bool { return t.Mass && !t.State.Ended() }

// MassIncidents lists the mass incidents that are open, oldest first.
func (s *Store) MassIncidents(ctx context.Context) ([]desk.Ticket, error) {
	keys, err := s.all(ctx, search{operation: "mass incidents", index: indexDue, pk: partMass})
	if err != nil {
		return nil, err
	}
	for i := range keys {
		keys[i] = keyOf(keys[i].getText("pk"), skTicket)
	}
	return s.tickets(ctx, keys, openMass)
}

// Children lists the cases that ever joined a mass incident, in the order of
// their ids; one may have gone its own way since.
func (s *Store) Children(ctx context.Context, parent desk.TicketID) ([]desk.TicketID, error) {
	items, err := s.all(ctx, search{operation: "children", pk: pkTicket(parent), sort: "begins", low: "C#"})
	if err != nil {
		return nil, err
	}
	ids := make([]desk.TicketID, 0, len(items))
	for _, i := range items {
		ids = append(ids, desk.TicketID(strings.TrimPrefix(i.getText("sk"), "C#")))
	}
	return ids, nil
}
