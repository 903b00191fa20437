package web

import "mesa/shared/desk"

func ticketSamples() []sample {
	justSent := requesterTicket()
	s := sent()
	justSent.Sent = &s
	return []sample{
		{"ticket-staff", staff("/tickets/2026-004512"), staffTicket()},
		{"ticket-hardware", withNotice(staff("/tickets/2026-004390")), hardwareTicket()},
		{"ticket-requester", requester("/tickets/2026-004512"), requesterTicket()},
		{"ticket-sent", requester("/tickets/2026-004512"), justSent},
		{"targets", staff("/tickets/2026-004512/targets"), targets()},
		{"targets-stopped", staff("/tickets/2026-004512/targets"), stoppedTargets()},
		{"targets-none", staff("/tickets/2026-004512/targets"), Targets{Back: Link{Label: "Volver al caso", Href: "#"}, Number: "2026-004512", Title: "Sin meta local en curso", Facts: []Datum{{Label: "Estado", Value: "Por aprobar: UT"}}}},
		{"ticket-bare", requester("/tickets/2026-004512"), Ticket{Number: "2026-000001", Subject: "Sin nada", State: TicketTag(desk.Closed, "Cerrado")}},
	}
}

func withNotice(f Frame) Frame {
	f.Local = true
	f.Notices = []Notice{{Tone: Done, Text: "Asignado a Personal de soporte 1.", Undo: &Button{Label: "Deshacer", Action: "/tickets/2026-004390/acts/undo", Key: "k", Version: "4"}},
		{Tone: Wait, Text: "El SIGO estará en mantenimiento hoy de 18:00 a 20:00."}}
	return f
}

func levels(here int) []Level {
	names := []string{"Nivel 1", "Nivel 2 Desarrollo", "Nivel 3", "Nivel 4", "Nivel 5"}
	var line []Level
	for i, name := range names {
		place := Ahead
		if i+1 < here {
			place = Passed
		} else if i+1 == here {
			place = Here
		}
		line = append(line, Level{name, place})
	}
	return line
}

func staffTicket() Ticket {
	act := "/tickets/2026-004512/acts/"
	return Ticket{
		Number: "2026-004512", Subject: "No se guardan las actas de recepción", Service: "SIGO", Flow: "8.1",
		Back: &Link{Label: "Bandeja", Href: "/queue#2026-004512"}, Priority: PriorityTag(1, true), State: working(),
		Flags: []Tag{{Tone: Attention, Icon: "flag", Text: "Sin verificar"}}, Approval: "Aprobado: UT, unidad orgánica", Levels: levels(2), Watching: "Personal de soporte 2",
		Next: &Next{Clause: "8.1.5", Text: "Evalúe el caso y defina el nivel de atención.", Acts: []Act{
			{Label: "Resolver en Nivel 2", Href: act + "close", Main: true}, {Label: "Generar pase a Nivel 3", Href: act + "hand-over"},
			{Label: "Pedir información", Href: act + "ask"}, {Label: "Escalar a Nivel 4 o 5", Href: act + "escalate"},
			{Label: "Tomar el caso", Button: &Button{Action: act + "take", Version: "7", Key: "key-take"}}}},
		Talk: []Act{{Label: "Responder a la/el usuaria/o", Href: act + "reply"}, {Label: "Agregar nota interna", Href: act + "note"}},
		Closing: &Closing{Who: "Cierra: Equipo de Desarrollo (8.1.9)", Checks: []Check{
			{Met, "Tipología: Soporte de aplicaciones y software", nil}, {Missing, "Descripción de la solución", &Link{Label: "Escribir", Href: act + "close"}},
			{Missing, "Comunicación a la/el usuaria/o", &Link{Label: "Anotar", Href: act + "log-contact"}}, {NotApplicable, "Equipo devuelto", nil}}},
		Tabs:    []Link{{Label: "Todo", Href: "?h=all", Here: true}, {Label: "Mensajes", Href: "?h=messages", Count: "2"}, {Label: "Decisiones", Href: "?h=decisions"}, {Label: "Correos", Href: "?h=mails"}},
		History: history(), Data: ticketData(), Text: "Al guardar el acta aparece error 500\ndesde las 09:10.", Files: attachments(), AddFiles: "/tickets/2026-004512/files",
	}
}

