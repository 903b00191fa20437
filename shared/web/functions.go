package web

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"
)

// functions are the few verbs templates may use beside the built-in ones. Those
// that take a scene or a frame hand the form token down to the part they draw.
func functions() template.FuncMap {
	return template.FuncMap{
		"t":       Say,
		"itoa":    itoa,
		"stamp":   Stamp,
		"day":     Day,
		"iso":     func(at time.Time) string { return at.UTC().Format(time.RFC3339) },
		"mark":    marker(),
		"dial":    dial,
		"plural":  plural,
		"form":    func(s scene, f Form) boundForm { return boundForm{f, s.Frame.Token} },
		"press":   func(s scene, b Button) boundButton { return boundButton{b, s.Frame.Token, false} },
		"act":     func(s scene, a Act) boundAct { return boundAct{a, s.Frame.Token} },
		"notice":  func(f Frame, n Notice) boundNotice { return boundNotice{n, f.Token} },
		"field":   func(prefix string, f Field) boundField { return boundField{f, prefix + f.Name, prefix} },
		"halves":  halves,
		"numeral": NumeralHref,
		"absence": func(s scene, r AbsenceRow) boundAbsence { return boundAbsence{r, s.Frame.Token} },
		"case":    func(s scene, c StrandedCase) boundCase { return boundCase{c, s.Frame.Token} },
		"line":    func(i int) string { return fmt.Sprintf("%02d", i+1) }, // as Anexo 02 numbers its rows
		"row":     func(s scene, r QueueRow) boundRow { return boundRow{r, s.Frame.Token} },
	}
}

// boundForm is a form with the token of the person who will send it.
type boundForm struct {
	Form
	Token string
}

// boundButton is a button with that token.
type boundButton struct {
	Button
	Token string
	Main  bool
}

// boundAct is an act with that token.
type boundAct struct {
	Act
	token string
}

// Press is the act's button, ready to draw; its words are the act's.
func (a boundAct) Press() boundButton {
	b := *a.Button
	if b.Label == "" {
		b.Label = a.Label
	}
	return boundButton{b, a.token, a.Main}
}

// boundNotice is a banner with that token.
type boundNotice struct {
	Notice
	token string
}

// Shape is the banner's icon.
func (n boundNotice) Shape() string { return string(n.Tone) }

// Press is the banner's undo button, nil when it has none.
func (n boundNotice) Press() *boundButton {
	if n.Undo == nil {
		return nil
	}
	return &boundButton{*n.Undo, n.token, false}
}

// boundRow is a row of the queue with that token.
type boundRow struct {
	QueueRow
	token string
}

// Ready is the row's act, ready to draw.
func (r boundRow) Ready() boundAct { return boundAct{*r.Act, r.token} }

// Tel is the address that dials a number, for a Datum's Href: «987 654 321»
// becomes tel:987654321. A text with no digit becomes no address.
func Tel(number string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, number)
	if digits == "" {
		return ""
	}
	return "tel:" + digits
}

// dial lets the addresses of Tel through html/template, which knows only web
// and mail addresses; every other address keeps its checks.
func dial(href string) any {
	if digits, ok := strings.CutPrefix(href, "tel:"); ok && Tel(digits) == href {
		return template.URL(href) //nolint:gosec // digits and + only
	}
	return href
}

func itoa(n int) string { return strconv.Itoa(n) }

// plural chooses between two words by a number.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
