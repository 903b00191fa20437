package web

// Filled is what a form came back with: values and errors by field name.
type Filled struct {
	Values map[string]string
	Errors map[string]string
}

// into gives a field its value and error back.
func (in Filled) into(f Field) Field {
	f.Value, f.Error = in.Values[f.Name], in.Errors[f.Name]
	return f
}

// Names and values of the phone contact form that package flow does not have.
const (
	ExitField    = "exit"
	ExitSolved   = "solved"
	ExitTicket   = "ticket"
	ExitProgress = "progress"
	ExitTyping   = "typing" // error de digitación: 8.2.2
	TypingDetail = "typing_detail"
	TypingText   = "typing_solution"
)

// PhoneForm is a call on one page: who, what, and one of three exits (R63, R64).
// People are suggestions for the caller; services are the catalogue's. The
// administration of the SGD solves at Level 1 nothing but a typing error (8.2.2).
func PhoneForm(action string, services, people []Option, sgd bool, in Filled) Form {
	solution := in.into(Field{Name: "solution", Kind: TextArea, Label: Say("phone.solution"), Rows: 4, MaxLength: 4000})
	exits := []Option{
		{Value: ExitSolved, Label: Say("phone.exit.solved"), Hint: Say("phone.exit.solved.hint"), Fields: []Field{solution}},
		{Value: ExitTicket, Label: Say("phone.exit.ticket"), Hint: Say("phone.exit.ticket.hint")},
		{Value: ExitProgress, Label: Say("phone.exit.progress"), Hint: Say("phone.exit.progress.hint")},
	}
	if sgd {
		exits[0] = Option{Value: ExitTyping, Label: Say("phone.exit.typing"), Hint: Say("phone.exit.typing.hint"), Fields: []Field{
			in.into(Field{Name: TypingDetail, Kind: Text, Label: Say("phone.typing.detail"), MaxLength: 120}),
			in.into(Field{Name: TypingText, Kind: TextArea, Label: Say("phone.solution"), Rows: 4, MaxLength: 4000})}}
	}
	return Form{Action: action, Submit: Say("phone.submit"), Fields: []Field{
		in.into(Field{Name: "caller", Kind: Person, Label: Say("phone.caller"), Hint: Say("phone.caller.hint"), Options: people, Complete: "off"}),
		in.into(Field{Name: "phone", Kind: Phone, Label: Say("phone.number"), Optional: true, Short: true, Complete: "off"}),
		in.into(Field{Name: "service", Kind: Select, Label: Say("phone.service"), Options: services}),
		in.into(Field{Name: "description", Kind: TextArea, Label: Say("phone.text"), MaxLength: 4000}),
		in.into(Field{Name: ExitField, Kind: Radio, Label: Say("phone.exit"), Options: exits}),
	}}
}

// HeldMailForms are the three ways out of the held mails: a case in somebody's
// name, a comment on a case, or the bin with a reason. One prefix each keeps
// their ids apart.
func HeldMailForms(base string, people []Option, in Filled) (release, attach, discard Form) {
	release = Form{Action: base + "/release", Prefix: "release-", Submit: Say("held.release"), Fields: []Field{
		in.into(Field{Name: "person", Kind: Person, Label: Say("held.person"), Hint: Say("held.person.hint"), Options: people, Complete: "off"})}}
	attach = Form{Action: base + "/attach", Prefix: "attach-", Quiet: true, Submit: Say("held.attach"), Fields: []Field{
		in.into(Field{Name: "number", Kind: Text, Label: Say("held.number"), Hint: Say("held.number.hint"), Short: true, Complete: "off"})}}
	discard = Form{Action: base + "/discard", Prefix: "discard-", Quiet: true, Submit: Say("held.discard"), Fields: []Field{
		in.into(Field{Name: "reason", Kind: TextArea, Label: Say("held.reason"), Rows: 2, MaxLength: 1000})}}
	return release, attach, discard
}
