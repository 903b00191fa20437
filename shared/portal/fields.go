package portal

import (
	"maps"
	"net/url"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// read takes the values of fields out of a form. Hidden fields are the desk's
// own and never taken from what somebody sent.
func read(fields []flow.Field, form url.Values) desk.Fields {
	values := desk.Fields{}
	for _, f := range fields {
		switch f.Kind {
		case flow.Hidden, flow.Secret:
		case flow.Table:
			for n := 1; n <= f.MaxRows; n++ {
				maps.Copy(values, read(f.Cells(n), form))
			}
		default:
			if value := typedValue(f, form); value != "" {
				values[f.Name] = value
			}
		}
	}
	return values
}

// typedDateTime is a date and an hour: from their two boxes, or carried as one.
func typedDateTime(name string, form url.Values) string {
	if value := form.Get(name); value != "" {
		return value
	}
	return web.TypedDateTime(form.Get(name+"-date"), form.Get(name+"-time"))
}

// draw makes the questions of fields, with what was typed and what is wrong. The
// form that was sent, if any, says how many rows its tables had.
func draw(fields []flow.Field, typed desk.Fields, problem *desk.Problem, form url.Values) []web.Field {
	wrong := errorsOf(problem)
	var drawn []web.Field
	for _, f := range fields {
		switch f.Kind {
		case flow.Hidden:
		case flow.Table:
			drawn = append(drawn, drawTable(f, typed, wrong, form))
		default:
			drawn = append(drawn, drawField(f, typed[f.Name], wrong[f.Name]))
		}
	}
	return drawn
}

func drawField(f flow.Field, value, wrong string) web.Field {
	field := web.Field{Name: f.Name, Label: f.Label, Hint: f.Hint, Kind: web.Kind(f.Kind), Value: value, Error: wrong, Optional: f.Optional && f.Kind != flow.Check && f.Kind != flow.Secret}
	if f.Kind == flow.Date {
		field.Value = web.ShownDate(value)
	}
	if f.Kind == flow.Long {
		field.MaxLength = min(f.Max, maxTyped)
	}
	if f.Kind == flow.Person && len(f.Options) > 0 {
		field.Kind = web.Select // a team is short: choosing beats typing
	}
	for _, o := range f.Options {
		field.Options = append(field.Options, web.Option{Value: o.Value, Label: o.Label})
	}
	return field
}

// maxTyped is what the pages let a person type where a mail may be longer.
const maxTyped = 4000

// errorsOf maps a problem's fields to their texts.
func errorsOf(p *desk.Problem) map[string]string {
	wrong := map[string]string{}
	if p == nil {
		return wrong
	}
	for _, f := range p.Fields {
		if wrong[f.Field] == "" {
			wrong[f.Field] = f.Text
		}
	}
	return wrong
}

// answers are what a person typed, labelled, for looking at it again.
func answers(fields []flow.Field, typed desk.Fields) []web.Answer {
	var list []web.Answer
	for _, f := range fields {
		if f.Kind == flow.Table {
			list = append(list, tableAnswers(f, typed)...)
			continue
		}
		if value := typed[f.Name]; value != "" && f.Kind != flow.Hidden {
			list = append(list, web.Answer{Label: f.Label, Value: inWords(f, value), Field: f.Name})
		}
	}
	return list
}

// inWords is a value as people read it.
func inWords(f flow.Field, value string) string {
	for _, o := range f.Options {
		if o.Value == value {
			return o.Label
		}
	}
	if f.Kind == flow.Check {
		return "Sí"
	}
	if at, err := flow.ParseTime(value); err == nil && f.Kind == flow.DateTime {
		return web.Stamp(at)
	}
	if f.Kind == flow.Date {
		return web.ShownDate(value)
	}
	return value
}

// carry makes hidden fields of typed values, in the order of the questions.
func carry(fields []flow.Field, typed desk.Fields) []web.Hidden {
	var hidden []web.Hidden
	for _, f := range fields {
		for _, name := range f.Names() {
			if value := typed[name]; value != "" {
				hidden = append(hidden, web.Hidden{Name: name, Value: value})
			}
		}
	}
	return hidden
}
