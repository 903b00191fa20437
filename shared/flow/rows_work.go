package flow

import (
	"slices"

	"mesa/shared/desk"
)

// workRows: what people do with a ticket at a level, in every flow.
func workRows() []Row {
	hands := []Role{Assignee}
	return []Row{
		{Act: desk.ActSetPriority, Contact: both, Clause: "7.4, R36", Label: "Cambiar prioridad", Who: []Role{DeskAssigner, DeskMember}, From: []Guard{live()},
			Fields: []Field{priorityField()}, To: "Prioridad fijada por la mesa de ayuda", do: setPriority},
		assigning([]desk.FlowCode{desk.Flow85, desk.Flow86}, "8.5.2, 8.6.2, R105, R111"),
		{Act: desk.ActAssign, Flows: []desk.FlowCode{desk.Flow81}, Clause: "8.1.5, 8.1.6", Label: "Asignar", Who: []Role{TeamMember}, From: []Guard{working(), atLevel(2, 3)},
			Fields: []Field{personField()}, To: "Asignado en el mismo nivel", do: assign},
		{Act: desk.ActAssign, Flows: []desk.FlowCode{desk.Flow83}, Clause: "8.3.3", Label: "Asignar", Who: []Role{TeamMember}, From: []Guard{working(), atLevel(2, 3, 4)},
			Fields: []Field{personField()}, To: "Asignado en el mismo nivel", do: assign},
		{Act: desk.ActTake, Contact: both, Clause: "8.1.5, 8.5.3, 8.6.3, 8.7.3", Label: "Tomar el caso", Who: []Role{TeamMember}, From: []Guard{classified(), working(), notMineYet()},
			To: "En progreso", do: take},
		{Act: desk.ActAsk, Clause: "8.1.5, R72", Label: "Pedir información", Who: hands, From: []Guard{working()},
			Fields: []Field{{Name: "question", Label: "Pregunta", Hint: "La/el usuaria/o la recibe por correo y el plazo se detiene.", Kind: Long, Max: maxText, Missing: "Escriba la pregunta."}},
			To:     "Esperando a la/el usuaria/o", do: ask},
		{Act: desk.ActAnswer, Clause: "8.1.5, R72", Label: "Responder la pregunta", Who: []Role{Requester}, Free: true,
			From:   []Guard{inState("esperando a la/el usuaria/o", desk.WaitingUser)},
			Fields: messageFields("Respuesta", "Escriba su respuesta."), To: "En progreso, con el tiempo que quedaba", do: comment},
		{Act: desk.ActComment, Contact: both, Clause: "7.3, R29", Label: "Agregar comentario", Who: []Role{Requester, Intake, Staff, Asked}, Free: true,
			Fields: append(append(messageFields("Mensaje", "Escriba el mensaje."), proposalField()), toldFields()...), To: "Igual; si había una pregunta, queda respondida", do: comment},
		{Act: desk.ActNote, Contact: both, Clause: "R9", Label: "Agregar nota interna", Who: []Role{Staff}, Free: true,
			Fields: messageFields("Nota", "Escriba la nota."), To: "Igual", do: note},
		{Act: desk.ActReply, Contact: both, Clause: "7.3, R31", Label: "Responder a la/el usuaria/o", Who: []Role{Staff}, Free: true, From: []Guard{verified()},
			Fields: messageFields("Mensaje", "Escriba el mensaje."), To: "Igual; la/el usuaria/o lo recibe por correo", do: reply},
		{Act: desk.ActLogContact, Contact: both, Clause: "7.3, 8.5.3, 8.7.3, R31, R106, R109, R121, R124", Label: "Anotar contacto", Who: []Role{Assignee, FirstLevel}, From: []Guard{openOrClosed()}, Free: true,
			Fields: logFields(), To: "En progreso; cerrado sigue cerrado", do: logContact},
		{Act: desk.ActWorkaround, Clause: "7.4, R38", Label: "Anotar solución temporal", Who: hands, From: []Guard{working()}, Free: true,
			Fields: messageFields("Solución temporal", "Escriba la solución temporal."), To: "Igual", do: workaround},
		{Act: desk.ActResend, Contact: both, Clause: "R31, R152", Label: "Reenviar correo", Who: []Role{Staff}, Free: true,
			Fields: []Field{{Name: "ref", Label: "Correo", Kind: Hidden, Max: 20, Missing: "Indique qué correo."}}, To: "Correo en cola otra vez", do: resend},
	}
}

