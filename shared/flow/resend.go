package flow

import (
	"slices"

	"mesa/shared/desk"
)

// resend orders a mail that did not go once more, as it was (R31, R152).
func resend(s *step) {
	switch {
	case s.f.Failed == nil:
		s.invalid("ref", "Ese correo no está detenido: no hace falta reenviarlo.")
		return
	case s.linkIsDead(*s.f.Failed):
		s.refuse("R152", "El enlace de ese correo ya no vale: la persona respondió, o hay un correo más nuevo.")
		return
	}
	s.emit(desk.MailResent{Ref: s.a.Field("ref")})
	s.copies = append(s.copies, *s.f.Failed)
}

// linkIsDead tells whether a mail's personal link would open on «reemplazado» or
// «ya respondió»: its wait is over, or a later mail of the same person replaced it.
func (s *step) linkIsDead(m desk.Mail) bool {
	switch m.Wait.Kind() {
	case desk.WaitApproval:
		asked, ok := s.t.AskedPerson(m.Person)
		return !ok || asked.Round != m.Round || s.t.StageAt.Seq != m.Wait.Seq()
	case desk.WaitPaused, desk.WaitData, desk.WaitVerification:
		return !slices.ContainsFunc(s.f.Waits, func(w desk.Wait) bool { return w.ID == m.Wait && !w.Settled })
	default:
		return false
	}
}
