package flow

import (
	"mesa/shared/desk"
)

// Stranded tells whether a ticket waits for a decision that nobody may take:
// «sin aprobador». Somebody was never found, said that it is not theirs, or lost
// the post since; the time that passes does not help, the directory must.
func Stranded(t desk.Ticket, c Candidates) bool {
	return t.State == desk.PendingApproval && len(MayStillDecide(t, c)) == 0
}

// MayStillDecide are those asked whom the directory still lets decide, and for
// whom by now: nobody else is sent a fresh link (F17).
func MayStillDecide(t desk.Ticket, c Candidates) []desk.Asked {
	var may []desk.Asked
	for _, p := range t.Asked {
		if now, still := c.find(p.Person); still {
			p.For = now.For
			may = append(may, p)
		}
	}
	return may
}

// lookAgainRow: who mended the directory need not wait for the next morning,
// when the clock looks again by itself.
func lookAgainRow(flows []desk.FlowCode, clause string) Row {
	stranded := Guard{Text: "sin aprobador", Refusal: "Ya se pidió la decisión a quien corresponde.",
		holds: func(t desk.Ticket, f Facts, _ desk.Act) bool { return Stranded(t, f.Approval[t.Stage]) }}
	return Row{Act: desk.ActLookAgain, Flows: flows, Clause: clause, Label: "Volver a buscar a quien decide", Who: []Role{DeskMember, DeskAssigner},
		From: []Guard{inState("por aprobar", desk.PendingApproval), stranded}, To: "Sigue por aprobar; se pide la decisión a quien el directorio señala", do: lookAgainNow}
}

// lookAgainNow asks the first whom the directory names by now. It is no step of
// the policy; where still nobody is found nothing is written.
func lookAgainNow(s *step) {
	c := s.f.Approval[s.t.Stage]
	if !s.askFirst(s.t.StageAt.Round, c.InTurn()...) {
		s.refuse(decisionClause(s.t.Flow)+", R27", "El directorio aún no señala quién decide: corrija la jefatura o la suplencia de la unidad y vuelva a buscar.")
	}
}