// assigning: who receives gives it to a professional: 8.5.2, 8.6.2, 8.7.2, 8.8.2.
func assigning(flows []desk.FlowCode, clause string) Row {
	return Row{Act: desk.ActAssign, Flows: flows, Clause: clause, Label: "Asignar", Who: []Role{DeskAssigner}, From: []Guard{working(), atLevel(1, 2)},
		Fields: []Field{personField()}, To: "Asignado: Nivel 2, o la/el especialista de la UT", do: assign}
}

func personField() Field {
	return Field{Name: "person", Label: "Asignar a", Kind: Person, Max: 60, Missing: "Elija a quién se asigna."}
}

// messageFields: one free text. A mail may be long; what people type is kept shorter by the pages.
func messageFields(label, missing string) []Field {
	return []Field{{Name: "message", Label: label, Kind: Long, Max: 100_000, Missing: missing},
		{Name: "mail_id", Label: "Correo", Kind: Hidden, Max: 1000, Optional: true},
		{Name: "sender", Label: "Quien escribe", Kind: Hidden, Max: 60, Optional: true}}
}

func logFields() []Field {
	return []Field{
		{Name: "tool", Label: "Medio", Kind: Radio, Missing: "Elija el medio usado.", Clause: "8.5.3, R106, R121",
			Options: []Option{{"remote", "Conexión remota"}, {"exchange", "Central telefónica"}, {"mobile", "Telefonía móvil"}, {"visit", "Visita"}}},
		{Name: "modality", Label: "Modalidad", Kind: Radio, Missing: "Elija la modalidad.", Clause: "8.5.4, R109, R124",
			Options: []Option{{"onsite", "En sitio"}, {"remote", "Remota"}}},
		{Name: "reached", Label: "Resultado", Kind: Radio, Missing: "Elija si se pudo comunicar.", Options: []Option{{"yes", "Se comunicó"}, {"no", "No respondió"}}},
		{Name: "result", Label: "Qué se conversó", Kind: Long, Max: maxText, Missing: "Escriba el resultado de la llamada."},
	}
}

func notMineYet() Guard {
	return Guard{Text: "sin tomar por usted", Refusal: "Usted ya tiene este caso en progreso.",
		holds: func(t desk.Ticket, f Facts, _ desk.Act) bool {
			return t.Assignee != f.Rights.Person || t.State == desk.Assigned
		}}
}

func classified() Guard {
	return Guard{Text: "clasificado", Refusal: "Primero clasifique el contacto: flujo, servicio y prioridad.", Clause: "7.4, R36",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return t.Flow != "" }}
}

func setPriority(s *step) {
	p := parsePriority(s.a.Field("priority"))
	if p == s.t.Priority && !s.t.Suggested {
		s.invalid("priority", "El caso ya tiene esa prioridad.")
		return
	}
	s.emit(desk.PrioritySet{Priority: p})
}

// assign: at headquarters 8.5–8.7 Level 1 assigns to a professional of Level 2
// (8.6.2); elsewhere within the present team.
func assign(s *step) {
	who := desk.PersonID(s.a.Field("person"))
	target := s.t.Team
	climbs := s.t.Level == 1 && s.f.Teams[2] != "" && s.t.Flow != desk.Flow81
	if climbs {
		target = s.f.Teams[2]
	}
	switch {
	case !s.f.member(target, who):
		s.invalid("person", "Elija a una persona del equipo que atiende ese nivel.")
		return
	case who == s.t.Assignee && !climbs:
		s.invalid("person", "El caso ya está asignado a esa persona.")
		return
	case climbs:
		s.emit(desk.LevelEntered{Level: 2, From: s.t.Level, Team: target, Assignee: who, Why: desk.BecauseAssigned})
	default:
		s.emit(desk.TicketAssigned{Person: who})
	}
	if who != s.a.Actor.Person {
		s.mail(desk.MailAssigned, toPerson(who))
	}
}

