package desktest

import (
	"context"
	"slices"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/work"
)

type roomDay struct {
	room desk.RoomID
	date string
}

// daysFit: a day is written over the version that was read, and only over that.
func (s *Store) daysFit(c work.Commit) bool {
	for _, d := range c.Days {
		if s.days[roomDay{d.Room, d.Date}].Version != d.Version {
			return false
		}
	}
	return true
}

func (s *Store) writeDays(days []desk.RoomDay) {
	for _, d := range days {
		d.Version++
		d.Bookings = slices.Clone(d.Bookings)
		s.days[roomDay{d.Room, d.Date}] = d
	}
}

// RoomDays reads what a room is booked for, day by day.
func (s *Store) RoomDays(_ context.Context, room desk.RoomID, from, to string) ([]desk.RoomDay, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var days []desk.RoomDay
	for key, d := range s.days {
		if key.room == room && from <= key.date && key.date <= to {
			d.Bookings = slices.Clone(d.Bookings)
			days = append(days, d)
		}
	}
	slices.SortFunc(days, func(a, b desk.RoomDay) int { return strings.Compare(a.Date, b.Date) })
	return days, nil
}
