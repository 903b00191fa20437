package scenarios_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"mesa/infra/scenarios/rig"
)

// submit PERSON CASE [twice] field=value… [says~…]: the intranet form, through the
// API; with says, it is refused and says so.
func submit(ctx context.Context, p *play, words []string) error {
	s, err := parse(words)
	if err != nil || len(s.plain) < 2 {
		return errors.Join(err, errors.New("write: submit PERSON CASE [twice] service=… subject=…"))
	}
	fields, err := p.fields(ctx, s)
	if err != nil {
		return err
	}
	key := rig.NewKey()
	first, err := p.desk.Submit(ctx, person(s.plain[0]), key, fields)
	if _, refused := s.part["says"]; refused {
		return refusedFor(err, s)
	}
	if err != nil {
		return err
	}
	p.cases[s.plain[1]] = first
	if !slices.Contains(s.plain, "twice") {
		return nil
	}
	again, err := p.desk.Submit(ctx, person(s.plain[0]), key, fields)
	if err == nil && again.Number != first.Number {
		err = fmt.Errorf("the same form made %s and %s", first.Number, again.Number)
	}
	return err
}

// portal PERSON CASE service=… field=value…: the same form on the portal's
// pages, with cookies: form, review, send.
func portal(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 2, "portal PERSON CASE service=… subject=…")
	if err != nil {
		return err
	}
	fields, err := p.fields(ctx, s)
	if err != nil {
		return err
	}
	path := "/ticket-forms/" + fields["service"]
	address := p.desk.WebURL + path
	if from := fields["from"]; from != "" {
		if _, named := p.cases[from]; named {
			id, err := p.id(ctx, from)
			if err != nil {
				return err
			}
			from = string(id)
		}
		address += "?from=" + url.QueryEscape(from) + "&flow=" + fields["flow"]
		delete(fields, "from")
	}
	delete(fields, "service")
	b, err := p.desk.SignedIn(ctx, person(s.plain[0]))
	if err != nil {
		return err
	}
	return p.fillIn(ctx, b, address, path, s.plain[1], fields)
}

// fillIn fills in the form of a service, reviews it and sends it.
func (p *play) fillIn(ctx context.Context, b *rig.Browser, address, path, name string, fields map[string]string) error {
	page, err := b.Get(ctx, address)
	if err != nil {
		return err
	}
	form, err := page.Form(path + "/review")
	if err != nil {
		return err
	}
	if page, err = b.Submit(ctx, form, fields); err != nil {
		return err
	}
	if form, err = page.Form(path); err != nil {
		return err
	}
	if page, err = b.Submit(ctx, form, nil); err != nil {
		return err
	}
	return p.arrived(ctx, page, name)
}

// arrived takes the number of the ticket whose page the browser shows.
func (p *play) arrived(ctx context.Context, page rig.Page, name string) error {
	number, found := strings.CutPrefix(page.URL.Path, "/tickets/")
	if page.Status != http.StatusOK || !found {
		return fmt.Errorf("ended at %s (%d): %.300s", page.URL.Path, page.Status, page.Text)
	}
	c, err := p.desk.Case(ctx, rig.Reader, number)
	p.cases[name] = c
	return err
}

// phone PERSON CASE caller=… subject=…: Level 1 registers a call on the portal.
func phone(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 2, "phone PERSON CASE caller=… subject=…")
	if err != nil {
		return err
	}
	b, err := p.desk.SignedIn(ctx, person(s.plain[0]))
	if err != nil {
		return err
	}
	const path = "/phone-contacts/new"
	page, err := b.Get(ctx, p.desk.WebURL+path)
	if err != nil {
		return err
	}
	form, err := page.Form(path)
	if err != nil {
		return err
	}
	if page, err = b.Submit(ctx, form, s.equal); err != nil {
		return err
	}
	return p.arrived(ctx, page, s.plain[1])
}

// mail FILE CASE [twice] [photo=NAME] [form=FILE]: somebody writes to the support
// mailbox. CASE is the contact it becomes; «-» for a mail that becomes none.
func mail(ctx context.Context, p *play, words []string) error {
	s, err := parse(words)
	if err != nil || len(s.plain) < 2 {
		return errors.Join(err, errors.New("write: mail FILE CASE [twice] [photo=NAME] [form=FILE]"))
	}
	m, err := p.desk.ParseMail(p.read(s.plain[0]))
	if err != nil {
		return err
	}
	m.Photo = s.equal["photo"]
	if m.Form, err = p.form(ctx, s.equal["form"]); err != nil {
		return err
	}
	before, err := p.desk.Contacts(ctx, m.Subject)
	if err != nil {
		return err
	}
	if err := p.desk.Send(m); err != nil || s.plain[1] == "-" {
		return err
	}
	if slices.Contains(s.plain, "twice") {
		if err := p.desk.Send(m); err != nil {
			return err
		}
	}
	return p.received(ctx, m, len(before), s.plain[1])
}

