package linkpages

import (
	"slices"

	"mesa/shared/approve"
	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// mostKnown is how much of a text the short form repeats.
const mostKnown = 400

// known are the data that the case has already: shown, and not asked again.
func known(q approve.Question) []web.Datum {
	if q.Link.Wait.Kind() != desk.WaitData {
		return nil
	}
	var list []web.Datum
	add := func(label, value string) {
		if runes := []rune(value); len(runes) > mostKnown {
			value = string(runes[:mostKnown]) + "…"
		}
		if value != "" {
			list = append(list, web.Datum{Label: label, Value: value})
		}
	}
	service, _ := q.View.Catalogue.Service(q.View.Ticket.Service)
	add("Servicio", service.Name)
	row, _ := flow.RowFor(q.View.Ticket, desk.ActProvideData)
	for _, f := range row.Fields {
		if f.Kind == flow.Hidden || f.Kind == flow.Table {
			continue
		}
		add(f.Label, inWords(f, given(q, f.Name)))
	}
	return list
}

// given is the newest text of a name among those of the request and of what was
// completed since.
func given(q approve.Question, name string) (value string) {
	for _, rec := range q.View.Records {
		switch rec.Act {
		case desk.ActOpen, desk.ActContact, desk.ActClassify, desk.ActProvideData:
			if text := rec.Texts[name]; text != "" {
				value = text
			}
		}
	}
	return value
}

// inWords is a stored value as people read it.
func inWords(f flow.Field, value string) string {
	for _, o := range f.Options {
		if o.Value == value {
			return o.Label
		}
	}
	if f.Kind == flow.Check && value != "" {
		return "Sí"
	}
	return value
}

// prefilled is what the desk can propose for what is missing, to be confirmed or
// corrected: the telephone that the directory has of who asked.
func prefilled(q approve.Question) desk.Fields {
	if q.Link.Wait.Kind() != desk.WaitData || !slices.Contains(q.View.Ticket.Missing, "phone") {
		return nil
	}
	person, _, _, ok := q.View.Directory.Requesting(q.View.Ticket.Requester, q.View.Facts.Now)
	if !ok || person.Phone == "" {
		return nil
	}
	return desk.Fields{"phone": person.Phone}
}
