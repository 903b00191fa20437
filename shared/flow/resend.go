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
	case LinkIsDead(s.t, s.f.Waits, *s.f.Failed):
		s.refuse("R152", DeadLink)
		return
	}
	s.emit(desk.MailResent{Ref: s.a.Field("ref")})
	s.copies = append(s.copies, *s.f.Failed)
}

// DeadLink says why such a mail is not sent again.
const DeadLink = "El enlace de ese correo ya no vale: la persona respondió, o hay un correo más nuevo."

// LinkIsDead tells whether a mail's personal link would open on «reemplazado» or
// «ya respondió»: its wait is over, or a later mail of the same person replaced it.
// Pages ask it too, to offer no «Reenviar» that cannot work (R152).
func LinkIsDead(t desk.Ticket, waits []desk.Wait, m desk.Mail) bool {
	switch m.Wait.Kind() {
	case desk.WaitApproval:
		asked, ok := t.AskedPerson(m.Person)
		return !ok || asked.Round != m.Round || t.StageAt.Seq != m.Wait.Seq()
	case desk.WaitPaused, desk.WaitData, desk.WaitVerification:
		return !slices.ContainsFunc(waits, func(w desk.Wait) bool { return w.ID == m.Wait && !w.Settled })
	default:
		return false
	}
}
