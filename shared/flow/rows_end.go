package flow

import (
	"time"

	"mesa/shared/desk"
)

// clockSlack forgives a person whose watch is a little ahead.
const clockSlack = 5 * time.Minute

// endRows: closing with its checklist, and reopening: R153, R87.
func endRows() []Row {
	return []Row{
		{Act: desk.ActClose, Flows: contactFlows(), Contact: contactOnly, Clause: "8.1.2, R63", Label: "Solucionar, registrar y cerrar", Who: []Role{FirstLevel},
			From: []Guard{live(), verified(), classified()}, Fields: closeFields(true), To: "Cerrado, con fila en el Anexo 01", do: closeTicket},
		closingRow(incidents()[0]),
		closingRow(incidents()[1]),
		{Act: desk.ActClose, Flows: []desk.FlowCode{desk.Flow85}, Clause: "8.5.4, R107", Label: "Comunicar, registrar y cerrar", Who: []Role{Assignee},
			From: []Guard{closable()}, Fields: closeFields(true), To: "Cerrado, con fila en el Anexo 01", do: closeTicket},
		{Act: desk.ActClose, Flows: []desk.FlowCode{desk.Flow86}, Clause: "8.6.3, 8.6.5, R112, R116, R118", Label: "Comunicar, registrar y cerrar", Who: []Role{Assignee},
			From: []Guard{closable(), gearSettled(), assetKnown()}, Fields: closeFields(false), To: "Cerrado, con fila en el Anexo 01", do: closeTicket},
		{Act: desk.ActReopen, Contact: both, Clause: "R87, R150", Label: "Sigue fallando: reabrir", Who: []Role{Requester, FirstLevel, DeskMember},
			From:   []Guard{inState("cerrado", desk.Closed)},
			Fields: []Field{failingField()}, To: "Reabierto, a quien lo cerró", do: reopen},
	}
}

// closeFields: the solution, and by which medium the requester was told (R31).
// 8.6 allows mail only (R118).
func closeFields(phone bool) []Field {
	fields := []Field{{Name: "solution", Label: "Descripción de la solución", Hint: "Va al Anexo 01 y a la/el usuaria/o.", Kind: Long, Max: maxText, Missing: "Escriba la descripción de la solución."}}
	media := []Option{{"mail", "Correo electrónico, al cerrar"}}
	if phone {
		media = append(media, Option{"phone", "Llamada telefónica, ya hecha"})
	}
	return append(fields,
		Field{Name: "medium", Label: "Comunicación a la/el usuaria/o", Kind: Radio, Options: media, Missing: "Elija cómo se comunica lo actuado.", Clause: "7.3, R31"},
		Field{Name: "call", Label: "Con quién habló y resultado", Kind: Line, Max: 300, Optional: true})
}

func gearSettled() Guard {
	return gear("con el equipo devuelto, o sin traslado", "Para cerrar falta: devolver el equipo o registrar que no se trasladó (8.6.5).", "8.6.5, R116",
		desk.GearNone, desk.GearDiagnosis, desk.GearPaused, desk.GearReturned, desk.GearStayed)
}

func assetKnown() Guard {
	return Guard{Text: "con código patrimonial o «sin código»", Refusal: "Para cerrar falta: el código patrimonial, o marcar que no lo tiene (8.6.1).", Clause: "8.6.1, R110",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool {
			for _, m := range t.Missing {
				if m == "asset" {
					return false
				}
			}
			return true
		}}
}

// closeTicket ends an attention; where the norm says so, who asked is to verify it.
func closeTicket(s *step) { s.finish(closingMail(s.t)) }

// closingMail is how a closing is told: some flows ask to verify (R87, R92).
func closingMail(t desk.Ticket) desk.Message {
	if AsksToVerify(t) {
		return desk.MailVerify
	}
	return desk.MailClosed
}

// finish communicates, writes the row of Anexo 01 and closes, in one act.
func (s *step) finish(m desk.Message, data ...string) {
	medium := desk.Medium(s.a.Field("medium"))
	if medium == desk.ByPhone && s.a.Field("call") == "" {
		s.invalid("call", "Escriba con quién habló y el resultado de la llamada.")
		return
	}
	s.text("solution", "call")
	s.endWith(m, s.a.Field("solution"), medium, data...)
}

// endWith closes with a solution told by a medium, and registers the attention.
func (s *step) endWith(m desk.Message, solution string, medium desk.Medium, data ...string) {
	s.emit(desk.RequesterTold{Medium: medium}, desk.TicketClosed{Solution: true})
	s.mail(m, s.toRequester(), append([]string{"solution", solution}, data...)...)
	s.notices[len(s.notices)-1].Closing = medium == desk.ByMail
	if m == desk.MailVerify {
		s.askToVerify()
	}
	s.registerRow(solution)
}

// registerRow writes the attention's one row; a ticket closed again keeps the
// row it has (R137).
func (s *step) registerRow(solution string) {
	row := s.f.Row
	row.Ticket, row.Number, row.Solution, row.State = s.t.ID, s.t.Number, solution, RegisterState(s.t)
	row.Sede, row.Typology = s.t.Sede, s.f.Service.Typology
	if s.t.Row > 0 {
		row.Period, row.N, row.Reopened, row.ChangedAt = s.t.RowMonth, s.t.Row, true, s.f.Now
		s.register = &row
		return
	}
	row.Period, row.N = desk.Period(s.f.Now), s.f.NextRow
	s.register = &row
	s.emit(desk.RowRegistered{Sede: row.Sede, Period: row.Period, N: row.N})
}

func reopen(s *step) {
	s.text("message")
	level, holder := s.t.Level, s.t.Assignee
	s.emit(desk.TicketReopened{})
	if s.t.Parent != "" { // closed with a mass incident: this one goes on alone
		s.emit(desk.TicketSeparated{})
		s.goOn(desk.BecauseReopened)
	} else if s.t.Contact {
		s.emit(desk.LevelEntered{Level: 1, From: level, Team: s.t.Team, Assignee: keep(s.f.member(s.t.Team, holder), holder), Why: desk.BecauseReopened})
	} else {
		s.enter(level, desk.BecauseReopened, holder)
	}
	s.mail(desk.MailReopened, s.toHolder(), "message", s.a.Field("message"))
}

func keep(ok bool, p desk.PersonID) desk.PersonID {
	if ok {
		return p
	}
	return ""
}
