package flow

import (
	"mesa/shared/desk"
)

// sgdRows: 8.2. A contact about the SGD belongs to its administration, who
// evaluates it at Level 1: a typing error is told, registered and closed at once
// (8.2.2, R82); anything else needs a PAU ticket, which nobody has to approve
// (8.2.3, R86) and which the administration attends and closes (8.2.4).
func sgdRows() []Row {
	f82 := []desk.FlowCode{desk.Flow82}
	return []Row{
		opening(desk.Flow82, "8.2.3, R85, R86", "Nivel 1, administración del SGD"),
		{Act: desk.ActTypingError, Flows: f82, Contact: contactOnly, Clause: "8.2.2, R82, R83", Label: "Error de digitación: comunicar, registrar y cerrar", Who: []Role{FirstLevel},
			From: []Guard{live(), verified()}, Fields: typingFields(), To: "Cerrado, con fila en el Anexo 01", do: typingError},
		needingTicket(f82, "8.2.2, R84"),
		{Act: desk.ActAssign, Flows: f82, Clause: "8.2.4", Label: "Asignar", Who: []Role{TeamMember}, From: []Guard{working(), atLevel(1)},
			Fields: []Field{personField()}, To: "Asignado dentro de la administración del SGD", do: assign},
		{Act: desk.ActClose, Flows: f82, Clause: "8.2.4, R87", Label: "Comunicar, pedir que verifique y cerrar", Who: []Role{Assignee},
			From: []Guard{closable(), closesAtL1()}, Fields: closeFields(true), To: "Cerrado, con fila en el Anexo 01", do: closeTicket},
	}
}

// typingFields: the texts are filled in and may be changed (R82).
func typingFields() []Field {
	fields := append([]Field{{Name: "detail", Label: "Qué se digitó mal", Kind: Line, Max: maxLine, Default: "la contraseña",
		Missing: "Escriba qué se digitó mal, por ejemplo la contraseña.", Clause: "8.2.2, R82"}}, closeFields(true)...)
	for i := range fields {
		switch fields[i].Name {
		case "solution":
			fields[i].Default = "Error de digitación: se comunicó a la/el usuaria/o que vuelva a intentarlo con los datos correctos."
		case "medium":
			fields[i].Default = string(desk.ByMail)
		}
	}
	return fields
}

func closesAtL1() Guard {
	return Guard{Text: "en Nivel 1, administración del SGD", Refusal: "Este caso lo cierra la administración del SGD, en Nivel 1 (8.2.4).", Clause: "8.2.4, R87",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return t.Level == 1 }}
}

func typingError(s *step) {
	s.text("detail")
	s.finish(desk.MailTypingError, "detail", s.a.Field("detail"))
}

// sgdStep is what 8.2 expects of a contact or a ticket at work.
func sgdStep(t desk.Ticket) Step {
	switch {
	case t.Contact:
		return Step{"8.2.2", "Si es un error de digitación, comuníquelo, registre y cierre; si no, indique que saque ticket PAU.",
			[]desk.ActKind{desk.ActTypingError, desk.ActNeedTicket, desk.ActTake}}
	case t.State == desk.Unassigned || t.State == desk.Assigned:
		return Step{"8.2.4", "Reciba el ticket y tómelo.", []desk.ActKind{desk.ActTake}}
	case t.Level == 1:
		return Step{"8.2.4", "Atienda por aplicativo, comunique que está solucionado, pida que lo verifique y cierre.", []desk.ActKind{desk.ActClose, desk.ActAsk}}
	default:
		return Step{"7.5, 8.2.4", "Atienda en este nivel y devuelva el caso: lo cierra la administración del SGD.", []desk.ActKind{desk.ActSendBack, desk.ActAsk}}
	}
}
