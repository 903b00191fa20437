package dynamo

import (
	"context"
	"time"

	"mesa/shared/desk"
)

// The editions of the procedure are a list, S#institution/edition#<number>, never
// rewritten; how far the notice of each got stands apart, S#told/<number>.

const (
	editionMark = "edition#"
	pkTold      = "S#told"
)

// Editions are all that were published, in that order, at most a minute old.
func (s *Store) Editions(ctx context.Context, at time.Time) (desk.Editions, error) {
	known, err := s.currentInstitutions(ctx, at)
	return known.editions, err
}

// PublishEdition adds an edition under its number, 1 for the first;
// work.ErrConflict if that is taken: somebody published meanwhile.
func (s *Store) PublishEdition(ctx context.Context, number int, e desk.Edition) error {
	i := keyOf(pkInstitution, editionMark+skChange(number))
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
