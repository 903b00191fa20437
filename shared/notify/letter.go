package notify

import (
	"fmt"
	"slices"
	"strings"
	"text/template"

	"mesa/shared/desk"
)

// letter is a mail with all its values: what the two layouts draw. It holds
// plain text; each layout escapes for its own medium.
type letter struct {
	Heading string // the subject without tag
	Preview string // shown by mail programs beside the subject
	Aside   string // why somebody else than the intended reader gets it
	Blocks  []block
	Button  *action
	Code    string
	Notes   []string
	Case    string // number, service, sede; empty for a mail about no case
	Norm    string // procedure, version, clause
	Desk    desk.Institution
}

// block is a paragraph, a fact or a quotation.
type block struct {
	Kind  kind
	Label string
	Text  string
}

// Fact, Quote and Lines are for the layouts.
func (b block) Fact() bool  { return b.Kind == fact }
func (b block) Quote() bool { return b.Kind == quote }

// Lines are the lines of a quotation, its quotation marks included.
func (b block) Lines() []string { return strings.Split("«"+b.Text+"»", "\n") }

// action is the one thing the reader is asked to open.
type action struct {
	Lead, Caption, URL string
}

// write fills words with the values of a mail.
func (w words) write(v view) (letter, error) {
	subject, err := say(w.subject, v)
	if err != nil {
		return letter{}, err
	}
	l := letter{Heading: v.heading(subject), Code: v.Code(), Desk: v.env.Institution}
	for _, b := range w.lines {
		if err := l.add(b, v); err != nil {
			return letter{}, err
		}
	}
	if l.Preview, err = preview(w.preview, v, l); err != nil {
		return letter{}, err
	}
	if meant := v.Meant(); meant != "" && v.own(keyFailed) == "" {
		l.Aside = "Este correo era para " + meant + ", a quien no podemos escribir: no tiene correo en el directorio o su cuenta está desactivada."
	}
	l.sign(v)
	return l, nil
}

// add fills one line; a line that comes out empty is left out.
func (l *letter) add(b line, v view) error {
	texts := make([]string, len(b.parts))
	for i, t := range b.parts {
		text, err := say(t, v)
		if err != nil {
			return err
		}
		texts[i] = text
	}
	last := texts[len(texts)-1]
	switch {
	case last == "":
	case b.kind == button:
		l.Button = &action{texts[0], texts[1], last}
	case b.kind == note:
		l.Notes = append(l.Notes, last)
	case b.kind == paragraph:
		l.Blocks = append(l.Blocks, block{Text: last})
	default:
		l.Blocks = append(l.Blocks, block{b.kind, texts[0], last})
	}
	return nil
}

// preview is the line of its own, else the first paragraph.
func preview(t *template.Template, v view, l letter) (string, error) {
	if t != nil {
		return say(t, v)
	}
	for _, b := range l.Blocks {
		if b.Kind == paragraph {
			return shorten(b.Text, maxPreview), nil
		}
	}
	return "", nil
}

const maxPreview = 120

// sign adds which case it is about and which rule of the norm.
func (l *letter) sign(v view) {
	if number := v.Number(); number != "" {
		parts := []string{"Caso " + number, v.Service(), v.Sede()}
		l.Case = strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
	}
	l.Norm = v.env.Institution.Procedure + ", versión " + v.env.Institution.Version
	if c := v.Clause(); c != "" {
		l.Norm += ", numeral " + c
	}
}

func say(t *template.Template, v view) (string, error) {
	var s strings.Builder
	if err := t.Execute(&s, v); err != nil {
		return "", fmt.Errorf("notify: words of %s: %w", v.mail.Message, err)
	}
	return strings.TrimSpace(s.String()), nil
}
