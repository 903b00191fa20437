package linkpages_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/desktest"
)

const verifier = desk.PersonID("usuaria-administracion-1")

// F18: whatever a scanner does without writing, nothing is answered.
func TestOpeningTheVerificationAnswersNothing(t *testing.T) {
	s := newSite(t)
	id := s.Solved82()
	path, _ := s.link(id, "verification#3", verifier, 1)
	p := s.do(http.MethodGet, path)
	s.want(p, http.StatusOK, "¿Quedó solucionado?", "Se corrigió la derivación.", "Sigue fallando", "5 Muy buena", "18/09/2026")
	if strings.Contains(p.body, " checked") {
		t.Error("an answer is preselected")
	}
	s.do(http.MethodHead, path)
	s.want(s.do(http.MethodPost, path), http.StatusUnprocessableEntity, "Elija si quedó solucionado")
	s.want(s.do(http.MethodPost, path, "choice", "failing", "rating", "2", "comment", "Van tres."), http.StatusUnprocessableEntity, "Escriba qué sigue fallando", "Van tres.")
	s.want(s.do(http.MethodPost, path, "choice", "approve"), http.StatusUnprocessableEntity, "Elija si quedó solucionado")
	s.wantVersion(id, 3)
}

func TestVerifying(t *testing.T) {
	for choice, says := range map[string]string{"solved": "Gracias: quedó solucionado", "failing": "El caso está reabierto"} {
		s := newSite(t)
		id := s.Solved82()
		path, _ := s.link(id, "verification#3", verifier, 1)
		done := s.do(http.MethodPost, path, "choice", choice, "message", "Sale el mismo error.", "rating", "4")
		s.want(done, http.StatusSeeOther)
		s.want(s.do(http.MethodGet, done.header.Get("Location")), http.StatusOK, says)
		s.want(s.do(http.MethodPost, path, "choice", "failing", "message", "x"), http.StatusSeeOther)
		s.wantVersion(id, 4)
	}
}

// After the window the page says so and leads to a new case, filled in and linked.
func TestVerificationAfterItsWindow(t *testing.T) {
	s := newSite(t)
	id := s.Solved82()
	path, _ := s.link(id, "verification#3", verifier, 1)
	s.Overdue(id, "verification#3")
	anew := `href="/ticket-forms/apps-sgd?flow=8.2&amp;from=` + string(id) + `"`
	for _, p := range []page{s.do(http.MethodGet, path), s.do(http.MethodPost, path, "choice", "failing", "message", "Otra vez.")} {
		s.want(p, http.StatusGone, "El plazo para verificar terminó", anew, "Registrar una solicitud nueva")
	}
	s.wantVersion(id, 4)
	s.SetTime(desktest.Tuesday(9, 0).Add(61 * 24 * time.Hour)) // the link itself is over
	s.want(s.do(http.MethodGet, path), http.StatusGone, "El plazo para verificar terminó", `href="/ticket-forms?from=`+string(id)+`"`)
	s.want(s.do(http.MethodGet, path+"x"), http.StatusNotFound, "Este enlace no es válido")
}
