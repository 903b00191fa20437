package portal_test

import (
	"net/http"
	"testing"

	"mesa/shared/desk"
)

// TestAssistanceFormInsistsOnTheTelephone is 8.7.1: who has none in the directory
// writes one, and learns why.
func TestAssistanceFormInsistsOnTheTelephone(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "usuaria-administracion-1")
	const path = "/ticket-forms/technical-consultation"
	form := b.get(path).want(t, http.StatusOK, "8.7.1", "Teléfono o anexo").form(t, path+"/review")
	if form.Get("phone") == "" {
		t.Error("the telephone of the directory is not filled in")
	}
	fill(form, "subject", "Traslado", "description", "Al segundo piso.", "phone", "")
	again := b.post(path+"/review", form).want(t, http.StatusUnprocessableEntity, "Escriba su teléfono o anexo: con él coordinaremos la atención.")
	review := b.post(path+"/review", fill(again.form(t, path+"/review"), "phone", "anexo 999")).want(t, http.StatusOK, "anexo 999", "La recibe la mesa de ayuda")
	b.follow(b.post(path, review.form(t, path))).want(t, http.StatusOK, "Su número es", "anexo 999")
}

// TestClassifyOffersTheTelephoneThatIsKnown: what the caller gave, else the
// directory's, is there to be confirmed.
func TestClassifyOffersTheTelephoneThatIsKnown(t *testing.T) {
	for given, want := range map[string]string{"987 654 321": "987 654 321", "": "anexo 106"} {
		s := newSite(t)
		b := s.as(t, "informatica-mesa-1")
		const phone = "/phone-contacts/new"
		form := fill(b.get(phone).form(t, phone), "caller", "usuaria-administracion-1@qw.gob.pe", "description", "Se trasladará una impresora", "exit", "progress", "phone", given)
		b.follow(b.post(phone, form)).want(t, http.StatusOK, "Por clasificar")
		number := s.number(t, s.Tickets()[0])
		path := "/tickets/" + string(number) + "/acts/classify"
		classify := b.get(path).form(t, path)
		if got := classify.Get("phone"); got != want {
			t.Errorf("given %q the form offers %q, want %q", given, got, want)
		}
		b.do(number, desk.ActClassify, "service", "technical-consultation", "priority", "3", "phone", classify.Get("phone")).want(t, http.StatusOK, "8.7", want)
	}
}
