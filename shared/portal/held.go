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
	if id := v.query("gone"); id != "" {
		if err := v.sayGone(id); err != nil {
			return err
		}
	}
	page := web.HeldMails{}
	if next != "" {
		page.Next = heldList + "?" + query("cursor", next)
	}
	if v.query("cursor") != "" {
		page.First = heldList
	}
	for _, rec := range list {
		page.Mails = append(page.Mails, heldLine(rec))
	}
	return v.show(page)
}

// withHeld adds the held mails to the views of the start page, for those who see
// them: how many of a page, and how long the oldest has waited.
func (v *visit) withHeld(views []web.ViewCount) ([]web.ViewCount, error) {
	if !v.holds() {
		return views, nil
	}
	list, next, err := v.Portal.Held.List(v.r.Context(), "")
	if err != nil {
		return nil, err
	}
	held := web.ViewCount{Name: web.Say("nav.held"), Href: heldList, Count: len(list), More: next != ""}
	if len(list) > 0 {
		held.Oldest = list[0].At
	}
	return append(views, held), nil
}

const heldList = "/mail-quarantine"

func heldPath(id string) string { return heldList + "/" + url.PathEscape(id) }

func heldLine(rec intake.Record) web.HeldMail {
	from := rec.From
	if rec.Name != "" {
		from = rec.Name + " <" + rec.From + ">"
	}
	if from == "" {
		from = "Sin remitente"
	}
	return web.HeldMail{Href: heldPath(rec.ID), From: from, Subject: rec.Subject, Reason: heldTag(rec), At: rec.At}
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
	id := v.r.PathValue("id")
	rec, msg, err := v.Portal.Held.Get(v.r.Context(), id)
	if desk.CodeOf(err) == desk.NotFound {
		return v.missed(id, err)
	}
	if err != nil {
		return err
	}
	in := web.Filled{Values: map[string]string{}, Errors: wrong}
	for _, name := range []string{"person", "number", "reason"} {
		in.Values[name] = v.typed.Get(name)
	}
	about, err := v.aboutCase(rec)
	if err != nil {
		return err
	}
	if in.Values["number"] == "" {
		in.Values["number"] = string(about)
	}
	page := web.HeldMailPage{Mail: heldLine(rec), Facts: heldFacts(rec, about), Rules: heldRules(rec), Text: msg.FullText, Kept: !rec.Virus}
	if len(page.Text) > previewCap {
		page.Text, page.Cut = strings.ToValidUTF8(page.Text[:previewCap], ""), true
	}
	for _, a := range msg.Attachments {
		page.Files = append(page.Files, web.Attachment{Name: a.Name, Size: flow.FileSize(int64(a.Size))})
	}
	page.Release, page.Attach, page.Discard = web.HeldMailForms(heldPath(rec.ID), v.people(), in)
	return v.show(page)
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
		return v.settled(v.Portal.Held.Discard(v.r.Context(), id, reason, actor), heldList, id)
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
		return v.settled(err, "", id)
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
	return v.settled(v.Portal.Held.Attach(v.r.Context(), id, number, actor), ticketPath(number), id)
}

// settled answers a way out; a mail that a colleague settled first is no error,
// only news.
func (v *visit) settled(err error, path, id string) error {
	if desk.CodeOf(err) == desk.NotFound {
		return v.missed(id, err)
	}
	if err != nil {
		return err
	}
	return v.leave(path)
}
