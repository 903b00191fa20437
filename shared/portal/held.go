package portal

import (
	"net/url"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/intake"
	"mesa/shared/web"
)

// heldMails is /mail-quarantine: received mails that wait for a person's eyes.
func (v *visit) heldMails() error {
	if !v.holds() {
		return notFound()
	}
	list, next, err := v.Portal.Held.List(v.r.Context(), v.query("cursor"))
	if err != nil {
		return err
	}
	if v.query("gone") != "" {
		v.notice(web.Wait, "Ese correo ya no espera: alguien lo atendió.")
	}
	page := web.HeldMails{}
	if next != "" {
		page.Next = "/mail-quarantine?" + query("cursor", next)
	}
	for _, rec := range list {
		page.Mails = append(page.Mails, heldLine(rec))
	}
	return v.show(page)
}

func heldPath(id string) string { return "/mail-quarantine/" + url.PathEscape(id) }

func heldLine(rec intake.Record) web.HeldMail {
	from := rec.From
	if rec.Name != "" {
		from = rec.Name + " <" + rec.From + ">"
	}
	if from == "" {
		from = "Sin remitente"
	}
	reason := web.StateTag(web.Flag, "En espera")
	switch {
	case rec.Virus:
		reason = web.StateTag(web.Stop, "Virus")
	case !rec.Verified:
		reason.Text = "Sin verificar"
	}
	return web.HeldMail{Href: heldPath(rec.ID), From: from, Subject: rec.Subject, Reason: reason, At: rec.At}
}

func (v *visit) heldMail() error {
	return v.drawHeld(nil)
}

// previewCap is how much of a mail's text the page shows.
const previewCap = 20_000

// drawHeld previews one mail as plain text with its three ways out.
func (v *visit) drawHeld(wrong map[string]string) error {
	if !v.holds() {
		return notFound()
	}
	rec, msg, err := v.Portal.Held.Get(v.r.Context(), v.r.PathValue("id"))
	if err != nil {
		return hidden(err)
	}
	in := web.Filled{Values: map[string]string{}, Errors: wrong}
	for _, name := range []string{"person", "number", "reason"} {
		in.Values[name] = v.typed.Get(name)
	}
	page := web.HeldMailPage{Mail: heldLine(rec), Facts: heldFacts(rec), Text: msg.FullText}
	if len(page.Text) > previewCap {
		page.Text, page.Cut = strings.ToValidUTF8(page.Text[:previewCap], ""), true
	}
	for _, a := range msg.Attachments {
		page.Files = append(page.Files, web.Attachment{Name: a.Name, Size: flow.FileSize(int64(a.Size))})
	}
	page.Release, page.Attach, page.Discard = web.HeldMailForms(heldPath(rec.ID), v.people(), in)
	return v.show(page)
}

func heldFacts(rec intake.Record) []web.Datum {
	verified := "El correo no prueba quién lo envía"
	if rec.Verified {
		verified = "El correo prueba quién lo envía"
	}
	return []web.Datum{{Label: "Para", Value: rec.Recipient}, {Label: "Por qué espera", Value: rec.Why}, {Label: "Remitente", Value: verified}}
}

// settleMail takes one of the three ways out.
func (v *visit) settleMail() error {
	if !v.holds() {
		return notFound()
	}
	id, actor := v.r.PathValue("id"), v.act("").Actor
	switch v.r.PathValue("way") {
	case "release":
		return v.releaseMail(id, actor)
	case "attach":
		return v.attachMail(id, actor)
	case "discard":
		reason := strings.TrimSpace(v.typed.Get("reason"))
		if reason == "" {
			return v.drawHeld(map[string]string{"reason": web.Say("held.error.reason")})
		}
		return v.settled(v.Portal.Held.Discard(v.r.Context(), id, reason, actor), "/mail-quarantine")
	}
	return notFound()
}

// releaseMail makes the mail a contact in somebody's name.
func (v *visit) releaseMail(id string, actor desk.Actor) error {
	person, problem := v.findPerson(strings.TrimSpace(v.typed.Get("person")))
	if problem != "" {
		return v.drawHeld(map[string]string{"person": problem})
	}
	ticket, err := v.Portal.Held.Release(v.r.Context(), id, person.ID, actor)
	if err != nil {
		return v.settled(err, "")
	}
	stored, err := v.Lists.Load(v.r.Context(), ticket)
	if err != nil {
		return err
	}
	return v.leave(ticketPath(stored.Ticket.Number))
}

// attachMail adds the mail to a case that the reader may see.
func (v *visit) attachMail(id string, actor desk.Actor) error {
	number := desk.Number(strings.TrimSpace(v.typed.Get("number")))
	ticket, err := v.Lists.ByNumber(v.r.Context(), number)
	if err == nil {
		_, err = v.Reader.Look(v.r.Context(), ticket, v.act(""))
	}
	if desk.CodeOf(err) == desk.NotFound || number == "" {
		return v.drawHeld(map[string]string{"number": web.Say("held.error.number")})
	}
	if err != nil {
		return err
	}
	return v.settled(v.Portal.Held.Attach(v.r.Context(), id, number, actor), ticketPath(number))
}

// settled answers a way out; a mail that a colleague settled first is no error,
// only news.
func (v *visit) settled(err error, path string) error {
	if desk.CodeOf(err) == desk.NotFound {
		return v.leave("/mail-quarantine?gone=1")
	}
	if err != nil {
		return err
	}
	return v.leave(path)
}
