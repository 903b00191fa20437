package web

import "mesa/shared/desk"

func approvalRows() []ApprovalRow {
	return []ApprovalRow{
		{Number: "2026-004512", Subject: "No se guardan las actas de recepción", Service: "SIGO", Person: "Usuaria/o de ejemplo", Unit: "UT Ejemplo",
			Stage: "Etapa 1 de 2: jefa/e de UT Ejemplo", Since: at(14, 5), Href: "/tickets/2026-004512/decisions"},
		{Number: "2026-004499", Subject: "El SIGA demora al grabar", Service: "SIGA", Person: "Usuaria/o de ejemplo 2", Unit: "UT Ejemplo",
			Stage: "Etapa 1 de 2: jefa/e de UT Ejemplo", Since: at(9, 0), Href: "/tickets/2026-004499/decisions"},
	}
}

func theRequest() Request {
	return Request{Number: "2026-004512", Subject: "No se guardan las actas de recepción", Description: "Al guardar el acta aparece error 500 desde las 09:10.",
		Service: "SIGO", Person: "Usuaria/o de ejemplo", Unit: "UT Ejemplo", Area: "Supervisión", Phone: "987 654 321", At: at(14, 5)}
}

const headRole = "jefa/e de la UT Ejemplo"

func decisionPage(signed bool, in DecisionInput) Decision {
	return Decision{Request: theRequest(), Stage: "Etapa 1 de 2: jefa/e de la UT (8.1.4 a)", Role: headRole, Signed: signed, Transfer: "/approvals/t0k3n/transfers",
		IfYes: "Si aprueba, decide después la/el jefa/e de la unidad orgánica de Sede Central. Si rechaza, el caso queda rechazado.",
		Form:  DecisionForm("/approvals/t0k3n", headRole, !signed, in)}
}

func approvalSamples() []sample {
	decided := approvalRows()[:1]
	decided[0].Outcome, decided[0].Reason, decided[0].Href = TicketTag(desk.Rejected, "Rechazada"), "Corresponde a otra área", "/tickets/2026-004512"
	wrong := DecisionInput{Choice: Reject, Errors: map[string]string{ReasonField: Say("decision.error.reason"), CodeField: Say("decision.error.wrong", "n", "4")}}
	none := DecisionInput{Errors: map[string]string{ChoiceField: Say("decision.error.choice"), DeclareField: Say("decision.error.declare")}}
	transfer := Transfer{Request: theRequest(), Back: "/approvals/t0k3n", Signed: true, Form: TransferForm("/approvals/t0k3n/transfers", headRole, false, DecisionInput{})}
	several, missing := approvalRows(), approvalRows()
	for i, number := range []string{several[0].Number, several[1].Number} {
		several[i].Role, several[i].Text, several[i].Fields = headRole, theRequest().Description, ChoiceFields(number, DecisionInput{})
		missing[i].Role, missing[i].Text = headRole, theRequest().Description
	}
	missing[0].Fields = ChoiceFields(missing[0].Number, DecisionInput{Choice: Reject, Errors: map[string]string{ReasonField: Say("decision.error.reason")}})
	missing[1].Fields = ChoiceFields(missing[1].Number, DecisionInput{Reason: "Ya hay otro.", Errors: map[string]string{ChoiceField: Say("decisions.error.loose")}})
	return []sample{
		{"approvals-several", head1("/approvals"), Approvals{As: headRole, Pending: several, Form: DecisionsForm("/approvals", false, ""), Decided: decided}},
		{"approvals-several-wrong", head1("/approvals"), Approvals{As: headRole, Pending: missing, Form: DecisionsForm("/approvals", false, Say("decision.error.declare"))}},
		{"approvals", head1("/approvals"), Approvals{As: "jefa/e de UT Ejemplo", Pending: approvalRows(), Decided: decided}},
		{"approvals-empty", head1("/approvals"), Approvals{}},
		{"regularisations", head1("/regularisations"), Regularisations{Head: true, Pending: approvalRows()[:1], Forms: []Link{{Label: "SIGO", Href: "/ticket-forms/apps-sigo?by_mail=yes"}}}},
		{"regularisations-empty", head1("/regularisations"), Regularisations{}},
		{"decision-link", nobody(), decisionPage(true, DecisionInput{})},
		{"decision-link-wrong", nobody(), decisionPage(true, wrong)},
		{"decision-session", head1("/tickets/2026-004512/decisions"), decisionPage(false, DecisionInput{})},
		{"decision-session-wrong", head1("/tickets/2026-004512/decisions"), decisionPage(false, none)},
		{"transfer", nobody(), transfer},
		{"transfer-session", head1("/tickets/2026-004512/transfers"), Transfer{Request: theRequest(), Back: "/approvals",
			Form: TransferForm("/x", headRole, true, DecisionInput{Errors: map[string]string{ReasonField: "Escriba por qué no le corresponde: así buscaremos a quien decide."}})}},
	}
}

