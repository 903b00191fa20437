package web

import (
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func roomSamples() []sample {
	booked, copied := RoomBooking{Title: "Fecha 01: 16/09/2026 de 09:00 a 11:00", Number: "2026-004512", Subject: "Coordinación del reparto", Back: "/tickets/2026-004512", State: working(),
		Facts: []Datum{{Label: "Sala", Value: "Sala Multiuso"}, {Label: "Enlace", Value: "https://reuniones.example.pe/1", Href: "https://reuniones.example.pe/1"}}, Masked: true,
		Show: &Button{Label: "Mostrar", Action: "/room-bookings/2026-004512-1/pin", Key: "k"}, Acts: []Act{{Label: "Mover la reserva", Href: "/tickets/2026-004512/acts/move-room"}}},
		RecordingLine{Number: "2026-004512", Href: "/recordings/2026-004512-1", Subject: "Coordinación del reparto", At: at(9, 0), Note: "Disponible hasta el 30/09/2026", State: Tag{Tone: Done, Text: "Entregada"}}
	shown, kept := booked, booked
	shown.PIN, shown.Masked, shown.Show = "4321", false, nil
	kept.Show, kept.Why = nil, "Está reservado al personal de Informática o personal autorizado."
	return []sample{
		{"annex-form", requester("/ticket-forms/meetings"), NewRequest{Service: "Reuniones", Type: "Apoyo", Clause: "8.8.1", Back: "/ticket-forms", Form: annexForm(false)}},
		{"annex-form-wrong", requester("/ticket-forms/meetings"), NewRequest{Service: "Reuniones", Type: "Apoyo", Clause: "8.8.1", Back: "/ticket-forms", Form: annexForm(true)}},
		{"annex02", requester("/forms/annex-02"), Annex02{Dates: 3, Participants: 5}},
		{"rooms", staff("/room-calendar"), calendarSample()},
		{"booking", staff("/room-bookings/2026-004512-1"), booked},
		{"booking-shown", staff("/room-bookings/2026-004512-1"), shown},
		{"booking-kept", requester("/room-bookings/2026-004512-1"), kept},
		{"recordings", staff("/recordings"), Recordings{Staff: true, Owed: []RecordingLine{{Number: "2026-004512", Href: "/tickets/2026-004512", Subject: "Coordinación", At: at(9, 0), State: waiting(), Act: &Link{Label: "Entregar", Href: "/tickets/2026-004512/acts/deliver-recording"}}}, Mine: []RecordingLine{copied}}},
		{"recordings-empty", requester("/recordings"), Recordings{}},
		{"recording", requester("/recordings/2026-004512-1"), Recording{Number: "2026-004512", Back: "/tickets/2026-004512", Facts: []Datum{{Label: "Reunión", Value: "16/09/2026"}}, Address: "https://repositorio.example.pe/g/1"}},
	}
}

func annexForm(wrong bool) Form {
	row := func(n string) []Field {
		return []Field{{Name: "schedule." + n + ".date", Kind: Date, Label: "Fecha"}, {Name: "schedule." + n + ".from", Kind: Time, Label: "De"},
			{Name: "schedule." + n + ".to", Kind: Time, Label: "A"}, {Name: "schedule." + n + ".remarks", Kind: Text, Label: "Observaciones", Optional: true}}
	}
	f := Form{Action: "/ticket-forms/meetings/review", Key: "k", Submit: "Revisar antes de enviar", Fields: []Field{
		{Name: "schedule", Kind: Table, Label: "Programado para", Cells: [][]Field{row("1"), row("2"), row("3")}, Add: "Agregar otra fecha"}}}
	if wrong {
		f.Fields[0].Error = "Escriba al menos una fecha, con hora de inicio y de término."
		f.Fields[0].Cells[1][2].Value, f.Fields[0].Cells[1][2].Error = "08:00", "La hora de término debe ser posterior a la de inicio."
	}
	return f
}

func calendarSample() RoomCalendar {
	cells := func(first ...Stay) []CalendarCell {
		return []CalendarCell{{"Multiuso", first}, {"Sala 1", nil}, {"Virtual", nil}}
	}
	return RoomCalendar{Title: "martes 15 de setiembre de 2026", Previous: Link{Label: "lunes 14", Href: "/room-calendar?day=2026-09-14"}, Later: Link{Label: "miércoles 16", Href: "/room-calendar?day=2026-09-16"},
		Views: []Link{{Label: "Todas, por día", Href: "/room-calendar", Here: true}, {Label: "Multiuso, por semana", Href: "/room-calendar?room=multiuso"}}, Columns: []string{"Multiuso (con autorización)", "Sala 1", "Virtual"},
		Rows:   []CalendarRow{{"08:00", cells()}, {"09:00", cells(Stay{Text: "Reservada 09:00 a 11:00", Href: "/room-bookings/2026-004512-1", Mine: true})}, {"10:00", cells(Stay{Text: "Reservada 09:00 a 11:00"})}},
		Wanted: &Wanted{Text: "Pedido 01: 16/09/2026 de 09:00 a 11:00", Back: Link{Label: "Volver a 2026-004512", Href: "/tickets/2026-004512"}, Acts: []Act{{Label: "Reservar la sala y comunicar", Href: "/tickets/2026-004512/acts/book-room?row=1", Main: true}}}}
}

func drawn(t *testing.T, name string) *html.Node {
	t.Helper()
	var found *html.Node
	eachSample(t, func(_ *testing.T, s sample, _ *httptest.ResponseRecorder, root *html.Node) {
		if s.name == name {
			found = root
		}
	})
	return found
}

// Enter in a box must send the form, not add a row: the first submit button of a
// form is the one that Enter presses.
func TestEnterNeverAddsARow(t *testing.T) {
	for n := range elements(drawn(t, "annex-form"), "form") {
		if !strings.Contains(value(n, "action"), "/review") {
			continue
		}
		for b := range elements(n, "button") {
			if value(b, "name") != "" {
				t.Errorf("Enter presses %q", value(b, "value"))
			}
			break
		}
	}
}

// R1, R127: the blank form carries its code and version, three dates and five
// participants, as printed.
func TestBlankFormIsTheNorms(t *testing.T) {
	page := text(drawn(t, "annex02"))
	for _, want := range []string{"PRO-044-PNAEQW-UTI-FOR-0002", "Versión N° 01", "Programado para", "Observaciones", "reservado al personal de Informática o personal autorizado", "01", "03"} {
		if !strings.Contains(page, want) {
			t.Errorf("the blank form lacks %q", want)
		}
	}
	if got := strings.Count(page, "Obligatorio: Si"); got != 5 {
		t.Errorf("%d rows of participants, want 5", got)
	}
}
