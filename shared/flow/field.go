package flow

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"mesa/shared/desk"
)

// FieldKind is how a field is typed and checked.
type FieldKind string

// The kinds of field.
const (
	Line     FieldKind = "text"     // one line
	Long     FieldKind = "textarea" // several lines
	Choice   FieldKind = "select"   // one of Options
	Radio    FieldKind = "radio"    // one of Options, all shown
	Check    FieldKind = "checkbox" // "yes" or empty
	DateTime FieldKind = "datetime" // 2026-09-15T14:05, Lima
	Date     FieldKind = "date"     // 2026-09-15, Lima
	Clock    FieldKind = "time"     // 14:05, Lima
	Table    FieldKind = "table"    // rows of Columns, named "schedule.2.date"
	Secret   FieldKind = "secret"   // never among an act's fields: sealed at the edge into Act.Secret
	Person   FieldKind = "person"   // a PersonID
	Hidden   FieldKind = "hidden"   // carried by a page, never typed
)

// Field is one thing a row demands.
type Field struct {
	Name     string
	Label    string // Spanish
	Hint     string
	Kind     FieldKind
	Max      int // characters
	Optional bool
	Options  []Option
	Missing  string // what to do when empty: «Escriba el asunto.»
	Default  string // what a page begins with, to be changed or left
	Clause   string
	// Later: the desk may work without it; when missing it is asked back and
	// never blocks (R104, R110).
	Later bool
	// Of a Table: what each row asks, how many rows a page shows at first and at
	// most, and the words of the button that adds one.
	Columns          []Field
	MinRows, MaxRows int
	Add              string
}

// Option is one value of a choice.
type Option struct {
	Value, Label string
}

// TimeLayout is how date-time fields are typed and stored: Lima, no zone.
const TimeLayout = "2006-01-02T15:04"

// ParseDate reads a date field as the midnight in Lima it begins with.
func ParseDate(value string) (time.Time, error) {
	return time.ParseInLocation(desk.DateLayout, value, desk.Lima)
}

// clockLayout is how a moment of Lima is given to the words of a mail.
const clockLayout = "02/01/2006 15:04"

// ParseTime reads a date-time field as Lima time.
func ParseTime(value string) (time.Time, error) {
	return time.ParseInLocation(TimeLayout, value, desk.Lima)
}

// Validate returns everything wrong with the values given for fields, and the
// values cleaned: trimmed, one line where one line is meant, NFC untouched.
func Validate(fields []Field, values desk.Fields) (desk.Fields, []desk.FieldProblem) {
	clean, problems := desk.Fields{}, []desk.FieldProblem(nil)
	known := map[string]bool{}
	for _, f := range fields {
		for _, name := range f.Names() {
			known[name] = true
		}
		if f.Kind == Table {
			problems = append(problems, f.checkTable(values, clean)...)
			continue
		}
		v, problem := f.check(values[f.Name])
		if problem != "" {
			problems = append(problems, desk.FieldProblem{Field: f.Name, Text: problem})
		}
		if v != "" {
			clean[f.Name] = v
		}
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if !known[name] && values[name] != "" {
			problems = append(problems, desk.FieldProblem{Field: name, Text: "Este dato no corresponde a esta acción: quítelo."})
		}
	}
	return clean, problems
}

// check cleans one value and says what is wrong with it, "" if nothing.
func (f Field) check(v string) (string, string) {
	v = strings.TrimSpace(strings.ReplaceAll(v, "\r\n", "\n"))
	if f.Kind != Long && f.Kind != Hidden { // what is carried keeps its lines
		v = strings.TrimSpace(strings.Join(strings.FieldsFunc(v, func(r rune) bool { return r == '\n' || r == '\t' }), " "))
	}
	switch {
	case v == "" && (f.Optional || f.Later):
		return "", ""
	case v == "":
		return "", f.Missing
	case !utf8.ValidString(v) || strings.IndexFunc(v, isControl) >= 0:
		return "", fmt.Sprintf("Quite de «%s» los caracteres que no se ven.", f.Label)
	case f.Max > 0 && utf8.RuneCountInString(v) > f.Max:
		return v, fmt.Sprintf("Acorte «%s»: tiene %d caracteres y el máximo es %d.", f.Label, utf8.RuneCountInString(v), f.Max)
	}
	return v, f.checkKind(v)
}

// isControl finds characters that no text field may hold: F35, F40.
func isControl(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\u2028' || r == '\u2029'
}

func (f Field) checkKind(v string) string {
	switch f.Kind {
	case Choice, Radio:
		for _, o := range f.Options {
			if o.Value == v {
				return ""
			}
		}
		if len(f.Options) == 0 {
			return "" // options come from the world: Decide checks them
		}
		return fmt.Sprintf("Elija en «%s» una de las opciones de la lista.", f.Label)
	case Check:
		if v != "yes" {
			return fmt.Sprintf("Marque o deje sin marcar «%s».", f.Label)
		}
	case DateTime:
		if _, err := ParseTime(v); err != nil {
			return fmt.Sprintf("Escriba «%s» con día y hora, por ejemplo 2026-09-15T14:05.", f.Label)
		}
	case Date:
		if _, err := ParseDate(v); err != nil {
			return fmt.Sprintf("Escriba «%s» con día, mes y año, por ejemplo 15/09/2026.", f.Label)
		}
	case Clock:
		if _, err := time.Parse("15:04", v); err != nil || len(v) != len("15:04") {
			return fmt.Sprintf("Escriba «%s» con hora y minutos, por ejemplo 09:30.", f.Label)
		}
	case Secret: // an edge that forgot to seal it: it must not go on
		return fmt.Sprintf("«%s» no se puede recibir así: vuelva a intentarlo.", f.Label)
	}
	return ""
}
