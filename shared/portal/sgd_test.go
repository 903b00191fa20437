package portal_test

import (
	"net/http"
	"testing"

	"mesa/shared/desk"
)

// TestCallsAboutTheSGD are 8.2.1 and 8.2.2 on one page: the administration of the
// SGD has exits of its own, with the texts filled in.
func TestCallsAboutTheSGD(t *testing.T) {
	const phone = "/phone-contacts/new"
	t.Run("a typing error is three presses: texts are filled in", func(t *testing.T) {
		s := newSite(t)
		b := s.as(t, "sgd-1")
		form := b.get(phone).want(t, http.StatusOK, "Error de digitación: comunicar, registrar y cerrar").form(t, phone)
		if form.Get("service") != "apps-sgd" || form.Get("typing_detail") != "la contraseña" || form.Get("typing_solution") == "" || form.Get("exit") != "" {
			t.Errorf("form begins with %v", form)
		}
		b.follow(b.post(phone, fill(form, "caller", "usuaria-ut-lima-1@qw.gob.pe", "exit", "typing"))).
			want(t, http.StatusOK, "Cerrado", "Anexo 01, fila 1", "digitó mal la contraseña")
		got := s.Load(s.Tickets()[0]).Ticket
		if got.State != desk.Closed || got.Flow != desk.Flow82 || got.Team != "administradores-sgd" || got.Sede != "UT-LIMA" {
			t.Errorf("ticket %+v", got)
		}
	})
	t.Run("another origin is a link to the form, with its way chosen", func(t *testing.T) {
		s := newSite(t)
		b := s.as(t, "sgd-1")
		form := fill(b.get(phone).form(t, phone), "caller", "usuaria-administracion-1@qw.gob.pe", "description", "No deriva el expediente", "exit", "ticket")
		b.follow(b.post(phone, form)).want(t, http.StatusOK, "Derivado a ticket PAU")
		asker := s.as(t, "usuaria-administracion-1")
		const path = "/ticket-forms/apps-sgd"
		request := asker.get(path+"?flow=8.2&from="+string(s.Tickets()[0])).form(t, path+"/review")
		if request.Get("flow") != "8.2" || request.Get("description") != "No deriva el expediente" {
			t.Errorf("form begins with %v", request)
		}
		review := asker.post(path+"/review", fill(request, "impact", "stopped")).want(t, http.StatusOK, "La atiende la administración del SGD; nadie tiene que aprobarla")
		asker.follow(asker.post(path, review.form(t, path))).want(t, http.StatusOK, "Su número es", "Lo recibió Administración del SGD; falta que lo tome.")
	})
	t.Run("what is wrong is said at once", func(t *testing.T) {
		b := newSite(t).as(t, "sgd-1")
		form := fill(b.get(phone).form(t, phone), "caller", "usuaria-administracion-1@qw.gob.pe", "exit", "typing", "typing_detail", "", "typing_solution", "", "service", "apps-antivirus")
		b.post(phone, form).want(t, http.StatusUnprocessableEntity, "Elija el SGD", "Escriba qué se digitó mal", "Escriba la descripción de la solución.").lacks(t, "Escriba qué pide")
		b.post(phone, fill(form, "exit", "solved")).want(t, http.StatusUnprocessableEntity, "Elija cómo termina la llamada.")
	})
	t.Run("the mesa de ayuda has no such exit", func(t *testing.T) {
		b := newSite(t).as(t, "informatica-mesa-1")
		page := b.get(phone)
		page.lacks(t, "Error de digitación")
		form := page.form(t, phone)
		b.post(phone, fill(form, "caller", "usuaria-administracion-1@qw.gob.pe", "exit", "typing", "service", "apps-sgd")).want(t, http.StatusUnprocessableEntity, "Elija cómo termina la llamada.")
	})
}

// TestTypingErrorOnTheTicketsPage: the act's page begins with texts to be changed.
func TestTypingErrorOnTheTicketsPage(t *testing.T) {
	s := newSite(t)
	mesa := s.as(t, "informatica-mesa-1")
	const phone = "/phone-contacts/new"
	form := fill(mesa.get(phone).form(t, phone), "caller", "usuaria-administracion-1@qw.gob.pe", "description", "No entra al SGD", "exit", "progress")
	mesa.follow(mesa.post(phone, form))
	number := s.number(t, s.Tickets()[0])
	mesa.do(number, desk.ActClassify, "service", "apps-sgd", "flow", "8.2", "priority", "4").want(t, http.StatusOK, "Pasa al Nivel 1, Administración del SGD")

	b := s.as(t, "sgd-2")
	b.get("/queue").want(t, http.StatusOK, string(number))
	path := "/tickets/" + string(number) + "/acts/typing-error"
	act := b.get(path).want(t, http.StatusOK, "8.2.2", "quien solicita").form(t, path)
	if act.Get("detail") != "la contraseña" || act.Get("medium") != "mail" {
		t.Errorf("form begins with %v", act)
	}
	b.follow(b.post(path, fill(act, "detail", "el usuario"))).want(t, http.StatusOK, "Cerrado", "el usuario", "Anexo 01, fila 1")
	mesa.get("/procedure").want(t, http.StatusOK, "Error de digitación: comunicar, registrar y cerrar", "8.2.4")
}