// received waits for the one new contact that a mail becomes.
func (p *play) received(ctx context.Context, m rig.Mail, before int, name string) error {
	return rig.Until(ctx, waitLimit, func() error {
		found, err := p.desk.Contacts(ctx, m.Subject)
		if err != nil {
			return err
		}
		if len(found) != before+1 {
			return fmt.Errorf("«%s» became %d contacts, want 1", m.Subject, len(found)-before)
		}
		newest := slices.MaxFunc(found, func(a, b stored) int { return strings.Compare(string(a.Ticket.ID), string(b.Ticket.ID)) })
		p.cases[name] = rig.Case{ID: newest.Ticket.ID, Number: string(newest.Ticket.Number)}
		return nil
	})
}

// waitLimit is how long the desk may take to do what follows from an act.
const waitLimit = 15 * time.Second

// reply PERSON CASE subject~… says=… [verdicts=…]: answers the newest such mail, as
// a mail program does; \n in what it says begins a line.
func reply(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 2, "reply PERSON CASE subject~… says=… [verdicts=…]")
	if err != nil {
		return err
	}
	from, err := p.desk.Address(s.plain[0])
	if err != nil {
		return err
	}
	sent, err := p.newest(ctx, rig.Letter{To: from, Case: p.number(s.plain[1]), Subject: s.part["subject"]})
	if err != nil {
		return err
	}
	_, to, _ := strings.Cut(sent.ReplyTo, "<")
	headers := map[string]string{"In-Reply-To": sent.Headers["Message-Id"], "References": strings.Join([]string{sent.Headers["References"], sent.Headers["Message-Id"]}, " ")}
	return p.desk.Send(rig.Mail{From: from, To: strings.Trim(to, "<>"), Subject: "Re: " + sent.Subject, Text: strings.ReplaceAll(s.equal["says"], `\n`, "\n") + "\n", Headers: headers, Verdicts: s.equal["verdicts"],
		MessageID: "<" + strings.ToLower(rig.NewKey()) + "@correo.qw.gob.pe>"})
}

// act PERSON CASE ACT field=value…
func act(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 3, "act PERSON CASE ACT field=value…")
	if err != nil {
		return err
	}
	fields, err := p.fields(ctx, s)
	if err != nil {
		return err
	}
	_, err = p.desk.Act(ctx, person(s.plain[0]), p.number(s.plain[1]), s.plain[2], fields)
	return err
}

// refuse PERSON CASE ACT [field=value…] says~…: the desk says no, and why.
func refuse(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 3, "refuse PERSON CASE ACT says~…")
	if err != nil {
		return err
	}
	fields, err := p.fields(ctx, s)
	if err != nil {
		return err
	}
	_, err = p.desk.Act(ctx, person(s.plain[0]), p.number(s.plain[1]), s.plain[2], fields)
	return refusedFor(err, s)
}

// refusedFor: the answer was no, with the words that the story expects.
func refusedFor(err error, s sentence) error {
	refusal, refused := errors.AsType[*rig.Refusal](err)
	switch {
	case err == nil:
		return errors.New("it was done; it should have been refused")
	case !refused:
		return err
	case !strings.Contains(refusal.Error(), s.part["says"]):
		return fmt.Errorf("refused with «%w», which does not say «%s»", refusal, s.part["says"])
	}
	return nil
}

// button PERSON CASE ACT field=value…: the act on the ticket's page of the portal.
func button(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 3, "button PERSON CASE ACT field=value…")
	if err != nil {
		return err
	}
	b, err := p.desk.SignedIn(ctx, person(s.plain[0]))
	if err != nil {
		return err
	}
	ticket := "/tickets/" + p.number(s.plain[1])
	path := ticket + "/acts/" + s.plain[2]
	page, err := b.Get(ctx, p.desk.WebURL+ticket)
	if err != nil {
		return err
	}
	form, err := page.Form(path)
	if err != nil { // an act that asks for something has a page of its own
		if page, err = b.Get(ctx, p.desk.WebURL+path); err != nil {
			return err
		}
		if form, err = page.Form(path); err != nil {
			return err
		}
	}
	if page, err = b.Submit(ctx, form, maps.Clone(s.equal)); err == nil && (page.Status != http.StatusOK || page.URL.Path != ticket) {
		err = fmt.Errorf("ended at %s (%d): %.300s", page.URL.Path, page.Status, page.Text)
	}
	return err
}

// follow PERSON CASE NEW [subject~…] field=value…: opens the pre-filled form that
// a mail links, «saque ticket» if no other is named, and sends it.
func follow(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 3, "follow PERSON CASE NEW [subject~…] field=value…")
	if err != nil {
		return err
	}
	subject := s.part["subject"]
	if subject == "" {
		subject = "Registre su ticket"
	}
	to, err := p.desk.Address(s.plain[0])
	if err != nil {
		return err
	}
	m, err := p.newest(ctx, rig.Letter{To: to, Case: p.number(s.plain[1]), Subject: subject})
	if err != nil {
		return err
	}
	i := slices.IndexFunc(m.Links, func(l string) bool { return strings.Contains(l, "/ticket-forms/") })
	if i < 0 {
		return fmt.Errorf("no form among %v", m.Links)
	}
	address, err := url.Parse(m.Links[i])
	if err != nil {
		return err
	}
	b, err := p.desk.SignedIn(ctx, person(s.plain[0]))
	if err != nil {
		return err
	}
	return p.fillIn(ctx, b, address.String(), address.Path, s.plain[2], s.equal)
}
