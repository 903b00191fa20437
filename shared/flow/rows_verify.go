package flow

import (
	"strconv"

	"mesa/shared/desk"
)

// verifyFlows are those that tell who asked to verify: 8.2.4, 8.3.3.
func verifyFlows() []desk.FlowCode { return []desk.FlowCode{desk.Flow82, desk.Flow83} }

// AsksToVerify tells whether closing a ticket opens the window of verification.
func AsksToVerify(t desk.Ticket) bool {
	if t.Contact {
		return false
	}
	for _, f := range verifyFlows() {
		if t.Flow == f {
			return true
		}
	}
	return false
}

// verifyRows: the case is closed and who asked verifies. Silence confirms when
// the window ends; then a new failure is a new case, linked to this one.
func verifyRows() []Row {
	toVerify := Guard{Text: "resuelto, por verificar", Refusal: "Ya no se espera su verificación: el plazo terminó o ya respondió.",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return t.Verifying() }}
	return []Row{
		{Act: desk.ActConfirmSolved, Flows: verifyFlows(), Clause: "8.2.4, 8.3.3, R87, R92", Label: "Quedó solucionado", Who: []Role{Requester}, From: []Guard{toVerify},
			Fields: opinionFields(), To: "Cerrado y verificado", Free: true, do: confirmSolution},
		{Act: desk.ActStillFailing, Flows: verifyFlows(), Clause: "8.2.4, 8.3.3, R87, R92", Label: "Sigue fallando", Who: []Role{Requester}, From: []Guard{toVerify},
			Fields: append([]Field{failingField()}, opinionFields()...), To: "Reabierto, a quien lo cerró", Free: true, do: stillFailing},
		{Act: desk.ActReopen, Flows: verifyFlows(), Clause: "R87, R150", Label: "Sigue fallando: reabrir", Who: []Role{FirstLevel, DeskMember},
			From: []Guard{inState("cerrado", desk.Closed)}, Fields: []Field{failingField()}, To: "Reabierto, a quien lo cerró", do: reopen},
		{Act: desk.ActLink, Flows: verifyFlows(), Clause: "R64, R87", Label: "Enlazar con el caso nuevo", Who: []Role{Requester}, Free: true,
			From:   []Guard{inState("cerrado", desk.Closed)},
			Fields: []Field{{Name: "other", Label: "Ticket", Kind: Hidden, Max: 26, Missing: "Falta el ticket."}}, To: "Enlazado", do: link},
	}
}

func failingField() Field {
	return Field{Name: "message", Label: "Qué sigue fallando", Kind: Long, Max: maxText, Missing: "Escriba qué sigue fallando."}
}

// opinionFields: what who asked may add, and need not.
func opinionFields() []Field {
	rating := Field{Name: "rating", Label: "¿Cómo fue la atención?", Kind: Radio, Optional: true,
		Options: []Option{{"5", "5 Muy buena"}, {"4", "4 Buena"}, {"3", "3 Regular"}, {"2", "2 Mala"}, {"1", "1 Muy mala"}}}
	return []Field{rating, {Name: "comment", Label: "Comentario", Kind: Long, Max: 1000, Optional: true}}
}

// rating is the figure given, 0 for none: the field lets only 1 to 5 pass.
func (s *step) rating() int {
	n, err := strconv.Atoi(s.a.Field("rating"))
	if err != nil {
		return 0
	}
	return n
}

func confirmSolution(s *step) {
	s.text("comment")
	s.emit(desk.VerificationConfirmed{Rating: s.rating()})
}

func stillFailing(s *step) {
	s.text("comment")
	s.emit(desk.VerificationFailed{Rating: s.rating()})
	reopen(s)
}

// askToVerify opens the window: the mail carries the link that needs no sign-in,
// and says until when silence is taken for a yes.
func (s *step) askToVerify() {
	s.emit(desk.VerificationRequested{})
	n := &s.notices[len(s.notices)-1]
	n.Wait, n.Round = desk.NewWaitID(desk.WaitVerification, s.t.VerifyAt.Seq), s.t.VerifyAt.Round
	n.Data["until"] = VerifyUntil(s.t, s.f).In(desk.Lima).Format(clockLayout)
}

// closedStep: a closed case waits for its verification, or for nothing.
func closedStep(t desk.Ticket) Step {
	switch {
	case t.Verifying():
		clause := "8.2.4, R87"
		if t.Flow == desk.Flow83 {
			clause = "8.3.3, R92"
		}
		return Step{clause, "Verifique si quedó solucionado; si no dice nada, se da por verificado.", []desk.ActKind{desk.ActConfirmSolved, desk.ActStillFailing}}
	case AsksToVerify(t):
		return Step{"R87", "El caso está cerrado y verificado. Si vuelve a fallar, registre una solicitud nueva: se enlaza con este caso.", []desk.ActKind{desk.ActReopen}}
	default:
		return Step{"R87", "El caso está cerrado. Si sigue fallando, se reabre.", []desk.ActKind{desk.ActReopen}}
	}
}
