package web

// Kind says which control a field is drawn as.
type Kind string

// The controls a form can ask for. Those that package flow knows bear the same
// names, so web.Kind(f.Kind) is the whole translation.
const (
	Text     Kind = "text"
	TextArea Kind = "textarea"
	Select   Kind = "select"
	Radio    Kind = "radio"
	Checkbox Kind = "checkbox" // several choices; with one option or none, one box: «yes»
	Date     Kind = "date"     // typed: 15/09/2026
	DateTime Kind = "datetime" // two boxes, Name-date and Name-time; see DateTimeValue
	File     Kind = "file"
	Number   Kind = "number"
	Person   Kind = "person" // free text with the people in Options as suggestions
	Code     Kind = "code"   // digits that are pasted or typed: the six of a mail
	Phone    Kind = "phone"
	Email    Kind = "email"
	Secret   Kind = "secret" // a temporary password: never drawn back, and no browser learns it
	Search   Kind = "search"
	Unseen   Kind = "hidden" // carried, never typed
	Time     Kind = "time"   // typed: 09:30
	Table    Kind = "table"  // rows of fields under one legend; see Cells
)

// Field is one question of a form, with what was answered and what is wrong.
type Field struct {
	Name      string
	Label     string
	Hint      string
	Kind      Kind
	Value     string
	Values    []string // chosen options of a Checkbox
	Options   []Option
	Error     string
	Optional  bool
	MaxLength int    // told to the reader of a TextArea; the server checks it, since a browser would cut a pasted text unseen
	Rows      int    // height of a TextArea, 0 takes 5
	Short     bool   // a narrow box: codes, numbers, times
	Complete  string // autocomplete token of the HTML standard
	Accept    string // file types of a File
	Plain     bool   // without the hint that its kind gives: a cell of a table
	// Of a Table: the fields of each row, and the words of the submit button that
	// adds one (AddField); no words, no button.
	Cells [][]Field
	Add   string
}

// AddField is the name of the button that adds a row; its value is the table's.
const AddField = "add"

// Option is one choice. Its Fields are asked only when it is chosen: they are
// hidden by the style sheet until then, and always shown where it cannot.
type Option struct {
	Value  string
	Label  string
	Hint   string
	Fields []Field
}

// Problems lists what is wrong in the fields, in their order, nested ones too.
func problems(prefix string, fields []Field) []Problem {
	var list []Problem
	for _, f := range fields {
		if f.Error != "" {
			list = append(list, Problem{Field: firstID(prefix, f), Text: f.Error})
		}
		for _, o := range f.Options {
			list = append(list, problems(prefix, o.Fields)...)
		}
		for _, row := range f.Cells {
			list = append(list, problems(prefix, row)...)
		}
	}
	return list
}

// firstID is the id of the control that the summary's link should lead to: the
// box itself, or the first of a group.
func firstID(prefix string, f Field) string {
	switch {
	case f.Kind == DateTime:
		return prefix + f.Name + "-date"
	case f.Kind == Table && len(f.Cells) > 0 && len(f.Cells[0]) > 0:
		return firstID(prefix, f.Cells[0][0])
	case f.Kind == Radio || f.Kind == Checkbox:
		return prefix + f.Name + "-1"
	}
	return prefix + f.Name
}
