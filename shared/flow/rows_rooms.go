package flow

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"mesa/shared/desk"
)

// roomRows: 8.8, videoconferences: the request with Anexo 02, the room, the
// access data, another slot when it is not free, and the recording.
func roomRows() []Row {
	f88, book := []desk.FlowCode{desk.Flow88}, []Role{Assignee, DeskAssigner}
	form := opening(desk.Flow88, "8.8.1, R125–R126, R139–R149", "Nivel 1, sin asignar")
	form.check, form.do = annexProblems, openAnnex
	return []Row{
		form,
		{Act: desk.ActProvideData, Flows: f88, Clause: "8.8.1, R126, R139–R149", Label: "Completar el Anexo 02", Who: []Role{Requester, FirstLevel, Assignee, Staff}, Free: true, Mail: true,
			From:   []Guard{live(), dataMissing()},
			Fields: append(annexDataFields(), mailedFields()...), check: annexProblems, To: "Datos completos", do: provideAnnex},
		assigning(f88, "8.8.2, R128"),
		{Act: desk.ActBookRoom, Flows: f88, Clause: "8.8.3, 8.8.4, R129, R130, R143, R147", Label: "Reservar la sala y comunicar", Who: []Role{Assignee},
			From:   []Guard{working(), hasDate(desk.ActBookRoom, "con una fecha por reservar", "No queda ninguna fecha por reservar que no haya pasado: proponga otro horario o cancélela.")},
			Fields: append(append([]Field{rowField("Elija la fecha que reserva."), roomField()}, joinFields()...), adviceField()),
			To:     "Sala reservada; la/el usuaria/o recibe los datos de acceso", do: bookRoom},
		{Act: desk.ActProposeSlot, Flows: f88, Clause: "8.8.4, R130", Label: "No está libre: proponer otro horario", Who: []Role{Assignee},
			From:   []Guard{working(), hasDate(desk.ActProposeSlot, "con una fecha por reservar", "No queda ninguna fecha por reservar.")},
			Fields: append(append([]Field{rowField("Elija la fecha que no se puede atender."), roomField()}, slotFields()...), adviceField()),
			check:  oneSpan, To: "Esperando a la/el usuaria/o; el horario propuesto queda apartado", do: proposeSlot},
		{Act: desk.ActAnswer, Flows: f88, Clause: "8.8.4, R130, R143", Label: "Responder", Who: []Role{Requester}, Free: true,
			From: []Guard{inState("esperando a la/el usuaria/o", desk.WaitingUser)}, Fields: answerFields(), To: "En progreso, con el tiempo que quedaba", do: answerSlot},
		{Act: desk.ActMoveRoom, Flows: f88, Clause: "8.8.3, R129, R130", Label: "Mover la reserva", Who: book, From: []Guard{stands(), hasDate(desk.ActMoveRoom, "con una sala reservada", "No hay ninguna reserva por venir.")},
			Fields: append(append([]Field{rowField("Elija la fecha que se mueve."), roomField()}, slotFields()...), adviceField()),
			check:  oneSpan, To: "Sala movida; la/el usuaria/o recibe el cambio", do: moveRoom},
		{Act: desk.ActCancelDate, Flows: f88, Clause: "8.8.3, R129, R130", Label: "Cancelar una fecha", Who: []Role{Assignee, DeskAssigner, Requester},
			From:   []Guard{stands(), hasDate(desk.ActCancelDate, "con una fecha en pie", "No queda ninguna fecha por venir.")},
			Fields: []Field{rowField("Elija la fecha que se cancela."), reasonField("Motivo", "Escriba el motivo de la cancelación.")},
			To:     "La sala queda libre; se comunica", do: cancelDate},
		{Act: desk.ActShowPIN, Flows: f88, Clause: "8.8.4, R147", Label: "Mostrar el PIN", Who: []Role{Staff, Requester}, Free: true, From: []Guard{hasDate(desk.ActShowPIN, "con una sala reservada", "No hay ninguna sala reservada."), mayKnowPIN()},
			Fields: []Field{rowField("Elija la fecha.")}, To: "Igual; queda anotado quién lo vio", do: showPIN},
		{Act: desk.ActDeliverRecording, Flows: f88, Clause: "8.8.4, R131, R142, R149", Label: "Entregar la grabación", Who: book, From: []Guard{stands(), recordingAuthorised(), platformRecords(), hasDate(desk.ActDeliverRecording, "con la reunión terminada", "La reunión aún no termina: la grabación se entrega después.")},
			Fields: []Field{rowField("Elija la fecha de la reunión grabada."),
				{Name: "repository", Label: "Enlace del repositorio", Hint: "Solo lo abren quien solicita y el personal que atiende el caso.", Kind: Line, Max: 500, Missing: "Escriba el enlace del repositorio donde está la grabación.", Clause: "8.8.4, R131"},
				{Name: "until", Label: "Disponible hasta", Kind: Date, Missing: "Escriba hasta qué fecha estará disponible.", Clause: "R131"}, adviceField()},
			To: "Igual; la/el usuaria/o recibe el aviso", do: deliverRecording},
		{Act: desk.ActClose, Flows: f88, Clause: "8.8.4, R130, R137", Label: "Registrar y cerrar", Who: []Role{Assignee}, From: []Guard{closable(), datesSettled()},
			Fields: closeFields(false), To: "Cerrado, con fila en el Anexo 01", do: closeTicket},
	}
}

