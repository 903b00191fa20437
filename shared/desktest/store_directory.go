package desktest

import (
	"context"
	"maps"
	"slices"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// LoadDirectory reads the records and their revision; 0 is an empty directory.
func (s *Store) LoadDirectory(_ context.Context) (directory.Records, int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return copyOf(s.records), s.version, nil
}

// SaveDirectory replaces the records if revision is still the stored one, and
// moves the rights revision of those whose rights it changes.
func (s *Store) SaveDirectory(_ context.Context, r directory.Records, revision int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.version != revision {
		return work.ErrConflict
	}
	moved, err := directory.RightsMoved(s.records, r)
	if err != nil {
		return err
	}
	s.version++
	for _, person := range moved {
		s.rights[person] = s.version
	}
	s.records = copyOf(r)
	return nil
}

// Directory is the directory as it stands, with everybody's rights revision.
func (s *Store) Directory(_ context.Context) (work.Snapshot, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return work.Snapshot{Directory: directory.New(copyOf(s.records)).WithDays(calendar.Fold(slices.Clone(s.changes))), Rights: maps.Clone(s.rights)}, nil
}

// Calendar are the days off as they stand.
func (s *Store) Calendar(context.Context) (calendar.Book, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return calendar.Fold(slices.Clone(s.changes)), nil
}

// ChangeCalendar adds the change that follows on the last one.
func (s *Store) ChangeCalendar(_ context.Context, c calendar.Change) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.Revision != len(s.changes)+1 {
		return work.ErrConflict
	}
	s.changes = append(s.changes, copyOf(c))
	return nil
}

// PublishCatalogue adds a version; one that is there stays as it is.
func (s *Store) PublishCatalogue(_ context.Context, c directory.Catalogue) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, there := s.catalogs.Version(c.Version); there {
		return work.ErrConflict
	}
	s.catalogs = append(s.catalogs, copyOf(c))
	return nil
}

// Catalogues are the published versions.
func (s *Store) Catalogues(context.Context, time.Time) (directory.Catalogues, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return copyOf(s.catalogs), nil
}

// SetPolicy sets the policy that holds from an instant on.
func (s *Store) SetPolicy(_ context.Context, p flow.Policy, from time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.policies[from.UTC()] = copyOf(p)
	return nil
}

// Policy is the policy that holds at an instant.
func (s *Store) Policy(_ context.Context, at time.Time) (flow.Policy, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	newest, found := time.Time{}, flow.DefaultPolicy()
	for from, p := range s.policies {
		if !from.After(at) && !from.Before(newest) {
			newest, found = from, p
		}
	}
	found = copyOf(found)
	found.Since = newest
	return found, nil
}
