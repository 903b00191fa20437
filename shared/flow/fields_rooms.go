package flow

import (
	"time"

	"mesa/shared/desk"
)

// The fields of Anexo 02 and the rules between them: R139–R149.

// The tables of Anexo 02, and what is asked back when a mail leaves it out.
const (
	scheduleTable     = "schedule"
	participantsTable = "participants"
)

// Annex02 is what stands for the whole form among the data that a case misses.
const Annex02 = "annex02"

// InAnnex tells whether a field is one of that form and of nothing else.
func InAnnex(name string) bool {
	for _, f := range annexFields() {
		if f.Name == name {
			return name != "phone" && name != "description"
		}
	}
	return false
}

// yearAhead bounds how far a meeting may be asked for: beyond it somebody
// mistyped the year.
const yearAhead = 366 * 24 * time.Hour

func scheduleField() Field {
	return Field{Name: scheduleTable, Label: "Programado para", Hint: "Fechas como 15/09/2026 y horas como 09:30, en hora de Lima.", Kind: Table, MinRows: 3, MaxRows: desk.MaxMeetings, Add: "Agregar otra fecha",
		Missing: "Escriba al menos una fecha, con hora de inicio y de término.", Clause: "8.8.1, R141",
		Columns: []Field{
			{Name: "date", Label: "Fecha", Kind: Date, Missing: "escriba la fecha."},
			{Name: "from", Label: "De", Kind: Clock, Missing: "escriba la hora de inicio."},
			{Name: "to", Label: "A", Kind: Clock, Missing: "escriba la hora de término."},
			{Name: "remarks", Label: "Observaciones", Kind: Line, Max: maxLine, Optional: true}}}
}

func participantsField() Field {
	return Field{Name: participantsTable, Label: "Usuarias/os participantes", Kind: Table, MinRows: 5, MaxRows: 40, Add: "Agregar participantes",
		Missing: "Escriba al menos una/un participante.", Clause: "8.8.1, R146",
		Columns: []Field{
			{Name: "who", Label: "Descripción de la/el usuaria/o", Kind: Line, Max: maxLine, Missing: "escriba quién participa."},
			{Name: "part", Label: "Condición de participación", Kind: Choice, Missing: "elija la condición de participación.",
				Options: []Option{{"required", "Obligatorio: Sí"}, {"optional", "Obligatorio: No"}, {"guest", "Invitada/o"}}}}}
}

// annexFields are Anexo 02 as the intranet form asks for it, in its order. The
// objective is the request's description: it is what the register tells.
func annexFields() []Field {
	return []Field{
		{Name: "in_charge", Label: "A cargo de la videoconferencia", Kind: Line, Max: maxLine, Missing: "Escriba quién está a cargo de la videoconferencia.", Clause: "8.8.1, R140"},
		{Name: "form_date", Label: "Fecha de la solicitud", Hint: "Si la deja vacía, es la de hoy.", Kind: Date, Optional: true, Clause: "8.8.1, R139"},
		{Name: "description", Label: "Objetivo de la videoconferencia", Kind: Long, Max: maxText, Missing: "Escriba el objetivo de la videoconferencia.", Clause: "8.8.1, R126, R145"},
		scheduleField(),
		{Name: "place", Label: "Sala", Kind: Radio, Missing: "Elija la sala, o solo virtual.", Clause: "8.8.1, R143",
			Options: []Option{{desk.PlaceMultiuse, "Sala multiuso"}, {desk.PlaceOther, "Otra sala"}, {desk.PlaceVirtual, "Solo virtual"}}},
		{Name: "multiuse", Label: "Cuento con la autorización para la sala multiuso", Kind: Check, Optional: true, Clause: "8.8.1, R143"},
		{Name: "recording", Label: "¿Requiere ser grabada la reunión?", Kind: Radio, Missing: "Elija si requiere que se grabe la reunión.", Clause: "8.8.1, R142, R149",
			Options: []Option{{"yes", "Sí, y autorizo la grabación"}, {"no", "No"}}},
		{Name: "streaming", Label: "¿Requiere ser transmitida por streaming?", Kind: Radio, Missing: "Elija si requiere transmisión por streaming.", Clause: "8.8.1, R144", Options: yesNo()},
		participantsField(),
		annexPhone(),
	}
}

// annexPhone: «Celular o anexo telefónico», which the form demands (R148).
func annexPhone() Field {
	f := phoneField()
	f.Optional, f.Clause = false, "8.8.1, R126, R148"
	return f
}

// annexDataFields are those of the form that completes a request begun by mail
// or by telephone: nothing of it is asked twice.
func annexDataFields() []Field {
	fields := []Field{optional(subjectField())}
	for _, f := range annexFields() {
		fields = append(fields, optional(f))
	}
	return fields
}

