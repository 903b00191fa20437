package desktest

import (
	"context"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// BindSubject ties an identity to a person, once.
func (s *Store) BindSubject(_ context.Context, issuer, subject string, person desk.PersonID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := scoped{issuer, subject}
	if old, ok := s.subjects[key]; ok && old != person {
		return work.ErrConflict
	}
	s.subjects[key] = person
	return nil
}

// PersonOfSubject is who an identity is bound to.
func (s *Store) PersonOfSubject(_ context.Context, issuer, subject string) (desk.PersonID, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, ok := s.subjects[scoped{issuer, subject}]; ok {
		return p, nil
	}
	return "", absent("subject of %s", issuer)
}

// SessionEpoch is the number that a person's sessions must carry.
func (s *Store) SessionEpoch(_ context.Context, person desk.PersonID) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.epochs[person], nil
}

// EndSessions moves the epoch: every session of the person is over.
func (s *Store) EndSessions(_ context.Context, person desk.PersonID) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.epochs[person]++
	return s.epochs[person], nil
}

// Offset is how far the local clock stands before the wall clock.
func (s *Store) Offset(_ context.Context) (time.Duration, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.offset, nil
}

// SetOffset moves the local clock; it never goes back.
func (s *Store) SetOffset(_ context.Context, d time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d < s.offset {
		return work.ErrConflict
	}
	s.offset = d.Truncate(time.Second)
	return nil
}
