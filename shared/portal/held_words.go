package portal

import (
	"strings"

	"mesa/shared/desk"
	"mesa/shared/intake"
	"mesa/shared/mail"
	"mesa/shared/web"
)

// heldFacts are why a mail waits and what is known of who sent it. about is the
// case that it says to answer.
func heldFacts(rec intake.Record, about desk.Number) []web.Datum {
	verified := "El correo no prueba quién lo envía"
	if rec.Verified {
		verified = "El correo prueba quién lo envía"
	}
	facts := []web.Datum{{Label: "Para", Value: rec.Recipient}, {Label: "Por qué espera", Value: capitalised(rec.Why)}, {Label: "Remitente", Value: verified}}
	if checks := checksInWords(rec.Verdicts); checks != "" {
		facts = append(facts, web.Datum{Label: "Comprobaciones", Value: checks})
	}
	if about != "" {
		facts = append(facts, web.Datum{Label: "Dice responder al caso", Value: string(about)})
	}
	return facts
}

// heldTag says in a word or two why a mail waits.
func heldTag(rec intake.Record) web.Tag {
	if rec.Virus {
		return web.StateTag(web.Stop, "Virus")
	}
	words := map[string]string{"spam": "No deseado", "machine": "De un programa", mail.RuleCaps: "Demasiados en un día", "duplicate": "Repetido", "sender": "Sin remitente"}
	word, ok := words[rec.Rule]
	switch {
	case ok:
	case !rec.Verified:
		word = "Sin verificar"
	case rec.Rule == "reply":
		word = "No participa del caso"
	case rec.Rule == "new":
		word = "Remitente desconocido"
	default:
		word = "En espera"
	}
	return web.StateTag(web.Flag, word)
}

// capitalised begins with a capital: the rules' words stand alone here.
func capitalised(text string) string {
	for i, r := range text {
		return strings.ToUpper(string(r)) + text[i+len(string(r)):]
	}
	return ""
}

// heldRules are the rules that were asked about a mail, and what each said. A
// mail of former days has none.
func heldRules(rec intake.Record) []web.Datum {
	var rules []web.Datum
	for _, step := range mail.StepsTo(rec.Rule, rec.Why) {
		said := "No"
		if step.Hit {
			said = "Sí: " + step.Says
		}
		rules = append(rules, web.Datum{Label: step.Title(), Value: said})
	}
	return rules
}

// checksInWords says what the mail service found: «DMARC: no pasa · Virus: no».
func checksInWords(verdicts string) string {
	var found mail.Verdicts
	found, err := found.With(verdicts)
	if err != nil { // of a version to come: as it is
		return verdicts
	}
	var said []string
	for _, check := range []struct {
		label   string
		verdict mail.Verdict
		finds   bool // the check looks for something bad
	}{{"DMARC", found.DMARC, false}, {"DKIM", found.DKIM, false}, {"SPF", found.SPF, false}, {"Correo no deseado", found.Spam, true}, {"Virus", found.Virus, true}} {
		if check.verdict != "" {
			said = append(said, check.label+": "+verdictInWords(check.verdict, check.finds))
		}
	}
	return strings.Join(said, " · ")
}

func verdictInWords(v mail.Verdict, finds bool) string {
	switch {
	case v == mail.ProcessingFailed:
		return "no se pudo comprobar"
	case v == mail.Gray:
		return "no se sabe"
	case v == mail.Pass && finds:
		return "no"
	case v == mail.Pass:
		return "pasa"
	case finds:
		return "sí"
	}
	return "no pasa"
}

// aboutCase is the number of the case that a held mail says to answer, if the
// reader may see it.
func (v *visit) aboutCase(rec intake.Record) (desk.Number, error) {
	if rec.Ticket == "" {
		return "", nil
	}
	view, err := v.Reader.Look(v.r.Context(), rec.Ticket, v.act(""))
	if desk.CodeOf(err) == desk.NotFound {
		return "", nil
	}
	return view.Ticket.Number, err
}

// missed leads who comes second to the list, which says what became of the mail;
// what never was a held mail is not found.
func (v *visit) missed(id string, err error) error {
	_, ok, look := v.Portal.Held.Settled(v.r.Context(), id)
	switch {
	case look != nil:
		return look
	case !ok:
		return hidden(err)
	}
	return v.leave(heldList + "?" + query("gone", id))
}

// sayGone tells who settled a mail, and how.
func (v *visit) sayGone(id string) error {
	rec, ok, err := v.Portal.Held.Settled(v.r.Context(), id)
	if err != nil || !ok {
		return err
	}
	did := "lo descartó: " + rec.Reason
	if rec.Outcome != intake.Discarded {
		number, err := v.aboutCase(rec)
		if err != nil {
			return err
		}
		did = strings.TrimSpace(map[string]string{intake.Released: "lo convirtió en el caso ", intake.Attached: "lo unió al caso "}[rec.Outcome] + string(number))
	}
	v.notice(web.Wait, "Ese correo ya no espera: "+v.directory.Name(rec.By)+" "+did+".")
	return nil
}
