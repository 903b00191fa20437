package notify

import (
	_ "embed"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"strings"
	"sync"
	"text/template"

	"mesa/shared/desk"
	"mesa/shared/thread"
)

// Rendered is a mail ready to be handed to the mail service, the last form it
// has; it holds link and code and is never stored.
type Rendered struct {
	From    string // name encoded
	To      string // name encoded, one address
	ReplyTo string // name encoded
	Subject string // Spanish, one line, under 78 characters
	Text    string
	HTML    string
	Headers []Header // in order, each name once
	Files   []File
}

// Envelope shows what stands before the body, a header a line.
func (r Rendered) Envelope() string {
	var s strings.Builder
	fmt.Fprintf(&s, "From: %s\nTo: %s\nReply-To: %s\nSubject: %s\n", r.From, r.To, r.ReplyTo, r.Subject)
	for _, h := range r.Headers {
		fmt.Fprintf(&s, "%s: %s\n", h.Name, h.Value)
	}
	return s.String()
}

// File is what a mail carries beside its words.
type File struct {
	Name, Type string
	Content    []byte
}

// Limits of a rendered mail.
const (
	maxSubject = 77
	maxHTML    = 20_000
	minText    = 40 // of a long text, when a mail must shrink
)

// ErrNoAddress is a mail nobody can be sent: the directory has no address for
// its reader nor for anybody in their place.
var ErrNoAddress = errors.New("notify: no address to write to")

//go:embed layout.txt
var textLayout string

//go:embed layout.html
var htmlLayout string

var textDrawing = sync.OnceValues(func() (*template.Template, error) { return template.New("text").Parse(textLayout) })

var htmlDrawing = sync.OnceValues(func() (*htmltemplate.Template, error) {
	return htmltemplate.New("html").Parse(htmlLayout)
})

// Render makes a sealed mail ready to be sent. It fails when the mail has no
// words, no address, or needs a signed link that env does not have; nothing a
// person typed makes it fail.
func Render(m desk.Mail, env Env) (Rendered, error) {
	env.BaseURL = strings.TrimSuffix(env.BaseURL, "/")
	if err := complete(m, env); err != nil {
		return Rendered{}, err
	}
	var r Rendered
	var err error
	if r.To, err = mailbox(m.Name, m.To); err != nil {
		return Rendered{}, err
	}
	if r.From, err = mailbox(env.Institution.Desk, bare(env.From)); err != nil {
		return Rendered{}, err
	}
	if env.ReplyTo != "" {
		if r.ReplyTo, err = mailbox(env.Institution.Desk, env.ReplyTo); err != nil {
			return Rendered{}, err
		}
	}
	r.Subject, r.Text, r.HTML, err = draw(m, env)
	r.Headers = headers(m, env)
	if err == nil {
		r.Files = files(m, env)
	}
	return r, err
}

// complete says what of a mail is missing.
func complete(m desk.Mail, env Env) error {
	_, coded, personal := LinkFor(m)
	switch {
	case m.To == "":
		return ErrNoAddress
	case !strings.HasPrefix(env.BaseURL, "http"):
		return fmt.Errorf("notify: portal address %q", env.BaseURL)
	case personal && !strings.HasPrefix(env.Link, env.BaseURL+"/"):
		return fmt.Errorf("notify: %s needs a signed link of the portal", m.Message)
	case coded && len(env.Code) != 6:
		return fmt.Errorf("notify: %s needs the six digits", m.Message)
	}
	return nil
}

// draw makes subject and both parts. What people typed is shortened alike in
// both until the HTML is within its limit.
func draw(m desk.Mail, env Env) (subject, text, html string, err error) {
	for limit := maxDecideText; ; limit /= 2 {
		l, err := compose(m, env, limit)
		if err != nil {
			return "", "", "", err
		}
		if html, err = drawHTML(l); err != nil {
			return "", "", "", err
		}
		if len(html) > maxHTML && limit > minText {
			continue
		}
		text, err = drawText(l)
		return tagged(l.Heading, m), text, html, err
	}
}

func compose(m desk.Mail, env Env, limit int) (letter, error) {
	w, err := wordsOf(m)
	if err != nil {
		return letter{}, err
	}
	return w.write(view{mail: m, env: env, limit: limit})
}

func drawText(l letter) (string, error) {
	layout, err := textDrawing()
	if err != nil {
		return "", fmt.Errorf("notify: layout.txt: %w", err)
	}
	var s strings.Builder
	if err := layout.Execute(&s, l); err != nil {
		return "", fmt.Errorf("notify: layout.txt: %w", err)
	}
	return oneBlank(s.String()), nil
}

// oneBlank leaves one blank line where the layout's parts left several.
func oneBlank(s string) string {
	for strings.Contains(s, "\n\n\n") {
		s = strings.ReplaceAll(s, "\n\n\n", "\n\n")
	}
	return s
}

func drawHTML(l letter) (string, error) {
	layout, err := htmlDrawing()
	if err != nil {
		return "", fmt.Errorf("notify: layout.html: %w", err)
	}
	var s strings.Builder
	if err := layout.Execute(&s, l); err != nil {
		return "", fmt.Errorf("notify: layout.html: %w", err)
	}
	return s.String(), nil
}

// tagged is the whole subject. The tag stands first and is ours, whatever the
// words behind it hold; only a mail about no case has none.
func tagged(heading string, m desk.Mail) string {
	number := m.Data[keyNumber]
	if number == "" {
		return heading
	}
	return strings.TrimSpace(thread.Tag(desk.Number(number)) + " " + heading)
}

// PersonalLink is what stored and shown copies say instead of link and code.
const PersonalLink = "enlace personal"

// StoredCopy is a sealed mail as people see it in the timeline: the same words,
// pages by their path, and «enlace personal» where the sent one has a secret.
func StoredCopy(m desk.Mail, institution desk.Institution) (subject, text string, err error) {
	institution.Phone = "" // the number of the day it was sent is not known
	l, err := compose(m, Env{Link: PersonalLink, Institution: institution}, maxDecideText)
	if err != nil {
		return "", "", err
	}
	text, err = drawText(l)
	return tagged(l.Heading, m), text, err
}
