package portal

import (
	"net/url"
	"strconv"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
	"mesa/shared/work"
)

// What a case of 8.8 says on its own page: Anexo 02, and how each date stands.

func bookingPath(n desk.Number, row int) string {
	return "/room-bookings/" + url.PathEscape(desk.MeetingID(n, row))
}

func recordingPath(n desk.Number, row int) string {
	return "/recordings/" + url.PathEscape(desk.MeetingID(n, row))
}

// meetingData are Anexo 02 and the dates.
func (v *visit) meetingData(view work.View) []web.Datum {
	list := proposed(view)
	if view.Ticket.Flow != desk.Flow88 {
		return list
	}
	for _, m := range view.Facts.Meetings {
		list = append(list, web.Datum{Label: "Fecha " + twoDigits(m.Row), Value: spanWords(m.Span), Href: bookingPath(view.Ticket.Number, m.Row), Note: standingWords(m, view)})
	}
	for _, f := range flow.OpenFields(desk.Flow88) {
		switch f.Name {
		case "in_charge", "form_date", "place", "multiuse", "recording", "streaming":
			if value := detail(view, f.Name); value != "" {
				list = append(list, web.Datum{Label: f.Label, Value: inWords(f, value)})
			}
		case "participants":
			texts := annexTexts(view, f)
			for i, n := range f.Filled(texts) {
				list = append(list, web.Datum{Label: "Participante " + twoDigits(i+1), Value: rowInWords(f, n, texts)})
			}
		}
	}
	return list
}

// annexTexts are the texts of a table, from whichever act gave it.
func annexTexts(view work.View, f flow.Field) desk.Fields {
	texts := desk.Fields{}
	for _, name := range f.Names() {
		if value := detail(view, name); value != "" {
			texts[name] = value
		}
	}
	return texts
}

// standingWords are how a date stands, with its room and remarks.
func standingWords(m desk.Meeting, view work.View) string {
	words := flow.MeetingStateLabel(m.State)
	if m.Room != "" && m.State != desk.MeetingCancelled {
		words += ": " + flow.RoomName(m.Room, view.Facts.Rooms)
	}
	if remarks := detail(view, flow.CellName("schedule", m.Row, "remarks")); remarks != "" {
		words += ". " + remarks
	}
	return words
}

// spanWords is a date and its hours: «16/09/2026 de 09:00 a 11:00».
func spanWords(s desk.Span) string {
	_, to := desk.DayOf(s.EndsAt)
	return strings.Replace(web.Stamp(s.StartsAt), " ", " de ", 1) + " a " + desk.Hour(to)
}

// meetingWords are the facts of 8.8.
func meetingWords(e desk.Event) string {
	date := func(row int) string { return "fecha " + twoDigits(row) }
	switch e := e.(type) {
	case desk.MeetingsRequested:
		return "Anexo 02: " + strconv.Itoa(len(e.Dates)) + plural(len(e.Dates), " fecha", " fechas")
	case desk.MultiuseAuthorised:
		return "Se confirmó la autorización para la sala multiuso"
	case desk.SlotProposed:
		return "Sala no disponible, " + date(e.Row) + ": se propuso " + spanWords(e.Span)
	case desk.SlotAccepted:
		return "Se aceptó el horario propuesto, " + date(e.Row)
	case desk.SlotDeclined:
		return "No se aceptó el horario propuesto, " + date(e.Row)
	case desk.RoomBooked:
		return "Sala reservada y comunicada, " + date(e.Row)
	case desk.RoomMoved:
		return "Reserva movida, " + date(e.Row) + ": " + spanWords(e.Span)
	case desk.DateCancelled:
		return "Cancelada, " + date(e.Row)
	case desk.PINShown:
		return "Se mostró el PIN, " + date(e.Row)
	case desk.RecordingDelivered:
		return "Grabación entregada, " + date(e.Row)
	default:
		return ""
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// suggestRoom fills in what the address says (the calendar's buttons name a row
// and a room), the only date there is, and how it stands.
func (v *visit) suggestRoom(a attempt) {
	for _, f := range a.fields {
		if value := v.query(f.Name); value != "" && a.typed[f.Name] == "" && f.Kind != flow.Long {
			a.typed[f.Name] = value
		}
		if f.Name == "row" && len(f.Options) == 1 {
			a.typed["row"] = f.Options[0].Value
		}
	}
	row, _ := strconv.Atoi(a.typed["row"])
	if row < 1 || row > len(a.view.Facts.Meetings) {
		return
	}
	m := a.view.Facts.Meetings[row-1]
	date, from := desk.DayOf(m.StartsAt)
	_, to := desk.DayOf(m.EndsAt)
	for name, value := range map[string]string{"date": date, "from": desk.Hour(from), "to": desk.Hour(to), "room": string(m.Room)} {
		asked := func(f flow.Field) bool { return f.Name == name }
		if a.typed[name] == "" && containsField(a.fields, asked) {
			a.typed[name] = value
		}
	}
}

func containsField(fields []flow.Field, is func(flow.Field) bool) bool {
	for _, f := range fields {
		if is(f) {
			return true
		}
	}
	return false
}

// suggestAnnex fills the form of Anexo 02 with what the mail or call said.
func (v *visit) suggestAnnex(a attempt) {
	person, _ := v.directory.Person(a.view.Ticket.Requester, v.now)
	for name, value := range map[string]string{"subject": textOf(a.view, "subject"), "description": textOf(a.view, "description"), "in_charge": person.Name, "phone": detail(a.view, "phone")} {
		if a.typed[name] == "" {
			a.typed[name] = value
		}
	}
	v.propose(a)
	if a.typed["phone"] == "" {
		a.typed["phone"] = person.Phone
	}
}

// roomFacts stand beside the questions of booking: the dates, and the calendar.
func (v *visit) roomFacts(a attempt) []web.Datum {
	switch a.row.Act {
	case desk.ActBookRoom, desk.ActProposeSlot, desk.ActMoveRoom:
	default:
		return nil
	}
	var list []web.Datum
	for _, m := range a.view.Facts.Meetings {
		if m.State == desk.MeetingCancelled {
			continue
		}
		date, _ := desk.DayOf(m.StartsAt)
		href := "/room-calendar?" + url.Values{"day": {date}, "case": {string(a.view.Ticket.Number)}, "row": {strconv.Itoa(m.Row)}}.Encode()
		list = append(list, web.Datum{Label: "Pedido " + twoDigits(m.Row), Value: spanWords(m.Span), Note: standingWords(m, a.view)},
			web.Datum{Label: "Disponibilidad", Value: "Calendario del " + web.ShownDate(date), Href: href})
	}
	return list
}
