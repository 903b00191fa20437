package desktest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// OpenWait keeps the task token of whoever waits.
func (s *Store) OpenWait(_ context.Context, id desk.TicketID, wait desk.WaitID, generation int, wakeAt time.Time, token string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.tickets[id]
	if !ok {
		return false, nil
	}
	w, ok := f.waits[wait]
	if !ok || w.Settled || w.Generation > generation || w.WakeAt.Before(wakeAt) {
		return false, nil
	}
	w.Generation, w.Token = generation, token
	f.waits[wait] = w
	return true, nil
}

// Redate moves the date of an open wait, and nothing else.
func (s *Store) Redate(_ context.Context, id desk.TicketID, w desk.Wait, to time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.tickets[id]
	if !ok {
		return work.ErrConflict
	}
	stored, ok := f.waits[w.ID]
	if !ok || stored.Settled || !stored.WakeAt.Equal(w.WakeAt) {
		return work.ErrConflict
	}
	stored.WakeAt = to
	f.waits[w.ID] = stored
	return nil
}

// WaitToken reads the token of a wait, settled or not; "" if there is none.
func (s *Store) WaitToken(_ context.Context, id desk.TicketID, wait desk.WaitID) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f, ok := s.tickets[id]; ok {
		return f.waits[wait].Token, nil
	}
	return "", nil
}

// DueWaits lists open waits of a shard whose date is not after before.
func (s *Store) DueWaits(_ context.Context, shard int, before time.Time, limit int) ([]work.TicketWait, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var due []work.TicketWait
	for id, f := range s.tickets {
		for _, w := range f.openWaits() {
			if shardOf(id) == shard && !w.WakeAt.After(before) {
				due = append(due, work.TicketWait{Ticket: id, Wait: w})
			}
		}
	}
	slices.SortFunc(due, func(a, b work.TicketWait) int {
		return cmp.Or(a.Wait.WakeAt.Compare(b.Wait.WakeAt), cmp.Compare(a.Ticket, b.Ticket), cmp.Compare(a.Wait.ID, b.Wait.ID))
	})
	return due[:min(limit, len(due))], nil
}

// Heal gives a machine its next generation.
func (s *Store) Heal(_ context.Context, id desk.TicketID, m desk.Machine, from int, start desk.Effect, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.tickets[id]
	if !ok || f.machines[m].Generation != from || from == 0 {
		return work.ErrConflict
	}
	if _, taken := s.effects[id][start.Ref()]; taken {
		return work.ErrConflict
	}
	record := f.machines[m]
	record.Generation, record.Heals, record.HealedAt, record.StartItem, record.Cause = from+1, record.Heals+1, now, start.Ref(), ""
	f.machines[m] = record
	delete(f.stuck, m)
	for wait, w := range f.waits {
		if !w.Settled && wait.Kind().Machine() == m {
			w.Generation, w.Token = from+1, ""
			f.waits[wait] = w
		}
	}
	s.addEffect(start)
	return nil
}

// MarkStuck lists a machine for operations, with its cause; an empty cause takes it off.
func (s *Store) MarkStuck(_ context.Context, id desk.TicketID, m desk.Machine, generation int, cause string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.tickets[id]
	if !ok || f.machines[m].Generation != generation || generation == 0 {
		return work.ErrConflict
	}
	record := f.machines[m]
	record.Cause = cause
	f.machines[m], f.stuck[m] = record, cause != ""
	return nil
}

// StuckMachines lists the machines that stand stuck.
func (s *Store) StuckMachines(_ context.Context) ([]work.TicketMachine, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []work.TicketMachine
	for _, id := range slices.Sorted(maps.Keys(s.tickets)) {
		for _, m := range desk.Machines() {
			if s.tickets[id].stuck[m] {
				list = append(list, work.TicketMachine{Ticket: id, Machine: s.tickets[id].machines[m]})
			}
		}
	}
	return list, nil
}
