package calendar

import (
	"fmt"
	"slices"
	"time"

	"mesa/shared/desk"
)

// Change is one edit of the days off: what was added or taken out, when, by whom
// and why. It is stored for ever under its number and never rewritten; the days
// off as they stand are the fold of all changes.
type Change struct {
	Revision int           `json:"r"` // 1 for the first
	At       time.Time     `json:"t"`
	By       desk.PersonID `json:"p,omitempty"` // none: the operator, by deskctl
	Add      []DayOff      `json:"a,omitempty"`
	Remove   []DayOff      `json:"d,omitempty"`
	Reason   string        `json:"y,omitempty"` // of a removal
}

// Book is the days off as they stand, in order of date, and how they came to be.
type Book struct {
	Days    []DayOff
	Changes []Change // oldest first
}

// Fold is the book after these changes, oldest first.
func Fold(changes []Change) Book {
	b := Book{Changes: changes}
	for _, c := range changes {
		b.Days = slices.DeleteFunc(b.Days, func(d DayOff) bool { return slices.Contains(c.Remove, d) })
		b.Days = append(b.Days, c.Add...)
	}
	slices.SortStableFunc(b.Days, byDate)
	return b
}

// Revision is the number of the last change, 0 before the first.
func (b Book) Revision() int { return len(b.Changes) }

// Next begins the change that follows on the last one.
func (b Book) Next(at time.Time, by desk.PersonID) Change {
	return Change{Revision: b.Revision() + 1, At: at.UTC().Truncate(time.Second), By: by}
}

// Of lists the days on which a sede is closed besides the national holidays, by
// the names under which they were declared.
func (b Book) Of(sede desk.SedeID) []Holiday {
	var list []Holiday
	for _, d := range b.Days {
		if !d.Holds(sede) || d.Kind == KindWorked {
			continue
		}
		for _, date := range d.Dates() {
			list = append(list, Holiday{Date: date, Name: d.Name})
		}
	}
	return list
}

// Worked lists the national holidays of the rule that are working days of a sede:
// taken back for everybody, and not its own day off.
func (b Book) Worked(sede desk.SedeID) []Date {
	var list []Date
	for _, d := range b.Days {
		if d.Kind == KindWorked {
			list = append(list, d.Dates()...)
		}
	}
	off := b.Of(sede)
	return slices.DeleteFunc(list, func(date Date) bool {
		return slices.ContainsFunc(off, func(h Holiday) bool { return h.Date == date })
	})
}

// nationalSource are the laws of the rule.
const nationalSource = "D.Leg. 713, art. 6, y modificatorias"

// Year lists all days off that touch a year, the national holidays by rule among
// them, in order of date.
func (b Book) Year(year int) []DayOff {
	var list []DayOff
	worked := b.Worked("")
	for _, h := range National(year) {
		if slices.Contains(worked, h.Date) {
			continue
		}
		list = append(list, DayOff{From: h.Date, Until: h.Date, Kind: KindNational, Name: h.Name, Source: nationalSource})
	}
	for _, d := range b.Days {
		if d.From.Year <= year && year <= d.Until.Year {
			list = append(list, d)
		}
	}
	slices.SortStableFunc(list, byDate)
	return list
}

func byDate(x, y DayOff) int { return x.From.number() - y.From.number() }

// Fault is what is wrong with one of several records, numbered from 1; with all
// of them, 0.
type Fault struct {
	N      int
	DayOff DayOff
	desk.FieldProblem
}

// String is the fault as a line for who sent the records.
func (f Fault) String() string {
	switch {
	case f.N == 0:
		return f.Text
	case f.DayOff.From == Date{}:
		return fmt.Sprintf("Entrada %d, «%s»: %s", f.N, f.DayOff.Name, f.Text)
	}
	return fmt.Sprintf("Entrada %d, «%s», %s: %s", f.N, f.DayOff.Name, f.DayOff.When(), f.Text)
}

// maxAdded is how many records one change may bring: it is one item of the table.
const maxAdded = 500

// Plan holds records against the book and each other: those to add, and how many
// it has already, or knows by rule. With one fault nothing is to be added.
func (b Book) Plan(days []DayOff, known func(desk.SedeID) bool) (add []DayOff, there int, faults []Fault) {
	for i, d := range days {
		wrong := func(p desk.FieldProblem) { faults = append(faults, Fault{i + 1, d, p}) }
		problems := d.Check(known)
		for _, p := range problems {
			wrong(p)
		}
		other, met := meeting(d, b.Days, add)
		switch {
		case len(problems) > 0:
		case d.Kind == KindNational && d.byRule() || slices.Contains(b.Days, d):
			there++
		case d.Kind == KindWorked && !d.byRule():
			wrong(desk.FieldProblem{Field: FieldFrom, Text: "Ese día no es un feriado nacional: ya es de trabajo, o está en otra lista."})
		case d.Kind != KindWorked && d.Sede == "" && d.byRule():
			wrong(desk.FieldProblem{Field: FieldFrom, Text: "Ese día ya es feriado nacional."})
		case met:
			wrong(desk.FieldProblem{Field: FieldFrom, Text: fmt.Sprintf("Ese día ya está como «%s», %s: quítelo primero si cambió.", other.Name, other.When())})
		case len(add) == maxAdded:
			wrong(desk.FieldProblem{Field: FieldFrom, Text: fmt.Sprintf("Son más de %d días a la vez: repártalos.", maxAdded)})
			return nil, there, faults
		default:
			add = append(add, d)
		}
	}
	if len(faults) > 0 {
		return nil, there, faults
	}
	return add, there, nil
}

// meeting finds the record of these lists that closes the same sede on the same day.
func meeting(d DayOff, lists ...[]DayOff) (DayOff, bool) {
	for _, list := range lists {
		if i := slices.IndexFunc(list, d.meets); i >= 0 {
			return list[i], true
		}
	}
	return DayOff{}, false
}

// Removable finds the record that begins on a day, and says why it must stay:
// what people were told of a day that has come stays explained.
func (b Book) Removable(from Date, sede desk.SedeID, now time.Time) (DayOff, error) {
	i := slices.IndexFunc(b.Days, func(d DayOff) bool { return d.From == from && d.Sede == sede })
	switch {
	case i < 0:
		return DayOff{}, desk.NewProblem(desk.NotFound, "R154", "Ese día no está en el calendario, o ya se quitó.")
	case !DateOf(now).Before(from):
		return b.Days[i], desk.NewProblem(desk.Refused, "R154", "Ese día ya empezó o pasó: con él se contaron plazos y se queda.")
	}
	return b.Days[i], nil
}
