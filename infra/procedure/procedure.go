// Package procedure is the project's own copy of the norm it implements:
// PRO-044-PNAEQW-UTI, version 01.
//
// Two texts travel with the code. The procedure itself is Spanish and is cited
// by clause («8.1.6»). Its reading is the numbered list of requirements, cited
// as R61; the numbers are stable, so that a comment, a test and a commit can
// name one. Both are parsed here and nowhere else: a page that shows a clause,
// a table that counts citations and the test that resolves them all read the
// same two files.
package procedure

import (
	_ "embed"
	"regexp"
	"strconv"
	"strings"
)

//go:embed procedure.txt
var text string

//go:embed requirements.md
var requirements string

// Code and Version identify the norm on forms, mails and help pages (R1).
const (
	Code    = "PRO-044-PNAEQW-UTI"
	Version = "01"
	// Approved is the resolution that approved this version and its date.
	Approved = "Resolución de Dirección Ejecutiva N° D000182-2021-MIDIS/PNAEQW-DE, 15/07/2021"
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
func (c Clause) Anchor() string { return "numeral-" + strings.ReplaceAll(c.Number, ".", "-") }

// A Requirement is one statement of the procedure in the project's numbering.
type Requirement struct {
	Number int
	Tag    string // E explicit, I implied, N note on something ambiguous
	Text   string
}

// Cite is the form in which code and prose name the requirement.
func (r Requirement) Cite() string { return "R" + strconv.Itoa(r.Number) }

var (
	clauseStart      = regexp.MustCompile(`^-?\s*(8\.[1-8]\.\d+)\.\s+(.*)$`)
	flowStart        = regexp.MustCompile(`^8\.[1-8]\.\s`)
	sectionStart     = regexp.MustCompile(`^IX\. Anexos`)
	footnoteOrMark   = regexp.MustCompile(`^(«\[firma digital\]»|[¹²³⁴].*)$`)
	requirementStart = regexp.MustCompile(`(?:^|\s)(\d{1,3})\. \[([EIN])\] `)
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

// Requirements returns R1 to R156 in order of number.
func Requirements() []Requirement {
	_, body, _ := strings.Cut(requirements, "\n## ")
	flat := flatten(body)
	starts := requirementStart.FindAllStringSubmatchIndex(flat, -1)
	found := make([]Requirement, 0, len(starts))
	for i, at := range starts {
		end := len(flat)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		number, _ := strconv.Atoi(flat[at[2]:at[3]]) // the pattern admits digits only
		found = append(found, Requirement{number, flat[at[4]:at[5]], strings.TrimSpace(flat[at[1]:end])})
	}
	return found
}

// flatten joins the lines of the list, leaving its headings out: several
// requirements may share one line, and one may run over two.
func flatten(body string) string {
	var kept []string
	for i, line := range strings.Split(body, "\n") {
		if i == 0 || strings.HasPrefix(line, "## ") {
			continue // the rest of a heading
		}
		kept = append(kept, strings.TrimSpace(line))
	}
	return strings.Join(kept, " ")
}
