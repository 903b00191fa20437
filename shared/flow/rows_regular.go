package flow

import (
	"time"

	"mesa/shared/desk"
)

// 8.3.2, R90: when PAU is not available the petition and the authorisation go by
// e-mail, «con cargo a regularizar por el sistema PAU». The specialist enters the
// case afterwards with its real dates and both mails; work goes on, because it was
// authorised; the Jefatura regularises it before it is closed.

// MailedFields are what an authorisation by mail asks besides the form of 8.3.
func MailedFields() []Field {
	const clause = "8.3.2, R90"
	return []Field{
		{Name: "by_mail", Label: "Se autorizó por correo porque PAU no estaba disponible", Kind: Check, Optional: true, Clause: clause},
		{Name: "asked_at", Label: "Fecha y hora de la petición por correo", Kind: DateTime, Optional: true, Clause: clause, Missing: "Escriba la fecha y hora de la petición por correo."},
		{Name: "request_mail", Label: "Texto del correo con la petición", Hint: "Cópielo completo. El archivo del correo se adjunta al caso después de enviar.", Kind: Long, Max: maxText, Optional: true, Clause: clause,
			Missing: "Copie el texto del correo con la petición."},
		{Name: "authorised_by", Label: "Quién autorizó", Hint: "La Jefatura de la UTI o su suplente.", Kind: Choice, Max: 60, Optional: true, Clause: clause, Missing: "Elija quién autorizó."},
		{Name: "authorised_at", Label: "Fecha y hora de la autorización", Kind: DateTime, Optional: true, Clause: clause, Missing: "Escriba la fecha y hora de la autorización."},
		{Name: "authorisation_mail", Label: "Texto del correo con la autorización", Kind: Long, Max: maxText, Optional: true, Clause: clause, Missing: "Copie el texto del correo con la autorización."},
	}
}

// regularRows: the Jefatura of the UTI confirms in PAU, or says that it never authorised.
func regularRows() []Row {
	flows, who, from := []desk.FlowCode{desk.Flow83}, []Role{UTIHead}, []Guard{live(), toRegularise()}
	return []Row{
		{Act: desk.ActRegularise, Flows: flows, Clause: "8.3.2, R90", Label: "Regularizar la autorización", Who: who, From: from, To: "Regularizado; el caso sigue donde está", do: regularise},
		{Act: desk.ActDeny, Flows: flows, Clause: "8.3.2, R69, R90", Label: "No autoricé esta atención", Who: who, From: from,
			Fields: []Field{reasonField("Motivo", "Escriba qué pasó: se enviará a quien registró el caso.")}, To: "Rechazado", do: deny},
	}
}

func toRegularise() Guard {
	return Guard{Text: "por regularizar", Refusal: "Este caso no tiene una autorización por regularizar.",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return t.Regular == desk.RegularPending }}
}

func regularised() Guard {
	return Guard{Text: "sin regularización pendiente", Refusal: "Para cerrar falta: la regularización de la Jefatura de la UTI (8.3.2).", Clause: "8.3.2, R90",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return t.Regular != desk.RegularPending }}
}

// mailed is an authorisation by mail as a form tells it.
type mailed struct {
	given                 bool
	askedAt, authorisedAt time.Time
	by                    desk.Asked
}

// mailed reads and checks it; ok is false when the opening ends here.
func (s *step) mailed(f desk.FlowCode) (m mailed, ok bool) {
	if f != desk.Flow83 {
		return m, true
	}
	m.given = s.a.Field("by_mail") != ""
	for _, field := range MailedFields()[1:] {
		switch filled := s.a.Field(field.Name) != ""; {
		case m.given && !filled:
			s.invalid(field.Name, field.Missing)
			return m, false
		case !m.given && filled:
			s.invalid(field.Name, "Este dato es solo de lo que se autorizó por correo: quítelo, o indique que se autorizó por correo.")
			return m, false
		}
	}
	if !m.given {
		return m, true
	}
	asked, _ := ParseTime(s.a.Field("asked_at")) // checked by the field's kind
	authorised, _ := ParseTime(s.a.Field("authorised_at"))
	m.askedAt, m.authorisedAt = asked.UTC(), authorised.UTC()
	return m, s.mailedInOrder(&m)
}

// mailedInOrder: asked for, then authorised by who could, then entered here.
func (s *step) mailedInOrder(m *mailed) bool {
	by, could := s.f.Mailed.find(desk.PersonID(s.a.Field("authorised_by")))
	switch {
	case m.askedAt.After(s.f.Now.Add(clockSlack)):
		s.invalid("asked_at", "La petición no puede ser posterior a este momento.")
	case m.authorisedAt.Before(m.askedAt):
		s.invalid("authorised_at", "La autorización no puede ser anterior a la petición.")
	case m.authorisedAt.After(s.f.Now.Add(clockSlack)):
		s.invalid("authorised_at", "La autorización no puede ser posterior a este momento.")
	case !could:
		s.invalid("authorised_by", "Elija a la Jefatura de la UTI o a su suplente en esa fecha; nadie autoriza lo que pide.")
	default:
		m.by = by
		return true
	}
	return false
}

// openMailed: the case begins where an authorised one does, and the Jefatura is
// asked to regularise it.
func (s *step) openMailed(m mailed) {
	s.happened = m.askedAt
	s.emit(desk.AuthorisedByMail{By: m.by.Person, For: m.by.For, At: m.authorisedAt})
	s.enter(firstLevel(desk.Flow83), desk.BecauseApproved, "")
	s.askToRegularise()
}

// askToRegularise mails those who hold the post now; nobody there is told to the desk.
func (s *step) askToRegularise() {
	heads := s.f.Approval[desk.StageUTI].AtOnce
	for _, head := range heads {
		s.mail(desk.MailRegularise, desk.Audience{Kind: desk.ToPerson, Person: head.Person, For: head.For})
		s.notices[len(s.notices)-1].Round = s.t.RegularAt.Round
	}
	if len(heads) == 0 {
		s.mail(desk.MailNoApprover, toTeam(s.f.Party.Team))
	}
}

func regularise(s *step) {
	s.emit(desk.AuthorisationRegularised{})
	s.mail(desk.MailRegularised, s.toRequester())
}

// deny: what was never authorised ends as what is rejected does (R67).
func deny(s *step) {
	s.text("reason")
	s.emit(desk.AuthorisationDenied{}, desk.TicketRejected{})
	for _, to := range []desk.Audience{s.toRequester(), toTeam(s.before.Team)} {
		s.mail(desk.MailRejected, to, "reason", s.a.Field("reason"))
	}
}
