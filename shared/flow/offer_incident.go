package flow

import (
	"mesa/shared/desk"
)

// The steps of 8.1 and 8.3 once they are at a level. The two flows differ in
// their numerals, and in where 8.3 begins: at the mesa de ayuda, which sends it
// to the level that its nature asks for.

// numerals are the clauses of a step in 8.1 and in 8.3.
func numerals(f desk.FlowCode, of81, of83 string) string {
	if f == desk.Flow83 {
		return of83
	}
	return of81
}

func decisionClause(f desk.FlowCode) string { return numerals(f, "8.1.4", "8.3.2") }

// askedBy is the clause by which information is gathered (R72, R92).
func askedBy(f desk.FlowCode) string { return numerals(f, "8.1.5", "8.3.3") }

func decisionStep(t desk.Ticket) Step {
	if len(t.Asked) == 0 {
		return Step{decisionClause(t.Flow) + ", R27", "Nadie del directorio puede decidir: corrija la jefatura o la suplencia y vuelva a buscar.", []desk.ActKind{desk.ActLookAgain}}
	}
	text := "Espera la decisión de la jefatura."
	if t.Stage == desk.StageUTI {
		text = "Espera la autorización de la Jefatura de la UTI."
	}
	return Step{decisionClause(t.Flow), text, []desk.ActKind{desk.ActApprove, desk.ActReject}}
}

func incidentStep(t desk.Ticket) Step {
	switch {
	case t.Level == 1:
		return Step{"8.3.3", "Evalúe el incidente y derívelo al Nivel 2, 3 o 4 según su naturaleza técnica.", []desk.ActKind{desk.ActRoute, desk.ActTake}}
	case t.Chain.Waits():
		return Step{numerals(t.Flow, "7.5, 8.3.3", "8.3.3"), "Infraestructura lo solucionó: confirme la recepción.", []desk.ActKind{desk.ActAcknowledge}}
	case t.Level == 2:
		return developmentStep(t)
	case t.Level == 3:
		return Step{numerals(t.Flow, "8.1.7", "8.3.3"), "Ejecute la actualización; si detendrá el servicio en horario laboral, avise antes.",
			[]desk.ActKind{desk.ActExecutionOK, desk.ActExecutionError, desk.ActInterruption, desk.ActTake}}
	case t.State == desk.Unassigned || t.State == desk.Assigned:
		return Step{numerals(t.Flow, "7.5, R49", "8.3.3"), "Reciba el caso y tómelo.", []desk.ActKind{desk.ActTake}}
	case t.Level == 4:
		return Step{numerals(t.Flow, "7.5, 8.1.9", "8.3.3"), "Atienda, verifique y comunique la solución al Nivel 3; si no es de Infraestructura, devuelva el caso.",
			[]desk.ActKind{desk.ActInfraSolved, desk.ActSendBack, desk.ActAsk}}
	default:
		return Step{numerals(t.Flow, "7.5, 8.1.9", "7.5, 8.3.3"), "Atienda en este nivel y devuelva el caso: lo cierra el Equipo de Desarrollo.", []desk.ActKind{desk.ActSendBack, desk.ActAsk}}
	}
}

// developmentStep: Desarrollo evaluates, hands over, or communicates and closes.
func developmentStep(t desk.Ticket) Step {
	switch {
	case t.State == desk.Unassigned:
		return Step{askedBy(t.Flow), "Reciba el ticket y tómelo.", []desk.ActKind{desk.ActTake, desk.ActAssign}}
	case t.Executed:
		return Step{numerals(t.Flow, "8.1.9", "8.3.3"), "La ejecución fue conforme: comunique lo actuado y cierre.", []desk.ActKind{desk.ActClose}}
	case t.Chain == desk.ChainReceived:
		return Step{numerals(t.Flow, "8.1.9", "8.3.3"), "Infraestructura lo solucionó: comunique lo actuado y cierre.", []desk.ActKind{desk.ActClose}}
	default:
		return Step{askedBy(t.Flow), "Evalúe el caso y defina el nivel de atención.", []desk.ActKind{desk.ActClose, desk.ActHandOver, desk.ActAsk}}
	}
}

// incidentDemands: Desarrollo closes, and has received what others solved.
func incidentDemands(t desk.Ticket) []Demand {
	list := []Demand{
		{Text: "Estar en Nivel 2: cierra el Equipo de Desarrollo", Done: t.Level == 2, Act: desk.ActSendBack, Clause: closedBy(t.Flow)},
		{Text: "Recepción de la solución de Infraestructura", Done: t.Chain == desk.ChainReceived, Not: t.Chain == desk.ChainNone, Act: desk.ActAcknowledge, Clause: "8.3.3"},
	}
	if t.Flow == desk.Flow83 {
		list = append(list, Demand{Text: "Regularización de la Jefatura de la UTI", Done: t.Regular == desk.RegularDone, Not: t.Regular == desk.RegularNone, Act: desk.ActRegularise, Clause: "8.3.2"})
	}
	return list
}
