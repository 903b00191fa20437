package mail

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// The first line of a reply, and what it decides. Anything doubtful is no choice.
func TestFirstLineDecides(t *testing.T) {
	tests := []struct {
		name, text string
		choice     Choice
		reason     string
		why        string
	}{
		{"the word", "APROBADO", Approves, "", ""},
		{"in small letters with a full stop", "aprobado.", Approves, "", ""},
		{"of a request, feminine", "Aprobada", Approves, "", ""},
		{"bold, as programs write it", "*APROBADO*", Approves, "", ""},
		{"after blank lines, with a signature", "\n\n APROBADO \n\nSaludos,\nJefa de UT Ejemplo\nAnexo 2301\nNo imprima este correo si no es necesario", Approves, "", ""},
		{"with a remark", "APROBADO\nAtender hoy, por favor.", Approves, "", ""},
		{"an accent too many", "aprobádo", Approves, "", ""},
		{"an accent of two characters", "APROBA\u0301DO!", Approves, "", ""},

		{"rejected, with its reason", "RECHAZADO falta el informe", Rejects, "falta el informe", ""},
		{"rejected, with a colon", "Rechazada: falta el informe técnico.\nLo pide la directiva.\n\nSaludos", Rejects, "falta el informe técnico\nLo pide la directiva.", ""},
		{"the reason below", "RECHAZADO.\n\nFalta el informe técnico.\n\nAtentamente,\nJefa", Rejects, "Falta el informe técnico.", ""},
		{"a reason with a dash", "Rechazado - no corresponde a la UT", Rejects, "no corresponde a la UT", ""},

		{"rejected without a reason", "RECHAZADO", NoChoice, "", WhyNoReason},
		{"a greeting is no reason", "RECHAZADO\n\nSaludos cordiales,\nJefa de UT", NoChoice, "", WhyNoReason},
		{"the name of who signs is no reason", "RECHAZADO\n\nJefa  Ejemplo\nUnidad Territorial", NoChoice, "", WhyNoReason},
		{"three letters are no reason", "RECHAZADO: ok.", NoChoice, "", WhyNoReason},
		{"a reason beyond the page's limit", "RECHAZADO " + strings.Repeat("a", maxReason+1), NoChoice, "", WhyLongWords},
		{"thanks on the same line", "Aprobado, gracias", NoChoice, "", WhyNotAlone},
		{"with conditions on the line", "APROBADO con observaciones", NoChoice, "", WhyNotAlone},
		{"with conditions below", "APROBADO\n\nSiempre que el área lo sustente.", NoChoice, "", WhyNotAlone},
		{"with conditions after thanks", "APROBADO\nGracias, pero solo cuando se corrija el monto", NoChoice, "", WhyNotAlone},
		{"taken back below", "Aprobado\n\nNo, espere.", NoChoice, "", WhyNotAlone},
		{"if something is mended", "APROBADO\nSi se corrige el monto", NoChoice, "", WhyNotAlone},
		{"a question", "¿Aprobado?", NoChoice, "", WhyNotAlone},
		{"a question below", "APROBADO\n¿Esto incluye Piura?", NoChoice, "", WhyNotAlone},
		{"a question in the reason", "RECHAZADO: ¿por qué dos veces?", NoChoice, "", WhyNotAlone},
		{"negated", "No aprobado", NoChoice, "", WhyNotAlone},
		{"another form of the verb", "Apruebo lo solicitado", NoChoice, "", WhyNotAlone},
		{"disapproved", "Desaprobado", NoChoice, "", WhyNotAlone},
		{"both words on the line", "APROBADO o RECHAZADO", NoChoice, "", WhyNotAlone},
		{"both words below", "APROBADO\n\nPerdón:\nRECHAZADO", NoChoice, "", WhyNotAlone},
		{"the other word after the signature", "APROBADO\n\nSaludos\nJefa\n\nRECHAZADO", NoChoice, "", WhyBoth},
		{"rejected and approved", "RECHAZADO, ya fue aprobado en otro caso", NoChoice, "", WhyBoth},
		{"rejected, approved below the signature", "RECHAZADO falta sustento\n\nSaludos\nAPROBADO", NoChoice, "", WhyBoth},
		{"within quotation marks", "«APROBADO»", NoChoice, "", WhyNotAlone},
		{"not on the first line", "Buenos días:\nAPROBADO", NoChoice, "", WhyNoWord},
		{"only in the signature", "--\nAPROBADO", NoChoice, "", WhyNoWord},
		{"part of a word", "APROBADOS", NoChoice, "", WhyNotAlone},
		{"nothing", "  \n ", NoChoice, "", WhyNoWord},
		{"something else", "¿Desde cuándo ocurre?", NoChoice, "", WhyNoWord},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ReadVote(tt.text, "Jefa Ejemplo")
			if got.Choice != tt.choice || got.Reason != tt.reason || got.Why != tt.why {
				t.Errorf("%q decides %q (%q) because %q; want %q (%q), %q", tt.text, got.Choice, got.Reason, got.Why, tt.choice, tt.reason, tt.why)
			}
		})
	}
}