// webAddress is an address that can be followed, and nothing else.
var webAddress = regexp.MustCompile(`^https?://[^\s"'<>\\]+\.[^\s"'<>\\]+$`)

// hasDate: some date of the request is one that the act can be about.
func hasDate(act desk.ActKind, text, refusal string) Guard {
	return Guard{Text: text, Refusal: refusal, holds: func(_ desk.Ticket, f Facts, _ desk.Act) bool { return len(datesFor(act, f)) > 0 }}
}

// stands: what was booked holds after closing too; the meeting is still to come.
func stands() Guard {
	return Guard{Text: "abierto o cerrado", Refusal: "Este paso ya no corresponde: el caso terminó sin reserva.",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return !t.State.Ended() || t.State == desk.Closed }}
}

// recordingAuthorised and platformRecords are the two conditions of note 4 of
// Anexo 02: who asked authorises it, and the platform has the option.
func recordingAuthorised() Guard {
	return Guard{Text: "con la grabación autorizada", Refusal: "La grabación no fue autorizada en la solicitud.", Clause: "R142, R149",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return t.Terms.Has(desk.TermRecording) }}
}

// pinReserved is Anexo 02's own note beside the PIN.
const pinReserved = "El PIN está reservado al personal de Informática o personal autorizado."

// mayKnowPIN: the staff of informatics, and who asked if support said so of a
// date (R147).
func mayKnowPIN() Guard {
	return Guard{Text: "con el PIN a su alcance", Refusal: pinReserved, Clause: "R147",
		holds: func(t desk.Ticket, f Facts, _ desk.Act) bool {
			_, staff := passedTeam(t, f.Rights)
			return staff || slices.ContainsFunc(f.Meetings, func(m desk.Meeting) bool { return m.State == desk.MeetingBooked && m.SharePIN })
		}}
}

func platformRecords() Guard {
	return Guard{Text: "con una plataforma que graba", Refusal: "La plataforma de esa reunión no tiene la opción de grabar.", Clause: "R149",
		holds: func(_ desk.Ticket, f Facts, _ desk.Act) bool {
			return slices.ContainsFunc(f.Meetings, func(m desk.Meeting) bool { return m.State == desk.MeetingBooked && m.Records })
		}}
}

// noRoomsHeld: what was booked or offered stands in somebody's calendar; it is
// cancelled before the case becomes something else.
func noRoomsHeld() Guard {
	return Guard{Text: "sin salas reservadas", Refusal: "Primero cancele las fechas que tienen sala: quien solicita las tiene en su calendario.", Clause: "8.8.3, R129",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool {
			return t.Flow != desk.Flow88 || !t.Meetings.Any(desk.MeetingProposed, desk.MeetingAccepted, desk.MeetingBooked)
		}}
}

// datesSettled: each date asked for has its room, or will not be held (R130).
func datesSettled() Guard {
	return Guard{Text: "con cada fecha reservada o cancelada", Refusal: "Para cerrar falta: reservar la sala de cada fecha, o cancelarla (8.8.3).", Clause: "8.8.3, R129",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool {
			return !t.Meetings.Any(desk.MeetingAsked, desk.MeetingProposed, desk.MeetingAccepted)
		}}
}

// oneSpan checks the day and hours of an act about one date.
func oneSpan(values desk.Fields, now time.Time) []desk.FieldProblem {
	return spanProblems(values, "", now)
}