func ticketData() []Datum {
	return []Datum{{Label: "Solicita", Value: "Usuaria/o de ejemplo"}, {Label: "Sede", Value: "UT Ejemplo"}, {Label: "Área", Value: "Supervisión"},
		{Label: "Teléfono", Value: "987 654 321", Href: Tel("987 654 321")}, {Label: "Modalidad", Value: "Remota"},
		{Label: "Meta local", Value: "15/09/2026 16:05", Note: "Faltan 1 h 34 min hábiles; meta local, no es parte del PRO-044", More: &Link{Label: "Por qué", Href: "/tickets/2026-004512/targets"}}, {Label: "Solución temporal", Value: "Ninguna"}, {Label: "Anexo 01", Value: "Sin fila"}}
}

func history() []Entry {
	mail := func(title string, state desk.EffectState, detail string, again bool) Effect {
		e := Effect{Title: title, State: EffectTag(desk.OpMail, state), Detail: detail}
		if again {
			e.Resend = &Button{Label: "Reenviar", Action: "/tickets/2026-004512/acts/resend", Hidden: []Hidden{{"item", "4.1"}}, Key: "key-" + detail, Context: title}
		}
		return e
	}
	return []Entry{
		{Kind: EntryNote, At: at(14, 31), Title: "Nota interna", By: "Personal de soporte 2", Text: "Se repite en UT Ejemplo 2. ¿Mismo paquete?"},
		{Kind: EntryDecision, At: at(14, 25), Title: "Aprobado, etapa 2 de 2: jefa/e de unidad orgánica", By: "Jefatura de ejemplo, con código del correo",
			Effects: []Effect{mail("Constancia a Jefatura de ejemplo", desk.EffectPending, "", false), {Title: "Espera del Nivel 2", State: EffectTag(desk.OpStart, desk.EffectDone), Machine: true}}},
		{Kind: EntryDecision, At: at(14, 10), Title: "Aprobado, etapa 1 de 2: suplente por jefa/e de UT Ejemplo", By: "Suplente de ejemplo por Jefatura de UT", Channel: "correo",
			Effects: []Effect{mail("Constancia", desk.EffectFailed, "La dirección no existe. Llame a la persona.", true)}},
		{Kind: EntryMessage, At: at(14, 8), Title: "Comentario de la/el usuaria/o", By: "Usuaria/o de ejemplo", Channel: "correo",
			Text: "También falla con <script>alert('x')</script> y con una palabra larguísima: " + long},
		{Kind: EntryMail, At: at(14, 5), Title: "Correo «Recibimos su solicitud»", Effects: []Effect{mail("A usuaria@qw.gob.pe", desk.EffectUnconfirmed, "2 intentos sin confirmación", true),
			mail("A suplente@qw.gob.pe", desk.EffectUncertain, "Se verifica a las 14:15", false)}},
		{Kind: EntryEvent, At: at(14, 5), Happened: at(9, 10), Title: "Registrado", By: "Usuaria/o de ejemplo", Channel: "formulario"},
	}
}

const long = "electroencefalografistaselectroencefalografistaselectroencefalografistas"

func hardwareTicket() Ticket {
	t := staffTicket()
	t.Number, t.Subject, t.Service, t.Flow = "2026-004390", "La impresora del segundo piso no enciende", "Impresoras", "8.6"
	t.Priority, t.State, t.Flags, t.Approval, t.Levels, t.Watching = PriorityTag(3, false), TicketTag(desk.InCustody, "En custodia"), nil, "", nil, ""
	t.Next = &Next{Clause: "8.6.5", Text: "Concluida la revisión, comunique lo actuado y devuelva el equipo.", Acts: []Act{{Label: "Registrar devolución", Href: "#", Main: true}}}
	t.Closing.Checks[3] = Check{Missing, "Devolver el equipo (8.6.5)", &Link{Label: "Registrar devolución", Href: "#"}}
	return t
}