// What a program quotes or forwards is nobody's decision.
func TestOnlyOwnWordsDecide(t *testing.T) {
	for name, tt := range map[string]struct {
		subject, text string
		choice        Choice
	}{
		"above a quoted mail":               {"RE: Por aprobar", "APROBADO\n\nEl mar, 15 sept 2026 a las 9:00, Mesa de ayuda (<mesa@qw.gob.pe>) escribió:\n> También puede responder con APROBADO o RECHAZADO y el motivo\n", Approves},
		"below a quoted mail":               {"RE: Por aprobar", "El mar, 15 sept 2026 a las 9:00, Mesa de ayuda (<mesa@qw.gob.pe>) escribió:\n> Por aprobar\n\nAPROBADO\n", Approves},
		"above the header of Outlook":       {"RE: Por aprobar", "APROBADO\n\nDe: Mesa de ayuda <mesa@qw.gob.pe>\nEnviado el: martes, 15 de septiembre de 2026 9:00\nPara: Jefa\nAsunto: Por aprobar\n\nResponda con RECHAZADO\n", Approves},
		"the quoted word alone":             {"RE: Por aprobar", "> APROBADO\n", NoChoice},
		"an introduction and a quoted word": {"RE: Por aprobar", "El mar, 15 sept 2026 a las 9:00, Jefa (<jefa@qw.gob.pe>) escribió:\n> APROBADO\n", NoChoice},
		"a forward":                         {"RV: Por aprobar", "APROBADO\n\nDe: Jefa <jefa@qw.gob.pe>\nEnviado: martes\nPara: Otra\nAsunto: Por aprobar\n\nx", NoChoice},
		"a forwarded mail in the text":      {"Por aprobar", "APROBADO\n\n---------- Forwarded message ---------\nDe: Jefa <jefa@qw.gob.pe>\n\nx", NoChoice},
		"the subject alone":                 {"APROBADO", "", NoChoice},
		"our own words left unquoted":       {"RE: Por aprobar", "APROBADO\n\nTambién puede responder a este correo con APROBADO o RECHAZADO y el motivo en la primera línea.\n", NoChoice},
	} {
		t.Run(name, func(t *testing.T) {
			m := Parse([]byte(strings.ReplaceAll("From: Jefa <jefa@qw.gob.pe>\nSubject: "+tt.subject+"\nContent-Type: text/plain; charset=utf-8\n\n"+tt.text, "\n", "\r\n")))
			if got := ReadVote(m.OwnText, m.From.Name); got.Choice != tt.choice {
				t.Errorf("own text %q decides %q (%s), want %q", m.OwnText, got.Choice, got.Why, tt.choice)
			}
		})
	}
}

// deciding is the state of a case in which the sender is asked to decide.
func deciding(by Mark) []Candidate {
	return []Candidate{{Ticket: theTicket, By: by, Belongs: true, Asked: true, ByReply: true, Since: passed().At}}
}

