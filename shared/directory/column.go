package directory

import (
	"errors"
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mesa/shared/calendar"
	"mesa/shared/desk"
)

// The constructors below make a column of one field. field returns the address
// of the record's field, so that one function serves reading and writing.

// text is a column of one string.
func text[R any, S ~string](name string, valid func(string) error, field func(*R) *S) column[R] {
	return value(name, field,
		func(cell string) (S, error) { return S(cell), valid(cell) },
		func(s S) string { return string(s) })
}

// words is a column of strings separated by blanks.
func words[R any, S ~string](name string, valid func(string) error, field func(*R) *[]S) column[R] {
	return values(name, field,
		func(word string) (S, error) { return S(word), valid(word) },
		func(s S) string { return string(s) })
}

// value is a column of one value; an empty cell is its zero value.
func value[R any, V comparable](name string, field func(*R) *V, parse func(string) (V, error), format func(V) string) column[R] {
	return column[R]{
		name: name,
		get: func(r R) string {
			var zero V
			if *field(&r) == zero {
				return ""
			}
			return format(*field(&r))
		},
		set: func(r *R, cell string) (err error) {
			*field(r), err = parse(cell)
			return err
		},
	}
}

// values is a column of values separated by blanks.
func values[R, V any](name string, field func(*R) *[]V, parse func(string) (V, error), format func(V) string) column[R] {
	return column[R]{
		name: name,
		get: func(r R) string {
			var list []string
			for _, v := range *field(&r) {
				list = append(list, format(v))
			}
			return strings.Join(list, " ")
		},
		set: func(r *R, cell string) error {
			for word := range strings.FieldsSeq(cell) {
				v, err := parse(word)
				if err != nil {
					return err
				}
				*field(r) = append(*field(r), v)
			}
			return nil
		},
	}
}

// asKey says that the column is part of what identifies a row.
func (c column[R]) asKey() column[R] {
	c.key = true
	return c
}

// needed says that the column may not be empty.
func (c column[R]) needed() column[R] {
	c.must = true
	return c
}

// naming says that the column holds keys of another table.
func (c column[R]) naming(kind Kind) column[R] {
	c.refs = kind
	return c
}

// dates are the two columns of a period, last in every table.
func dates[R any](field func(*R) *Period) []column[R] {
	return []column[R]{
		value("from", func(r *R) *calendar.Date { return &field(r).From }, dateCell, calendar.Date.String).asKey(),
		value("until", func(r *R) *calendar.Date { return &field(r).Until }, dateCell, calendar.Date.String),
	}
}

// Cells of particular kinds. Each error is a sentence for the file's author.

// maxCell bounds a cell of plain text, in characters.
const maxCell = 200

// validID is what an id may look like: it becomes part of addresses and keys.
var validID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

func idCell(cell string) error {
	if !validID.MatchString(cell) {
		return fmt.Errorf("«%s» no sirve de código: use letras sin tilde, números, punto y guion, hasta 64", cell)
	}
	return nil
}

func textCell(cell string) error {
	switch {
	case utf8.RuneCountInString(cell) > maxCell:
		return fmt.Errorf("el texto pasa de %d caracteres: acórtelo", maxCell)
	case strings.ContainsFunc(cell, unicode.IsControl):
		return errors.New("el texto tiene saltos de línea o caracteres de control: quítelos")
	default:
		return nil
	}
}

func addressCell(cell string) error {
	parsed, err := mail.ParseAddress(cell)
	if err != nil || parsed.Address != cell {
		return fmt.Errorf("«%s» no es una dirección de correo", cell)
	}
	return nil
}

// oneOf accepts a closed list of words.
func oneOf[S ~string](allowed ...S) func(string) error {
	return func(cell string) error {
		if slices.Contains(allowed, S(cell)) {
			return nil
		}
		list := make([]string, len(allowed))
		for i, a := range allowed {
			list[i] = string(a)
		}
		return fmt.Errorf("«%s» no es uno de los valores admitidos: %s", cell, strings.Join(list, ", "))
	}
}

func dateCell(cell string) (calendar.Date, error) {
	date, err := calendar.ParseDate(cell)
	if err != nil {
		return date, fmt.Errorf("«%s» no es una fecha como 2026-03-01", cell)
	}
	return date, nil
}

func yesCell(cell string) (bool, error) {
	switch Fold(cell) {
	case "si":
		return true, nil
	case "no":
		return false, nil
	default:
		return false, fmt.Errorf("«%s» no es «sí» ni «no»", cell)
	}
}

func yesText(yes bool) string {
	if yes {
		return "sí"
	}
	return "no"
}

func countCell(cell string) (int, error) {
	n, err := strconv.Atoi(cell)
	if err != nil || n < 0 || n > 10_000 {
		return 0, fmt.Errorf("«%s» no es un número entero entre 0 y 10000", cell)
	}
	return n, nil
}

// hoursCell reads "08:30-13:00".
func hoursCell(cell string) (calendar.Interval, error) {
	var i calendar.Interval
	opens, closes, _ := strings.Cut(cell, "-")
	if errors.Join(i.Opens.UnmarshalText([]byte(opens)), i.Closes.UnmarshalText([]byte(closes))) != nil {
		return i, fmt.Errorf("«%s» no es un horario como 08:30-13:00", cell)
	}
	return i, nil
}

func hoursText(i calendar.Interval) string { return i.Opens.String() + "-" + i.Closes.String() }

// servingCell reads "8.1:2": flow 8.1, level 2.
func servingCell(cell string) (Serving, error) {
	flow, level, _ := strings.Cut(cell, ":")
	n, err := strconv.Atoi(level)
	if err != nil || n < 1 || n > 5 || !isFlow(flow) {
		return Serving{}, fmt.Errorf("«%s» no es flujo y nivel como 8.1:2", cell)
	}
	return Serving{desk.FlowCode(flow), desk.Level(n)}, nil
}

func servingText(s Serving) string { return fmt.Sprintf("%s:%d", s.Flow, s.Level) }

// isFlow tells whether a text is one of 8.1 to 8.8.
func isFlow(text string) bool {
	return len(text) == 3 && strings.HasPrefix(text, "8.") && text[2] >= '1' && text[2] <= '8'
}
