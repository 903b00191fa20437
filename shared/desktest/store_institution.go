package desktest

import (
	"context"
	"slices"
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

// Institution is the version that holds at an instant, under the edition of then.
func (s *Store) Institution(_ context.Context, at time.Time) (desk.Institution, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	newest, found := time.Time{}, desk.PNAEQW()
	for from, i := range s.houses {
		if !from.After(at) && !from.Before(newest) {
			newest, found = from, i
		}
	}
	return found.Under(s.editions, at), nil
}

// Editions are all that were published, in that order.
func (s *Store) Editions(context.Context, time.Time) (desk.Editions, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.editions), nil
}

// PublishEdition adds an edition under its number.
func (s *Store) PublishEdition(_ context.Context, number int, e desk.Edition) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if number != len(s.editions)+1 {
		return work.ErrConflict
	}
	s.editions = append(s.editions, e)
	return nil
}

// Telling reads how far the notice of an edition got.
func (s *Store) Telling(_ context.Context, number int) (desk.Telling, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.told[number], nil
}

// SetTelling writes how far the notice of an edition got.
func (s *Store) SetTelling(_ context.Context, number int, t desk.Telling) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told[number] = t
	return nil
}
