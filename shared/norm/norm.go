// Package norm is the text of the procedure that the desk implements,
// PRO-044-PNAEQW-UTI version 01, as it is shown and downloaded (R4).
//
// It is cited everywhere by clause («8.1.6»), and read here alone: the portal
// shows it with an anchor for each clause, and tests hold rows, catalogue and
// citations against it. Its names and codes are those of the day it was
// approved; what the institution is called today is desk.Institution.
package norm

import (
	_ "embed"
	"regexp"
	"strings"
)

//go:embed procedure.txt
var text string

// Code and Version identify the text that is embedded here.
const (
	Code    = "PRO-044-PNAEQW-UTI"
	Version = "01"
)

// Text returns the whole procedure as it may be shown and downloaded (R4).
// Signature blocks stand as «[firma digital]»: the names of those who signed
// are not needed to apply the norm.
func Text() string { return text }

// A Clause is one numbered paragraph of section VIII, the part that machines
// and rules cite.
type Clause struct {
	Number string // "8.1.6"
	Flow   string // "8.1"
	Text   string // without its number, continuation paragraphs included
}

// Anchor is the fragment under which a page shows the clause.
func (c Clause) Anchor() string { return AnchorOf(c.Number) }

var (
	clauseStart    = regexp.MustCompile(`^-?\s*(8\.[1-8]\.\d+)\.\s+(.*)$`)
	flowStart      = regexp.MustCompile(`^8\.[1-8]\.\s`)
	sectionStart   = regexp.MustCompile(`^IX\. Anexos`)
	footnoteOrMark = regexp.MustCompile(`^(«\[firma digital\]»|[¹²³⁴].*)$`)
)

// Clauses returns the paragraphs of section VIII in order. A paragraph without
// a number of its own («En caso de las Unidades Territoriales…») belongs to the
// clause above it.
func Clauses() []Clause {
	var found []Clause
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		switch start := clauseStart.FindStringSubmatch(line); {
		case start != nil:
			found = append(found, Clause{Number: start[1], Flow: start[1][:3], Text: start[2]})
		case sectionStart.MatchString(line) && len(found) > 0:
			return found
		case line == "" || flowStart.MatchString(line) || footnoteOrMark.MatchString(line):
		case len(found) > 0:
			last := &found[len(found)-1]
			last.Text += "\n" + strings.TrimPrefix(line, "- ")
		}
	}
	return found
}
