package flow_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

func TestRequestKeepsAllOfAnexo02(t *testing.T) {
	b := newBench(t, userHQ)
	d := open88(b)
	wantEvents(t, d, "TicketOpened LevelEntered MeetingsRequested")
	wantMails(t, d, "received→requester")
	want := desk.MeetingsRequested{Place: "other", Record: true, Dates: []desk.Span{
		{StartsAt: tuesday(9, 0).AddDate(0, 0, 1), EndsAt: tuesday(11, 0).AddDate(0, 0, 1)}, {StartsAt: tuesday(15, 0).AddDate(0, 0, 2), EndsAt: tuesday(16, 30).AddDate(0, 0, 2)}}}
	if diff := cmp.Diff(want, d.Events[2]); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
	for name, want := range map[string]string{"in_charge": "Usuaria/o de ejemplo", "schedule.1.remarks": "Con proyector", "schedule.2.from": "15:00", "schedule.3.from": "",
		"participants.1.part": "required", "place": "other", "phone": "anexo 1234", "description": "Reparto de alimentos"} {
		if d.Texts[name] != want {
			t.Errorf("text %s is %q, want %q", name, d.Texts[name], want)
		}
	}
	if b.ticket.Meetings != "rr" || !b.ticket.Terms.Has(desk.TermRecording) || b.ticket.Terms.Has(desk.TermMultiuse) {
		t.Errorf("ticket holds %q and terms %d", b.ticket.Meetings, b.ticket.Terms)
	}
}

