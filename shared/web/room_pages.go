package web

import "time"

// RoomCalendar is /room-calendar: a day of all rooms, or a week of one, drawn as
// a table of hours (8.8.3).
type RoomCalendar struct {
	Title    string // «martes 15 de setiembre de 2026», «Sala 1, semana del 14/09/2026»
	Previous Link
	Later    Link
	Views    []Link // the day of all rooms, the week of each
	Columns  []string
	Rows     []CalendarRow
	Wanted   *Wanted // the date of a request, with what can be done about it
}

func (p RoomCalendar) head() head {
	return head{template: "roomcalendar", title: Say("title.rooms", "title", p.Title), wide: true}
}

// CalendarRow is one hour; it has a cell for each column.
type CalendarRow struct {
	Hour  string // «09:00»
	Cells []CalendarCell
}

// CalendarCell is a room in one hour, with its column's name for narrow screens.
type CalendarCell struct {
	Column string
	Stays  []Stay // empty: free
}

// Stay is a booking that fills some of an hour.
type Stay struct {
	Text string // «Reservada 09:00 a 11:00»
	Href string // the booking
	Mine bool   // of the request that is being looked after
}

// Wanted is «Pedido 01: 09:00 a 11:00».
type Wanted struct {
	Text string
	Back Link
	Acts []Act
}

// RoomBooking is /room-bookings/{id}: one date of a request, its room and its
// access data; the PIN is masked until it is asked for (R147).
type RoomBooking struct {
	Title   string
	Number  string
	Subject string
	Back    string
	State   Tag
	Facts   []Datum
	PIN     string  // the PIN, once shown
	Masked  bool    // there is one, not shown
	Show    *Button // «Mostrar», for who may
	Why     string  // why not, for who may not
	Acts    []Act
}

func (p RoomBooking) head() head {
	return head{template: "roombooking", title: p.Title + ": " + p.Number}
}

// Recordings is /recordings: the copies owed and those handed over (8.8.4, R131).
type Recordings struct {
	Owed  []RecordingLine // staff: still to be handed over
	Mine  []RecordingLine // of the reader's own requests
	Staff bool
}

func (p Recordings) head() head {
	return head{template: "recordings", title: Say("title.recordings")}
}

// RecordingLine is one meeting.
type RecordingLine struct {
	Number  string
	Href    string
	Subject string
	At      time.Time
	Note    string
	State   Tag
	Act     *Link
}

// Recording is /recordings/{id}: the address of a copy, for who may open it.
type Recording struct {
	Number  string
	Back    string
	Facts   []Datum
	Address string
}

func (p Recording) head() head {
	return head{template: "recording", title: Say("title.recording", "number", p.Number)}
}

// Annex02 is /forms/annex-02: the blank form, to be printed and filled in by
// hand (R1, R127, R139–R149).
type Annex02 struct {
	Dates        int // rows of «Programado para»
	Participants int
}

func (p Annex02) head() head {
	return head{template: "annex02", title: Say("title.annex02"), print: "annex"}
}

// Lines are the numbers of the rows, for the template.
func (p Annex02) Lines() []int { return make([]int, p.Dates) }

// People are the rows of participants.
func (p Annex02) People() []int { return make([]int, p.Participants) }
