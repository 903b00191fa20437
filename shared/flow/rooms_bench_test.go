package flow_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// roomBook is the stored days of all rooms, by room and date.
type roomBook map[string]desk.RoomDay

func roomKey(room desk.RoomID, date string) string { return string(room) + " " + date }

// store writes days as the table does: only over the version that was read.
func (r roomBook) store(t tester, days []desk.RoomDay) {
	for _, d := range days {
		key := roomKey(d.Room, d.Date)
		if r[key].Version != d.Version {
			t.Fatalf("day %s was read at version %d and is at %d", key, d.Version, r[key].Version)
		}
		d.Version++
		r[key] = d
	}
}

func rooms() []flow.Room {
	return []flow.Room{{ID: "multiuso", Name: "Sala Multiuso", Sede: "SC", Multiuse: true}, {ID: "sala-1", Name: "Sala 1", Sede: "SC"}, {ID: "sala-n", Name: "Sala Norte", Sede: "UTN"}}
}

// addRooms are the facts of 8.8 as package work collects them.
func (b *bench) addRooms(f *flow.Facts, fields desk.Fields) {
	f.Meetings, f.Rooms = desk.FoldMeetings(b.records), rooms()
	want := map[string]bool{}
	for _, r := range flow.Reservations(b.ticket, f.Meetings) {
		want[roomKey(r.Room, r.Date)] = true
	}
	room, from, to, ok := flow.WantedDays(f.Meetings, desk.Act{Fields: fields})
	for day, err := flow.ParseDate(from); ok && err == nil && day.Format(desk.DateLayout) <= to; day = day.AddDate(0, 0, 1) {
		want[roomKey(room, day.Format(desk.DateLayout))] = true
	}
	for _, key := range slices.Sorted(maps.Keys(want)) {
		day := b.rooms[key]
		id, date, _ := strings.Cut(key, " ")
		day.Room, day.Date = desk.RoomID(id), date
		f.Days = append(f.Days, day)
	}
}

// checkRooms holds the stored days against the ticket: what it holds is there,
// nothing else of it is, and no room holds two meetings at once.
func (b *bench) checkRooms() {
	b.t.Helper()
	want := flow.Reservations(b.ticket, desk.FoldMeetings(b.records))
	var stored []desk.Reservation
	for _, key := range slices.Sorted(maps.Keys(b.rooms)) {
		day := b.rooms[key]
		for i, x := range day.Bookings {
			if x.Ticket == b.ticket.ID {
				stored = append(stored, desk.Reservation{Room: day.Room, Date: day.Date, Booking: x})
			}
			for _, y := range day.Bookings[:i] {
				if day.Room != desk.VirtualRoom && x.Overlaps(y) {
					b.t.Fatalf("%s holds %+v and %+v", key, x, y)
				}
			}
		}
	}
	byRow := func(x, y desk.Reservation) int { return x.Row - y.Row }
	slices.SortFunc(stored, byRow)
	slices.SortFunc(want, byRow)
	if diff := cmp.Diff(want, stored); diff != "" {
		b.t.Fatalf("stored bookings are not those of the ticket (-want +stored):\n%s", diff)
	}
}

// day is a date some days after the bench's now.
func day(now time.Time, after int) string {
	return now.In(desk.Lima).AddDate(0, 0, after).Format(desk.DateLayout)
}

// annex is Anexo 02 with two dates, a recording and a place.
func annex(now time.Time) []string {
	return []string{"in_charge", "Usuaria/o de ejemplo", "description", "Reparto de alimentos", "phone", "anexo 1234", "place", "other", "recording", "yes", "streaming", "no",
		"schedule.1.date", day(now, 1), "schedule.1.from", "09:00", "schedule.1.to", "11:00", "schedule.1.remarks", "Con proyector",
		"schedule.3.date", day(now, 2), "schedule.3.from", "15:00", "schedule.3.to", "16:30",
		"participants.1.who", "Jefatura", "participants.1.part", "required"}
}

func open88(b *bench, more ...string) flow.Decision {
	b.channel = desk.ChannelForm
	return b.do(b.requester, desk.ActOpen, append(append([]string{"service", "reuniones", "flow", "8.8", "subject", "Reunión de coordinación"}, annex(b.now)...), more...)...)
}

// held88 is with a professional, its dates still to be booked.
func held88(t tester, requester desk.PersonID, more ...string) *bench {
	b := newBench(t, requester)
	open88(b, more...)
	return hold(b)
}

func bookFields(row, room string, more ...string) []string {
	return append([]string{"row", row, "room", room, "link", "https://reuniones.example.pe/1", "meeting_id", "123 456", "pin", "4321", "records", "yes"}, more...)
}

