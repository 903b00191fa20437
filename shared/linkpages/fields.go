package linkpages

import (
	"maps"
	"net/url"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// read takes the values of fields out of a form.
func read(fields []flow.Field, form url.Values) desk.Fields {
	values := desk.Fields{}
	for _, f := range fields {
		value := form.Get(f.Name)
		switch f.Kind {
		case flow.Table:
			for n := 1; n <= f.MaxRows; n++ {
				maps.Copy(values, read(f.Cells(n), form))
			}
			continue
		case flow.Date:
			value = web.TypedDate(value)
		case flow.Clock:
			value = web.TypedTime(value)
		default:
		}
		if value != "" {
			values[f.Name] = value
		}
	}
	return values
}

// draw makes the questions, with what was typed and what is wrong. A table shows
// as many rows as were sent, and one more if that was asked.
func draw(fields []flow.Field, typed desk.Fields, wrong map[string]string, form url.Values) []web.Field {
	var drawn []web.Field
	for _, f := range fields {
		field := fieldOf(f, typed[f.Name], wrong[f.Name])
		for n := 1; f.Kind == flow.Table && n <= rowsShown(f, typed, form); n++ {
			cells := draw(f.Cells(n), typed, wrong, form)
			for i := range cells {
				cells[i].Plain = true
			}
			field.Cells = append(field.Cells, cells)
		}
		if len(field.Cells) == f.MaxRows {
			field.Add = ""
		}
		drawn = append(drawn, field)
	}
	return drawn
}

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

// fieldOf draws a field of a row with what was typed.
func fieldOf(f flow.Field, value, problem string) web.Field {
	field := web.Field{Name: f.Name, Label: f.Label, Hint: f.Hint, Kind: web.Kind(f.Kind), Value: value, Error: problem, Optional: f.Optional, MaxLength: f.Max, Add: f.Add}
	if f.Kind == flow.Date {
		field.Value = web.ShownDate(value)
	}
	for _, o := range f.Options {
		field.Options = append(field.Options, web.Option{Value: o.Value, Label: o.Label})
	}
	return field
}