func TestBadAnexo02IsMendedInOneRound(t *testing.T) {
	now := tuesday(9, 0)
	tests := []struct {
		name string
		with []string
		want map[string]string
	}{
		{"nothing but the subject", []string{"in_charge", "", "description", "", "phone", "", "place", "", "recording", "", "streaming", "", "schedule.1.date", "", "schedule.1.from", "", "schedule.1.to", "", "schedule.1.remarks", "",
			"schedule.3.date", "", "schedule.3.from", "", "schedule.3.to", "", "participants.1.who", "", "participants.1.part", ""},
			map[string]string{"in_charge": "Escriba quién está a cargo de la videoconferencia.", "description": "Escriba el objetivo de la videoconferencia.",
				"phone": "Escriba su teléfono o anexo: con él coordinaremos la atención.", "place": "Elija la sala, o solo virtual.", "recording": "Elija si requiere que se grabe la reunión.",
				"streaming": "Elija si requiere transmisión por streaming.", "schedule": "Escriba al menos una fecha, con hora de inicio y de término.", "participants": "Escriba al menos una/un participante."}},
		{"ends before it begins", []string{"schedule.1.to", "08:30"}, map[string]string{"schedule.1.to": "La hora de término debe ser posterior a la de inicio."}},
		{"ends when it begins", []string{"schedule.1.to", "09:00"}, map[string]string{"schedule.1.to": "La hora de término debe ser posterior a la de inicio."}},
		{"yesterday", []string{"schedule.1.date", day(now, -1)}, map[string]string{"schedule.1.date": "La fecha debe ser hoy o posterior."}},
		{"today, an hour ago", []string{"schedule.1.date", day(now, 0), "schedule.1.from", "08:00"}, map[string]string{"schedule.1.from": "La hora de inicio debe ser posterior a la actual."}},
		{"in forty years", []string{"schedule.1.date", "2066-01-01"}, map[string]string{"schedule.1.date": "La fecha debe estar dentro de un año."}},
		{"multi-use room without the box", []string{"place", "multiuse"}, map[string]string{"multiuse": "Confirme que cuenta con la autorización para la sala multiuso."}},
		{"a row half filled in", []string{"schedule.2.remarks", "Por confirmar"}, map[string]string{"schedule.2.date": "Fila 02: escriba la fecha.", "schedule.2.from": "Fila 02: escriba la hora de inicio.", "schedule.2.to": "Fila 02: escriba la hora de término."}},
		{"no such day", []string{"schedule.1.date", "2026-02-30"}, map[string]string{"schedule.1.date": "Fila 01: Escriba «Fecha» con día, mes y año, por ejemplo 15/09/2026."}},
		{"no such hour", []string{"schedule.1.from", "25:00"}, map[string]string{"schedule.1.from": "Fila 01: Escriba «De» con hora y minutos, por ejemplo 09:30."}},
		{"an hour without its zero", []string{"schedule.1.from", "9:00"}, map[string]string{"schedule.1.from": "Fila 01: Escriba «De» con hora y minutos, por ejemplo 09:30."}},
		{"a thirteenth date", []string{"schedule.13.date", day(now, 1)}, map[string]string{"schedule.13.date": "Este dato no corresponde a esta acción: quítelo."}},
		{"remarks too long", []string{"schedule.1.remarks", strings.Repeat("x", 121)}, map[string]string{"schedule.1.remarks": "Fila 01: Acorte «Observaciones»: tiene 121 caracteres y el máximo es 120."}},
		{"a control character among the participants", []string{"participants.1.who", "a\x00"}, map[string]string{"participants.1.who": "Fila 01: Quite de «Descripción de la/el usuaria/o» los caracteres que no se ven."}},
		{"a condition of participation that is none", []string{"participants.1.part", "maybe"}, map[string]string{"participants.1.part": "Fila 01: Elija en «Condición de participación» una de las opciones de la lista."}},
		{"a participant without condition", []string{"participants.2.who", "Almacén"}, map[string]string{"participants.2.part": "Fila 02: elija la condición de participación."}},
		{"a form of tomorrow", []string{"form_date", day(now, 1)}, map[string]string{"form_date": "La fecha de la solicitud debe ser hoy o anterior."}},
		{"several at once", []string{"schedule.1.to", "08:00", "schedule.3.date", day(now, -3), "place", "multiuse"},
			map[string]string{"schedule.1.to": "La hora de término debe ser posterior a la de inicio.", "schedule.3.date": "La fecha debe ser hoy o posterior.", "multiuse": "Confirme que cuenta con la autorización para la sala multiuso."}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t, userHQ)
			_, err := b.try(userHQ, desk.ActOpen, append(append([]string{"service", "reuniones", "flow", "8.8", "subject", "x"}, annex(now)...), test.with...)...)
			p, _ := errors.AsType[*desk.Problem](err)
			if p == nil || p.Code != desk.Invalid || b.ticket.Version != 0 {
				t.Fatalf("problem %v, ticket at version %d", err, b.ticket.Version)
			}
			got := map[string]string{}
			for _, f := range p.Fields {
				got[f.Field] = f.Text
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHeadquartersStraightWay(t *testing.T) {
	b := newBench(t, userHQ)
	open88(b, "schedule.3.date", "", "schedule.3.from", "", "schedule.3.to", "")
	only(t, b, desk.ActAssign, assigner)
	b.do(assigner, desk.ActAssign, "person", string(support))
	b.do(support, desk.ActTake)
	if got := flow.Next(b.ticket); got.Clause != "8.8.3" || got.Acts[0] != desk.ActBookRoom {
		t.Errorf("next step %+v", got)
	}
	_, err := b.try(support, desk.ActClose, closing()...)
	wantRefused(t, err, desk.Refused, "8.8.3, R129")
	d := b.do(support, desk.ActBookRoom, bookFields("1", "sala-1")...)
	wantEvents(t, d, "RoomBooked RequesterTold")
	wantMails(t, d, "room-booked→requester")
	want := []desk.RoomDay{{Room: "sala-1", Date: day(b.now, 1), Bookings: []desk.Booking{{Ticket: b.ticket.ID, Number: b.ticket.Number, Row: 1, From: 540, To: 660, Record: desk.RecordingDue}}}}
	if diff := cmp.Diff(want, d.Days); diff != "" {
		t.Errorf("day written (-want +got):\n%s", diff)
	}
	if got := flow.Next(b.ticket); got.Clause != "8.8.4" || got.Acts[0] != desk.ActClose {
		t.Errorf("next step %+v", got)
	}
	_, err = b.try(support, desk.ActClose, "solution", "x", "medium", "phone", "call", "Le avisé")
	wantField(t, err, "medium") // 8.8.4 says by mail
	d = b.do(support, desk.ActClose, closing()...)
	if d.Register == nil || len(d.Days) != 0 || !strings.Contains(flow.Next(b.ticket).Text, "entregue la copia") {
		t.Errorf("row %+v, days %+v, next %+v", d.Register, d.Days, flow.Next(b.ticket))
	}
}

// The PIN stands in the texts of the act and nowhere else.
func TestPINIsInNoEventAndNoMail(t *testing.T) {
	b := held88(t, userHQ)
	d := b.do(support, desk.ActBookRoom, bookFields("1", "sala-1", "share_pin", "yes")...)
	if d.Texts["pin"] != "4321" {
		t.Errorf("texts %v", d.Texts)
	}
	data, err := desk.EncodeEvents(d.Events)
	if err != nil || strings.Contains(string(data), "4321") || strings.Contains(fmt.Sprint(d.Notices, d.Days, d.After), "4321") {
		t.Errorf("the PIN leaks: %s %v %v", data, d.Notices, err)
	}
}

func TestPINIsForStaffAndForWhoWasAuthorised(t *testing.T) {
	b := booked88(t)
	only(t, b, desk.ActShowPIN, assigner, deskOne, support, supportTwo)
	wantEvents(t, b.do(supportTwo, desk.ActShowPIN, "row", "1"), "PINShown")
	_, err := b.try(userHQ, desk.ActShowPIN, "row", "1")
	wantRefused(t, err, desk.Refused, "R147")
	shared := booked88(t, "share_pin", "yes")
	only(t, shared, desk.ActShowPIN, assigner, deskOne, support, supportTwo, userHQ)
	shared.do(support, desk.ActBookRoom, bookFields("2", "sala-1")...)
	_, err = shared.try(userHQ, desk.ActShowPIN, "row", "2") // shared is each date by itself
	wantRefused(t, err, desk.Refused, "R147")
	_, err = shared.try(support, desk.ActShowPIN, "row", "3")
	wantField(t, err, "row")
}

func TestMultiuseRoomDemandsItsAuthorisation(t *testing.T) {
	b := held88(t, userHQ)
	_, err := b.try(support, desk.ActBookRoom, bookFields("1", "multiuso")...)
	wantRefused(t, err, desk.Refused, "8.8.3, R143")
	_, err = b.try(support, desk.ActProposeSlot, append(proposal(b, "1"), "room", "multiuso")...)
	wantRefused(t, err, desk.Refused, "8.8.3, R143")
	b.do(support, desk.ActAsk, "question", "¿Tiene la autorización?")
	wantEvents(t, b.do(userHQ, desk.ActAnswer, "multiuse", "yes", "message", "Sí, adjunta"), "MultiuseAuthorised CommentAdded QuestionAnswered")
	b.do(support, desk.ActBookRoom, bookFields("1", "multiuso")...)
	authorised := held88(t, userHQ, "place", "multiuse", "multiuse", "yes")
	authorised.do(support, desk.ActBookRoom, bookFields("2", "multiuso")...)
}

func TestRoomIsNeverBookedTwice(t *testing.T) {
	b := held88(t, userHQ)
	date := day(b.now, 1)
	b.rooms[roomKey("sala-1", date)] = desk.RoomDay{Room: "sala-1", Date: date, Version: 3, Bookings: []desk.Booking{{Ticket: "other", Row: 1, From: 600, To: 660}, {Ticket: "other", Row: 2, From: 780, To: 840}}}
	_, err := b.try(support, desk.ActBookRoom, bookFields("1", "sala-1")...)
	wantRefused(t, err, desk.Refused, "8.8.3, R129")
	if p, _ := errors.AsType[*desk.Problem](err); p.Text != "La sala se ocupó mientras elegía. Libres cerca: 08:00, 11:00, 14:00." {
		t.Errorf("refused with %q", p.Text)
	}
	if b.rooms[roomKey("sala-1", date)].Version != 3 {
		t.Error("a refused booking wrote")
	}
}

func TestNearestFreeSlots(t *testing.T) {
	full := []desk.Booking{{Ticket: "other", From: 0, To: 24 * 60}}
	tests := []struct {
		name   string
		busy   map[int][]desk.Booking // days after now
		from   string
		to     string
		offset int
		want   string
	}{
		{"before and after on the day", map[int][]desk.Booking{1: {{Ticket: "o", From: 540, To: 600}}}, "09:00", "10:00", 1, "08:00, 10:00, 10:30."},
		{"one day is full: the next one that people work", map[int][]desk.Booking{3: full}, "09:00", "10:00", 3, "21/09 08:00, 21/09 08:30, 21/09 09:00."},
		{"nothing of the past", map[int][]desk.Booking{0: {{Ticket: "o", From: 570, To: 660}}}, "09:30", "10:30", 0, "11:00, 11:30, 12:00."},
		{"as long as asked", map[int][]desk.Booking{1: {{Ticket: "o", From: 600, To: 630}}}, "09:00", "20:00", 1, "17/09 08:00, 17/09 08:30, 17/09 09:00."},
		{"no slot for a week", map[int][]desk.Booking{0: full, 1: full, 2: full, 3: full, 6: full, 7: full}, "09:30", "10:30", 0, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := held88(t, userHQ)
			for after, bookings := range test.busy {
				date := day(b.now, after)
				b.rooms[roomKey("sala-1", date)] = desk.RoomDay{Room: "sala-1", Date: date, Version: 1, Bookings: bookings}
			}
			_, err := b.try(support, desk.ActProposeSlot, "row", "1", "room", "sala-1", "date", day(b.now, test.offset), "from", test.from, "to", test.to)
			want := "La sala se ocupó mientras elegía. Libres cerca: " + test.want
			if test.want == "" {
				want = "La sala se ocupó mientras elegía, y no tiene horarios libres cerca: elija otra sala."
			}
			if p, _ := errors.AsType[*desk.Problem](err); p == nil || p.Code != desk.Refused || p.Text != want {
				t.Errorf("refused with %v, want %q", err, want)
			}
		})
	}
}

func TestVirtualMeetingsHaveRoomForAll(t *testing.T) {
	b := held88(t, userHQ)
	date := day(b.now, 1)
	b.rooms[roomKey("virtual", date)] = desk.RoomDay{Room: "virtual", Date: date, Version: 1, Bookings: []desk.Booking{{Ticket: "other", From: 0, To: 1440}}}
	b.do(support, desk.ActBookRoom, bookFields("1", "virtual")...)
	if got := len(b.rooms[roomKey("virtual", date)].Bookings); got != 2 {
		t.Errorf("%d virtual meetings, want 2", got)
	}
}

func TestAnotherSlotIsOfferedKeptAndAnswered(t *testing.T) {
	b := proposed88(t, userHQ)
	wantState(t, b, desk.WaitingUser)
	if got := mailNames(b.mails[len(b.mails)-1:]); got != "room-proposed→requester" || b.mails[len(b.mails)-1].Wait != "paused#4" {
		t.Errorf("mail %q with link of %s", got, b.mails[len(b.mails)-1].Wait)
	}
	kept := b.rooms[roomKey("sala-1", day(b.now, 3))].Bookings
	if len(kept) != 1 || !kept[0].Held || kept[0].From != 600 {
		t.Errorf("kept %+v", kept)
	}
	if q := b.records[3].Texts["question"]; q != "La sala no está disponible como la pidió. Le proponemos: Sala 1, 18/09/2026 de 10:00 a 11:30." {
		t.Errorf("question %q", q)
	}
	t.Run("accepted: booked as offered", func(t *testing.T) {
		b := b.clone()
		wantEvents(t, b.do(userHQ, desk.ActAnswer, "slot", "yes"), "SlotAccepted CommentAdded QuestionAnswered")
		if got := flow.Next(b.ticket); b.ticket.Meetings != "ar" || got.Acts[0] != desk.ActBookRoom {
			t.Errorf("%q, next %+v", b.ticket.Meetings, got)
		}
		b.do(support, desk.ActBookRoom, bookFields("1", "sala-1")...)
		if kept := b.rooms[roomKey("sala-1", day(b.now, 3))].Bookings; len(kept) != 1 || kept[0].Held {
			t.Errorf("booked %+v", kept)
		}
	})
	t.Run("declined: free again, and as asked", func(t *testing.T) {
		b := b.clone()
		wantEvents(t, b.do(userHQ, desk.ActAnswer, "slot", "no", "message", "Mejor el lunes"), "SlotDeclined CommentAdded QuestionAnswered")
		if b.ticket.Meetings != "rr" || len(b.rooms[roomKey("sala-1", day(b.now, 3))].Bookings) != 0 {
			t.Errorf("%q, %+v", b.ticket.Meetings, b.rooms)
		}
	})
	t.Run("answered in words: support reads and books", func(t *testing.T) {
		b := b.clone()
		wantEvents(t, b.do(userHQ, desk.ActComment, "message", "Sí, gracias"), "CommentAdded QuestionAnswered")
		b.do(support, desk.ActBookRoom, bookFields("1", "sala-1")...)
	})
	t.Run("an empty answer is none", func(t *testing.T) {
		_, err := b.clone().try(userHQ, desk.ActAnswer)
		wantField(t, err, "slot")
	})
	t.Run("who asked gives the date up", func(t *testing.T) {
		b := b.clone()
		d := b.do(userHQ, desk.ActCancelDate, "row", "1", "reason", "Ya no va")
		wantEvents(t, d, "DateCancelled QuestionAnswered")
		wantMails(t, d, "date-dropped→soporte-1")
	})
}

func TestBookingsAreMovedAndCancelledAlsoAfterTheClosing(t *testing.T) {
	b := settled88(t)
	d := b.do(support, desk.ActMoveRoom, "row", "1", "room", "sala-1", "date", day(b.now, 1), "from", "10:00", "to", "12:00", "message", "Hay otra reunión antes")
	wantEvents(t, d, "RoomMoved RequesterTold")
	wantMails(t, d, "room-moved→requester")
	if len(d.Days) != 1 || len(d.Days[0].Bookings) != 1 || d.Days[0].Bookings[0].From != 600 {
		t.Errorf("day %+v", d.Days)
	}
	_, err := b.try(support, desk.ActMoveRoom, "row", "1", "room", "sala-1", "date", day(b.now, 1), "from", "10:00", "to", "12:00")
	wantField(t, err, "from")
	d = b.do(support, desk.ActMoveRoom, "row", "1", "room", "virtual", "date", day(b.now, 4), "from", "10:00", "to", "12:00")
	if len(d.Days) != 2 {
		t.Errorf("another room on another day writes %+v", d.Days)
	}
	d = b.do(userHQ, desk.ActCancelDate, "row", "1", "reason", "Se suspende")
	wantEvents(t, d, "DateCancelled RequesterTold")
	wantMails(t, d, "date-dropped→soporte-1 room-cancelled→requester")
	wantState(t, b, desk.Closed)
	_, err = b.try(support, desk.ActMoveRoom, validRooms(b, desk.ActMoveRoom)...)
	wantRefused(t, err, desk.Refused, "8.8.3, R129, R130")
	past := settled88(t)
	past.now = past.now.AddDate(0, 0, 3)
	for _, kind := range []desk.ActKind{desk.ActMoveRoom, desk.ActCancelDate} {
		_, err := past.try(support, kind, validRooms(past, kind)...)
		wantRefused(t, err, desk.Refused, "8.8.3, R129, R130")
	}
}

func TestRecordingIsDeliveredOnlyWhenAuthorisedAndPossible(t *testing.T) {
	deliver := func(b *bench) (flow.Decision, error) {
		return b.try(support, desk.ActDeliverRecording, validRooms(b, desk.ActDeliverRecording)...)
	}
	b := settled88(t)
	_, err := deliver(b)
	wantRefused(t, err, desk.Refused, "8.8.4, R131, R142, R149") // not yet over
	b.now = b.now.AddDate(0, 0, 2)
	_, err = b.try(support, desk.ActDeliverRecording, "row", "1", "repository", "javascript:alert(1)", "until", day(b.now, 1))
	wantField(t, err, "repository")
	_, err = b.try(support, desk.ActDeliverRecording, "row", "1", "repository", "https://r.example.pe/1", "until", day(b.now, -1))
	wantField(t, err, "until")
	d, err := deliver(b)
	if err != nil {
		t.Fatal(err)
	}
	wantEvents(t, d, "RecordingDelivered RequesterTold")
	wantMails(t, d, "recording→requester")
	if d.Days[0].Bookings[0].Record != desk.RecordingDone || strings.Contains(fmt.Sprint(d.Notices, d.Events), "repositorio") {
		t.Errorf("day %+v, notices %v: the link stays behind", d.Days, d.Notices)
	}
	unasked := held88(t, userHQ, "recording", "no")
	unasked.do(support, desk.ActBookRoom, bookFields("1", "sala-1")...)
	_, err = deliver(unasked)
	p, _ := errors.AsType[*desk.Problem](err)
	if p == nil || p.Code != desk.Refused || p.Text != "La grabación no fue autorizada en la solicitud." {
		t.Errorf("refused with %v", err)
	}
	unable := held88(t, userHQ)
	unable.do(support, desk.ActBookRoom, append(bookFields("1", "sala-1"), "records", "no")...)
	_, err = deliver(unable)
	wantRefused(t, err, desk.Refused, "R149")
}

func TestAnexo02IsAskedBackAndCompleted(t *testing.T) {
	b := classified(t, userHQ, "reuniones", "8.8")
	if diff := cmp.Diff([]string{"annex02", "phone"}, b.ticket.Missing); diff != "" {
		t.Fatalf("missing (-want +got):\n%s", diff)
	}
	if n := b.mails[len(b.mails)-1]; n.Message != desk.MailMissingData || n.Data["fields"] != "Anexo 02, Teléfono o anexo" || n.Data["blanks"] != "Teléfono o anexo" {
		t.Errorf("asked back by %+v", n)
	}
	_, err := b.try(userHQ, desk.ActProvideData, "in_charge", "Yo", "place", "virtual")
	p, _ := errors.AsType[*desk.Problem](err)
	if p == nil || p.Code != desk.Invalid || len(p.Fields) != 4 { // schedule, recording, streaming, participants
		t.Errorf("half of Anexo 02: %v", err)
	}
	_, err = b.try(userHQ, desk.ActProvideData)
	wantField(t, err, "annex02")
	wantEvents(t, b.do(userHQ, desk.ActProvideData, "phone", "987 654 321"), "DataProvided")
	d := b.do(userHQ, desk.ActProvideData, annex(b.now)...)
	wantEvents(t, d, "DataProvided MeetingsRequested")
	if len(b.ticket.Missing) != 0 || b.ticket.Meetings != "rr" || d.Texts["schedule.2.from"] != "15:00" {
		t.Errorf("ticket %+v with texts %v", b.ticket, d.Texts)
	}
}

func TestRequestWithdrawnFreesItsRooms(t *testing.T) {
	meetings := []desk.Meeting{{Row: 1, State: desk.MeetingBooked, Room: "sala-1", Span: desk.Span{StartsAt: tuesday(9, 0), EndsAt: tuesday(10, 0)}}}
	for state, want := range map[desk.State]int{desk.InProgress: 1, desk.Closed: 1, desk.Withdrawn: 0} {
		if got := len(flow.Reservations(desk.Ticket{State: state, Flow: desk.Flow88}, meetings)); got != want {
			t.Errorf("%s holds %d rooms, want %d", state, got, want)
		}
	}
	if got := flow.Reservations(desk.Ticket{State: desk.InProgress, Flow: desk.Flow87}, meetings); len(got) != 0 {
		t.Errorf("a case of 8.7 holds %v", got)
	}
}

// A date that holds no room does not hide those after it.
func TestReservationsPassOverDatesWithoutARoom(t *testing.T) {
	span := desk.Span{StartsAt: tuesday(9, 0), EndsAt: tuesday(10, 0)}
	for _, first := range []desk.Meeting{{Row: 1, State: desk.MeetingAsked, Span: span}, {Row: 1, State: desk.MeetingCancelled, Room: "sala-1", Span: span}, {Row: 1, State: desk.MeetingAsked, Room: "sala-1", Span: span}} {
		got := flow.Reservations(desk.Ticket{State: desk.InProgress, Flow: desk.Flow88}, []desk.Meeting{first, {Row: 2, State: desk.MeetingBooked, Room: "sala-2", Span: span}})
		if len(got) != 1 || got[0].Room != "sala-2" || got[0].Booking.Row != 2 || got[0].Booking.Held {
			t.Errorf("after %c the ticket holds %+v", first.State, got)
		}
	}
}

// A case with rooms in somebody's calendar does not become something else.
func TestCaseWithRoomsIsNotFiledAnew(t *testing.T) {
	b := booked88(t)
	_, err := b.try(assigner, desk.ActReclassify, "service", "consultas", "reason", "x")
	wantRefused(t, err, desk.Refused, "8.8.3, R129")
	b.do(userHQ, desk.ActCancelDate, "row", "1", "reason", "x")
	b.do(assigner, desk.ActReclassify, "service", "consultas", "reason", "x")
	if got := b.rooms[roomKey("sala-1", day(b.now, 1))].Bookings; len(got) != 0 {
		t.Errorf("still booked: %+v", got)
	}
}

// An act that would need a day nobody read is a fault of the caller, not a
// booking made blindly.
func TestUnreadDayIsAnError(t *testing.T) {
	b := held88(t, userHQ)
	fields := pairs(bookFields("1", "sala-1")...)
	f := b.facts(support, fields)
	f.Days = nil
	_, err := flow.Decide(b.ticket, f, b.act(support, desk.ActBookRoom, fields))
	if err == nil || desk.CodeOf(err) != "" {
		t.Errorf("booked without its day: %v", err)
	}
}
