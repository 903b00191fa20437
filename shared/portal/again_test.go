package portal_test

import (
	"net/http"
	"strings"
	"testing"

	"mesa/shared/desk"
)

// R69, R71: who was rejected may present another, with what they wrote already there.
func TestARejectedRequestIsPresentedAgain(t *testing.T) {
	s := newSite(t)
	id := s.Open81()
	asker, head := s.as(t, "usuaria-ut-piura-1"), s.as(t, "jefa-ut-piura")
	page := "/tickets/" + string(s.number(t, id))
	const path = "/ticket-forms/apps-sigo"
	again := path + "?flow=8.1&from=" + string(id)
	asker.get(again).want(t, http.StatusNotFound) // it may yet be approved
	asker.get(page).lacks(t, "Presentar otra con estos datos")

	form := head.get(page+"/decisions").form(t, page+"/decisions")
	head.follow(head.post(page+"/decisions", fill(form, "choice", "reject", "reason", "Ya hay otro.", "declare", "yes"))).want(t, http.StatusOK, "rechazada")
	version := s.Load(id).Ticket.Version

	offer := asker.get(page).want(t, http.StatusOK, "Presentar otra con estos datos")
	if !strings.Contains(offer.body, `href="`+path+"?flow=8.1&amp;from="+string(id)+`"`) {
		t.Error("the page of the rejected case does not lead to the form")
	}
	for _, reader := range []desk.PersonID{"jefa-ut-piura", "usuaria-ut-piura-2", "informatica-mesa-1"} {
		s.as(t, reader).get(again).want(t, http.StatusNotFound)
		s.as(t, reader).get(page).lacks(t, "Presentar otra con estos datos")
	}
	request := asker.get(again).want(t, http.StatusOK).form(t, path+"/review")
	if request.Get("subject") != "No se guardan las actas" || request.Get("description") != "Desde ayer." || request.Get("flow") != "8.1" || request.Get("impact") != "" {
		t.Fatalf("form holds %v", request)
	}
	review := asker.post(path+"/review", fill(request, "description", "Desde ayer, en toda la UT.", "impact", "stopped"))
	sent := asker.follow(asker.post(path, review.form(t, path))).want(t, http.StatusOK, "Su número es", "Presenta otra vez 2026-000001")
	sent.lacks(t, "Nació del contacto")
	if got := s.Load(id).Ticket; got.Version != version || got.Linked != "" {
		t.Errorf("the rejected case changed: version %d → %d, linked to %q", version, got.Version, got.Linked)
	}

	t.Run("nobody sends a form that follows a case of somebody else", func(t *testing.T) {
		other := s.as(t, "usuaria-ut-piura-2")
		form := fill(other.get(path).form(t, path+"/review"), "flow", "8.1", "impact", "slow", "subject", "a", "description", "b")
		other.post(path, fill(other.post(path+"/review", form).form(t, path), "from", string(id))).want(t, http.StatusNotFound)
		if n := len(s.Tickets()); n != 2 {
			t.Errorf("%d tickets", n)
		}
	})
}