func TestDecisionRepliesAreJudged(t *testing.T) {
	const text = "APROBADO"
	tests := map[string]struct {
		extra, text string
		change      func(*Receipt, *Known)
		vote        bool
		answer      Answer
		noVote      string
	}{
		"asked, proved, clear: a decision":      {"", text, nil, true, NoAnswer, ""},
		"by our root in the thread: a decision": {"", text, func(_ *Receipt, k *Known) { k.Candidates = deciding(ByRoot) }, true, NoAnswer, ""},
		"unclear: the link again":               {"", "Aprobado, gracias", nil, false, UseTheLink, WhyNotAlone},
		"a plain comment of who is asked":       {"", "¿Desde cuándo?", nil, false, UseTheLink, WhyNoWord},
		"F33 DMARC FAIL approves nothing":       {"", text, func(r *Receipt, _ *Known) { r.Verdicts.DMARC = Fail }, false, UseTheLink, "no pudimos comprobar quién envió el correo"},
		"F33 DMARC GRAY without DKIM: nothing":  {"", text, func(r *Receipt, _ *Known) { r.Verdicts.DMARC = Gray }, false, UseTheLink, "no pudimos comprobar quién envió el correo"},
		"the service is not decided so":         {"", text, func(_ *Receipt, k *Known) { k.Candidates[0].ByReply = false }, false, UseTheLink, "este servicio no se decide respondiendo el correo"},
		"not asked, a colleague in copy":        {"", text, func(_ *Receipt, k *Known) { k.Candidates[0].Asked = false }, false, UseTheLink, "ahora no se le pide decidir en este caso"},
		"not asked, about something else":       {"", "Ya lo revisé.", func(_ *Receipt, k *Known) { k.Candidates[0].Asked = false }, false, NoAnswer, ""},
		"not asked, not proved: no answer":      {"", text, func(r *Receipt, k *Known) { k.Candidates[0].Asked, r.Verdicts.DMARC = false, Fail }, false, NoAnswer, ""},
		"only the number in the subject":        {"", text, func(_ *Receipt, k *Known) { k.Candidates = deciding(BySubject) }, false, UseTheLink, "no responde al correo que le pide decidir"},
		"the id of a mail received":             {"", text, func(_ *Receipt, k *Known) { k.Candidates = deciding(ByID) }, false, UseTheLink, "no responde al correo que le pide decidir"},
		"sent before the stage opened": {"", text, func(r *Receipt, k *Known) {
			r.At = r.At.AddDate(1, 0, 0)
			k.Candidates[0].Since = r.At.AddDate(0, 0, 1)
		}, false, UseTheLink, "lo envió antes de que se le pidiera esta decisión"},
		"a list asks for no answer":                {"List-Id: <todos.qw.gob.pe>\n", "Aprobado, gracias", nil, false, NoAnswer, ""},
		"of no case: no decision and no answer":    {"", text, func(_ *Receipt, k *Known) { k.Candidates = nil }, false, Acknowledge, ""},
		"two senders are nobody, and told nothing": {"From: Otra <otra@qw.gob.pe>\n", text, nil, false, NoAnswer, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m, r, k := Parse(mailOf(tt.extra, tt.text)), passed(), ours()
			k.Candidates = deciding(ByAddress)
			if tt.change != nil {
				tt.change(&r, &k)
			}
			got := Judge(&m, r, k)
			if (got.Vote != nil) != tt.vote || got.Answer != tt.answer || got.NoVote != tt.noVote {
				t.Errorf("vote %+v, answer %q, «%s»; want %t, %q, «%s»", got.Vote, got.Answer, got.NoVote, tt.vote, tt.answer, tt.noVote)
			}
			if got.Vote != nil && (got.Decision != AddComment || got.Person != "p-usuaria" || !got.Verified || got.Ticket != theTicket) {
				t.Errorf("a vote is judged %+v", got)
			}
		})
	}
}

// The order of the design: duplicate, decision reply, reply to a ticket.
func TestADecisionStandsBetweenDuplicatesAndReplies(t *testing.T) {
	m, r, k := Parse(mailOf("", "APROBADO")), passed(), ours()
	k.Candidates, k.Seen, k.SeenTicket = deciding(ByAddress), SeenMail, theTicket
	if got := Judge(&m, r, k); got.Vote != nil || got.Decision != Drop {
		t.Errorf("a repeated mail is judged %+v", got)
	}
	k.Seen, k.SeenBelongs = SeenEdited, true
	if got := Judge(&m, r, k); got.Vote != nil || got.Decision != AddComment || got.Answer != NoAnswer {
		t.Errorf("another text under the id of a mail is judged %+v", got)
	}
	k.Seen = ""
	got := Judge(&m, r, k)
	if last := got.Why[len(got.Why)-1]; last.Rule != "decision" || !last.Hit {
		t.Errorf("decided by %+v", last)
	}
	if m, r = Parse(mailOf("Auto-Submitted: auto-replied\n", "APROBADO")), passed(); Judge(&m, r, k).Vote != nil {
		t.Error("a program decides")
	}
}

func FuzzVotesAreClearOrNone(f *testing.F) {
	for _, seed := range []string{"APROBADO", "RECHAZADO: x\ny", "*aprobado*\n\nSaludos", "RECHAZADO\n\n\n", "\xff\xfeAPROBADO", "¿Aprobado?", strings.Repeat("RECHAZADO ", 2000)} {
		f.Add(seed, "Jefa")
	}
	f.Fuzz(func(t *testing.T, text, signer string) {
		text = strings.ToValidUTF8(text, "")
		v := ReadVote(text, signer)
		switch {
		case !utf8.ValidString(v.Reason) || utf8.RuneCountInString(v.Reason) > maxReason:
			t.Errorf("%q has reason %q", text, v.Reason)
		case (v.Choice == NoChoice) == (v.Why == ""), (v.Choice == Rejects) != (v.Reason != ""):
			t.Errorf("%q is read as %+v", text, v)
		case v.Choice == Approves && anyWord([]string{text}, rejecting), v.Choice == Rejects && anyWord([]string{text}, approving):
			t.Errorf("%q says both and is read as %+v", text, v)
		case v.Choice == Approves && len(wordsOf(strings.SplitN(strings.TrimSpace(text), "\n", 2)[0])) != 1:
			t.Errorf("%q approves with more than a word on its first line", text)
		}
	})
}
