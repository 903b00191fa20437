package flow

import (
	"slices"

	"mesa/shared/desk"
)

// assistanceRows: 8.7, support and technical assistance of every other kind. It
// is attended as 8.5 is; what it adds is the telephone number (R119).
func assistanceRows() []Row {
	f87 := []desk.FlowCode{desk.Flow87}
	return []Row{
		opening(desk.Flow87, "8.7.1, R119", "Nivel 1, sin asignar"),
		assigning(f87, "8.7.2, R120, R123"),
		{Act: desk.ActClose, Flows: f87, Clause: "8.7.4, R122", Label: "Comunicar, registrar y cerrar", Who: []Role{Assignee},
			From: []Guard{closable(), phoneKnown()}, Fields: closeFields(true), To: "Cerrado, con fila en el Anexo 01", do: closeTicket},
	}
}

// neededPhone is the telephone where the procedure wants one: 8.7.1.
func neededPhone() Field {
	f := phoneField()
	f.Optional, f.Clause = false, "8.7.1, R119"
	return f
}

// phoneKnown: a mail or a call without a number is asked back and never blocks
// the work; the closing is where it must be known.
func phoneKnown() Guard {
	return Guard{Text: "con teléfono de contacto", Refusal: "Para cerrar falta: el número de teléfono de la/el usuaria/o (8.7.1).", Clause: "8.7.1, R119",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return !slices.Contains(t.Missing, "phone") }}
}
