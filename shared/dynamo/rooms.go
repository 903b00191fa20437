package dynamo

import (
	"context"
	"errors"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// A room's day is one item, ROOM#<id> / <Lima date>, with a version: two acts
// that read the same day cannot both write it, so no two bookings of it overlap
// unless one act made both, and the rules refuse that.

func pkRoom(room desk.RoomID) string { return "ROOM#" + part(string(room)) }

// addRoomDays writes whole days over the version that was read.
func addRoomDays(t *transaction, c work.Commit) error {
	for _, day := range c.Days {
		i := keyOf(pkRoom(day.Room), day.Date)
		i.number("v", day.Version+1)
		if err := i.json("b", day.Bookings); err != nil {
			return err
		}
		if day.Version == 0 {
			t.create(i)
			continue
		}
		t.put(i, newUpdate().when("v", "=", number(int64(day.Version))))
	}
	return nil
}

// RoomDays reads what a room is booked for from one day to another, consistently;
// days on which nothing was ever booked are not there.
func (s *Store) RoomDays(ctx context.Context, room desk.RoomID, from, to string) ([]desk.RoomDay, error) {
	if !fits(string(room)) || !fits(from) || !fits(to) || from > to {
		return nil, nil
	}
	items, err := s.all(ctx, search{operation: "room days", pk: pkRoom(room), sort: "between", low: from, high: to})
	if err != nil {
		return nil, err
	}
	var days []desk.RoomDay
	var errs []error
	for _, i := range items {
		day := desk.RoomDay{Room: room, Date: i.getText("sk"), Version: i.getNumber("v")}
		errs = append(errs, i.getJSON("b", &day.Bookings))
		days = append(days, day)
	}
	return days, errors.Join(errs...)
}
