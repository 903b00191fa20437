package portal

import (
	"slices"
	"strconv"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/intake"
	"mesa/shared/mail"
	"mesa/shared/web"
	"mesa/shared/work"
)

// originalPath is the page of the mail that an act came in by, "" if it came by
// none. Only staff read it: whoever sent it may not be who they say.
func (v *visit) originalPath(view work.View, rec desk.Record) string {
	if !view.Staff || v.Portal.Held == nil || intake.OriginalOf(rec) == "" {
		return ""
	}
	return ticketPath(view.Ticket.Number) + "/mails/" + strconv.Itoa(rec.Seq)
}

// original shows a mail of a case whole, as plain text: the case itself holds
// only what was new in it.
func (v *visit) original() error {
	view, err := v.look()
	if err != nil {
		return err
	}
	seq, err := strconv.Atoi(v.r.PathValue("seq"))
	i := slices.IndexFunc(view.Records, func(rec desk.Record) bool { return rec.Seq == seq })
	if err != nil || i < 0 || v.originalPath(view, view.Records[i]) == "" {
		return notFound()
	}
	rec, msg, err := v.Portal.Held.Original(v.r.Context(), intake.OriginalOf(view.Records[i]))
	if err != nil {
		return hidden(err)
	}
	page := web.OriginalMail{Back: web.Link{Label: string(view.Ticket.Number), Href: ticketPath(view.Ticket.Number)}, Subject: msg.Subject, At: rec.At, Facts: originalFacts(rec, &msg), Text: msg.FullText}
	for _, a := range msg.Attachments {
		page.Files = append(page.Files, web.Attachment{Name: a.Name, Size: flow.FileSize(int64(a.Size))})
	}
	return v.show(page)
}

func originalFacts(rec intake.Record, msg *mail.Message) []web.Datum {
	verified := "El correo no prueba quién lo envía"
	if rec.Verified {
		verified = "El correo prueba quién lo envía"
	}
	facts := []web.Datum{{Label: "De", Value: writtenAs(msg.From)}, {Label: "Remitente", Value: verified}, {Label: "Para", Value: writtenAs(msg.To...)}, {Label: "Copia", Value: writtenAs(msg.Cc...)}}
	for _, note := range msg.Notes {
		facts = append(facts, web.Datum{Label: "Nota", Value: string(note)})
	}
	return slices.DeleteFunc(facts, func(d web.Datum) bool { return d.Value == "" })
}

// writtenAs writes addresses as mail programs do.
func writtenAs(list ...mail.Address) string {
	var written []string
	for _, a := range list {
		switch {
		case a.Address == "":
			written = append(written, a.Name)
		case a.Name == "":
			written = append(written, a.Address)
		default:
			written = append(written, a.Name+" <"+a.Address+">")
		}
	}
	return strings.Join(written, ", ")
}
