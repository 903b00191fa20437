package httpapi_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/directory"
)

// Another system that names a service of an older catalogue is told which one to
// name now; nothing is stored.
func TestAWithdrawnServiceIsRefusedWithItsSuccessor(t *testing.T) {
	f := newFixture(t)
	next := directory.First()
	next.Version, next.Effective = "02", calendar.Date{Year: 2022, Month: 1, Day: 1}
	next.Services = slices.DeleteFunc(next.Services, func(s directory.Service) bool { return s.ID == "apps-spij" || s.ID == "apps-onpe" })
	for i := range next.Services {
		if next.Services[i].ID == "apps-antivirus" {
			next.Services[i].Replaces = []desk.ServiceID{"apps-spij"}
		}
	}
	if err := f.store.PublishCatalogue(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	for service, want := range map[string]string{
		"apps-spij": "Este servicio ya no se ofrece; lo reemplaza «apps-antivirus» (Antivirus).",
		"apps-onpe": "Este servicio ya no se ofrece: los que hay están en /v1/catalogue.",
		"nothing":   "Este servicio no está en el catálogo vigente: los que hay están en /v1/catalogue.",
	} {
		r := f.post(t, requester, "clave-"+service, `{"service":"`+service+`","flow":"8.5","subject":"Asunto","description":"Texto."}`)
		if r.status != http.StatusBadRequest || !strings.Contains(string(r.body), want) {
			t.Errorf("%s: %d %s, want %q", service, r.status, r.body, want)
		}
	}
	if tickets, _, err := f.store.Tickets(t.Context(), "", 10); err != nil || len(tickets) > 0 {
		t.Errorf("%d tickets were stored, %v", len(tickets), err)
	}
}
