package web

import (
	"strings"
	"time"
)

// Procedure is /procedure: the flows as the desk executes them, generated from
// the same rows that guard the acts.
type Procedure struct {
	Flows  []FlowTable
	Levels []Datum
	Text   string // address of the norm itself
	Cited  string // the earlier version whose clauses the tables cite; empty if it is the one in force
}

func (p Procedure) head() head {
	return head{template: "procedure", title: Say("title.procedure"), wide: true}
}

// FlowTable is one flow of chapter VIII.
type FlowTable struct {
	Code string // «8.1»
	Name string
	Note string
	Rows []FlowRow
}

// Anchor is the id of the flow's heading: flow-8-1.
func (f FlowTable) Anchor() string { return "flow-" + strings.ReplaceAll(f.Code, ".", "-") }

// AnchorOf is the id of a row: its first clause, given to the first row of the
// page that cites it, so that «/procedure#8.1.6» leads there; empty for the others.
func (p Procedure) AnchorOf(flow, row int) string {
	id := p.Flows[flow].Rows[row].anchor()
	for i, f := range p.Flows[:flow+1] {
		for j, r := range f.Rows {
			if r.anchor() == id && (i != flow || j != row) {
				return ""
			}
			if i == flow && j == row {
				return id
			}
		}
	}
	return id
}

// FlowRow says who may do which act from which state, what it demands and
// where it leads, with its clause.
type FlowRow struct {
	Act, Who, From, Demands, To, Clause string
}

// Numerals are the clauses one by one, each leading to its sentence in the text
// of the norm where it is one.
func (r FlowRow) Numerals() []Link {
	var links []Link
	for number := range strings.SplitSeq(r.Clause, ", ") {
		links = append(links, Link{Label: number, Href: NumeralHref(number)})
	}
	return links
}

// anchor is the row's first clause: «8.1.6» of «8.1.6, R74».
func (r FlowRow) anchor() string {
	first, _, _ := strings.Cut(r.Clause, ",")
	return strings.ReplaceAll(strings.TrimSpace(first), " ", "-")
}

// Glossary is /glossary: acronyms and terms of chapters IV and V (R11, R12).
type Glossary struct {
	Acronyms []Datum
	Terms    []Datum
}

func (p Glossary) head() head { return head{template: "glossary", title: Say("title.glossary")} }

// Operations is /admin/operations: what stands still, why, and a way on.
type Operations struct {
	Machines []StuckMachine
	Mails    []StuckMail
	Lost     []LostMail
	Stranded []StrandedCase
}

func (p Operations) head() head {
	return head{template: "operations", title: Say("title.operations"), wide: true}
}

// Calm reports whether nothing stands still.
func (p Operations) Calm() bool {
	return len(p.Machines) == 0 && len(p.Mails) == 0 && len(p.Lost) == 0 && len(p.Stranded) == 0
}

// StuckMachine is a wait whose machine could not be healed.
type StuckMachine struct {
	Number string
	Href   string
	Name   string // «Aprobación»
	Wait   string // what it waits for
	Cause  string
	Heals  int
	Since  time.Time
	Retry  *Button
}

// LostMail is a stored mail that became nothing.
type LostMail struct {
	ID string
	At time.Time // when it was stored
}

// StuckMail is a mail that failed or of which nobody knows whether it left.
type StuckMail struct {
	Number string // with Href, empty for a mail about no case
	Href   string
	Title  string // which message
	To     string // role or masked address
	State  Tag
	Cause  string
	At     time.Time
	Resend *Button
}
