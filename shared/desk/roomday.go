package desk

import (
	"fmt"
	"time"
)

// RoomDay is what a room is booked for on one day of Lima: one stored item, so
// that two bookings of a day meet in one place and the later one is refused.
type RoomDay struct {
	Room     RoomID
	Date     string // 2026-09-15
	Version  int    // 0: nothing was ever booked
	Bookings []Booking
}

// Booking is one stretch of a room's day.
type Booking struct {
	Ticket TicketID `json:"t"`
	Number Number   `json:"n"`
	Row    int      `json:"r"`
	From   int      `json:"f"` // minutes of the day
	To     int      `json:"u"`
	Held   bool     `json:"h,omitempty"` // offered, kept for the answer
	Record int      `json:"g,omitempty"` // RecordingDue, RecordingDone
}

// What a booking says of its recording (R131).
const (
	RecordingDue  = 1 // authorised, the platform can, not handed over
	RecordingDone = 2
)

// Reservation is a booking with where and on which day.
type Reservation struct {
	Room RoomID
	Date string
	Booking
}

// Overlaps tells whether two bookings of one day share a minute.
func (b Booking) Overlaps(o Booking) bool { return b.From < o.To && o.From < b.To }

// Same tells whether two bookings are of the same row of one ticket.
func (b Booking) Same(o Booking) bool { return b.Ticket == o.Ticket && b.Row == o.Row }

// Start and End are the instants of a booking on a day.
func (d RoomDay) Start(b Booking) time.Time { return d.at(b.From) }

// End is when it is over.
func (d RoomDay) End(b Booking) time.Time { return d.at(b.To) }

func (d RoomDay) at(minutes int) time.Time {
	day, err := time.ParseInLocation(DateLayout, d.Date, Lima)
	if err != nil { // a stored day is one
		return time.Time{}
	}
	return day.Add(time.Duration(minutes) * time.Minute).UTC()
}

// DayOf is the day of an instant in Lima, and its minute.
func DayOf(t time.Time) (date string, minute int) {
	t = t.In(Lima)
	return t.Format(DateLayout), t.Hour()*60 + t.Minute()
}

// Hour is a minute of the day as people read it: 09:30.
func Hour(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// MeetingID names one date of a ticket in addresses: 2026-004512-1.
func MeetingID(n Number, row int) string { return fmt.Sprintf("%s-%d", n, row) }
