package notify

import "mesa/shared/desk"

// troubleMails are «No entregado: llame» for each trouble of a mail.
func troubleMails(failed desk.Mail, about About) []namedMail {
	since := about.At
	gone := desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseNoAddress, Status: "5.1.1"}
	var all []namedMail
	for _, t := range []struct {
		name string
		Trouble
	}{
		{"bounced", Trouble{Cause: CauseBounced, Why: WhyNot(gone), Address: failed.To, Since: since}},
		{"full", Trouble{Cause: CauseBounced, Why: WhyNot(desk.Delivery{Cause: desk.CauseMailboxFull})}},
		{"closed", Trouble{Cause: CauseClosed, Address: failed.To, Since: since}},
		{"complained", Trouble{Cause: CauseComplained, Address: failed.To, Since: since}},
	} {
		if callers := Callers(failed, t.Trouble, about); len(callers) > 0 {
			all = append(all, namedMail{"not-delivered-" + t.name, callers[0]})
		}
	}
	return all
}

// troubleNotes say how they differ.
func troubleNotes() map[string]string {
	return map[string]string{
		"not-delivered-bounced":    "el correo volvió: la dirección no existe",
		"not-delivered-full":       "el correo volvió: su buzón está lleno",
		"not-delivered-closed":     "no se envió: la dirección rechaza correos",
		"not-delivered-complained": "quien lo recibió lo marcó como no deseado",
	}
}
