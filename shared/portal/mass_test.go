package portal_test

import (
	"net/http"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/web"
)

// R150: everybody sees a mass incident on their first page and joins it with one
// press; the mesa de ayuda joins what others wrote.
func TestMassIncident(t *testing.T) {
	s := newSite(t)
	incident := s.Open81()
	number := s.number(t, incident)
	mesa := s.as(t, "informatica-mesa-1")
	mesa.get("/").lacks(t, "Yo también")
	mesa.do(number, desk.ActDeclareMass).want(t, http.StatusOK, "Declarado incidente masivo", "0 casos unidos")

	asker := s.as(t, "usuaria-administracion-1")
	path := "/incidents/" + string(number) + "/me-too"
	page := asker.get("/").want(t, http.StatusOK, "Incidente mayor en curso: SIGO", "Yo también")
	form := page.form(t, path)
	asker.follow(asker.post(path, form)).want(t, http.StatusOK, "Su número es", "Unido a un incidente masivo", "Incidente "+string(number))
	asker.follow(asker.post(path, form)).want(t, http.StatusOK, "Unido a un incidente masivo")
	asker.get("/").want(t, http.StatusOK, "Se atiende con un incidente mayor").lacks(t, "¿También le afecta?")
	if n := len(s.Tickets()); n != 2 {
		t.Errorf("%d tickets after pressing twice, want 2", n)
	}

	other := s.Open85()
	join := "/tickets/" + string(s.number(t, other)) + "/acts/join"
	mesa.follow(mesa.post(join, fill(mesa.get(join).want(t, http.StatusOK, string(number)+" SIGO").form(t, join), "parent", string(number)))).
		want(t, http.StatusOK, "Unido a un incidente masivo")
	mesa.get("/tickets/"+string(number)).want(t, http.StatusOK, "2 casos unidos")
	asker.post("/incidents/2026-999999/me-too", fill(form, web.KeyField, "")).want(t, http.StatusConflict, "ya no está abierto")
}
