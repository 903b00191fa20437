package portal

import (
	"net/http"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// services is /ticket-forms: what can be asked for, under its types, or what a
// search finds.
func (v *visit) services() error {
	from := v.query("from")
	page := web.Catalogue{Query: strings.TrimSpace(v.query("q"))}
	kinds := v.offered()
	for _, k := range kinds {
		page.Total += len(k.Services)
	}
	if page.Query != "" {
		kinds = v.search(page.Query)
	}
	for _, k := range kinds {
		shown := web.ServiceType{Name: k.Name, Anchor: anchor(k.Name)}
		for _, s := range k.Services {
			shown.Services = append(shown.Services, web.Service{Name: s.Name, Operations: strings.Join(s.Operations, ", "), Href: with(formOf(s.ID), query("from", from))})
		}
		page.Types = append(page.Types, shown)
	}
	return v.show(page)
}

// offered are the services that have a form here, under their types.
func (v *visit) offered() []directory.Type {
	return under(v.catalogue.Services)
}

// search finds services; the best match stands first.
func (v *visit) search(words string) []directory.Type {
	return under(v.catalogue.Search(words))
}

// under groups services that have a form by type, in the order they come.
func under(services []directory.Service) []directory.Type {
	open := directory.Catalogue{}
	for _, s := range services {
		if len(ways(s)) > 0 {
			open.Services = append(open.Services, s)
		}
	}
	return open.Types()
}

// ways are the flows that a service may follow when anybody asks for it.
func ways(s directory.Service) []directory.Way {
	var open []directory.Way
	for _, w := range s.Ways() {
		if flow.Supported(w.Flow) && !w.Staff {
			open = append(open, w)
		}
	}
	return open
}

// ways are those of a service that this person may take: what a specialist of
// the UTI detects is theirs alone to open (8.3.1).
func (v *visit) ways(s directory.Service) []directory.Way {
	open := ways(s)
	for _, w := range s.Ways() {
		if w.Staff && v.rights.Detector && flow.Supported(w.Flow) {
			open = append(open, w)
		}
	}
	return open
}

// withdrawn is a service that is not offered any more, and what took its place.
type withdrawn struct{ next directory.Service }

func (w withdrawn) Error() string { return "service withdrawn, now " + string(w.next.ID) }

// page says so, with the way to the successor (R5, R51).
func (w withdrawn) page() web.ErrorPage {
	page := web.ErrorPage{Status: http.StatusGone, Back: &web.Link{Label: "Ver todos los servicios", Href: "/ticket-forms"}}
	if len(ways(w.next)) > 0 {
		page.Successor = &web.Link{Label: w.next.Name, Href: formOf(w.next.ID)}
	}
	return page
}

// service is the entry that the address names; one without a form is not found.
func (v *visit) service() (directory.Service, []directory.Way, error) {
	id := desk.ServiceID(v.r.PathValue("service"))
	if next, gone := v.catalogues.Withdrawn(id, v.now); gone {
		return directory.Service{}, nil, withdrawn{next}
	}
	s, ok := v.catalogue.Service(id)
	open := v.ways(s)
	if !ok || len(open) == 0 {
		return s, nil, desk.NewProblem(desk.NotFound, "", "No encontramos ese servicio.")
	}
	return s, open, nil
}