// booked88 has its first date booked in Sala 1.
func booked88(t tester, more ...string) *bench {
	b := held88(t, userHQ)
	b.do(b.ticket.Assignee, desk.ActBookRoom, bookFields("1", "sala-1", more...)...)
	return b
}

// settled88 is closed, one date booked and one cancelled.
func settled88(t tester) *bench {
	b := booked88(t)
	b.do(b.ticket.Assignee, desk.ActCancelDate, "row", "2", "reason", "Ya no es necesaria")
	b.do(b.ticket.Assignee, desk.ActClose, closing()...)
	return b
}

// proposed88 waits for an answer to another slot.
func proposed88(t tester, requester desk.PersonID) *bench {
	b := held88(t, requester)
	b.do(b.ticket.Assignee, desk.ActProposeSlot, proposal(b, "1")...)
	return b
}

func proposal(b *bench, row string) []string {
	return []string{"row", row, "room", "sala-1", "date", day(b.now, 3), "from", "10:00", "to", "11:30"}
}

// validRooms are inputs for the acts of 8.8, about the first date they fit.
func validRooms(b *bench, kind desk.ActKind) []string {
	row := func(states ...desk.MeetingState) string {
		if rows := b.ticket.Meetings.Rows(states...); len(rows) > 0 {
			return fmt.Sprint(rows[0])
		}
		return "1"
	}
	open := row(desk.MeetingAsked, desk.MeetingProposed, desk.MeetingAccepted)
	switch kind {
	case desk.ActBookRoom:
		return bookFields(open, "sala-1")
	case desk.ActProposeSlot:
		return proposal(b, open)
	case desk.ActMoveRoom:
		return append([]string{"message", "Cambió la sala"}, "row", row(desk.MeetingBooked), "room", "virtual", "date", day(b.now, 5), "from", "12:00", "to", "13:00")
	case desk.ActCancelDate:
		return []string{"row", row(desk.MeetingAsked, desk.MeetingProposed, desk.MeetingAccepted, desk.MeetingBooked), "reason", "x"}
	case desk.ActShowPIN:
		return []string{"row", row(desk.MeetingBooked)}
	case desk.ActDeliverRecording:
		return []string{"row", row(desk.MeetingBooked), "repository", "https://repositorio.example.pe/g/1", "until", day(b.now, 30)}
	default:
		return nil
	}
}

func situations88() []situation {
	over := func(b *bench) *bench { b.now = b.now.Add(3 * 24 * time.Hour); return b }
	return []situation{
		{"8.8 headquarters in hands", func(t tester) *bench { return held88(t, userHQ) }, `
			usuaria-sede: comment cancel-date
			soporte-1: book-room propose-slot cancel-date ask escalate send-back log-contact workaround WORDS
			soporte-2: take WORDS
			especialista-mesa: DESK assign cancel-date WORDS
			informatica-mesa: DESK WORDS`},
		{"8.8 UT in hands of its own specialist", func(t tester) *bench { return held88(t, userUT) }, `
			usuaria-ut: comment cancel-date
			especialista-ut: DESK assign book-room propose-slot cancel-date ask escalate log-contact workaround WORDS
			suplente-especialista: DESK assign take cancel-date log-contact WORDS
			informatica-ut: take log-contact WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.8 waits for an answer to another slot", func(t tester) *bench { return proposed88(t, userHQ) }, `
			usuaria-sede: answer comment cancel-date
			soporte-1: cancel-date log-contact WORDS
			soporte-2: WORDS
			especialista-mesa: set-priority cancel-date WORDS
			informatica-mesa: set-priority WORDS`},
		{"8.8 closed, before the meeting", func(t tester) *bench { b := settled88(t); b.now = b.now.Add(3 * time.Hour); return b }, `
			usuaria-sede: comment cancel-date reopen
			soporte-1: move-room cancel-date show-pin log-contact WORDS
			soporte-2: show-pin WORDS
			especialista-mesa: move-room cancel-date show-pin reopen WORDS
			informatica-mesa: show-pin reopen WORDS`},
		{"8.8 closed, after the meeting", func(t tester) *bench { return over(settled88(t)) }, `
			usuaria-sede: comment reopen
			soporte-1: deliver-recording show-pin log-contact WORDS
			soporte-2: show-pin WORDS
			especialista-mesa: deliver-recording show-pin reopen WORDS
			informatica-mesa: show-pin reopen WORDS`},
		{"8.8 by mail, Anexo 02 missing", func(t tester) *bench { return classified(t, userHQ, "reuniones", "8.8") }, `
			usuaria-sede: comment withdraw provide-data
			especialista-mesa: DESK assign take log-contact provide-data WORDS
			informatica-mesa: DESK take log-contact provide-data WORDS`},
	}
}
