package desktest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"mesa/shared/approve"
	"mesa/shared/deliver"
	"mesa/shared/desk"
	"mesa/shared/intake"
	"mesa/shared/machines"
	"mesa/shared/work"
)

// It is what the use cases ask of a store.
var (
	_ approve.Tries       = (*Store)(nil)
	_ deliver.Store       = (*Store)(nil)
	_ intake.Store        = (*Store)(nil)
	_ machines.SweepStore = (*Store)(nil)
)

// edges is what the store holds besides tickets and settings: received mails,
// wrong codes, counters of a day and watermarks.
type edges struct {
	mails  map[string]intake.Record
	tries  map[string]tries
	counts map[scoped][]string // mails
	marks  map[string]time.Time
	lost   []work.LostMail
	closed map[string]work.Suppression // addresses by their keys
}

type tries struct {
	n        int
	lockedTo time.Time
}

func newEdges() edges {
	return edges{mails: map[string]intake.Record{}, tries: map[string]tries{}, counts: map[scoped][]string{}, marks: map[string]time.Time{},
		closed: map[string]work.Suppression{}}
}

// Texts reads the free texts of one act.
func (s *Store) Texts(_ context.Context, id desk.TicketID, seq int) (desk.Texts, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f, ok := s.tickets[id]; ok {
		for _, r := range f.records {
			if r.Seq == seq {
				return maps.Clone(r.Texts), nil
			}
		}
	}
	return nil, nil
}

// LinkTries reads the wrong codes of a link since its last lock.
func (s *Store) LinkTries(_ context.Context, linkID string) (int, time.Time, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.edges.tries[linkID]
	return t.n, t.lockedTo, nil
}

// CountTry adds one wrong code; the one that reaches maxTries locks the link.
func (s *Store) CountTry(_ context.Context, linkID string, maxTries int, lockTo time.Time) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.edges.tries[linkID]
	t.n++
	n := t.n
	if n >= maxTries {
		t = tries{0, lockTo.UTC().Truncate(time.Second)}
	}
	s.edges.tries[linkID] = t
	return n, nil
}

// CountMail counts a mail once among the first of a day.
func (s *Store) CountMail(_ context.Context, name, day, mail string, most int) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	counted := s.edges.counts[scoped{day, name}]
	if !slices.Contains(counted, mail) && len(counted) < most {
		counted = append(counted, mail)
		s.edges.counts[scoped{day, name}] = counted
	}
	return slices.Contains(counted, mail), nil
}

// MailRecord reads what became of a received mail.
func (s *Store) MailRecord(_ context.Context, id string) (intake.Record, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.edges.mails[id]
	return r, ok, nil
}

// PutMailRecord writes what became of a mail: the first record stands, a held
// one is replaced once, by the one that settles it.
func (s *Store) PutMailRecord(_ context.Context, r intake.Record) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	old, there := s.edges.mails[r.ID]
	switch settles := r.Outcome != ""; {
	case settles && (!there || !old.Held || old.Outcome != ""):
		return intake.ErrNotHeld
	case settles, !there:
		s.edges.mails[r.ID] = r
	}
	return nil
}

// HeldMails lists the mails that wait for a person after a place, oldest first.
func (s *Store) HeldMails(_ context.Context, after work.MailMark, limit int) ([]intake.Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []intake.Record
	order := func(a, b work.MailMark) int {
		return cmp.Or(a.At.Truncate(time.Second).Compare(b.At.Truncate(time.Second)), cmp.Compare(a.ID, b.ID))
	}
	for _, r := range s.edges.mails {
		if r.Held && r.Outcome == "" && order(r.Mark(), after) > 0 {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b intake.Record) int { return order(a.Mark(), b.Mark()) })
	return list[:min(limit, len(list))], nil
}

// Watermark reads how far a recurring job has come.
func (s *Store) Watermark(_ context.Context, name string) (time.Time, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.edges.marks[name], nil
}

// SetWatermark writes how far a recurring job has come.
func (s *Store) SetWatermark(_ context.Context, name string, at time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.edges.marks[name] = at.UTC().Truncate(time.Second)
	return nil
}
