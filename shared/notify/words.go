package notify

import (
	"embed"
	"fmt"
	"strings"
	"sync"
	"text/template"

	"mesa/shared/desk"
)

//go:embed words/*.txt
var wordFiles embed.FS

// kind is what a line of words becomes.
type kind string

// The kinds of line, each with the mark that begins it.
const (
	paragraph kind = ""  // a sentence or two
	fact      kind = "=" // = Label: value, dropped when the value is empty
	quote     kind = ">" // > Label: value, as people typed it
	list      kind = "-" // - Label: rows, each a line with a tab after its head
	button    kind = "@" // @ lead | caption | address
	note      kind = "~" // small, at the end
	include   kind = "+" // + name: the lines of words/part-<name>.txt
)

// line is one block of a mail before it has values.
type line struct {
	kind  kind
	parts []*template.Template // fact, quote: label, value; button: lead, caption, address
}

// words is one file: a mail before it has values.
type words struct {
	name    string // what people call the mail
	when    string // what makes the desk send it
	to      string // who gets it
	rule    string // the requirements it answers: «R65, R151»
	subject *template.Template
	preview *template.Template
	lines   []line
}

// catalogue is all words by file name, read once. The files are part of the
// program and a test reads each, so a fault in one is a fault of the build.
var catalogue = sync.OnceValues(readWords)

func readWords() (map[string]words, error) {
	entries, err := wordFiles.ReadDir("words")
	if err != nil {
		return nil, fmt.Errorf("notify: %w", err)
	}
	all := make(map[string]words, len(entries))
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".txt")
		if all[name], err = parseWords(name); err != nil {
			return nil, fmt.Errorf("notify: words/%s: %w", e.Name(), err)
		}
	}
	return all, nil
}

// parseWords reads one file. Blank lines and lines with # are for who reads it.
func parseWords(name string) (words, error) {
	text, err := wordFiles.ReadFile("words/" + name + ".txt")
	if err != nil {
		return words{}, err
	}
	var w words
	for row := range strings.Lines(string(text)) {
		if row = strings.TrimSpace(row); row == "" || strings.HasPrefix(row, "#") {
			continue
		}
		if err := w.add(row); err != nil {
			return words{}, fmt.Errorf("%q: %w", row, err)
		}
	}
	return w, nil
}

// add reads one row: a header such as «subject: …», or a block.
func (w *words) add(row string) (err error) {
	head, rest, _ := strings.Cut(row, ": ")
	if about := map[string]*string{"name": &w.name, "when": &w.when, "to": &w.to, "rule": &w.rule}[head]; about != nil {
		*about = rest
		return nil
	}
	switch head {
	case "subject":
		w.subject, err = parse(rest)
		return err
	case "preview":
		w.preview, err = parse(rest)
		return err
	}
	mark, rest, marked := strings.Cut(row, " ")
	switch k := kind(mark); {
	case marked && k == include:
		part, err := parseWords("part-" + rest)
		w.lines = append(w.lines, part.lines...)
		return err
	case marked && (k == fact || k == quote || k == list):
		return w.block(k, strings.SplitN(rest, ": ", 2), 2)
	case marked && k == button:
		return w.block(k, strings.SplitN(rest, " | ", 3), 3)
	case marked && k == note:
		return w.block(k, []string{rest}, 1)
	default:
		return w.block(paragraph, []string{row}, 1)
	}
}

func (w *words) block(k kind, parts []string, want int) error {
	if len(parts) != want {
		return fmt.Errorf("a line with mark %q has %d parts, not %d", k, want, len(parts))
	}
	b := line{kind: k}
	for _, text := range parts {
		t, err := parse(text)
		if err != nil {
			return err
		}
		b.parts = append(b.parts, t)
	}
	w.lines = append(w.lines, b)
	return nil
}

func parse(text string) (*template.Template, error) { return template.New("words").Parse(text) }

// wordsOf are the words of a mail: of the message's variant if it has one.
func wordsOf(m desk.Mail) (words, error) {
	all, err := catalogue()
	if err != nil {
		return words{}, err
	}
	if w, ok := all[string(m.Message)+"-"+m.Data[keyVariant]]; ok {
		return w, nil
	}
	w, ok := all[string(m.Message)]
	if !ok || w.subject == nil { // parts have no subject
		return words{}, fmt.Errorf("notify: message %q has no words", m.Message)
	}
	return w, nil
}

// Name is what people call a mail: «Acuse de recibo». It is the message itself
// for one without words.
func Name(m desk.Message) string {
	if w, err := wordsOf(desk.Mail{Message: m}); err == nil {
		return w.name
	}
	return string(m)
}