func take(s *step) {
	previous := s.t.Assignee
	s.emit(desk.TicketTaken{Level: s.t.Level})
	if previous != "" && previous != s.a.Actor.Person {
		s.mail(desk.MailAssigned, toPerson(previous), "taken_by", string(s.a.Actor.Person))
	}
}

func ask(s *step) {
	s.text("question")
	s.emit(desk.QuestionAsked{}, desk.RequesterTold{Medium: desk.ByMail})
	s.mail(desk.MailQuestion, s.toRequester(), "question", s.a.Field("question"))
	s.notices[len(s.notices)-1].Wait = desk.NewWaitID(desk.WaitPaused, s.t.PauseAt.Seq)
	s.notices[len(s.notices)-1].Round = 1
}

// comment: a message of somebody of the ticket. If who asked writes while a
// question is open, it is the answer, whatever way it came (R72).
func comment(s *step) {
	s.text("message", ProposalText)
	sender := s.a.Actor.Person
	if v := s.a.Field("sender"); v != "" && s.a.Actor.Assurance == desk.AssuredSelf {
		sender = desk.PersonID(v)
	}
	mail := ""
	if s.a.Channel == desk.ChannelMail { // nobody types the id of a mail
		mail = s.a.Field("mail_id")
	}
	s.emit(desk.CommentAdded{Sender: sender, MailID: mail, Copied: s.copied()})
	s.answered(sender)
	s.sendBack()
	if _, asked := s.t.AskedPerson(sender); asked && s.a.Channel == desk.ChannelMail { // they are answered, and nobody attends it yet
		return
	}
	s.tellHolder(sender, "message", s.a.Field("message"))
}

// answered: who asked writes while a question is open.
func (s *step) answered(sender desk.PersonID) {
	if s.t.State == desk.WaitingUser && sender == s.t.Requester && sender != "" {
		s.emit(desk.QuestionAnswered{})
	}
}

// tellHolder mails a message of the case to whoever has it, unless they wrote it.
func (s *step) tellHolder(sender desk.PersonID, data ...string) {
	if audience := s.toHolder(); audience.Person != sender && (audience.Person != "" || audience.Team != "") {
		s.mail(desk.MailAnswered, audience, data...)
	}
}

func note(s *step) {
	s.text("message")
	s.emit(desk.NoteAdded{})
}

func reply(s *step) {
	s.text("message")
	s.emit(desk.RequesterTold{Medium: desk.ByMail})
	s.mail(desk.MailReply, s.toRequester(), "message", s.a.Field("message"))
}

func logContact(s *step) {
	s.text("result")
	reached := s.a.Field("reached") == "yes"
	s.emit(desk.ContactLogged{Tool: s.a.Field("tool"), Modality: s.a.Field("modality"), Reached: reached})
	if reached {
		s.emit(desk.RequesterTold{Medium: desk.ByPhone})
	}
	if reached && s.t.State == desk.WaitingUser { // asked by mail, answered by telephone: 7.3
		s.emit(desk.QuestionAnswered{})
	}
}

func workaround(s *step) {
	s.text("message")
	s.emit(desk.WorkaroundRecorded{})
}

// enter stands the ticket at a level, with its last holder there if asked for
// and still of the team. A level that no team attends is refused: a ticket there
// would stand in nobody's queue.
func (s *step) enter(level desk.Level, why desk.LevelReason, assignee desk.PersonID) {
	team := s.f.Teams[level]
	if team == "" {
		s.refuse("7.5, R48", "El directorio no tiene un equipo para el Nivel %d de este caso: avise a la mesa de ayuda.", level)
		return
	}
	if assignee != "" && !s.f.member(team, assignee) {
		assignee = ""
	}
	s.emit(desk.LevelEntered{Level: level, From: s.t.Level, Team: team, Assignee: assignee, Why: why})
}

// lastHolder is who held a level last: a return goes to them (R50).
func (s *step) lastHolder(level desk.Level) desk.PersonID { return s.t.Last[level].Person }

// heldLevels are the levels a ticket has been at, below its present one.
func heldLevels(t desk.Ticket) []desk.Level {
	var levels []desk.Level
	for l := range t.Last {
		if l < t.Level && l != desk.Received {
			levels = append(levels, l)
		}
	}
	slices.Sort(levels)
	return levels
}
