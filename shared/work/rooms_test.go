package work_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// open88 is a request for a meeting tomorrow from 9 to 11, in the hands of support.
func open88(b *desktest.Bench, more ...string) desk.TicketID {
	b.T.Helper()
	id := b.Do("usuaria-administracion-1", desk.ActOpen, "", append([]string{"service", "meetings", "subject", "Coordinación", "in_charge", "Usuaria/o 1", "description", "Reparto", "phone", "anexo 1",
		"schedule.1.date", "2026-09-16", "schedule.1.from", "09:00", "schedule.1.to", "11:00", "place", "other", "recording", "yes", "streaming", "no",
		"participants.1.who", "Jefatura", "participants.1.part", "required"}, more...)...).After.Ticket.ID
	b.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	b.Do("soporte-1", desk.ActTake, id)
	return id
}

func bookFields() []string {
	return []string{"row", "1", "room", "sala-1", "link", "https://reuniones.example.pe/1", "pin", "4321", "records", "yes"}
}

func roomDay(b *desktest.Bench, room desk.RoomID) []desk.Booking {
	b.T.Helper()
	days, err := b.Store.RoomDays(b.T.Context(), room, "2026-09-16", "2026-09-16")
	if err != nil {
		b.T.Fatal(err)
	}
	if len(days) == 0 {
		return nil
	}
	return days[0].Bookings
}

// R129: fifty requests want one room at one hour; one has it, the others hear
// which hours are free.
func TestFiftyBookOneSlotAtOnce(t *testing.T) {
	b := desktest.NewBench(t)
	ids := make([]desk.TicketID, 50)
	for i := range ids {
		ids[i] = open88(b)
	}
	errs := make([]error, len(ids))
	var wg sync.WaitGroup
	for i, id := range ids {
		act := b.Act("soporte-1", desk.ActBookRoom, id, bookFields()...)
		wg.Go(func() { _, errs[i] = b.Road.Perform(context.Background(), act) })
	}
	wg.Wait()
	won := 0
	for i, err := range errs {
		switch {
		case err == nil:
			won++
		case desk.CodeOf(err) != desk.Refused || !strings.Contains(err.Error(), "Libres cerca: 08:00, 11:00, 11:30.") && !strings.Contains(err.Error(), "Libres cerca: 11:00, 11:30, 12:00."):
			t.Errorf("request %d: %v", i, err)
		}
		mustHold(t, b, ids[i])
	}
	if got := roomDay(b, "sala-1"); won != 1 || len(got) != 1 {
		t.Errorf("%d have the room: %+v", won, got)
	}
}

// Twelve bookings of different hours meet on one day and all find their place.
func TestBookingsOfOneDayMakeRoomForEachOther(t *testing.T) {
	b := desktest.NewBench(t)
	var wg sync.WaitGroup
	for i := range 12 {
		hour := fmt.Sprintf("%02d:00", 8+i)
		id := open88(b, "schedule.1.from", hour, "schedule.1.to", fmt.Sprintf("%02d:00", 9+i))
		wg.Go(func() {
			if _, err := stubborn(b, b.Act("soporte-1", desk.ActBookRoom, id, bookFields()...)); err != nil {
				t.Errorf("%s: %v", hour, err)
			}
		})
	}
	wg.Wait()
	if got := roomDay(b, "sala-1"); len(got) != 12 {
		t.Errorf("%d of 12 bookings: %+v", len(got), got)
	}
}

func TestRoomFollowsItsTicket(t *testing.T) {
	b := desktest.NewBench(t)
	id := open88(b)
	b.Do("soporte-1", desk.ActBookRoom, id, bookFields()...)
	b.Do("soporte-1", desk.ActMoveRoom, id, "row", "1", "room", "sala-2", "date", "2026-09-16", "from", "10:00", "to", "12:00")
	if one, two := roomDay(b, "sala-1"), roomDay(b, "sala-2"); len(one) != 0 || len(two) != 1 || two[0].From != 600 {
		t.Errorf("moved: sala-1 %+v, sala-2 %+v", one, two)
	}
	b.Do("usuaria-administracion-1", desk.ActCancelDate, id, "row", "1", "reason", "Ya no va")
	if got := roomDay(b, "sala-2"); len(got) != 0 {
		t.Errorf("cancelled: %+v", got)
	}
	mustHold(t, b, id)
	if got := b.Outbox(id, b.Load(id).Ticket.Version); got != "date-dropped→soporte-1, room-cancelled→usuaria-administracion-1" {
		t.Errorf("mails %q", got)
	}
}

