package flow

import (
	"slices"

	"mesa/shared/desk"
)

// TakesReply tells whether a decision about a service may be made by answering
// the mail that asks for it. Off by default: 8.1.4 wants decisions «a través del
// sistema PAU». Never where deciding takes signing in.
func (p Policy) TakesReply(service desk.ServiceID) bool {
	return service != "" && slices.Contains(p.ReplyDecisions, service) && !p.NeedsSignIn(service)
}

// byReply: a mail decides only about services of which the policy says so, and
// only when mail authentication proves its sender. It stands on the rows, so that
// no way in can forget it (F33).
func byReply() Guard {
	return Guard{Text: "por respuesta de correo, solo si el servicio lo admite", Clause: "8.1.4, R9",
		Refusal: "Este servicio no se decide respondiendo el correo: use el enlace o entre a PAU > Aprobaciones.",
		holds: func(t desk.Ticket, f Facts, a desk.Act) bool {
			mailed := a.Channel == desk.ChannelMail || a.Actor.Assurance == desk.AssuredDMARC
			proved := a.Channel == desk.ChannelMail && a.Actor.Assurance == desk.AssuredDMARC
			return !mailed || proved && f.Policy.TakesReply(t.Service)
		}}
}

// mayMail: what a proved mail may do by what it says. Everything else that a
// person writes is a comment, received by the desk itself.
func (r *Row) mayMail(a desk.Act) bool { return r.Mail || a.Actor.Assurance != desk.AssuredDMARC }

// mailedFields are what a mail that does more than comment says besides.
func mailedFields() []Field {
	return []Field{{Name: "message", Label: "Mensaje", Kind: Hidden, Max: 100_000, Optional: true},
		{Name: "mail_id", Label: "Correo", Kind: Hidden, Max: 1000, Optional: true}}
}

// sendBack answers, once, a mail that decided nothing: whom package intake names
// is told why, with their own link if they are asked now, and without one if not
// (R68). It names nobody twice a day, and no program.
func (s *step) sendBack() {
	if s.a.Actor.Assurance != desk.AssuredSelf || s.a.Channel != desk.ChannelMail {
		return
	}
	who := desk.PersonID(s.a.Field("told"))
	if who == "" {
		return
	}
	asked := slices.DeleteFunc(s.mayStillDecide(), func(p desk.Asked) bool { return p.Person != who })
	if len(asked) == 0 || who == s.t.Requester {
		s.mail(desk.MailNotUnderstood, toPerson(who), "why", s.a.Field("why"))
		return
	}
	s.askToDecide(desk.MailNotUnderstood, asked)
	s.notices[len(s.notices)-1].Data["why"] = s.a.Field("why")
}

// toldFields are what package intake adds to a mail that decided nothing.
func toldFields() []Field {
	return []Field{{Name: "told", Label: "A quien se explica", Kind: Hidden, Max: 60, Optional: true},
		{Name: "why", Label: "Por qué no es una decisión", Kind: Hidden, Max: maxLine, Optional: true}}
}
