package flow

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"mesa/shared/desk"
)

// Room is a meeting room as a rule sees it.
type Room struct {
	ID       desk.RoomID
	Name     string
	Sede     string
	Multiuse bool // demands the authorisation of Anexo 02 (R143)
}

// Reservations are the stretches of rooms' days that a ticket holds: a pure
// function of it, so that what an act takes and frees is the difference before
// and after, and no way out of the procedure can forget to free a room.
func Reservations(t desk.Ticket, meetings []desk.Meeting) []desk.Reservation {
	var list []desk.Reservation
	switch t.State {
	case desk.Withdrawn, desk.Rejected, desk.Redirected:
		return nil
	default:
	}
	if t.Flow != desk.Flow88 {
		return nil
	}
	for _, m := range meetings {
		if m.Room == "" || m.State == desk.MeetingAsked || m.State == desk.MeetingCancelled {
			continue
		}
		date, from := desk.DayOf(m.StartsAt)
		_, to := desk.DayOf(m.EndsAt)
		b := desk.Booking{Ticket: t.ID, Number: t.Number, Row: m.Row, From: from, To: to, Held: m.State != desk.MeetingBooked}
		switch {
		case !m.DeliveredAt.IsZero():
			b.Record = desk.RecordingDone
		case m.State == desk.MeetingBooked && m.Records && t.Terms.Has(desk.TermRecording):
			b.Record = desk.RecordingDue
		}
		list = append(list, desk.Reservation{Room: m.Room, Date: date, Booking: b})
	}
	return list
}

// TouchesRooms tells whether an act may take or free a room: its facts hold the
// days of what the ticket has, and those of the room the act wants.
func TouchesRooms(kind desk.ActKind) bool {
	switch kind {
	case desk.ActBookRoom, desk.ActProposeSlot, desk.ActMoveRoom, desk.ActCancelDate, desk.ActAnswer, desk.ActWithdraw, desk.ActDeliverRecording:
		return true
	default:
		return false
	}
}

// daysAhead is how far the nearest free slots are looked for.
const daysAhead = 7

// WantedDays are the room and the first and last day that an act asks about: the
// day it names, or that of its row, and a week more to offer instead.
func WantedDays(meetings []desk.Meeting, a desk.Act) (room desk.RoomID, from, to string, ok bool) {
	room = desk.RoomID(a.Field("room"))
	day, err := ParseDate(a.Field("date"))
	if a.Field("date") == "" {
		for _, m := range meetings {
			if fmt.Sprint(m.Row) == a.Field("row") {
				day, err = m.StartsAt.In(desk.Lima), nil
			}
		}
	}
	if room == "" || err != nil || day.IsZero() {
		return "", "", "", false
	}
	return room, day.Format(desk.DateLayout), day.AddDate(0, 0, daysAhead).Format(desk.DateLayout), true
}

// reserve writes the difference between what the ticket held and what it holds
// now into the rooms' days, and refuses what is taken.
func (d *Decision) reserve(s *step) error {
	before, after := Reservations(s.before, s.f.Meetings), Reservations(s.t, s.meetings)
	gone := slices.DeleteFunc(slices.Clone(before), func(r desk.Reservation) bool { return slices.Contains(after, r) })
	added := slices.DeleteFunc(slices.Clone(after), func(r desk.Reservation) bool { return slices.Contains(before, r) })
	days := dayBook{s.f.Days, map[string]*desk.RoomDay{}}
	for _, r := range gone {
		day, err := days.open(r)
		if err != nil {
			return err
		}
		day.Bookings = slices.DeleteFunc(day.Bookings, func(b desk.Booking) bool { return b.Same(r.Booking) })
	}
	for _, r := range added {
		day, err := days.open(r)
		if err != nil {
			return err
		}
		if taken(*day, r.Booking) {
			return desk.NewProblem(desk.Refused, "8.8.3, R129", "%s", occupied(s.f, r))
		}
		day.Bookings = append(day.Bookings, r.Booking)
	}
	d.Days = days.changed()
	return nil
}

