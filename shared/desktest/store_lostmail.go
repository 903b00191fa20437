package desktest

import (
	"context"

	"mesa/shared/intake"
	"mesa/shared/work"
)

var _ intake.CompareStore = (*Store)(nil)

// MailsRecorded tells which received mails have a record.
func (s *Store) MailsRecorded(_ context.Context, ids []string) (map[string]bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	recorded := map[string]bool{}
	for _, id := range ids {
		if _, ok := s.edges.mails[id]; ok {
			recorded[id] = true
		}
	}
	return recorded, nil
}

// SetLostMails replaces what the last nightly comparison found.
func (s *Store) SetLostMails(_ context.Context, list []work.LostMail) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.edges.lost = append([]work.LostMail(nil), list...)
	return nil
}

// LostMails lists what the last comparison found and still has no record.
func (s *Store) LostMails(_ context.Context) ([]work.LostMail, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var lost []work.LostMail
	for _, m := range s.edges.lost {
		if _, ok := s.edges.mails[m.ID]; !ok {
			lost = append(lost, m)
		}
	}
	return lost, nil
}
