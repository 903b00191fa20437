package portal

import (
	"slices"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/web"
	"mesa/shared/work"
)

// copiedData names the people to whom the mails of a case went besides the desk:
// their answers are its comments.
func (v *visit) copiedData(view work.View) []web.Datum {
	var people []desk.PersonID
	for _, rec := range view.Records {
		for _, e := range rec.Events {
			people = append(people, desk.CopiedOn(e)...)
		}
	}
	var names []string
	for _, p := range people {
		if name := v.directory.Name(p); p != view.Ticket.Requester && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []web.Datum{{Label: "En copia", Value: strings.Join(names, ", "), Note: "Si responden al correo, su respuesta se agrega al caso"}}
}