// answerFields: yes or no to an offered slot, a text, and the authorisation that
// support asked for (R143).
func answerFields() []Field {
	fields := messageFields("Su respuesta", "")
	fields[0].Optional = true
	return append([]Field{
		{Name: "slot", Label: "¿Acepta el horario propuesto?", Kind: Radio, Optional: true, Options: []Option{{"yes", "Sí, lo acepto"}, {"no", "No puedo en ese horario"}}, Clause: "8.8.4, R130"},
		{Name: "multiuse", Label: "Cuento con la autorización para la sala multiuso", Kind: Check, Optional: true, Clause: "R143"},
	}, fields...)
}

// openAnnex: the form of 8.8.1 with all of Anexo 02.
func openAnnex(s *step) {
	s.a.Fields = compacted(s.a.Fields)
	open(s)
	if s.problem == nil {
		s.requestMeetings()
	}
}

// compacted are the inputs with the rows of both tables counted without gaps.
func compacted(values desk.Fields) desk.Fields {
	return participantsField().compact(scheduleField().compact(values))
}

// requestMeetings turns the form into facts: dates and conditions.
func (s *step) requestMeetings() {
	asked := desk.MeetingsRequested{Place: s.a.Field("place"), Multi: s.a.Field("multiuse") == "yes", Record: s.a.Field("recording") == "yes", Stream: s.a.Field("streaming") == "yes"}
	for _, n := range scheduleField().Filled(s.a.Fields) {
		span, err := spanOf(s.a.Fields, CellName(scheduleTable, n, ""))
		if err != nil { // Validate read it already
			s.invalid(scheduleTable, scheduleField().Missing)
			return
		}
		asked.Dates = append(asked.Dates, span)
	}
	s.emit(asked)
}

// provideAnnex completes a request that began as a mail or a call. Anexo 02 is
// given whole or not at all.
func provideAnnex(s *step) {
	s.a.Fields = compacted(s.a.Fields)
	given, problems := s.givenData()
	switch {
	case len(problems) > 0:
		s.problem = &desk.Problem{Code: desk.Invalid, Text: "Hay datos por corregir.", Fields: problems}
		return
	case len(given) == 0:
		s.invalid(s.t.Missing[0], "Complete al menos uno de los datos que faltan: "+fieldLabels(s.t.Missing)+".")
		return
	}
	s.allText()
	s.saidByMail(given)
	s.emit(desk.DataProvided{Fields: given})
	if slices.Contains(given, Annex02) {
		s.requestMeetings()
	}
}

// givenData are which of the missing data came, and what of Anexo 02 is wanting
// when a part of it came.
func (s *step) givenData() ([]string, []desk.FieldProblem) {
	var given []string
	for _, n := range s.t.Missing {
		if n != Annex02 && s.a.Field(n) != "" {
			given = append(given, n)
		}
	}
	if !slices.Contains(s.t.Missing, Annex02) || len(annexGiven(s.a.Fields)) == 0 {
		return given, nil
	}
	missing := annexMissing(s.a.Fields)
	given = append(given, Annex02)
	slices.Sort(given)
	return given, missing
}

// annexGiven are the fields of Anexo 02 itself that hold something; the
// description and the telephone may come without it.
func annexGiven(values desk.Fields) []string {
	var names []string
	for _, f := range annexFields() {
		if InAnnex(f.Name) && slices.ContainsFunc(f.Names(), func(n string) bool { return values[n] != "" }) {
			names = append(names, f.Name)
		}
	}
	return names
}

// annexMissing are the fields that Anexo 02 demands and were not given.
func annexMissing(values desk.Fields) []desk.FieldProblem {
	var problems []desk.FieldProblem
	for _, f := range annexFields() {
		if !f.Optional && InAnnex(f.Name) && !slices.ContainsFunc(f.Names(), func(n string) bool { return values[n] != "" }) {
			problems = append(problems, desk.FieldProblem{Field: f.Name, Text: f.Missing})
		}
	}
	return problems
}

// meeting is the date an act names: one of those it may be about.
func (s *step) meeting() (desk.Meeting, bool) {
	dates := datesFor(s.a.Kind, s.f)
	i := slices.IndexFunc(dates, func(m desk.Meeting) bool { return strconv.Itoa(m.Row) == s.a.Field("row") })
	if i < 0 {
		s.invalid("row", "Elija una de las fechas de la lista.")
		return desk.Meeting{}, false
	}
	return dates[i], true
}

