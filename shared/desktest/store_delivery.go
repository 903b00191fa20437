package desktest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// NoteDelivery writes what was heard of a mail unless a later word is there.
func (s *Store) NoteDelivery(_ context.Context, id desk.TicketID, ref string, d desk.Delivery) (desk.Effect, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.effects[id][ref]
	if !ok {
		return desk.Effect{}, false, absent("effect %s %s", id, ref)
	}
	news := d.After(e.Delivery)
	if news {
		e.Delivery = desk.DeliveryOf(d.Code())
		s.effects[id][ref] = e
	}
	return copyOf(e), news, nil
}

// ConfirmSent ends an item of which nobody knew whether it left.
func (s *Store) ConfirmSent(_ context.Context, id desk.TicketID, ref, sentID string, at time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.effects[id][ref]
	if !ok || e.State != desk.EffectUncertain && e.State != desk.EffectUnconfirmed {
		return work.ErrConflict
	}
	e.State, e.SentID, e.DoneAt, e.LastError, e.LeaseUntil = desk.EffectDone, sentID, at, "", time.Time{}
	s.addEffect(e)
	return nil
}

// Suppression reads what is known of an address.
func (s *Store) Suppression(_ context.Context, key string) (work.Suppression, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.edges.closed[key]
	return copyOfSuppression(r), ok, nil
}

// GlanceSuppression reads the same, here never late.
func (s *Store) GlanceSuppression(ctx context.Context, key string) (work.Suppression, error) {
	r, _, err := s.Suppression(ctx, key)
	return r, err
}

// PutSuppression writes a changed record over the version it was made from.
func (s *Store) PutSuppression(_ context.Context, r work.Suppression) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := work.AddressKey(r.Address)
	if s.edges.closed[key].Version != r.Version {
		return work.ErrConflict
	}
	r.Version++
	s.edges.closed[key] = copyOfSuppression(r)
	return nil
}

// Suppressions lists the addresses that take no mail now, the latest first.
func (s *Store) Suppressions(_ context.Context, limit int) ([]work.Suppression, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []work.Suppression
	for _, r := range s.edges.closed {
		if r.Active() {
			list = append(list, copyOfSuppression(r))
		}
	}
	slices.SortFunc(list, func(a, b work.Suppression) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Address, b.Address)) })
	return list[:min(limit, len(list))], nil
}

func copyOfSuppression(r work.Suppression) work.Suppression {
	c := copyOf(r)
	c.Version = r.Version
	return c
}
