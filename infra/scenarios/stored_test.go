package scenarios_test

import (
	"context"
	"errors"
)

// stored FILE: SES keeps a mail and its notification is lost.
func keepMail(ctx context.Context, p *play, words []string) error {
	if len(words) != 1 {
		return errors.New("write: stored FILE")
	}
	m, err := p.desk.ParseMail(p.read(words[0]))
	if err != nil {
		return err
	}
	return p.desk.Keep(ctx, m)
}

// becomes FILE CASE: a mail that was stored is a contact by now.
func becomes(ctx context.Context, p *play, words []string) error {
	if len(words) != 2 {
		return errors.New("write: becomes FILE CASE")
	}
	m, err := p.desk.ParseMail(p.read(words[0]))
	if err != nil {
		return err
	}
	return p.received(ctx, m, 0, words[1])
}
