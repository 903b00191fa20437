package scenarios_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"mesa/infra/scenarios/rig"
)

// reveal PERSON CASE [link=NAME] [code=…] [says~…]: opens the link of the newest
// mail with an account, sends its form with the digits, and reads the page.
func reveal(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 2, "reveal PERSON CASE [link=NAME] [code=123456] [says~…]")
	if err != nil {
		return err
	}
	if s.part["subject"] == "" {
		s.part["subject"] = "Acceso creado"
	}
	l, err := p.linkOf(ctx, s.plain[0], s.plain[1], s)
	if err != nil {
		return err
	}
	if code, given := s.equal["code"]; given {
		l.Code = code
	}
	page, err := p.desk.Decide(ctx, l, nil)
	return shows(page, err, s.part["says"])
}

// scanned PERSON CASE: what the scanners of mail systems do to a link: HEAD, GET,
// and its form sent as it stands (F18). The story then shows that nothing came of it.
func scanned(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 2, "scanned PERSON CASE subject~…")
	if err != nil {
		return err
	}
	l, err := p.linkOf(ctx, s.plain[0], s.plain[1], s)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, l.URL, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	_ = answer.Body.Close()
	b := p.desk.NewBrowser()
	page, err := b.Get(ctx, l.URL)
	if err != nil {
		return err
	}
	address, err := url.Parse(l.URL)
	if err != nil {
		return err
	}
	form, err := page.Form(address.Path)
	if err != nil {
		return err
	}
	_, err = b.Submit(ctx, form, nil)
	return err
}

// expect nowhere TEXT: neither in the table, nor in any mail, log, machine or
// other file that the whole local cloud keeps.
func expectNowhere(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 1, "expect nowhere TEXT")
	if err != nil {
		return err
	}
	if control, err := p.desk.Holding(ctx, rig.SupportMailbox); err != nil || len(control) == 0 { // it does look where things are
		return errors.Join(err, errors.New("not even the desk's own address is found anywhere"))
	}
	found, err := p.desk.Holding(ctx, s.plain[0])
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("«%s» is kept in %v", s.plain[0], found)
	}
	return err
}