func requesterTicket() Ticket {
	t := staffTicket()
	t.Back = &Link{Label: "Mis solicitudes", Href: "/tickets"}
	t.Closing, t.Tabs, t.Levels, t.Approval, t.Watching, t.Flags = nil, nil, nil, "", "", nil
	t.Priority, t.State = Tag{}, waiting()
	t.Next, t.Holder = nil, "Lo tiene la/el jefa/e de UT Ejemplo, que debe decidir si se atiende. Se le avisó el 15/09/2026."
	t.Talk = []Act{{Label: "Agregar un comentario", Href: "#c"}, {Label: "Retirar la solicitud", Href: "#w"}}
	t.History = t.History[3:]
	return t
}

func targets() Targets {
	return Targets{Back: Link{Label: "Volver al caso", Href: "/tickets/2026-004512"}, Number: "2026-004512", Title: "Por qué vence el 21/09/2026 a las 13:00", Stands: StateTag(Work, "Faltan 13 h 20 min hábiles"),
		Facts: []Datum{{Label: "Meta", Value: "16 h hábiles de solución, P3", Note: "Se empezó a atender el 15/09/2026 09:20; la solución cuenta desde que se pudo trabajar en él."},
			{Label: "La fija", Value: "Política vigente desde el 01/09/2026 00:00"}, {Label: "Cuenta desde", Value: "15/09/2026 09:00", Note: "Se registró (acto 1 del historial)"},
			{Label: "Horario de trabajo", Value: "08:30 a 13:00, 14:00 a 17:30", Note: "UT Ejemplo"}},
		Rows: []TargetRow{{Day: "martes 15/09/2026", Hours: "09:00 a 11:00", Counted: "2 h", Total: "2 h"},
			{Day: "martes 15/09/2026, 11:00 a 16:00", Hours: "Detenido: se esperaba a la/el usuaria/o", Total: "2 h", Act: &Link{Label: "Ver en el historial", Href: "/tickets/2026-004512#act-4"}},
			{Day: "martes 15/09/2026", Hours: "16:00 a 17:30", Counted: "1\u00a0h\u00a030\u00a0min", Total: "3\u00a0h\u00a030\u00a0min"},
			{Day: "miércoles 16/09/2026", Hours: "08:30 a 13:00, 14:00 a 17:30", Counted: "8 h", Total: "11\u00a0h\u00a030\u00a0min"},
			{Day: "jueves 17/09/2026 al viernes 18/09/2026", Hours: "Aniversario de la región: no se trabaja", Total: "11\u00a0h\u00a030\u00a0min"},
			{Day: "sábado 19/09/2026 al domingo 20/09/2026", Hours: "No se trabaja", Total: "11\u00a0h\u00a030\u00a0min"},
			{Day: "lunes 21/09/2026", Hours: "08:30 a 13:00", Counted: "4\u00a0h\u00a030\u00a0min", Total: "16 h"}},
		Sum: "16 h hábiles", Equals: "la meta completa",
		Steps: []TargetStep{{"50 %", at(17, 30), "se avisa a quien lo tiene", StateTag(Done, "Avisado")}, {"75 %", at(17, 40), "se avisa a quien lo tiene", StateTag(Neutral, "Por venir")},
			{"100 %", at(17, 50), "se recuerda a quien lo tiene y a quien dirige su equipo, y otra vez cada día de trabajo", StateTag(Neutral, "Por venir")}}}
}

func stoppedTargets() Targets {
	t := targets()
	t.Title, t.Stands, t.Steps = "Por qué la meta está detenida", StateTag(Wait, "Detenida: quedan 14 h hábiles"), nil
	t.Rows, t.Sum, t.Equals = t.Rows[:2], "2 h hábiles", "lo usado de una meta de 16 h hábiles"
	return t
}
