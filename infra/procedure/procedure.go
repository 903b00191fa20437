// Package procedure is the project's own reading of the norm it implements: the
// numbered list of requirements, cited as R61. The numbers are stable, so that a
// comment, a test and a commit can name one. The text that the list reads is
// package norm's.
//
// Its tests hold the whole project to both: every citation leads somewhere, and
// every sentence of section VIII is cited.
package procedure

import (
	_ "embed"
	"regexp"
	"strconv"
	"strings"
)

//go:embed requirements.md
var requirements string

// A Requirement is one statement of the procedure in the project's numbering.
type Requirement struct {
	Number int
	Tag    string // E explicit, I implied, N note on something ambiguous
	Text   string
}

// Cite is the form in which code and prose name the requirement.
func (r Requirement) Cite() string { return "R" + strconv.Itoa(r.Number) }

var requirementStart = regexp.MustCompile(`(?:^|\s)(\d{1,3})\. \[([EIN])\] `)

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