// room is the room an act names, as the directory has it (R129). The multi-use
// room demands the authorisation of Anexo 02 (R143).
func (s *step) room() (Room, bool) {
	id := desk.RoomID(s.a.Field("room"))
	i := slices.IndexFunc(s.f.Rooms, func(r Room) bool { return r.ID == id })
	switch {
	case id == desk.VirtualRoom:
		return roomNamed(id, nil), true
	case i < 0:
		s.invalid("room", "Elija una de las salas de la lista.")
		return Room{}, false
	case s.f.Rooms[i].Multiuse && !s.t.Terms.Has(desk.TermMultiuse):
		s.refuse("8.8.3, R143", "La solicitud no tiene la autorización para la sala multiuso: pídala a quien solicita o elija otra sala.")
		return Room{}, false
	}
	return s.f.Rooms[i], true
}

// virtualName is what people call a meeting without a room.
const virtualName = "Virtual"

// address checks a link that people are to follow.
func (s *step) address(field string) bool {
	if !isWebAddress(s.a.Field(field)) {
		s.invalid(field, "Escriba el enlace completo, por ejemplo https://reuniones.ejemplo.gob.pe/123.")
		return false
	}
	return true
}

// bookRoom: 8.8.3 and 8.8.4 in one act: the room is scheduled and its data go
// out by mail. The PIN stays behind (R147).
func bookRoom(s *step) {
	m, ok := s.meeting()
	room, known := s.room()
	if !ok || !known || !s.address("link") {
		return
	}
	s.text("link", "meeting_id", "pin", "message")
	s.emit(desk.RoomBooked{Row: m.Row, Room: room.ID, Records: s.a.Field("records") == "yes", SharePIN: s.a.Field("share_pin") == "yes"}, desk.RequesterTold{Medium: desk.ByMail})
	s.mailRoom(desk.MailRoomBooked, m.Row, room, "link", s.a.Field("link"), "meeting_id", s.a.Field("meeting_id"), "message", s.a.Field("message"),
		"has_pin", mark(s.a.Field("pin") != ""), "share_pin", s.a.Field("share_pin"))
}

func mark(yes bool) string {
	if yes {
		return "yes"
	}
	return ""
}

// mailRoom tells who asked about one date, as it stands now; the mail's calendar
// file is made of the same data.
func (s *step) mailRoom(message desk.Message, row int, room Room, more ...string) {
	m := s.meetings[row-1]
	data := append([]string{"row", strconv.Itoa(row), "sequence", strconv.Itoa(s.before.Version + 1), "room", room.Name,
		"starts_at", m.StartsAt.In(desk.Lima).Format(TimeLayout), "ends_at", m.EndsAt.In(desk.Lima).Format(TimeLayout)}, more...)
	s.mail(message, s.toRequester(), data...)
}

// proposeSlot: the room is not free; another slot is offered, kept, and asked.
func proposeSlot(s *step) {
	m, ok := s.meeting()
	room, known := s.room()
	span, err := spanOf(s.a.Fields, "")
	if !ok || !known || err != nil {
		return
	}
	s.text("message")
	s.texts["question"] = fmt.Sprintf("La sala no está disponible como la pidió. Le proponemos: %s, %s.", room.Name, spanText(span))
	if v := s.a.Field("message"); v != "" {
		s.texts["question"] += "\n" + v
	}
	s.emit(desk.SlotProposed{Row: m.Row, Room: room.ID, Span: span}, desk.QuestionAsked{}, desk.RequesterTold{Medium: desk.ByMail})
	s.mailRoom(desk.MailRoomProposed, m.Row, room, "message", s.a.Field("message"))
	s.notices[len(s.notices)-1].Wait, s.notices[len(s.notices)-1].Round = desk.NewWaitID(desk.WaitPaused, s.t.PauseAt.Seq), 1
}

// spanText is a date and its hours as people read them.
func spanText(span desk.Span) string {
	date, from := desk.DayOf(span.StartsAt)
	_, to := desk.DayOf(span.EndsAt)
	if day, err := ParseDate(date); err == nil {
		date = day.Format("02/01/2006")
	}
	return fmt.Sprintf("%s de %s a %s", date, desk.Hour(from), desk.Hour(to))
}