// R147: nobody sees the PIN by looking, staff neither; having it shown is an act
// of its own, and it stands in no mail, event or row.
func TestPINIsShownOnlyByAnActOfItsOwn(t *testing.T) {
	b := desktest.NewBench(t)
	id := open88(b)
	b.Do("soporte-1", desk.ActBookRoom, id, bookFields()...)
	for _, who := range []desk.PersonID{"usuaria-administracion-1", "soporte-1", "especialista-mesa"} {
		v, err := b.Reader.Look(t.Context(), id, b.Act(who, "", id))
		if err != nil || strings.Contains(fmt.Sprint(v.Records, v.Facts, v.Offers), "4321") {
			t.Errorf("%s sees the PIN: %v", who, err)
		}
	}
	pin, err := b.Reader.PIN(t.Context(), b.Act("soporte-2", "", id), 1)
	if err != nil || pin != "4321" {
		t.Errorf("PIN %q, %v", pin, err)
	}
	records, err := b.Store.Records(t.Context(), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	last := records[len(records)-1]
	if diff := cmp.Diff([]desk.Event{desk.PINShown{Row: 1}}, last.Events); diff != "" || last.Actor.Person != "soporte-2" {
		t.Errorf("recorded as %+v (-want +got):\n%s", last, diff)
	}
	for _, who := range []desk.PersonID{"usuaria-administracion-1", "usuaria-administracion-2"} {
		if pin, err := b.Reader.PIN(t.Context(), b.Act(who, "", id), 1); pin != "" || err == nil {
			t.Errorf("%s is shown %q, %v", who, pin, err)
		}
	}
	for _, e := range b.Effects(id) {
		if strings.Contains(fmt.Sprintf("%+v %+v", e, e.Mail), "4321") {
			t.Errorf("outbox item %s holds the PIN", e.Ref())
		}
	}
	b.Do("soporte-1", desk.ActClose, id, "solution", "Sala reservada.", "medium", "mail")
	rows, err := b.Store.Register(t.Context(), "SC", "202609")
	if err != nil || len(rows) != 1 || strings.Contains(fmt.Sprint(rows), "4321") || rows[0].Description != "Coordinación. Reparto" {
		t.Errorf("register %+v, %v", rows, err)
	}
}

// R131: the address of a recording is for who asked and staff, and only until
// its last day.
func TestRecordingIsOpenedByFewAndForATime(t *testing.T) {
	b := desktest.NewBench(t)
	id := open88(b)
	b.Do("soporte-1", desk.ActBookRoom, id, bookFields()...)
	b.SetTime(desktest.Tuesday(9, 0).AddDate(0, 0, 2))
	b.Do("soporte-1", desk.ActDeliverRecording, id, "row", "1", "repository", "https://repositorio.example.pe/1", "until", "2026-09-30")
	open := func(who desk.PersonID) (string, error) {
		v, err := b.Reader.Look(t.Context(), id, b.Act(who, "", id))
		if err != nil {
			return "", err
		}
		if strings.Contains(fmt.Sprint(v.Records, v.Effects), "repositorio") {
			t.Errorf("%s reads the address without opening it", who)
		}
		return b.Reader.Recording(t.Context(), v, 1, b.Time())
	}
	for _, who := range []desk.PersonID{"usuaria-administracion-1", "soporte-1", "soporte-2"} {
		if got, err := open(who); got != "https://repositorio.example.pe/1" || err != nil {
			t.Errorf("%s opens %q, %v", who, got, err)
		}
	}
	v, err := b.Reader.Look(t.Context(), id, b.Act("soporte-1", "", id))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []int{-1, 0, 3} {
		if got, err := b.Reader.Recording(t.Context(), v, row, b.Time()); got != "" || desk.CodeOf(err) != desk.NotFound {
			t.Errorf("row %d opens %q, %v", row, got, err)
		}
	}
	v.Facts.Rights = flow.Rights{Person: "usuaria-administracion-2", Known: true}
	if got, err := b.Reader.Recording(t.Context(), v, 1, b.Time()); got != "" || desk.CodeOf(err) != desk.NotFound {
		t.Errorf("a stranger with the page of another opens %q, %v", got, err)
	}
	if got, err := open("usuaria-administracion-2"); got != "" || desk.CodeOf(err) != desk.NotFound {
		t.Errorf("a stranger opens %q, %v", got, err)
	}
	b.SetTime(desktest.Tuesday(23, 0).AddDate(0, 0, 15)) // 30/09, its last evening
	if _, err := open("usuaria-administracion-1"); err != nil {
		t.Errorf("on its last day: %v", err)
	}
	b.SetTime(desktest.Tuesday(0, 1).AddDate(0, 0, 16))
	if got, err := open("usuaria-administracion-1"); got != "" || desk.CodeOf(err) != desk.NotFound {
		t.Errorf("the day after: %q, %v", got, err)
	}
	if days, err := b.Store.RoomDays(t.Context(), "sala-1", "2026-09-16", "2026-09-16"); err != nil || days[0].Bookings[0].Record != desk.RecordingDone {
		t.Errorf("day %+v, %v", days, err)
	}
}

// A telephone that the contact brought is not asked for again.
func TestContactOf88IsAskedOnlyForWhatItLeftOut(t *testing.T) {
	b := desktest.NewBench(t)
	act := b.Act("informatica-mesa-1", desk.ActContact, "", "subject", "Videoconferencia", "description", "Mañana", "phone", "987 654 321", "caller", "usuaria-administracion-1")
	act.Channel, act.Requester = desk.ChannelPhone, "usuaria-administracion-1"
	result, err := b.Road.Perform(t.Context(), act)
	if err != nil {
		t.Fatal(err)
	}
	id := result.After.Ticket.ID
	b.Do("informatica-mesa-1", desk.ActClassify, id, "service", "meetings", "priority", "3")
	if diff := cmp.Diff([]string{"annex02"}, b.Load(id).Ticket.Missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	mustHold(t, b, id)
}

func TestDaysBetweenAreWhole(t *testing.T) {
	stored := []desk.RoomDay{{Room: "sala-1", Date: "2026-09-30", Version: 4}}
	got := work.FullDays("sala-1", "2026-09-29", "2026-10-01", stored)
	want := []desk.RoomDay{{Room: "sala-1", Date: "2026-09-29"}, stored[0], {Room: "sala-1", Date: "2026-10-01"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
