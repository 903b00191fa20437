package web

import "time"

// ActForm is /tickets/{number}/acts/{act}: any act, drawn from its fields.
// The reply and the internal note are pages of this kind too, never one box
// with a switch: Recipients lists who will read it, Internal stripes its edge.
type ActForm struct {
	Number     string
	Subject    string
	Back       string // address of the ticket
	Title      string // «Generar pase a Nivel 3»
	Clause     string // «8.1.6»
	Intro      string // what the act does, in a sentence
	Recipients []string
	Internal   bool
	Facts      []Datum  // what helps to answer: the solution so far, the equipment
	Missing    []string // what flow still demands (422): «Para cerrar falta: …»
	Form       Form
}

func (p ActForm) head() head {
	h := head{template: "actform", title: p.Title + ": " + p.Number, problems: p.Form.Problems()}
	for _, text := range p.Missing {
		h.problems = append(h.problems, Problem{Text: text})
	}
	return h
}

// Conflict is the 409 page: the ticket changed while the reader was writing.
// Form holds the three choices, none preselected, and carries the own text.
type Conflict struct {
	Number  string
	Back    string
	Act     string // what the reader wanted to do
	Gone    string // set when the step no longer applies: state of the case now
	Changes []Change
	Own     []Answer
	Form    Form // see ConflictForm
}

func (p Conflict) head() head {
	return head{template: "conflict", title: Say("title.conflict", "number", p.Number), status: 409,
		problems: p.Form.Problems()}
}

// Change is one difference: who, when, before, after.
type Change struct {
	Label  string
	Before string
	After  string
	By     string
	At     time.Time
}

// Values of the field «choice» of a conflict form.
const (
	ConflictComment = "comment" // append only my comment
	ConflictApply   = "apply"   // apply my change to the present version
	ConflictDiscard = "discard"
)

// ConflictForm builds the three choices; apply is offered only while the flow
// still allows the act. hidden carries everything that had been typed.
func ConflictForm(action string, apply bool, hidden []Hidden) Form {
	options := []Option{{Value: ConflictComment, Label: Say("conflict.comment")}}
	if apply {
		options = append(options, Option{Value: ConflictApply, Label: Say("conflict.apply")})
	}
	options = append(options, Option{Value: ConflictDiscard, Label: Say("conflict.discard")})
	return Form{Action: action, Hidden: hidden, Submit: Say("button.continue"), Fields: []Field{
		{Name: "choice", Kind: Radio, Label: Say("conflict.question"), Options: options}}}
}
