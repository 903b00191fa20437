package portal

import (
	"slices"
	"strconv"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/notify"
	"mesa/shared/session"
	"mesa/shared/web"
	"mesa/shared/work"
)

// effect is an outbox item: what it is, how it went, what was heard of it since,
// and «Reenviar» where the desk does not know or knows that it did not arrive, or
// why it cannot go again.
func (v *visit) effect(view work.View, e desk.Effect, resend bool) web.Effect {
	shown := web.Effect{Title: v.effectTitle(e), State: web.EffectTag(e.Op, e.State), Machine: e.Op == desk.OpStart || e.Op == desk.OpResume}
	if e.Attempts > 1 && (e.State != desk.EffectDone || e.Op == desk.OpMail) { // also of a mail that went: it may have gone twice
		shown.Detail = strconv.Itoa(e.Attempts) + " intentos"
	}
	if e.Op != desk.OpMail {
		return shown
	}
	if e.State == desk.EffectDone {
		shown.State = web.DeliveryTag(e.Delivery)
	}
	if detail := deliveryDetail(e); detail != "" {
		shown.Detail = strings.TrimPrefix(shown.Detail+". "+detail, ". ")
	}
	switch {
	case !e.Undelivered() || !resend:
	case flow.LinkIsDead(view.Ticket, view.Waits, *e.Mail):
		shown.Detail = strings.TrimPrefix(strings.TrimSuffix(shown.Detail, ".")+". "+flow.DeadLink, ". ")
	default:
		shown.Resend = &web.Button{Label: "Reenviar", Action: actPath(view.Ticket.Number, desk.ActResend), Key: session.Random(),
			Hidden: []web.Hidden{{Name: "ref", Value: e.Ref()}}, Context: shown.Title}
	}
	return shown
}

// deliveryDetail says why a mail did not arrive, or arrives late, and what to do.
func deliveryDetail(e desk.Effect) string {
	const call = " No pudimos entregar este correo: llame a la persona."
	if since, closed := e.ClosedSince(); closed {
		return notify.RefusesSince(e.Mail.To, since)
	}
	if e.State != desk.EffectDone {
		return ""
	}
	d := e.Delivery
	why := sentenceOf(notify.WhyNot(d))
	switch {
	case d.Failed():
		return web.Stamp(d.At) + ": " + why + call
	case d.State == desk.DeliveryComplained:
		return web.Stamp(d.At) + ": " + why + " La mesa no le escribe más: llame a la persona."
	case d.State == desk.DeliveryDelayed:
		return web.Stamp(d.At) + ": " + why + " El servicio de correo lo sigue intentando."
	case d.State == desk.DeliveryDelivered:
		return web.Stamp(d.At)
	default:
		return ""
	}
}

// resentMails are the items that were sent again: what became of them is over.
func resentMails(records []desk.Record) map[string]bool {
	resent := map[string]bool{}
	for _, rec := range records {
		for _, e := range rec.Events {
			if again, ok := e.(desk.MailResent); ok {
				resent[again.Ref] = true
			}
		}
	}
	return resent
}

// undelivered are the mails of a case that did not arrive and that nobody has
// dealt with: neither sent again nor followed by a call or a note.
func undelivered(view work.View) []desk.Effect {
	resent := resentMails(view.Records)
	return slices.DeleteFunc(slices.Clone(view.Effects), func(e desk.Effect) bool {
		return !e.Undelivered() || resent[e.Ref()] || e.Mail.Message == desk.MailNotDelivered ||
			slices.ContainsFunc(view.Records, func(rec desk.Record) bool { return dealtWith(rec, e) })
	})
}

// dealtWith: the person was reached after the act that ordered the mail, by the
// order of the acts and no clock, since the mail service has its own; or somebody
// noted something after it was known.
func dealtWith(rec desk.Record, e desk.Effect) bool {
	if rec.Seq <= e.Seq {
		return false
	}
	known := e.DoneAt
	if e.Delivery.Failed() {
		known = e.Delivery.At
	}
	return rec.Act == desk.ActNote && rec.At.After(known) ||
		slices.ContainsFunc(rec.Events, func(event desk.Event) bool { c, ok := event.(desk.ContactLogged); return ok && c.Reached })
}

// warnUndelivered says above the page that a closing did not reach who asked
// (R31), and answers the mark of a case with any mail that did not arrive.
func (v *visit) warnUndelivered(view work.View) []web.Tag {
	if !view.Staff {
		return nil
	}
	lost := undelivered(view)
	for _, e := range lost {
		if e.Mail.Closing {
			v.notice(web.Stop, v.effectTitle(e)+": no entregado. Es la comunicación del cierre (7.3): llame a la persona y anote el contacto.")
		}
	}
	if len(lost) == 0 {
		return nil
	}
	return []web.Tag{web.StateTag(web.Stop, "Correo no entregado")}
}
