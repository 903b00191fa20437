package flow

import (
	"fmt"
	"slices"
	"strconv"

	"mesa/shared/desk"
)

// What the pages offer and say of 8.8.

// datesFor are the dates that an act may be about as things stand: to be booked,
// to be moved before they are over, to hand over a recording after.
func datesFor(act desk.ActKind, f Facts) []desk.Meeting {
	open := []desk.MeetingState{desk.MeetingAsked, desk.MeetingProposed, desk.MeetingAccepted}
	return slices.DeleteFunc(slices.Clone(f.Meetings), func(m desk.Meeting) bool {
		waits, booked, over := slices.Contains(open, m.State), m.State == desk.MeetingBooked, !m.EndsAt.After(f.Now)
		switch act {
		case desk.ActBookRoom:
			return !waits || m.StartsAt.Before(f.Now)
		case desk.ActProposeSlot:
			return !waits
		case desk.ActMoveRoom:
			return !booked || over
		case desk.ActCancelDate:
			return !waits && (!booked || over)
		case desk.ActDeliverRecording:
			return !booked || !m.Records || !over
		default:
			return !booked
		}
	})
}

// dateOptions are those dates as people read them.
func dateOptions(act desk.ActKind, f Facts) []Option {
	var options []Option
	for _, m := range datesFor(act, f) {
		options = append(options, Option{strconv.Itoa(m.Row), fmt.Sprintf("%02d: %s", m.Row, spanText(m.Span))})
	}
	return options
}

// roomOptions are the rooms of the ticket's own sede first, then the others,
// then none at all.
func roomOptions(t desk.Ticket, f Facts) []Option {
	var own, others []Option
	for _, r := range f.Rooms {
		o := Option{string(r.ID), r.Name}
		if r.Multiuse {
			o.Label += " (con autorización)"
		}
		if r.Sede == string(t.Sede) {
			own = append(own, o)
			continue
		}
		o.Label += ", " + r.Sede
		others = append(others, o)
	}
	return append(append(own, others...), Option{string(desk.VirtualRoom), virtualName})
}

// RoomName is what people call a room; one that left the directory keeps its id.
func RoomName(id desk.RoomID, rooms []Room) string { return roomNamed(id, rooms).Name }

func roomNamed(id desk.RoomID, rooms []Room) Room {
	if id == desk.VirtualRoom {
		return Room{ID: id, Name: virtualName}
	}
	if i := slices.IndexFunc(rooms, func(r Room) bool { return r.ID == id }); i >= 0 {
		return rooms[i]
	}
	return Room{ID: id, Name: string(id)}
}

// MeetingStateLabel is the state of a date as people read it.
func MeetingStateLabel(s desk.MeetingState) string {
	return map[desk.MeetingState]string{desk.MeetingAsked: "Por reservar", desk.MeetingProposed: "Otro horario propuesto", desk.MeetingAccepted: "Horario aceptado, por reservar",
		desk.MeetingBooked: "Reservada", desk.MeetingCancelled: "Cancelada"}[s]
}

// closingRooms are the demands of 8.8 beyond everybody's (R153).
func closingRooms(t desk.Ticket) []Demand {
	act := desk.ActBookRoom
	if len(t.Meetings) == 0 {
		act = desk.ActProvideData
	}
	return []Demand{
		{Text: "Cada fecha con sala reservada y comunicada, o cancelada", Done: datesSettled().holds(t, Facts{}, desk.Act{}) && len(t.Meetings) > 0, Not: len(t.Meetings) == 0, Act: act, Clause: "8.8.3, 8.8.4"},
	}
}

// roomStep is what 8.8.3 and 8.8.4 expect of who has the request.
func roomStep(t desk.Ticket) Step {
	switch {
	case len(t.Meetings) == 0:
		return Step{"8.8.1", "Faltan las fechas del Anexo 02: complételas, o espere lo que se pidió.", []desk.ActKind{desk.ActProvideData, desk.ActAsk, desk.ActClose}}
	case t.Meetings.Any(desk.MeetingAccepted):
		return Step{"8.8.3", "La/el usuaria/o aceptó el horario propuesto: reserve la sala y comunique los datos de acceso.", []desk.ActKind{desk.ActBookRoom, desk.ActProposeSlot}}
	case t.Meetings.Any(desk.MeetingAsked, desk.MeetingProposed):
		return Step{"8.8.3", "Verifique la disponibilidad y reserve la sala de cada fecha; si no está libre, proponga otro horario.", []desk.ActKind{desk.ActBookRoom, desk.ActProposeSlot, desk.ActAsk}}
	default:
		return Step{"8.8.4", "Las salas están comunicadas: registre la atención y cierre.", []desk.ActKind{desk.ActClose, desk.ActMoveRoom, desk.ActCancelDate}}
	}
}

// recordingStep: after the closing only the copy of the recording may be owed.
func recordingStep(t desk.Ticket) (Step, bool) {
	owed := t.State == desk.Closed && t.Terms.Has(desk.TermRecording) && t.Meetings.Any(desk.MeetingBooked)
	return Step{"8.8.4", "El caso está cerrado. Si la reunión se grabó, entregue la copia cuando termine.", []desk.ActKind{desk.ActReopen}}, owed
}