func linkSamples() []sample {
	var all []sample
	for _, s := range []LinkState{LinkApproved, LinkRejected, LinkTransferred, LinkYouDecided, LinkOther, LinkReplaced, LinkEarly, LinkWithdrawn, LinkOwn,
		LinkLocked, LinkInvalid, LinkAnswered, LinkWasAnswered, LinkSignIn, LinkShown, LinkGone, LinkVerified, LinkFailing, LinkLapsed} {
		p := LinkAnswer{State: s, Number: "2026-004512", At: at(14, 10), Outcome: "rechazada", Who: "Su suplente", Minutes: 15, Portal: "/approvals"}
		switch s {
		case LinkApproved:
			p.Next = "Ahora decide la/el jefa/e de la unidad orgánica."
		case LinkSignIn:
			p.Portal = "/tickets/2026-004512/decisions"
		case LinkInvalid:
			p = LinkAnswer{State: s, Portal: "/approvals"}
		case LinkAnswered, LinkWasAnswered, LinkVerified, LinkFailing:
			p.Portal = ""
		case LinkShown, LinkGone:
			p.Portal, p.Next = "", "Mesa de ayuda: anexo 0000."
		case LinkLapsed:
			p.Portal = "/ticket-forms/apps-sgd?flow=8.2&from=01J8ZC6N8Q2V4X6Y8Z0A1B2C3D"
		}
		all = append(all, sample{"link-" + string(s), nobody(), p})
	}
	ask := Form{Action: "/answers/t0k3n", Key: "k", Submit: "Enviar respuesta", Fields: []Field{{Name: "text", Kind: TextArea, Label: "Su respuesta"}}}
	data := Form{Action: "/answers/t0k3n", Key: "k", Submit: "Enviar datos", Fields: []Field{form8(false).Fields[3], form8(true).Fields[4]}}
	verification := func(in Filled) Verification {
		return Verification{Number: "2026-004512", Subject: "No deriva el expediente", Solution: "Se corrigió la derivación.\nPruebe otra vez.", At: at(15, 0), Until: at(17, 30),
			Form: VerificationForm("/verifications/t0k3n", in)}
	}
	offer := CredentialOffer{Number: "2026-004512", System: "SIGA", Account: "u.ejemplo", Until: at(14, 5), Rule: "mínimo 8 caracteres, con mayúsculas, minúsculas y símbolos",
		Form: CredentialForm("/credentials/t0k3n", "")}
	wrong := offer
	wrong.Form = CredentialForm("/credentials/t0k3n", Say("decision.error.wrong", "n", "4"))
	return append(all,
		sample{"verification", nobody(), verification(Filled{})},
		sample{"verification-wrong", nobody(), verification(Filled{Values: map[string]string{ChoiceField: Failing, RatingField: "2", CommentField: "Van tres veces."},
			Errors: map[string]string{FailingField: "Escriba qué sigue fallando."}})},
		sample{"credential-offer", nobody(), offer},
		sample{"credential-offer-wrong", nobody(), wrong},
		sample{"credential-shown", nobody(), CredentialShown{Number: "2026-004512", System: "SIGA", Account: "u.ejemplo", Password: "Xy*Temporal4", Rule: offer.Rule}},
		sample{"question", nobody(), Question{Number: "2026-004512", Subject: "No se guardan las actas", By: "Equipo de Desarrollo", At: at(15, 0), Text: "¿En qué navegador ocurre?\n¿Desde cuándo?", Form: ask}},
		sample{"question-data", nobody(), Question{Number: "2026-004390", Subject: "La impresora no enciende", Form: data,
			Known: []Datum{{Label: "Servicio", Value: "Impresoras"}, {Label: "Descripción", Value: "No enciende desde ayer.\nYa probé otro enchufe."}, {Label: "Tipo de equipo", Value: "Impresora"}}}})
}
