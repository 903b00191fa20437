package desktest

import (
	"cmp"
	"context"
	"slices"

	"mesa/shared/desk"
)

// MassIncidents lists the mass incidents that are open, oldest first.
func (s *Store) MassIncidents(_ context.Context) ([]desk.Ticket, error) {
	list := s.where(func(t desk.Ticket) bool { return t.Mass && !t.State.Ended() })
	slices.SortFunc(list, func(a, b desk.Ticket) int { return cmp.Or(a.OpenedAt.Compare(b.OpenedAt), cmp.Compare(a.ID, b.ID)) })
	return list, nil
}

// Children lists the cases that ever joined a mass incident, by id.
func (s *Store) Children(_ context.Context, parent desk.TicketID) ([]desk.TicketID, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := slices.Clone(s.children[parent])
	slices.Sort(ids)
	return slices.Compact(ids), nil
}
