package scenarios_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"mesa/infra/local/mailbox"
	"mesa/infra/scenarios/rig"
	"mesa/shared/work"
)

type stored = work.Stored

// newest is the last mail that fits; it waits for the first.
func (p *play) newest(ctx context.Context, l rig.Letter) (mailbox.View, error) {
	var found []mailbox.View
	err := rig.Until(ctx, waitLimit, func() (err error) {
		if found, err = p.desk.Mails(ctx, l); err == nil && len(found) == 0 {
			err = fmt.Errorf("no %s", l)
		}
		return err
	})
	if err != nil {
		return mailbox.View{}, err
	}
	return found[0], nil
}

// linkOf is the link in the newest mail that asks a person something about a
// case, or the one that a story kept.
func (p *play) linkOf(ctx context.Context, who, name string, s sentence) (rig.Link, error) {
	if kept := s.equal["link"]; kept != "" {
		l, ok := p.links[kept]
		if !ok {
			return l, fmt.Errorf("no link was kept as %s", kept)
		}
		return l, nil
	}
	to, err := p.desk.Address(who)
	if err != nil {
		return rig.Link{}, err
	}
	subject := s.part["subject"]
	if subject == "" {
		subject = "or aprobar" // «Por aprobar…», «Sigue por aprobar…»
	}
	m, err := p.newest(ctx, rig.Letter{To: to, Case: p.number(name), Subject: subject})
	if err != nil {
		return rig.Link{}, err
	}
	return rig.LinkIn(m)
}

// link PERSON CASE as NAME: keeps the link and digits of the newest mail.
func keepLink(ctx context.Context, p *play, words []string) error {
	s, err := parse(words)
	if err != nil || len(s.plain) != 4 || s.plain[2] != "as" {
		return errors.Join(err, errors.New("write: link PERSON CASE as NAME"))
	}
	l, err := p.linkOf(ctx, s.plain[0], s.plain[1], s)
	p.links[s.plain[3]] = l
	return err
}

// approve PERSON CASE [link=NAME]: with the link and the digits of the mail.
func approve(ctx context.Context, p *play, words []string) error {
	return p.decide(ctx, words, map[string]string{"choice": "approve"}, "Decisión registrada: aprobada")
}

// reject PERSON CASE reason=…
func reject(ctx context.Context, p *play, words []string) error {
	s, err := parse(words)
	if err != nil {
		return err
	}
	return p.decide(ctx, words, map[string]string{"choice": "reject", "reason": s.equal["reason"]}, "Decisión registrada: rechazada")
}

func (p *play) decide(ctx context.Context, words []string, values map[string]string, says string) error {
	s, err := parseN(words, 2, "approve|reject PERSON CASE [link=NAME] [code=123456] [says~…]")
	if err != nil {
		return err
	}
	l, err := p.linkOf(ctx, s.plain[0], s.plain[1], s)
	if err != nil {
		return err
	}
	if code := s.equal["code"]; code != "" {
		l.Code = code
	}
	if want := s.part["says"]; want != "" {
		says = want
	}
	page, err := p.desk.Decide(ctx, l, values)
	return shows(page, err, says)
}

// notmine PERSON CASE reason=…: «no me corresponde».
func notMine(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 2, "notmine PERSON CASE reason=…")
	if err != nil {
		return err
	}
	l, err := p.linkOf(ctx, s.plain[0], s.plain[1], s)
	if err != nil {
		return err
	}
	l.URL += "/transfers"
	page, err := p.desk.Decide(ctx, l, map[string]string{"reason": s.equal["reason"]})
	return shows(page, err, "Registramos que no le corresponde decidir")
}

// answer PERSON CASE subject~…|link=NAME field=… [says~…]: with the link of the mail
// that asks something, or to verify a solution.
func answer(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 2, "answer PERSON CASE subject~…|link=NAME message=…")
	if err != nil {
		return err
	}
	l, err := p.linkOf(ctx, s.plain[0], s.plain[1], s)
	if err != nil {
		return err
	}
	says := "Recibimos su respuesta"
	if want := s.part["says"]; want != "" {
		says = want
	}
	delete(s.equal, "link")
	fields, err := p.fields(ctx, s)
	if err != nil {
		return err
	}
	page, err := p.desk.Decide(ctx, l, fields)
	return shows(page, err, says)
}

// visit NAME says~… [status=410]: opens a kept link and reads the page.
func visit(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 1, "visit LINK says~…")
	if err != nil {
		return err
	}
	l, ok := p.links[s.plain[0]]
	if !ok {
		return fmt.Errorf("no link was kept as %s", s.plain[0])
	}
	address, err := url.Parse(l.URL)
	if err != nil {
		return err
	}
	if s.equal["cut"] != "" { // the last character is lost on the way
		address.Path = address.Path[:len(address.Path)-1]
	}
	page, err := p.desk.NewBrowser().Get(ctx, address.String())
	if err == nil && page.Status >= http.StatusInternalServerError {
		err = fmt.Errorf("answered %d", page.Status)
	}
	return shows(page, err, s.part["says"])
}

func shows(page rig.Page, err error, says string) error {
	if err == nil && !strings.Contains(page.Text, says) {
		err = fmt.Errorf("the page (%d) does not say «%s» but: %.400s", page.Status, says, page.Text)
	}
	return err
}
