package dynamo

import (
	"context"
	"time"

	"mesa/shared/desk"
)

// The editions of the procedure are a list, S#procedure/<number>, never rewritten;
// beside each, S#told/<number>, how far its notice to everybody got.

const (
	pkEditions = "S#procedure"
	pkTold     = "S#told"
)

// Editions are all that were published, in that order, at most a minute old.
func (s *Store) Editions(ctx context.Context, at time.Time) (desk.Editions, error) {
	known, err := s.currentInstitutions(ctx, at)
	return known.editions, err
}

// PublishEdition adds an edition under its number, 1 for the first;
// work.ErrConflict if that is taken: somebody published meanwhile.
func (s *Store) PublishEdition(ctx context.Context, number int, e desk.Edition) error {
	i := keyOf(pkEditions, skChange(number))
	if err := i.json("b", e); err != nil {
		return err
	}
	s.institution.forget()
	return s.put(ctx, "publish edition", i, newUpdate().absent("pk"))
}

// Telling reads how far the notice of an edition got; zero before it began.
func (s *Store) Telling(ctx context.Context, number int) (desk.Telling, error) {
	var t desk.Telling
	i, err := s.get(ctx, "telling", keyOf(pkTold, skChange(number)))
	if err != nil || i == nil {
		return t, err
	}
	return t, i.getJSON("b", &t)
}

// SetTelling writes how far the notice of an edition got.
func (s *Store) SetTelling(ctx context.Context, number int, t desk.Telling) error {
	i := keyOf(pkTold, skChange(number))
	if err := i.json("b", t); err != nil {
		return err
	}
	return s.put(ctx, "set telling", i, newUpdate())
}

func (s *Store) readEditions(ctx context.Context) (desk.Editions, error) {
	items, err := s.all(ctx, search{operation: "editions", pk: pkEditions})
	if err != nil {
		return nil, err
	}
	list := make(desk.Editions, len(items))
	for n, i := range items {
		if err := i.getJSON("b", &list[n]); err != nil {
			return nil, err
		}
	}
	return list, nil
}