// dayBook holds the days an act changes, as copies.
type dayBook struct {
	stored []desk.RoomDay
	opened map[string]*desk.RoomDay
}

func (b dayBook) open(r desk.Reservation) (*desk.RoomDay, error) {
	key := string(r.Room) + " " + r.Date
	if day, ok := b.opened[key]; ok {
		return day, nil
	}
	i := slices.IndexFunc(b.stored, func(d desk.RoomDay) bool { return d.Room == r.Room && d.Date == r.Date })
	if i < 0 {
		return nil, fmt.Errorf("room %s on %s is not among the facts", r.Room, r.Date)
	}
	day := b.stored[i]
	day.Bookings = slices.Clone(day.Bookings)
	b.opened[key] = &day
	return &day, nil
}

func (b dayBook) changed() []desk.RoomDay {
	var list []desk.RoomDay
	for _, day := range b.opened {
		slices.SortFunc(day.Bookings, func(x, y desk.Booking) int { return x.From - y.From })
		list = append(list, *day)
	}
	slices.SortFunc(list, func(x, y desk.RoomDay) int { return strings.Compare(string(x.Room)+x.Date, string(y.Room)+y.Date) })
	return list
}

// taken: a room holds one meeting at a time; what is virtual any number.
func taken(day desk.RoomDay, want desk.Booking) bool {
	return day.Room != desk.VirtualRoom && slices.ContainsFunc(day.Bookings, want.Overlaps)
}

// occupied says that a slot is taken, and which are free near it.
func occupied(f Facts, want desk.Reservation) string {
	free := nearest(f, want, 3)
	if len(free) == 0 {
		return "La sala se ocupó mientras elegía, y no tiene horarios libres cerca: elija otra sala."
	}
	return "La sala se ocupó mientras elegía. Libres cerca: " + strings.Join(free, ", ") + "."
}

// The hours between which a free slot is offered, and how far apart they begin.
const (
	firstHour = 8 * 60
	lastHour  = 20 * 60
	slotStep  = 30
)

// slot is a free stretch, and how many minutes it is away from what was wanted.
type slot struct {
	day   time.Time
	start int
	away  int
}

// nearest are the free slots of the same room and length that are least away,
// in the order of time: the hour, with its day when it is another one.
func nearest(f Facts, want desk.Reservation, n int) []string {
	var free []slot
	for i := range f.Days {
		free = append(free, freeIn(f, f.Days[i], want)...)
	}
	slices.SortFunc(free, func(a, b slot) int {
		if a.away != b.away {
			return a.away - b.away
		}
		return b.at().Compare(a.at()) // later rather than earlier
	})
	free = free[:min(n, len(free))]
	slices.SortFunc(free, func(a, b slot) int { return a.at().Compare(b.at()) })
	var texts []string
	for _, s := range free {
		text := desk.Hour(s.start)
		if s.day.Format(desk.DateLayout) != want.Date {
			text = s.day.Format("02/01") + " " + text
		}
		texts = append(texts, text)
	}
	return texts
}

func (s slot) at() time.Time { return s.day.Add(time.Duration(s.start) * time.Minute) }

// freeIn are the free slots of one day of the wanted room, from now on; of
// another day only if people work then.
func freeIn(f Facts, day desk.RoomDay, want desk.Reservation) []slot {
	date, err := ParseDate(day.Date)
	wanted, err2 := ParseDate(want.Date)
	if err != nil || err2 != nil || day.Room != want.Room {
		return nil
	}
	if day.Date != want.Date && f.Calendar.WorkingBetween(date, date.AddDate(0, 0, 1)) == 0 {
		return nil
	}
	var free []slot
	for start := firstHour; start+want.To-want.From <= lastHour; start += slotStep {
		s := slot{day: date, start: start}
		try := desk.Booking{From: start, To: start + want.To - want.From}
		if s.at().Before(f.Now) || taken(day, try) {
			continue
		}
		s.away = int(s.at().Sub(wanted.Add(time.Duration(want.From)*time.Minute)).Abs() / time.Minute)
		free = append(free, s)
	}
	return free
}