// answerSlot: who asked answers a question; if it offered a slot, yes or no
// settles it. A free text settles nothing by itself: support reads it.
func answerSlot(s *step) {
	pending, offered := s.offered()
	slot := s.a.Field("slot")
	if slot == "" && s.a.Field("message") == "" {
		if offered {
			s.invalid("slot", "Elija si acepta el horario propuesto, o escriba su respuesta.")
			return
		}
		s.invalid("message", "Escriba su respuesta.")
		return
	}
	if s.a.Field("multiuse") == "yes" && !s.t.Terms.Has(desk.TermMultiuse) {
		s.emit(desk.MultiuseAuthorised{})
	}
	said := s.a.Field("message")
	switch {
	case offered && slot == "yes":
		s.emit(desk.SlotAccepted{Row: pending.Row})
		said = joined("Acepta el horario propuesto.", said)
	case offered && slot == "no":
		s.emit(desk.SlotDeclined{Row: pending.Row})
		said = joined("No puede en el horario propuesto.", said)
	}
	if s.a.Field("multiuse") == "yes" {
		said = joined("Cuenta con la autorización para la sala multiuso.", said)
	}
	s.a.Fields["message"] = said
	comment(s)
}

func joined(first, second string) string {
	if second == "" {
		return first
	}
	return first + "\n" + second
}

// offered is the slot that was offered last and not answered.
func (s *step) offered() (desk.Meeting, bool) {
	var latest desk.Meeting
	for _, m := range s.meetings {
		if m.State == desk.MeetingProposed && m.Sequence >= latest.Sequence {
			latest = m
		}
	}
	return latest, latest.Row > 0
}

// moveRoom: the same booking in another room or at another time.
func moveRoom(s *step) {
	m, ok := s.meeting()
	room, known := s.room()
	span, err := spanOf(s.a.Fields, "")
	switch {
	case !ok || !known || err != nil:
		return
	case m.Room == room.ID && m.Span == span:
		s.invalid("from", "La reserva ya está así: cambie la sala, el día o la hora.")
		return
	}
	s.text("message")
	s.emit(desk.RoomMoved{Row: m.Row, Room: room.ID, Span: span}, desk.RequesterTold{Medium: desk.ByMail})
	s.mailRoom(desk.MailRoomMoved, m.Row, room, "message", s.a.Field("message"), "was", spanText(m.Span))
}

// cancelDate: by support, or by who asked. What was booked is free again, and
// everybody concerned hears of it.
func cancelDate(s *step) {
	m, ok := s.meeting()
	if !ok {
		return
	}
	s.text("reason")
	s.emit(desk.DateCancelled{Row: m.Row})
	room, byRequester := roomNamed(m.Room, s.f.Rooms), s.a.Actor.Person == s.t.Requester
	if s.t.State == desk.WaitingUser && m.State == desk.MeetingProposed {
		s.emit(desk.QuestionAnswered{})
	}
	if byRequester && (s.t.Assignee != "" || s.t.Team != "") {
		s.mail(desk.MailDateDropped, s.toHolder(), "when", spanText(m.Span), "reason", s.a.Field("reason"))
	}
	if !byRequester || m.State == desk.MeetingBooked {
		s.emit(desk.RequesterTold{Medium: desk.ByMail})
		s.mailRoom(desk.MailRoomCancelled, m.Row, room, "reason", s.a.Field("reason"), "booked", mark(m.State == desk.MeetingBooked))
	}
}

// showPIN: the PIN is for the staff of informatics, and for who asked only if
// support said so (R147). Who had it shown is a fact.
func showPIN(s *step) {
	m, ok := s.meeting()
	if !ok {
		return
	}
	if _, staff := passedTeam(s.t, s.f.Rights); !staff && !m.SharePIN {
		s.refuse("R147", "%s", pinReserved)
		return
	}
	s.emit(desk.PINShown{Row: m.Row})
}

// deliverRecording: a copy, only when who asked authorised it and the platform
// has the option (R149), and the meeting took place.
func deliverRecording(s *step) {
	m, ok := s.meeting()
	if !ok || !s.address("repository") {
		return
	}
	until, err := ParseDate(s.a.Field("until"))
	today, _ := desk.DayOf(s.f.Now)
	if err != nil || s.a.Field("until") < today {
		s.invalid("until", "La fecha debe ser hoy o posterior.")
		return
	}
	s.text("repository", "message")
	s.emit(desk.RecordingDelivered{Row: m.Row, Until: until.AddDate(0, 0, 1).UTC()}, desk.RequesterTold{Medium: desk.ByMail})
	s.mailRoom(desk.MailRecording, m.Row, roomNamed(m.Room, s.f.Rooms), "last_day", until.Format("02/01/2006"), "message", s.a.Field("message"))
}
