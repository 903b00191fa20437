package portal_test

import (
	"net/http"
	"testing"

	"mesa/shared/desk"
)

// What a specialist of the UTI detects is theirs alone to open (8.3.1).
func TestOnlySpecialistsSeeTheFormOf83(t *testing.T) {
	s := newSite(t)
	const path = "/ticket-forms/apps-sigo"
	asker := s.as(t, "usuaria-administracion-1")
	asker.get(path).want(t, http.StatusOK, "Falla o lentitud").lacks(t, "Incidente detectado por la UTI")
	form := asker.get(path).form(t, path+"/review")
	fill(form, "flow", "8.3", "subject", "x", "description", "y", "detected", "slow")
	asker.post(path+"/review", form).want(t, http.StatusUnprocessableEntity, "Elija qué necesita.")

	specialist := s.as(t, "desarrollo-2")
	form = specialist.get(path).want(t, http.StatusOK, "Incidente detectado por la UTI", "¿Qué detectó?").form(t, path+"/review")
	fill(form, "flow", "8.3", "subject", "El SIGO responde lento", "description", "Desde el respaldo.")
	specialist.post(path+"/review", form).want(t, http.StatusUnprocessableEntity, "Elija qué detectó.")
	fill(form, "detected", "slow")
	review := specialist.post(path+"/review", form).want(t, http.StatusOK, "la Jefatura de la UTI debe autorizar (8.3.2)", "El sistema funciona lento")
	specialist.follow(specialist.post(path, review.form(t, path))).want(t, http.StatusOK, "Su número es", "Decide la Jefatura de la UTI.")
}

// The queue of the mesa de ayuda shows what an 8.3 waits for: being sent to a level.
func TestTheMesaDeAyudaRoutesWhatWasDetected(t *testing.T) {
	s := newSite(t)
	id := s.Do("desarrollo-2", desk.ActOpen, "", "service", "apps-sigo", "flow", "8.3", "subject", "El SIGO responde lento", "description", "y", "detected", "slow").After.Ticket.ID
	number := s.number(t, id)
	s.as(t, "jefa-uti").get("/tickets/"+string(number)+"/decisions").want(t, http.StatusOK, "Etapa 1 de 1: la Jefatura de la UTI (8.3.2)", "la mesa de ayuda lo evalúa y lo deriva (8.3.3)")
	s.Do("jefa-uti", desk.ActApprove, id)
	assigner := s.as(t, "especialista-mesa")
	assigner.get("/queue").want(t, http.StatusOK, string(number), "Derivar")
	assigner.do(number, desk.ActRoute, "level", "4", "reason", "Es el enlace.").want(t, http.StatusOK, "Registrado. Pasa al Nivel 4, Equipo de Infraestructura.")

	s.Do("infraestructura-1", desk.ActTake, id)
	s.as(t, "infraestructura-1").do(number, desk.ActInfraSolved, "solution", "Se cambió el módulo.", "verification", "Sin pérdidas.").
		want(t, http.StatusOK, "Infraestructura comunicó la solución y su verificación", "Sin pérdidas.")
	s.as(t, "base-de-datos-1").do(number, desk.ActAcknowledge).want(t, http.StatusOK, "Nivel 3 confirmó la recepción de la solución", "Pasa al Nivel 2")
	developer := s.as(t, "desarrollo-1")
	developer.do(number, desk.ActAcknowledge).want(t, http.StatusOK, "Nivel 2 confirmó la recepción", "Tomado por Especialista de Desarrollo 1", "comunique lo actuado y cierre")
}
