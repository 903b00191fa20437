package scenarios_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"mesa/infra/scenarios/rig"
	"mesa/shared/work"
)

// page PERSON CASE PATH says~… [status=404]: a page of the portal, as a person
// sees it; {case} in PATH is the case's number.
func showPage(ctx context.Context, p *play, words []string) error {
	_, page, s, err := p.open(ctx, words, 3)
	if err != nil {
		return err
	}
	return asExpected(page, s)
}

// press PERSON CASE PATH FORM [field=value…] says~…: fills and sends the form of a
// page that posts to FORM.
func press(ctx context.Context, p *play, words []string) error {
	b, page, s, err := p.open(ctx, words, 4)
	if err != nil {
		return err
	}
	form, err := page.Form(p.path(s.plain[3], s.plain[1]))
	if err != nil {
		return err
	}
	fields, err := p.fields(ctx, s)
	if err != nil {
		return err
	}
	if page, err = b.Submit(ctx, form, fields); err != nil {
		return err
	}
	return asExpected(page, s)
}

// open reads a line whose first n words stand as they are: an address may hold «=».
func (p *play) open(ctx context.Context, words []string, n int) (*rig.Browser, rig.Page, sentence, error) {
	if len(words) < n {
		return nil, rig.Page{}, sentence{}, errors.New("write: page PERSON CASE PATH says~…, or press PERSON CASE PATH FORM says~…")
	}
	s, err := parse(words[n:])
	if err != nil {
		return nil, rig.Page{}, s, err
	}
	s.plain = words[:n]
	b, err := p.desk.SignedIn(ctx, person(s.plain[0]))
	if err != nil {
		return nil, rig.Page{}, s, err
	}
	page, err := b.Get(ctx, p.desk.WebURL+p.path(s.plain[2], s.plain[1]))
	return b, page, s, err
}

// path puts the case's number for {case}, and for {address:PERSON} the key of the
// person's address.
func (p *play) path(path, name string) string {
	before, rest, named := strings.Cut(strings.ReplaceAll(path, "{case}", p.number(name)), "{address:")
	if !named {
		return before
	}
	person, after, _ := strings.Cut(rest, "}")
	address, err := p.desk.Address(person)
	if err != nil {
		return before + person + after // a page that is not there
	}
	return before + work.AddressKey(address) + after
}

func asExpected(page rig.Page, s sentence) error {
	want := http.StatusOK
	if text := s.equal["status"]; text != "" {
		want, _ = strconv.Atoi(text) //nolint:errcheck // no status is 0, and nothing answers it
	}
	if page.Status != want {
		return fmt.Errorf("answered %d, want %d: %.300s", page.Status, want, page.Text)
	}
	if never := s.part["never"]; never != "" && strings.Contains(page.Text, never) {
		return fmt.Errorf("the page says «%s»: %.400s", never, page.Text)
	}
	return shows(page, nil, s.part["says"])
}
