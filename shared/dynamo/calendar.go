package dynamo

import (
	"context"
	"fmt"

	"mesa/shared/calendar"
	"mesa/shared/work"
)

// The days off are a list of changes, S#calendar/<number>, never rewritten. Each
// is one item, so an import of many days is true as a whole or not at all; the
// same transaction counts it in the directory's item of versions, which every act
// reads anyway. So the calendar costs an act nothing, and nobody goes by an old
// one for a minute.

const pkCalendar = "S#calendar"

func skChange(n int) string { return fmt.Sprintf("%06d", n) }

// ChangeCalendar adds a change of the days off. work.ErrConflict: it does not
// follow on the last one, somebody changed them meanwhile.
func (s *Store) ChangeCalendar(ctx context.Context, c calendar.Change) error {
	i := keyOf(pkCalendar, skChange(c.Revision))
	if err := i.json("b", c); err != nil {
		return err
	}
	counted := newUpdate().set("cal", number(int64(c.Revision)))
	if c.Revision == 1 {
		counted.absent("cal")
	} else {
		counted.when("cal", "=", number(int64(c.Revision-1)))
	}
	t := s.begin()
	t.create(i)
	t.update(versionKey(), counted)
	return s.transact(ctx, "change calendar", t)
}

var _ work.Calendars = (*Store)(nil)

// Calendar are the days off as they stand.
func (s *Store) Calendar(ctx context.Context) (calendar.Book, error) {
	d, err := s.currentDirectory(ctx)
	if err != nil {
		return calendar.Book{}, err
	}
	return d.snapshot.Days(), nil
}

// readCalendar folds the first n changes.
func (s *Store) readCalendar(ctx context.Context, n int) (calendar.Book, error) {
	if n == 0 {
		return calendar.Book{}, nil
	}
	items, err := s.all(ctx, search{operation: "calendar", pk: pkCalendar})
	if err != nil {
		return calendar.Book{}, err
	}
	if len(items) < n {
		return calendar.Book{}, fmt.Errorf("calendar: %d changes of %d", len(items), n)
	}
	changes := make([]calendar.Change, n)
	for i := range changes { // one that came meanwhile is of the next edition
		if err := items[i].getJSON("b", &changes[i]); err != nil {
			return calendar.Book{}, err
		}
	}
	return calendar.Fold(changes), nil
}
