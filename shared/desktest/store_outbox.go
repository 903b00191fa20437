package desktest

import (
	"cmp"
	"context"
	"hash/fnv"
	"slices"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// shards is how many parts the list of what is due has.
const shards = 8

// Shards is how many parts the list of what is due has.
func (s *Store) Shards() int { return shards }

// shardOf puts a ticket into one part.
func shardOf(id desk.TicketID) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return int(h.Sum32() % shards)
}

// Effect reads one outbox item.
func (s *Store) Effect(_ context.Context, id desk.TicketID, ref string) (desk.Effect, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.effects[id][ref]; ok {
		return copyOf(e), nil
	}
	return desk.Effect{}, absent("effect %s %s", id, ref)
}

// Effects reads the outbox items of a ticket, in order, without what its fan-outs
// were expanded into.
func (s *Store) Effects(_ context.Context, id desk.TicketID) ([]desk.Effect, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []desk.Effect
	for _, e := range s.effects[id] {
		if !e.Expanded() {
			list = append(list, copyOf(e))
		}
	}
	slices.SortFunc(list, func(a, b desk.Effect) int { return cmp.Or(a.Seq-b.Seq, a.N-b.N) })
	return list, nil
}

// Progress counts what the fan-out of an act, its item 1, was expanded into.
func (s *Store) Progress(_ context.Context, id desk.TicketID, seq int) (desk.Progress, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fan, ok := s.effects[id][desk.Effect{Seq: seq, N: 1}.Ref()]
	if !ok || fan.FanOut == nil {
		return desk.Progress{}, nil
	}
	p := desk.Progress{Whole: fan.State == desk.EffectDone}
	for n := 0; ; n++ {
		e, ok := s.effects[id][desk.Effect{Seq: seq, N: fan.ItemOf(n)}.Ref()]
		if !ok {
			return p, nil
		}
		p.Add(copyOf(e))
	}
}

// AddEffects writes items that are not there yet; those that are stay.
func (s *Store) AddEffects(_ context.Context, effects []desk.Effect) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range effects {
		if _, there := s.effects[e.Ticket][e.Ref()]; !there {
			s.addEffect(e)
		}
	}
	return nil
}

// addEffect keeps an item: times in whole seconds, UTC, and a due date only
// while it is to be done.
func (s *Store) addEffect(e desk.Effect) {
	e = copyOf(e)
	for _, at := range []*time.Time{&e.DueAt, &e.LeaseUntil, &e.CreatedAt, &e.DoneAt} {
		*at = at.UTC().Truncate(time.Second)
	}
	if !unfinished(e) {
		e.DueAt = time.Time{}
	}
	if s.effects[e.Ticket] == nil {
		s.effects[e.Ticket] = map[string]desk.Effect{}
	}
	s.effects[e.Ticket][e.Ref()] = e
}

// ClaimEffect takes an item for one attempt.
func (s *Store) ClaimEffect(_ context.Context, id desk.TicketID, ref string, now time.Time, lease time.Duration) (desk.Effect, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.effects[id][ref]
	if !ok || !claimable(e, now) {
		return desk.Effect{}, false, nil
	}
	found := copyOf(e)
	if e.LeaseUntil.IsZero() {
		e.Attempts++
	}
	found.Attempts = e.Attempts
	e.LeaseUntil = now.Add(lease)
	s.addEffect(e)
	return found, true, nil
}

// claimable: waiting, due, and nobody is at it.
func claimable(e desk.Effect, now time.Time) bool {
	return unfinished(e) && !e.DueAt.After(now) && !e.LeaseUntil.After(now)
}

func unfinished(e desk.Effect) bool {
	return e.State == desk.EffectPending || e.State == desk.EffectUncertain
}

// FinishEffect writes how an attempt ended.
func (s *Store) FinishEffect(_ context.Context, e desk.Effect) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	old, ok := s.effects[e.Ticket][e.Ref()]
	if !ok || !unfinished(old) || old.Attempts > e.Attempts {
		return work.ErrConflict
	}
	old.State, old.Attempts, old.LastError, old.SentID = e.State, e.Attempts, e.LastError, e.SentID
	old.DueAt, old.DoneAt, old.LeaseUntil = e.DueAt, e.DoneAt, time.Time{}
	if e.FanOut != nil {
		old.FanOut = copyOf(e.FanOut)
	}
	s.addEffect(old)
	return nil
}

// FailedMails lists the mails that failed, or of which nobody knows whether they
// left, newest first, until a person has them sent again.
func (s *Store) FailedMails(_ context.Context, limit int) ([]desk.Effect, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []desk.Effect
	for id, effects := range s.effects {
		for ref, e := range effects {
			if e.Op == desk.OpMail && !s.resent[scoped{string(id), ref}] && (e.State == desk.EffectFailed || e.State == desk.EffectUnconfirmed) {
				list = append(list, copyOf(e))
			}
		}
	}
	slices.SortFunc(list, func(a, b desk.Effect) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), b.Seq-a.Seq, b.N-a.N, cmp.Compare(a.Ticket, b.Ticket))
	})
	return list[:min(limit, len(list))], nil
}

// DueEffects lists items of a shard that may be claimed now, longest due first.
func (s *Store) DueEffects(_ context.Context, shard int, now time.Time, limit int) ([]desk.Effect, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var due []desk.Effect
	for id, effects := range s.effects {
		for _, e := range effects {
			if shardOf(id) == shard && claimable(e, now) {
				due = append(due, copyOf(e))
			}
		}
	}
	slices.SortFunc(due, func(a, b desk.Effect) int {
		return cmp.Or(a.DueAt.Compare(b.DueAt), cmp.Compare(a.Ticket, b.Ticket), a.Seq-b.Seq, a.N-b.N)
	})
	return due[:min(limit, len(due))], nil
}
