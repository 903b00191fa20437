package web

import "strconv"

// boundField is a field that knows the ids of its parts.
type boundField struct {
	Field
	ID     string
	Prefix string
}

// HintText is the hint and, for a long text, how much of it fits.
func (f boundField) HintText() string {
	hint := f.Hint
	switch {
	case hint != "" || f.Plain:
	case f.Kind == Date:
		hint = Say("field.datehint")
	case f.Kind == DateTime:
		hint = Say("field.datetimehint")
	}
	if f.Kind != TextArea || f.MaxLength == 0 {
		return hint
	}
	if hint != "" {
		hint += " "
	}
	return hint + Say("field.limit", "n", itoa(f.MaxLength))
}

// HintID is the id of the hint, for aria-describedby.
func (f boundField) HintID() string { return f.ID + "-hint" }

// ErrorID is the id of the error text, for aria-describedby.
func (f boundField) ErrorID() string { return f.ID + "-error" }

// DescribedBy lists the texts that explain the control, in reading order.
func (f boundField) DescribedBy() string {
	hint, wrong := f.HintText() != "", f.Error != ""
	switch {
	case hint && wrong:
		return f.HintID() + " " + f.ErrorID()
	case hint:
		return f.HintID()
	case wrong:
		return f.ErrorID()
	}
	return ""
}

// OptionID numbers the controls of a group from 1.
func (f boundField) OptionID(i int) string { return f.ID + "-" + strconv.Itoa(i+1) }

// Chosen reports whether an option had been picked.
func (f boundField) Chosen(value string) bool {
	for _, v := range f.Values {
		if v == value {
			return true
		}
	}
	return f.Value != "" && f.Value == value
}

// Grouped reports whether the field is several controls under one legend.
func (f boundField) Grouped() bool {
	return f.Kind == Radio || f.Kind == DateTime || f.Kind == Checkbox && len(f.Options) > 1
}

// Single reports whether the field is one box to tick, with a label of its own.
func (f boundField) Single() bool { return f.Kind == Checkbox && len(f.Options) <= 1 }

// Box is the one option of a Single field; without any it is «yes», labelled as
// the field itself.
func (f boundField) Box() Option {
	if len(f.Options) == 1 {
		return f.Options[0]
	}
	return Option{Value: "yes", Label: f.Label}
}

// Rowed reports whether the field is a table of fields.
func (f boundField) Rowed() bool { return f.Kind == Table }

// Growing reports whether some field of the form can grow: then Enter must not
// press the button that adds a row, so the form's own button stands first too.
func (f Form) Growing() bool {
	for _, field := range f.Fields {
		if field.Kind == Table && field.Add != "" {
			return true
		}
	}
	return false
}

// Unseen reports whether the field is only carried along.
func (f boundField) Unseen() bool { return f.Kind == Unseen }

// Height is the number of rows of a text area.
func (f boundField) Height() int {
	if f.Rows > 0 {
		return f.Rows
	}
	return 5
}

// Narrow reports whether the box should look as short as what goes into it.
func (f boundField) Narrow() bool {
	return f.Short || f.Kind == Date || f.Kind == Time || f.Kind == Number || f.Kind == Code
}

// InputType is the type attribute: it chooses a phone's keyboard and leaves the
// checking to the server, whose texts and moments are ours (novalidate).
func (f boundField) InputType() string {
	switch f.Kind {
	case Phone:
		return "tel"
	case Email:
		return "email"
	case Search:
		return "search"
	default:
		return "text"
	}
}

// InputMode asks a phone for digits where only digits are meant.
func (f boundField) InputMode() string {
	switch f.Kind {
	case Code, Number, Date, Time:
		return "numeric"
	default:
		return ""
	}
}

// List is the id of the suggestions of a Person field, if it has any.
func (f boundField) List() string {
	if f.Kind == Person && len(f.Options) > 0 {
		return f.ID + "-list"
	}
	return ""
}

// halves are the two boxes of a DateTime.
func halves(f boundField) []boundField {
	date, clock := SplitDateTime(f.Value)
	half := func(suffix, label, value string) boundField {
		return boundField{ID: f.ID + suffix, Field: Field{Name: f.Name + suffix, Label: label, Value: value}}
	}
	return []boundField{half("-date", Say("field.date"), date), half("-time", Say("field.time"), clock)}
}
