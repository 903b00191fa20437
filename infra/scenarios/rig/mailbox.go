package rig

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"mesa/infra/local/mailbox"
)

// Letter describes mails to look for; what is empty is not compared.
type Letter struct {
	To      string // address
	Case    string // number
	Subject string // part of it
	Text    string // part of it
	Entry   string // part of its calendar file, unfolded
}

// String is the description for a person.
func (l Letter) String() string {
	return strings.TrimSpace(fmt.Sprintf("mail to %s about %s, subject ~ %q, text ~ %q, calendar ~ %q", l.To, l.Case, l.Subject, l.Text, l.Entry))
}

func (l Letter) fits(m mailbox.View) bool {
	sent := strings.ReplaceAll(m.Text, "\n", " ")
	return l.fitsEntry(m) && (l.Case == "" || strings.Contains(m.Subject, l.Case)) && strings.Contains(m.Subject, l.Subject) &&
		(strings.Contains(m.Text, l.Text) || strings.Contains(sent, l.Text))
}

// fitsEntry looks into the calendar file; its long lines are folded (RFC 5545).
func (l Letter) fitsEntry(m mailbox.View) bool {
	return l.Entry == "" || slices.ContainsFunc(m.Files, func(f mailbox.File) bool {
		return strings.Contains(strings.NewReplacer("\r\n ", "", "\n ", "").Replace(f.Text), l.Entry)
	})
}

// Mails are the sent mails that fit, newest first: what the recipients got.
func (d *Desk) Mails(ctx context.Context, l Letter) ([]mailbox.View, error) {
	q := url.Values{"all": {"1"}}
	if l.To != "" {
		q.Set("to", l.To)
	}
	status, body, err := d.request(ctx, http.MethodGet, d.WebURL+"/mailbox.json?"+q.Encode(), nil, nil)
	if err != nil || status != http.StatusOK {
		return nil, errors.Join(err, fmt.Errorf("mailbox: %d %s", status, body))
	}
	var all []mailbox.View
	if err := json.Unmarshal(body, &all); err != nil {
		return nil, fmt.Errorf("mailbox: %w", err)
	}
	return slices.DeleteFunc(all, func(m mailbox.View) bool { return !l.fits(m) }), nil
}

// Link is a signed link as it stands in a mail, with its six digits if it has any.
type Link struct {
	URL  string
	Code string
}

var signedPattern = regexp.MustCompile(`/(approvals|answers|verifications|credentials)/`)

var codePattern = regexp.MustCompile(`Su código: ([0-9 ]+)`)

// LinkIn takes the signed link, and the digits, out of a mail.
func LinkIn(m mailbox.View) (Link, error) {
	for _, address := range m.Links {
		if signedPattern.MatchString(address) {
			l := Link{URL: address}
			if found := codePattern.FindStringSubmatch(m.Text); found != nil {
				l.Code = strings.TrimSpace(found[1])
			}
			return l, nil
		}
	}
	return Link{}, fmt.Errorf("«%s» has no signed link", m.Subject)
}
