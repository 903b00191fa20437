package desktest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

const bookedDate = "2026-09-17"

// booking is an act that puts one more booking into a room's day, as it was read.
func booking(before work.Stored, day desk.RoomDay, from int) work.Commit {
	c := Act(before, desk.ActBookRoom, Asker, before.Ticket.OpenedAt.Add(time.Hour), desk.RoomBooked{Row: 1, Room: day.Room})
	day.Bookings = append(day.Bookings, desk.Booking{Ticket: before.Ticket.ID, Number: before.Ticket.Number, Row: 1, From: from, To: from + 60, Record: desk.RecordingDue})
	c.Days = []desk.RoomDay{day}
	return c
}

func emptyDay(room desk.RoomID) desk.RoomDay { return desk.RoomDay{Room: room, Date: bookedDate} }

func roomDays(t *testing.T, s Contract) {
	before := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	c := booking(before, emptyDay("sala#1"), 540)
	other := desk.RoomDay{Room: "sala#1", Date: "2026-09-20"}
	c.Days = append(c.Days, other, emptyDay("sala"))
	before = MustCommit(t, s, c)
	days, err := s.RoomDays(t.Context(), "sala#1", "2026-09-01", "2026-09-19")
	noErr(t, err)
	written := c.Days[0]
	written.Version = 1
	same(t, days, []desk.RoomDay{written})
	c = booking(before, days[0], 720)
	c.Days[0].Bookings[1].Held = true
	MustCommit(t, s, c)
	days, err = s.RoomDays(t.Context(), "sala#1", bookedDate, "2026-09-20")
	noErr(t, err)
	if len(days) != 2 || days[0].Version != 2 || days[1].Version != 1 {
		t.Fatalf("days %+v", days)
	}
	same(t, days[0].Bookings, c.Days[0].Bookings)
	for _, ask := range [][3]string{{"sala#2", bookedDate, bookedDate}, {"sala#1", "2026-09-18", "2026-09-19"}, {"sala#1", "2026-09-20", "2026-09-01"}} {
		if days, err := s.RoomDays(t.Context(), desk.RoomID(ask[0]), ask[1], ask[2]); len(days) != 0 || err != nil {
			t.Errorf("%v holds %+v, %v", ask, days, err)
		}
	}
}

func roomDayConflict(t *testing.T, s Contract) {
	first := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	second := MustCommit(t, s, Open(ID(2), "2026-000002", Wednesday()))
	MustCommit(t, s, booking(first, emptyDay("sala"), 540))
	wantErr(t, s.Commit(t.Context(), booking(second, emptyDay("sala"), 720)), work.ErrConflict)
	stale := emptyDay("sala")
	stale.Version = 7
	wantErr(t, s.Commit(t.Context(), booking(second, stale, 720)), work.ErrConflict)
	if got := MustLoad(t, s, ID(2)); got.Ticket.Version != 1 {
		t.Errorf("a refused booking moved its ticket to version %d", got.Ticket.Version)
	}
	days, err := s.RoomDays(t.Context(), "sala", bookedDate, bookedDate)
	noErr(t, err)
	if len(days) != 1 || len(days[0].Bookings) != 1 || days[0].Bookings[0].Ticket != ID(1) {
		t.Errorf("days %+v", days)
	}
}

// raceRoom: fifty requests want the same hour of the same room.
func raceRoom(t *testing.T, s Contract) {
	const people = 50
	tickets := make([]work.Stored, people)
	for i := range people {
		tickets[i] = MustCommit(t, s, Open(ID(i+1), desk.Number(fmt.Sprintf("2026-%06d", i+1)), Wednesday()))
	}
	won := 0
	for i, err := range together(people, func(i int) error { return s.Commit(t.Context(), booking(tickets[i], emptyDay("sala"), 540)) }) {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, work.ErrConflict) && desk.CodeOf(err) != desk.Busy:
			t.Errorf("loser %d got %v", i, err)
		}
	}
	days, err := s.RoomDays(t.Context(), "sala", bookedDate, bookedDate)
	noErr(t, err)
	if won != 1 || len(days) != 1 || len(days[0].Bookings) != 1 {
		t.Errorf("%d have the room; its day is %+v", won, days)
	}
}
