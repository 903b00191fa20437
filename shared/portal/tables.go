package portal

import (
	"net/url"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// Forms whose rows grow: «Agregar otra fecha» is a submit button that draws the
// form again with one row more, everything typed kept. How many rows there are
// is what the form sent back, empty ones included.

// adding tells whether a form was sent to get one more row.
func adding(form url.Values) bool { return form.Get(web.AddField) != "" }

// rowsShown is how many rows of a table a page draws.
func rowsShown(f flow.Field, typed desk.Fields, form url.Values) int {
	n := f.MinRows
	for row := 1; row <= f.MaxRows; row++ {
		for _, c := range f.Cells(row) {
			if form.Has(c.Name) || typed[c.Name] != "" {
				n = max(n, row)
			}
		}
	}
	if form.Get(web.AddField) == f.Name {
		n++
	}
	return min(n, f.MaxRows)
}

// drawTable draws the rows of a table with what was typed and what is wrong.
func drawTable(f flow.Field, typed desk.Fields, wrong map[string]string, form url.Values) web.Field {
	table := web.Field{Name: f.Name, Label: f.Label, Hint: f.Hint, Kind: web.Table, Error: wrong[f.Name], Optional: f.Optional}
	rows := rowsShown(f, typed, form)
	for n := 1; n <= rows; n++ {
		var cells []web.Field
		for _, c := range f.Cells(n) {
			cell := drawField(c, typed[c.Name], wrong[c.Name])
			cell.Plain = true
			cells = append(cells, cell)
		}
		table.Cells = append(table.Cells, cells)
	}
	if rows < f.MaxRows {
		table.Add = f.Add
	}
	return table
}

// typedValue is what a box held, in the form that the rules read.
func typedValue(f flow.Field, form url.Values) string {
	value := form.Get(f.Name)
	switch f.Kind {
	case flow.DateTime:
		return typedDateTime(f.Name, form)
	case flow.Date:
		return web.TypedDate(value)
	case flow.Clock:
		return web.TypedTime(value)
	default:
		return value
	}
}

// tableAnswers are the rows of a table in words: «Programado para 01».
func tableAnswers(f flow.Field, typed desk.Fields) []web.Answer {
	var list []web.Answer
	for i, n := range f.Filled(typed) {
		list = append(list, web.Answer{Label: f.Label + " " + twoDigits(i+1), Value: rowInWords(f, n, typed), Field: f.Name})
	}
	return list
}

// rowInWords are the cells of one row that hold something.
func rowInWords(f flow.Field, n int, typed desk.Fields) string {
	var parts []string
	for i, c := range f.Cells(n) {
		switch value := typed[c.Name]; {
		case value == "":
		case i == 0 || c.Kind == flow.Choice:
			parts = append(parts, inWords(c, value))
		default:
			parts = append(parts, strings.ToLower(c.Label[:1])+c.Label[1:]+" "+inWords(c, value))
		}
	}
	return strings.Join(parts, ", ")
}

func twoDigits(n int) string { return desk.Hour(n)[3:] }
