package portal_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
)

// merge publishes a version, from tomorrow on, in which SARH is part of the
// renamed Antivirus and ONPE is gone.
func merge(t *testing.T, s *site) {
	t.Helper()
	next := directory.First()
	next.Version, next.Effective = "02", calendar.Date{Year: 2026, Month: time.September, Day: 16}
	next.Services = slices.DeleteFunc(next.Services, func(v directory.Service) bool { return v.ID == "apps-sarh" || v.ID == "apps-onpe" })
	for i := range next.Services {
		if next.Services[i].ID == "apps-antivirus" {
			next.Services[i].Name, next.Services[i].Replaces = "Protección de equipos", []desk.ServiceID{"apps-sarh"}
		}
	}
	if err := s.Store.PublishCatalogue(t.Context(), next); err != nil {
		t.Fatal(err)
	}
}

// A form that somebody kept a link to says what took its place: 410, not 404.
func TestAWithdrawnServiceSaysWhatReplacesIt(t *testing.T) {
	s := newSite(t)
	merge(t, s)
	s.SetTime(desktest.Tuesday(23, 30))
	b := s.as(t, "usuaria-administracion-1")
	form := b.get("/ticket-forms/apps-sarh").want(t, http.StatusOK).form(t, "/ticket-forms/apps-sarh/review")
	s.Advance(time.Hour)
	gone := b.get("/ticket-forms/apps-sarh")
	gone.want(t, http.StatusGone, "Este servicio ya no se ofrece", "Use ahora: Protección de equipos")
	if !strings.Contains(gone.body, `href="/ticket-forms/apps-antivirus"`) {
		t.Error("no link to the successor")
	}
	lost := b.get("/ticket-forms/apps-onpe")
	lost.want(t, http.StatusGone, "Este servicio ya no se ofrece", "Ver todos los servicios")
	lost.lacks(t, "Use ahora")
	for path, want := range map[string]int{"/ticket-forms/apps-sarh": http.StatusGone, "/ticket-forms/apps-onpe": http.StatusGone,
		"/ticket-forms/nothing": http.StatusNotFound, "/ticket-forms/apps-antivirus": http.StatusOK} {
		if got := b.get(path).status; got != want {
			t.Errorf("%s answers %d, want %d", path, got, want)
		}
	}
	if got := b.post("/ticket-forms/apps-sarh/review", form).status; got != http.StatusGone {
		t.Errorf("a form sent after its service was withdrawn answers %d", got)
	}
}

// A list shows each case by the name its service had when it was opened.
func TestListsKeepTheNameOfTheirDay(t *testing.T) {
	s := newSite(t)
	merge(t, s)
	open := func() {
		s.Do("usuaria-administracion-1", desk.ActOpen, "", "service", "apps-antivirus", "flow", "8.5", "subject", "Vencido", "description", "x")
	}
	open()
	s.SetTime(desktest.Tuesday(9, 0).AddDate(0, 0, 1))
	open()
	s.as(t, "usuaria-administracion-1").get("/tickets").want(t, http.StatusOK, "Antivirus", "Protección de equipos")
}
