package flow

import (
	"slices"
	"strconv"

	"mesa/shared/desk"
)

// levelRows: hand-over, execution, escalation and return: 8.1.6–8.1.9, 7.5.
func levelRows() []Row {
	rows := append(incidentRows(incidents()[0]), incidentRows(incidents()[1])...)
	return append(rows, []Row{
		{Act: desk.ActEscalate, Clause: "7.5, R49", Label: "Escalar a Nivel 4 o 5", Who: []Role{Assignee}, From: []Guard{working()},
			Fields: []Field{{Name: "level", Label: "Nivel", Kind: Radio, Missing: "Elija el nivel.", Options: []Option{{"4", "Nivel 4 Infraestructura"}, {"5", "Nivel 5 Servicios internos y proveedores"}}},
				reasonField("Motivo", "Escriba el motivo del cambio de nivel.")}, To: "Nivel 4 o 5", do: escalate},
		{Act: desk.ActSendBack, Clause: "7.5, R50", Label: "Devolver a un nivel anterior", Who: []Role{Assignee}, From: []Guard{working(), cameFrom()},
			Fields: []Field{{Name: "level", Label: "Nivel", Kind: Choice, Max: 1, Missing: "Elija a qué nivel vuelve."},
				reasonField("Motivo", "Escriba el motivo de la devolución.")}, To: "El nivel anterior, a quien lo tuvo", do: sendBack},
	}...)
}

// incident is one of the two flows whose cases Desarrollo, database and
// infrastructure attend and only Desarrollo closes: 8.1 and 8.3 say the same in
// other numerals.
type incident struct {
	flow                                             desk.FlowCode
	handOver, notice, success, failure, chain, close string // the clauses
}

func incidents() []incident {
	return []incident{
		{desk.Flow81, "8.1.6, R74", "8.1.7, R76", "8.1.9, R79", "8.1.8, R78", "7.5, R46, R49, R97", "8.1.5, 8.1.9, R73, R79"},
		{desk.Flow83, "8.3.3, R93", "8.3.3, R76, R94", "8.3.3, R96", "8.3.3, R95", "8.3.3, R97", "8.3.3, R92, R96–R97"},
	}
}

// developed tells whether a flow's cases are Desarrollo's to close: R79, R96, R97.
func developed(f desk.FlowCode) bool { return f == desk.Flow81 || f == desk.Flow83 }

// incidentRows: hand-over and execution, 8.1.6–8.1.9 and 8.3.3 a–b.
func incidentRows(in incident) []Row {
	flows, third := []desk.FlowCode{in.flow}, []Guard{working(), atLevel(3), received()}
	return []Row{
		{Act: desk.ActHandOver, Flows: flows, Clause: in.handOver, Label: "Generar pase a Nivel 3", Who: []Role{Assignee}, From: []Guard{working(), atLevel(2), received()},
			Fields: paseFields(), To: "Nivel 3, base de datos y aplicaciones", do: handOver},
		{Act: desk.ActInterruption, Flows: flows, Clause: in.notice, Label: "Avisar interrupción del servicio", Who: []Role{TeamMember}, From: []Guard{working(), atLevel(3)},
			Fields: noticeFields(),
			To:     "Aviso enviado a las/los usuarias/os del sistema", do: announce},
		{Act: desk.ActExecutionOK, Flows: flows, Clause: in.success, Label: "Ejecutado sin error", Who: []Role{TeamMember}, From: third,
			Fields: executionFields(Field{Name: "message", Label: "Qué se ejecutó", Kind: Long, Max: maxText, Optional: true}),
			To:     "Nivel 2, a quien hizo el pase", do: executionOK},
		{Act: desk.ActExecutionError, Flows: flows, Clause: in.failure, Label: "Error de ejecución: devolver", Who: []Role{TeamMember}, From: third,
			Fields: executionFields(Field{Name: "message", Label: "Error y modificación que se pide", Kind: Long, Max: maxText, Missing: "Escriba el error y la modificación que se pide."}),
			To:     "Nivel 2, a Desarrollo; se cuenta el error", do: executionError},
	}
}

func paseFields() []Field {
	return []Field{
		{Name: "pase_description", Label: "Descripción del pase", Kind: Long, Max: maxText, Missing: "Escriba la descripción del pase."},
		{Name: "pase_files", Label: "Archivos de actualización", Hint: "Ruta o referencia de la carpeta de pase. En blanco, si adjuntó los archivos al caso.", Kind: Long, Max: maxText, Optional: true},
		{Name: "pase_rollback", Label: "Reversión", Kind: Long, Max: maxText, Missing: "Falta la reversión: escriba cómo volver al estado anterior."},
	}
}

func yesNo() []Option { return []Option{{"yes", "Sí"}, {"no", "No"}} }

func cameFrom() Guard {
	return Guard{Text: "que estuvo en un nivel anterior", Refusal: "Este caso no viene de otro nivel.",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return len(heldLevels(t)) > 0 }}
}

func handOver(s *step) {
	if s.a.Field("pase_files") == "" && !s.t.Files.Has(desk.PaseFile) {
		s.invalid("pase_files", "Falta la carpeta de pase: adjunte los archivos o escriba dónde están.")
		return
	}
	s.files = s.f.Pase
	s.text("pase_description", "pase_files", "pase_rollback")
	n := s.t.Pases + 1
	s.emit(desk.PaseHandedOver{N: n})
	s.enter(3, desk.BecausePase, s.lastHolder(3))
	s.mail(desk.MailPase, toTeam(s.t.Team), "n", strconv.Itoa(n), "description", s.a.Field("pase_description"), "files", paseFolder(s.f.Pase, s.a.Field("pase_files")), "rollback", s.a.Field("pase_rollback"))
}

func escalate(s *step) {
	level := desk.Level(s.a.Field("level")[0] - '0')
	if level == s.t.Level {
		s.invalid("level", "El caso ya está en ese nivel.")
		return
	}
	s.text("reason")
	s.enter(level, desk.BecauseEscalated, "")
	s.tellLevel()
}

func sendBack(s *step) {
	n, err := strconv.Atoi(s.a.Field("level"))
	level := desk.Level(n)
	if err != nil || !slices.Contains(heldLevels(s.t), level) {
		s.invalid("level", "Elija un nivel por el que el caso ya pasó.")
		return
	}
	s.text("reason")
	s.enter(level, desk.BecauseReturned, s.lastHolder(level))
	s.tellLevel()
}

// tellLevel tells the level that has it now, and who asked (R50, R152).
func (s *step) tellLevel() {
	level, reason := strconv.Itoa(int(s.t.Level)), s.a.Field("reason")
	s.mail(desk.MailLevelChanged, s.toHolder(), "level", level, "reason", reason)
	s.mail(desk.MailLevelChanged, s.toRequester(), "level", level)
}
