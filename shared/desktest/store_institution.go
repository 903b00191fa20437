package desktest

import (
	"context"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

var _ work.Institutions = (*Store)(nil)

// SetInstitution sets the version that holds from an instant on.
func (s *Store) SetInstitution(_ context.Context, i desk.Institution, from time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, there := s.houses[from.UTC()]; there {
		return work.ErrConflict
	}
	s.houses[from.UTC()] = i
	return nil
}

// Institution is the version that holds at an instant.
func (s *Store) Institution(_ context.Context, at time.Time) (desk.Institution, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	newest, found := time.Time{}, desk.PNAEQW()
	for from, i := range s.houses {
		if !from.After(at) && !from.Before(newest) {
			newest, found = from, i
		}
	}
	return found, nil
}
