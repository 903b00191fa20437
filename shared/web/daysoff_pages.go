package web

import "time"

// DaysOff is /admin/calendars/{year}: the working calendar (R154).
type DaysOff struct {
	Year    string
	Next    time.Time // next working day of the headquarters
	Hours   []Datum   // weekly hours, of the desk and of units with their own
	Groups  []DayGroup
	Changes []DayChange // newest first
	Add     *Form       // nil for who only reads
	Import  *Form
	Export  string // address of the calendar file
	Earlier Link
	Later   Link
}

func (p DaysOff) head() head {
	h := head{template: "daysoff", title: Say("title.daysoff", "year", p.Year)}
	for _, f := range []*Form{p.Add, p.Import} {
		if f != nil {
			h.problems = append(h.problems, f.Problems()...)
		}
	}
	return h
}

// DayGroup is the days off of one kind.
type DayGroup struct {
	ID    string
	Title string // «16 feriados nacionales»
	Days  []DayOffLine
	None  string // said when there are none
}

// DayOffLine is one day off, or several in a row.
type DayOffLine struct {
	When   string // «24/12/2026»
	Name   string
	Scope  string // «solo UT Cusco»
	Source string
	Remove string // address of the page that takes it out; empty: it stays
}

// DayChange is one entry of the calendar's history.
type DayChange struct {
	At     time.Time
	By     string
	What   []string // «Se agregó 24/12/2026, Día no laborable»
	Reason string
}

// DayOffRemoval is the page on which a day off is taken out, with a reason.
type DayOffRemoval struct {
	Year string
	Back string
	Day  DayOffLine
	Form Form
}

func (p DayOffRemoval) head() head {
	return head{template: "dayoffremoval", title: Say("title.dayoffremoval", "day", p.Day.When), problems: p.Form.Problems()}
}

// DayOffForm asks for a day off: kinds and sedes are the choices.
func DayOffForm(action string, kinds, sedes []Option, in Filled) *Form {
	for i := range kinds {
		if kinds[i].Value == DayOffOfSede {
			kinds[i].Fields = []Field{in.into(Field{Name: "sede", Kind: Select, Label: Say("daysoff.sede"), Options: sedes})}
		}
	}
	return &Form{Action: action, Prefix: "add-", Submit: Say("daysoff.add"), Fields: []Field{
		in.into(Field{Name: "from", Kind: Date, Label: Say("daysoff.from")}),
		in.into(Field{Name: "until", Kind: Date, Label: Say("daysoff.until"), Hint: Say("daysoff.until.hint"), Optional: true}),
		in.into(Field{Name: "kind", Kind: Radio, Label: Say("daysoff.kind"), Options: kinds}),
		in.into(Field{Name: "name", Kind: Text, Label: Say("daysoff.name"), Hint: Say("daysoff.name.hint")}),
		in.into(Field{Name: "source", Kind: Text, Label: Say("daysoff.source"), Hint: Say("daysoff.source.hint")}),
	}}
}

// DayOffOfSede is the kind that asks for a sede.
const DayOffOfSede = "regional"

// DayOffImportForm asks for a calendar file.
func DayOffImportForm(action, wrong string) *Form {
	return &Form{Action: action, Prefix: "import-", Submit: Say("daysoff.import"), Files: true, Quiet: true, Fields: []Field{
		{Name: "file", Kind: File, Label: Say("daysoff.file"), Hint: Say("daysoff.file.hint"), Accept: ".ics,text/calendar", Error: wrong}}}
}

// DayOffRemovalForm asks why.
func DayOffRemovalForm(action, cancel string, in Filled) Form {
	return Form{Action: action, Submit: Say("daysoff.remove"), Cancel: &Link{Label: Say("daysoff.keep"), Href: cancel}, Fields: []Field{
		in.into(Field{Name: "reason", Kind: TextArea, Label: Say("daysoff.reason"), Rows: 2, MaxLength: 300})}}
}
