package work

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
)

// The facts of 8.8: the dates of a request in full, the rooms of the directory
// and what is booked on the days that an act may change.

// fillRooms reads them for the acts that ask about them.
func (r *Road) fillRooms(ctx context.Context, f *flow.Facts, w world, t desk.Ticket, act desk.Act) error {
	if t.Flow != desk.Flow88 {
		return nil
	}
	f.Rooms = RoomsOf(w.directory.Directory, act.At)
	if act.Kind != desk.ActShowPIN && !flow.TouchesRooms(act.Kind) {
		return nil
	}
	records, err := r.Store.Records(ctx, t.ID, 0)
	if err != nil {
		return fmt.Errorf("dates of %s: %w", t.ID, err)
	}
	// What was committed since the ticket was read is not its past: the commit
	// will find the ticket changed.
	f.Meetings = desk.FoldMeetings(slices.DeleteFunc(records, func(rec desk.Record) bool { return rec.Seq > t.Version }))
	if flow.TouchesRooms(act.Kind) {
		f.Days, err = r.roomDays(ctx, t, f.Meetings, act)
	}
	return err
}

// RoomsOf are the rooms of the directory in force.
func RoomsOf(d *directory.Directory, at time.Time) []flow.Room {
	var rooms []flow.Room
	for _, r := range d.Records().Rooms {
		if r.Holds(at) {
			rooms = append(rooms, flow.Room{ID: desk.RoomID(r.ID), Name: r.Name, Sede: string(r.Sede), Multiuse: r.Multiuse})
		}
	}
	return rooms
}

// roomDays are the days of what the ticket holds and of the room the act wants,
// each once; a day on which nothing is booked is there too, empty.
func (r *Road) roomDays(ctx context.Context, t desk.Ticket, meetings []desk.Meeting, act desk.Act) ([]desk.RoomDay, error) {
	var days []desk.RoomDay
	var errs []error
	add := func(room desk.RoomID, from, to string) {
		stored, err := r.Store.RoomDays(ctx, room, from, to)
		errs = append(errs, err)
		for _, day := range FullDays(room, from, to, stored) {
			if !slices.ContainsFunc(days, func(d desk.RoomDay) bool { return d.Room == day.Room && d.Date == day.Date }) {
				days = append(days, day)
			}
		}
	}
	if room, from, to, ok := flow.WantedDays(meetings, act); ok {
		add(room, from, to)
	}
	for _, held := range flow.Reservations(t, meetings) {
		add(held.Room, held.Date, held.Date)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("rooms of %s: %w", t.ID, err)
	}
	return days, nil
}

// FullDays are all days from one to another, those stored and the empty ones
// between them.
func FullDays(room desk.RoomID, from, to string, stored []desk.RoomDay) []desk.RoomDay {
	var days []desk.RoomDay
	at, err := flow.ParseDate(from)
	for ; err == nil && at.Format(desk.DateLayout) <= to; at = at.AddDate(0, 0, 1) {
		day := desk.RoomDay{Room: room, Date: at.Format(desk.DateLayout)}
		if i := slices.IndexFunc(stored, func(d desk.RoomDay) bool { return d.Date == day.Date }); i >= 0 {
			day = stored[i]
		}
		days = append(days, day)
	}
	return days
}
