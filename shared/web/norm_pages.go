package web

import (
	"strings"
	"time"
)

// NormText is /procedure/text: chapters I to IX of the norm, each numbered
// sentence under an anchor of its own, drawn for reading and for paper (R4).
type NormText struct {
	Blocks   []NormBlock
	Contents []Link   // the chapters and flows
	Download string   // address of the whole text
	Version  string   // of the text
	Since    *Edition // the later version that rules now; nil if the text is of that one
}

func (p NormText) head() head { return head{template: "normtext", title: Say("title.normtext")} }

// NormBlock is one piece of the text: Level 2 a chapter, 3 a heading, 0 a
// sentence; with Rows, a table.
type NormBlock struct {
	Level  int
	Number string
	Anchor string
	Text   string
	Note   bool // a footnote
	Rows   [][]string
}

// Guide is /help: how to ask for help, who does what, when the desk works (R8).
type Guide struct {
	Parts   []GuidePart
	Hours   []Datum
	DaysOff []Datum
	Norm    []Datum  // code, version, approval
	Current *Edition // the version in force, if it changed something
	Coming  *Edition // the next one, published already
}

func (p Guide) head() head { return head{template: "guide", title: Say("title.guide")} }

// Edition is a version of the procedure, and what it changes for people.
type Edition struct {
	Version  string
	Approved string
	From     time.Time
	Changes  []string
	Guide    string // address of the approved text, if there is one
}

// Day is since when it rules.
func (e Edition) Day() string { return Day(e.From) }

// GuidePart is what one role does, step by step; Mine opens the reader's own.
type GuidePart struct {
	Title string
	Mine  bool
	Steps []GuideStep
}

// GuideStep is one sentence, with the clause it follows and where to do it.
type GuideStep struct {
	Text   string
	Clause string
	Link   *Link
}

// NumeralHref leads to a clause in the text of the norm; empty for what is no
// number of it.
func NumeralHref(number string) string {
	for _, r := range number {
		if (r < '0' || r > '9') && r != '.' {
			return ""
		}
	}
	if len(number) < 3 {
		return ""
	}
	return "/procedure/text#numeral-" + strings.ReplaceAll(number, ".", "-")
}