// annexProblems are the rules between the fields of Anexo 02 (R143, R148).
func annexProblems(values desk.Fields, now time.Time) []desk.FieldProblem {
	var problems []desk.FieldProblem
	for _, n := range scheduleField().Filled(values) {
		problems = append(problems, spanProblems(values, CellName(scheduleTable, n, ""), now)...)
	}
	if values["place"] == desk.PlaceMultiuse && values["multiuse"] == "" {
		problems = append(problems, desk.FieldProblem{Field: "multiuse", Text: multiuseNeeded})
	}
	if day, err := ParseDate(values["form_date"]); err == nil && day.After(now) {
		problems = append(problems, desk.FieldProblem{Field: "form_date", Text: "La fecha de la solicitud debe ser hoy o anterior."})
	}
	return problems
}

const multiuseNeeded = "Confirme que cuenta con la autorización para la sala multiuso."

// spanProblems are what is wrong with a date and its two hours, when all three
// are well written. The names are prefix + date, from, to.
func spanProblems(values desk.Fields, prefix string, now time.Time) []desk.FieldProblem {
	span, err := spanOf(values, prefix)
	if err != nil {
		return nil // said by the fields themselves
	}
	var problems []desk.FieldProblem
	add := func(name, text string) {
		problems = append(problems, desk.FieldProblem{Field: prefix + name, Text: text})
	}
	today, minute := desk.DayOf(now)
	day, from := desk.DayOf(span.StartsAt)
	switch {
	case day < today:
		add("date", "La fecha debe ser hoy o posterior.")
	case span.StartsAt.After(now.Add(yearAhead)):
		add("date", "La fecha debe estar dentro de un año.")
	case day == today && from < minute:
		add("from", "La hora de inicio debe ser posterior a la actual.")
	}
	if !span.EndsAt.After(span.StartsAt) {
		add("to", "La hora de término debe ser posterior a la de inicio.")
	}
	return problems
}

// spanOf reads a date and its two hours.
func spanOf(values desk.Fields, prefix string) (desk.Span, error) {
	starts, err := ParseTime(values[prefix+"date"] + "T" + values[prefix+"from"])
	if err != nil {
		return desk.Span{}, err
	}
	ends, err := ParseTime(values[prefix+"date"] + "T" + values[prefix+"to"])
	return desk.Span{StartsAt: starts.UTC(), EndsAt: ends.UTC()}, err
}

// rowField, roomField and slotFields are the questions of support's acts; the
// options of rows and rooms come from the world.
func rowField(missing string) Field {
	return Field{Name: "row", Label: "Fecha", Kind: Choice, Max: 2, Missing: missing, Clause: "8.8.3, R129"}
}

func roomField() Field {
	return Field{Name: "room", Label: "Sala", Kind: Choice, Max: 60, Missing: "Elija la sala, o virtual.", Clause: "8.8.3, R129, R147"}
}

func slotFields() []Field {
	return []Field{
		{Name: "date", Label: "Día", Kind: Date, Missing: "Escriba la fecha."},
		{Name: "from", Label: "Hora de inicio", Kind: Clock, Missing: "Escriba la hora de inicio."},
		{Name: "to", Label: "Hora de término", Kind: Clock, Missing: "Escriba la hora de término."}}
}

func adviceField() Field {
	return Field{Name: "message", Label: "Indicaciones para la/el usuaria/o", Kind: Long, Max: 1000, Optional: true}
}

func joinFields() []Field {
	return []Field{
		{Name: "link", Label: "Enlace de la reunión", Hint: "Completo, con https://", Kind: Line, Max: 500, Missing: "Escriba el enlace de la reunión.", Clause: "8.8.4, R130"},
		{Name: "meeting_id", Label: "Identificador de la reunión", Kind: Line, Max: 60, Optional: true, Clause: "8.8.4, R130"},
		{Name: "pin", Label: "PIN de acceso", Hint: "No va en el correo: se ve en PAU y queda anotado quién lo vio.", Kind: Line, Max: 40, Optional: true, Clause: "8.8.4, R147"},
		{Name: "share_pin", Label: "Quien solicita está autorizada/o a ver el PIN", Kind: Check, Optional: true, Clause: "R147"},
		{Name: "records", Label: "¿La plataforma tiene la opción de grabar?", Kind: Radio, Options: yesNo(), Missing: "Elija si la plataforma tiene la opción de grabar.", Clause: "R149"},
	}
}

// isWebAddress tells whether a text can be followed as a link: one address, no
// blanks, https or http.
func isWebAddress(s string) bool { return webAddress.MatchString(s) }
