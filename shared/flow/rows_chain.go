package flow

import (
	"mesa/shared/desk"
)

// chainRows: where 8.3 sends a case by its technical nature, and how the
// solution of infrastructure goes up to who closes, acknowledged at each level.
func chainRows() []Row {
	rows := []Row{{Act: desk.ActRoute, Flows: []desk.FlowCode{desk.Flow83}, Clause: "8.3.3, R91", Label: "Derivar por su naturaleza técnica", Who: []Role{DeskAssigner},
		From: []Guard{working(), atLevel(1)}, To: "Nivel 2, 3 o 4", do: route,
		Fields: []Field{{Name: "level", Label: "Nivel", Kind: Radio, Missing: "Elija el nivel según la naturaleza técnica del incidente.", Options: []Option{
			{"2", "Nivel 2 Desarrollo"}, {"3", "Nivel 3 Base de datos y aplicaciones"}, {"4", "Nivel 4 Infraestructura"}}},
			reasonField("Evaluación", "Escriba su evaluación: por qué corresponde a ese nivel.")}}}
	for _, in := range incidents() {
		rows = append(rows,
			Row{Act: desk.ActInfraSolved, Flows: []desk.FlowCode{in.flow}, Clause: in.chain, Label: "Comunicar solución y verificación", Who: []Role{Assignee},
				From: []Guard{working(), atLevel(4)}, To: "Nivel 3, que confirma la recepción", do: infraSolved,
				Fields: []Field{{Name: "solution", Label: "Qué se hizo", Kind: Long, Max: maxText, Missing: "Escriba qué se hizo para solucionarlo."},
					{Name: "verification", Label: "Cómo se verificó", Kind: Long, Max: maxText, Missing: "Escriba cómo se verificó la solución."}}},
			Row{Act: desk.ActAcknowledge, Flows: []desk.FlowCode{in.flow}, Clause: in.chain, Label: "Confirmar recepción de la solución", Who: []Role{TeamMember},
				From: []Guard{working(), toReceive()}, To: "Del Nivel 3 al Nivel 2; en Nivel 2, por comunicar y cerrar", do: acknowledge})
	}
	return rows
}

// closingRow: only Desarrollo closes 8.1 and 8.3, and a solution of
// infrastructure only once it was received (R79, R96, R97).
func closingRow(in incident) Row {
	atDevelopment := Guard{Text: "en Nivel 2 Desarrollo", Refusal: "Este caso lo cierra el Equipo de Desarrollo, en Nivel 2 (" + closedBy(in.flow) + ").",
		Clause: closedBy(in.flow) + numerals(in.flow, ", R79", ", R96–R97"), holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return t.Level == 2 }}
	from := []Guard{closable(), atDevelopment, received()}
	if in.flow == desk.Flow83 {
		from = append(from, regularised())
	}
	return Row{Act: desk.ActClose, Flows: []desk.FlowCode{in.flow}, Clause: in.close, Label: "Comunicar, registrar y cerrar", Who: []Role{Assignee},
		From: from, Fields: closeFields(true), To: "Cerrado, con fila en el Anexo 01", do: closeTicket}
}

// closedBy is the numeral that says who closes.
func closedBy(f desk.FlowCode) string { return numerals(f, "8.1.9", "8.3.3") }

// received: what infrastructure solved was acknowledged where it has to be.
func received() Guard {
	return Guard{Text: "sin recepción pendiente", Refusal: "Primero confirme la recepción de la solución de Infraestructura (8.3.3 c).", Clause: "8.3.3, R97",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return !t.Chain.Waits() }}
}

func toReceive() Guard {
	return Guard{Text: "con una solución por recibir", Refusal: "No hay una solución de Infraestructura por recibir.",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return t.Chain.Waits() }}
}

// detecting opens 8.3: a specialist of the UTI and nobody else (8.3.1, R88).
func detecting() Row {
	return Row{Act: desk.ActOpen, Flows: []desk.FlowCode{desk.Flow83}, Clause: "8.3.1, R88", Label: "Enviar solicitud", Who: []Role{Detector},
		Fields: append(OpenFields(desk.Flow83), MailedFields()...), To: "Por aprobar: Jefatura UTI; en Nivel 1 si se autorizó por correo", Free: true, do: open}
}

// detectedField is what the specialist saw; it suggests a priority (7.4, R36).
func detectedField() Field {
	return Field{Name: "detected", Label: "¿Qué detectó?", Kind: Radio, Missing: "Elija qué detectó.", Clause: "7.4, R36",
		Options: []Option{{"stopped", "El sistema no se puede usar"}, {"slow", "El sistema funciona lento"}, {"fault", "Un error que no impide usarlo"}}}
}

// route: by technical nature, directly to Level 2, 3 or 4. Nobody of that level
// has begun: its response is still to come.
func route(s *step) {
	s.text("reason")
	s.enter(desk.Level(s.a.Field("level")[0]-'0'), desk.BecauseRouted, "")
	s.tellLevel()
}

// infraSolved: Level 4 tells Level 3 the solution and its verification.
func infraSolved(s *step) {
	s.text("solution", "verification")
	s.emit(desk.SolutionReported{})
	s.enter(3, desk.BecauseSolved, s.lastHolder(3))
	s.tellSolution(desk.Texts{"solution": s.a.Field("solution"), "verification": s.a.Field("verification")})
}

// acknowledge: Level 3 received the solution and passes it on to Desarrollo;
// Desarrollo received it, and who confirms a case of nobody's has it.
func acknowledge(s *step) {
	s.emit(desk.SolutionAcknowledged{Level: s.t.Level})
	if s.t.Level > 2 {
		s.enter(2, desk.BecauseSolved, s.lastHolder(2))
		s.tellSolution(s.f.Solution)
		return
	}
	if s.t.Assignee == "" {
		s.emit(desk.TicketTaken{Level: s.t.Level})
	}
}

// tellSolution is «Infraestructura solucionó», to who is next in the chain.
func (s *step) tellSolution(x desk.Texts) {
	s.mail(desk.MailInfraSolved, s.toHolder(), "solution", x["solution"], "verification", x["verification"])
}
