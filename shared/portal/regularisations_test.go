package portal_test

import (
	"net/http"
	"testing"

	"mesa/shared/desk"
)

// R90: what was authorised by mail is entered with its dates, listed until the
// Jefatura regularises it, and flagged from then on.
func TestWhatWasAuthorisedByMailIsRegularised(t *testing.T) {
	s := newSite(t)
	s.as(t, "usuaria-administracion-1").get("/regularisations").want(t, http.StatusForbidden)
	specialist := s.as(t, "desarrollo-2")
	specialist.get("/").want(t, http.StatusOK, "Regularizaciones")
	specialist.get("/regularisations").want(t, http.StatusOK, "No hay nada por regularizar.", "Registrar lo que se autorizó por correo", "SIGO")
	const path = "/ticket-forms/apps-sigo"
	page := specialist.get(path+"?by_mail=yes").want(t, http.StatusOK, "Texto del correo con la petición", "la Jefatura de la UTI la regulariza después", "Jefa/e de la UTI")
	page.lacks(t, "¿Qué necesita?")
	form := page.form(t, path+"/review")
	fill(form, "subject", "Servidor detenido", "description", "No respondía.", "detected", "stopped", "asked_at-date", "14/09/2026", "asked_at-time", "19:00",
		"authorised_at-date", "14/09/2026", "authorised_at-time", "19:20", "authorisation_mail", "Autorizado, proceda.", "authorised_by", "jefa-uti")
	specialist.post(path+"/review", form).want(t, http.StatusUnprocessableEntity, "Copie el texto del correo con la petición.", "No respondía.")
	fill(form, "request_mail", "Pido autorización.")
	review := specialist.post(path+"/review", form).want(t, http.StatusOK, "14/09/2026 19:20", "Autorizado, proceda.")
	sent := specialist.follow(specialist.post(path, review.form(t, path)))
	sent.want(t, http.StatusOK, "Su número es", "Por regularizar", "Autorizado por correo por Jefa/e de la UTI el 14/09/2026 19:20, con cargo a regularizar", "Pido autorización.")
	number := s.number(t, s.Tickets()[0])

	head := s.as(t, "jefa-uti")
	head.get("/regularisations").want(t, http.StatusOK, "Esperan su regularización", string(number), "Servidor detenido")
	head.do(number, desk.ActRegularise).want(t, http.StatusOK, "Registrado. Autorización regularizada en PAU.", "Regularizado", "Autorizado por correo (8.3.2)")
	head.get("/regularisations").want(t, http.StatusOK, "No hay nada por regularizar.").lacks(t, string(number))
}

func TestAnAuthorisationByMailIsOnlyForSpecialists(t *testing.T) {
	s := newSite(t)
	s.as(t, "usuaria-administracion-1").get("/ticket-forms/apps-sigo?by_mail=yes").want(t, http.StatusOK).lacks(t, "Texto del correo con la petición")
}
