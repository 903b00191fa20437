package web

import "time"

// Verification is /verifications/{token}: was it solved? (8.2.4, R87)
type Verification struct {
	Number   string
	Subject  string
	Solution string // what was done
	At       time.Time
	Until    time.Time // after it silence is taken for a yes
	Form     Form      // see VerificationForm
}

func (p Verification) head() head {
	return head{template: "verification", title: Say("title.verification", "number", p.Number), problems: p.Form.Problems(), bare: true}
}

// Names and values of the verification form.
const (
	Solved       = "solved"
	Failing      = "failing"
	FailingField = "message"
	RatingField  = "rating"
	CommentField = "comment"
)

// VerificationForm asks for one of two answers, neither preselected, and for an
// opinion that nobody has to give.
func VerificationForm(action string, in Filled) Form {
	failing := in.into(Field{Name: FailingField, Kind: TextArea, Label: Say("verify.message"), Rows: 4, MaxLength: 4000})
	var marks []Option
	for _, n := range []string{"5", "4", "3", "2", "1"} {
		marks = append(marks, Option{Value: n, Label: Say("verify.rating." + n)})
	}
	return Form{Action: action, Submit: Say("verify.submit"), Fields: []Field{
		in.into(Field{Name: ChoiceField, Kind: Radio, Label: Say("verify.choice"), Options: []Option{
			{Value: Solved, Label: Say("verify.solved")}, {Value: Failing, Label: Say("verify.failing"), Fields: []Field{failing}}}}),
		in.into(Field{Name: RatingField, Kind: Radio, Label: Say("verify.rating"), Optional: true, Options: marks}),
		in.into(Field{Name: CommentField, Kind: TextArea, Label: Say("verify.comment"), Optional: true, Rows: 2, MaxLength: 1000}),
	}}
}
