package web

import "time"

// Approvals is /approvals: what waits for the reader's decision. Several can be
// decided in one send, each by its own choice: nothing is preselected and there
// is no choice for all.
type Approvals struct {
	As      string // «jefa/e de UT Ejemplo»
	Pending []ApprovalRow
	Form    Form // its Fields stand below all rows; none: nothing to decide here
	Decided []ApprovalRow
	Months  []Link // of Anexo 01, which wait for the reader's V°B°
}

func (p Approvals) head() head {
	h := head{template: "approvals", title: Say("title.approvals")}
	for _, row := range p.Pending {
		h.problems = append(h.problems, problems("", row.Fields)...)
	}
	h.problems = append(h.problems, p.Form.Problems()...)
	return h
}

// ApprovalRow is one decision, asked or made.
type ApprovalRow struct {
	Number  string
	Subject string
	Service string
	Person  string
	Unit    string
	Stage   string // «Etapa 1 de 2: jefa/e de UT Ejemplo»
	Since   time.Time
	Href    string // where it is decided, or the case
	Outcome Tag    // set when decided
	Reason  string
	Role    string  // «jefa/e de la UT Ejemplo»: as what the reader decides it
	Text    string  // the request as it was written
	Fields  []Field // of its own decision, see ChoiceFields; empty: not decided here
}

// Request is what a decision is about, shown in full so that it can be judged.
type Request struct {
	Number      string
	Subject     string
	Description string
	Service     string
	Person      string
	Unit        string
	Area        string
	Phone       string
	At          time.Time
}

// Decision asks an approver to decide: from a signed link with the six digits of
// the mail, or signed in with a declaration. Nothing is preselected, and opening
// it decides nothing (F18).
type Decision struct {
	Request  Request
	Stage    string // «Etapa 1 de 2: jefa/e de la UT (8.1.4 a)»
	Role     string // «jefa/e de la UT Ejemplo», for the declaration
	IfYes    string // what follows if approved
	Form     Form   // see DecisionForm
	Transfer string // address of «No me corresponde decidir»
	Signed   bool   // reached by a signed link: no navigation
}

func (p Decision) head() head {
	return head{template: "decision", title: Say("title.decision", "number", p.Request.Number),
		problems: p.Form.Problems(), bare: p.Signed}
}

// Names and values of the decision form.
const (
	ChoiceField  = "choice"
	ReasonField  = "reason"
	CodeField    = "code"
	DeclareField = "declare"
	Approve      = "approve"
	Reject       = "reject"
	Later        = "later" // of several, leaves this one as it is
)

// DecisionInput is what had been filled in, and what was wrong with it; errors
// are by field name.
type DecisionInput struct {
	Choice, Reason string
	Errors         map[string]string
}

// DecisionForm builds the form: with code, the digits; signed in, a box to tick.
// The code itself is never drawn back.
func DecisionForm(action, role string, signedIn bool, in DecisionInput) Form {
	last := Field{Name: CodeField, Kind: Code, Label: Say("decision.code"), MaxLength: 12,
		Hint: Say("decision.code.hint", "role", role), Error: in.Errors[CodeField], Short: true, Complete: "off"}
	if signedIn {
		last = Field{Name: DeclareField, Kind: Checkbox, Label: Say("decision.declare"), Error: in.Errors[DeclareField],
			Options: []Option{{Value: "yes", Label: Say("decision.declare.text", "role", role)}}}
	}
	return Form{Action: action, Submit: Say("decision.submit"), Fields: []Field{
		{Name: ChoiceField, Kind: Radio, Label: Say("decision.choice"), Value: in.Choice, Error: in.Errors[ChoiceField],
			Options: []Option{{Value: Approve, Label: Say("decision.approve")}, {Value: Reject, Label: Say("decision.reject")}}},
		{Name: ReasonField, Kind: TextArea, Label: Say("decision.reason"), Hint: Say("decision.reason.hint"), Rows: 3,
			MaxLength: 2000, Value: in.Reason, Error: in.Errors[ReasonField]},
		last,
	}}
}

// ChoiceFields are the decision of one case among several; the names end in its number.
func ChoiceFields(number string, in DecisionInput) []Field {
	end := "-" + number
	reason := Field{Name: ReasonField + end, Kind: TextArea, Label: Say("decision.reason"), Hint: Say("decision.reason.hint"), Rows: 3,
		MaxLength: 2000, Value: in.Reason, Error: in.Errors[ReasonField]}
	return []Field{{Name: ChoiceField + end, Kind: Radio, Label: Say("decision.choice.of", "number", number), Value: in.Choice, Error: in.Errors[ChoiceField],
		Options: []Option{{Value: Approve, Label: Say("decision.approve")}, {Value: Reject, Label: Say("decision.reject"), Fields: []Field{reason}},
			{Value: Later, Label: Say("decision.later")}}}}
}

// DecisionsForm is what all decisions of one send share: the declaration.
func DecisionsForm(action string, declared bool, wrong string) Form {
	declare := Field{Name: DeclareField, Kind: Checkbox, Label: Say("decision.declare"), Error: wrong,
		Options: []Option{{Value: "yes", Label: Say("decision.declare.each")}}}
	if declared {
		declare.Value = "yes"
	}
	return Form{Action: action, Submit: Say("decisions.submit"), Fields: []Field{declare}}
}

// Transfer is «No me corresponde decidir»: it decides nothing and goes to the desk.
type Transfer struct {
	Request Request
	Back    string
	Form    Form // see TransferForm
	Signed  bool
}

func (p Transfer) head() head {
	return head{template: "transfer", title: Say("title.transfer", "number", p.Request.Number),
		problems: p.Form.Problems(), bare: p.Signed}
}

// TransferForm asks for the reason, and for the code when not signed in.
func TransferForm(action, role string, signedIn bool, in DecisionInput) Form {
	f := DecisionForm(action, role, signedIn, in)
	f.Submit = Say("transfer.submit")
	reason := f.Fields[1]
	reason.Label, reason.Hint = Say("transfer.reason"), Say("transfer.reason.hint")
	f.Fields = []Field{reason}
	if !signedIn {
		f.Fields = append(f.Fields, Field{Name: CodeField, Kind: Code, Label: Say("decision.code"), MaxLength: 12, Short: true,
			Hint: Say("transfer.code.hint"), Error: in.Errors[CodeField], Complete: "off"})
	}
	return f
}
