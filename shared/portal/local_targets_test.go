package portal_test

import (
	"net/http"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

const (
	localTargets = "/admin/targets"
	admin        = desk.PersonID("admin")
)

// form is a form of the page, with what is typed into it.
func (b *browser) changeTargets(t *testing.T, what string, values ...string) page {
	t.Helper()
	path := localTargets + "/" + what
	return b.post(path, fill(b.get(localTargets).form(t, path), values...))
}

func TestLocalTargetsAreChangedByTheAdministration(t *testing.T) {
	s := newSite(t)
	b := s.as(t, admin)
	b.get(localTargets).want(t, http.StatusOK, "Meta local, no es parte del PRO-044", "nadie fijó otras", "P2 Lentitud 2 h hábiles 8 h hábiles", "al 50 %, al 75 % de la meta", "Subir al Nivel 2")
	b.follow(b.changeTargets(t, "target", "priority", "2", "level", "4", "solution", "12 h")).
		want(t, http.StatusOK, "La política quedó registrada", "Vigentes desde el 15/09/2026 09:00 ; las fijó", "P2 en el Nivel 4 Como la prioridad 12 h hábiles")
	s.Advance(time.Minute)
	b.follow(b.changeTargets(t, "warnings", "warnings", "80 %")).want(t, http.StatusOK, "al 80 % de la meta")
	s.Advance(time.Minute)
	b.follow(b.changeTargets(t, "rule", "flow", "8.5", "level", "2", "do", "remind")).want(t, http.StatusOK, "flujo 8.5, Nivel 2 Recordar a quien lo tiene")
	s.Advance(time.Minute)
	b.follow(b.changeTargets(t, "target", "priority", "2", "level", "4", "remove", "yes")).want(t, http.StatusOK).lacks(t, "P2 en el Nivel 4")
	s.Advance(time.Minute)
	b.follow(b.changeTargets(t, "rule", "flow", "8.5", "level", "2", "do", "none")).want(t, http.StatusOK).lacks(t, "flujo 8.5, Nivel 2")
	s.Advance(time.Minute)
	b.follow(b.changeTargets(t, "warnings", "warnings", "")).want(t, http.StatusOK, "Antes de la meta no se avisa a nadie.")
	s.Advance(time.Minute)
	b.follow(b.changeTargets(t, "target", "priority", "1", "response", "30 min", "from-date", "01/10/2026", "from-time", "08:00")).want(t, http.StatusOK, "P1 Pérdida del servicio 1 h hábiles")
	p, err := s.Store.Policy(t.Context(), time.Date(2026, 10, 1, 13, 0, 0, 0, time.UTC))
	if err != nil || p.Targets[1] != (flow.Target{Response: 30 * time.Minute, Solution: 4 * time.Hour}) || p.By != admin || len(p.Warnings) != 0 {
		t.Errorf("from October: %+v, %v", p, err)
	}
	b.changeTargets(t, "warnings", "warnings", "50").want(t, http.StatusUnprocessableEntity, "Ya hay una política fijada para después")
}

func TestLocalTargetsSayWhatIsWrong(t *testing.T) {
	s := newSite(t)
	b := s.as(t, admin)
	for _, test := range []struct {
		name, what, says string
		typed            []string
	}{
		{"no priority", "target", "Elija la prioridad: de 1 a 4.", []string{"solution", "8 h"}},
		{"days", "target", "Dos días de ocho horas son 16 h.", []string{"priority", "1", "solution", "2 días"}},
		{"words", "target", "Escriba las horas hábiles como 8 h", []string{"priority", "1", "response", "pronto"}},
		{"nothing", "target", "Escriba la meta de respuesta, la de solución o ambas.", []string{"priority", "1"}},
		{"solved before it is begun", "target", "no puede ser menor que la de respuesta", []string{"priority", "1", "solution", "30 min"}},
		{"the past", "target", "no cambia lo que ya pasó", []string{"priority", "1", "solution", "8:30", "from-date", "01/09/2026", "from-time", "08:00"}},
		{"no date", "target", "Escriba la fecha como", []string{"priority", "1", "solution", "8", "from-date", "mañana"}},
		{"nothing to take away", "target", "no hay nada que quitar", []string{"priority", "1", "level", "3", "remove", "yes"}},
		{"more than the target", "warnings", "de 1 a 99", []string{"warnings", "50, 120"}},
		{"a word for a percent", "warnings", "de 1 a 99", []string{"warnings", "mitad"}},
		{"nothing chosen", "rule", "Elija qué se hace.", []string{"level", "1"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b.changeTargets(t, test.what, test.typed...).want(t, http.StatusUnprocessableEntity, test.says)
		})
	}
	if p, err := s.Store.Policy(t.Context(), s.Time()); err != nil || !p.Since.IsZero() {
		t.Errorf("something was written: %+v, %v", p, err)
	}
}

// Jefatura reads, the administration changes; for anybody else there is no page.
func TestLocalTargetsAreNotForEverybody(t *testing.T) {
	s := newSite(t)
	chief := s.as(t, "jefa-uti")
	chief.get(localTargets).want(t, http.StatusOK, "Metas locales").lacks(t, "Fijar la meta")
	token := chief.get("/").form(t, "/sessions/end")
	chief.post(localTargets+"/warnings", token).want(t, http.StatusNotFound)
	for _, who := range []desk.PersonID{"soporte-1", "usuaria-administracion-1", "especialista-mesa"} {
		s.as(t, who).get(localTargets).want(t, http.StatusNotFound)
	}
	b := s.as(t, admin)
	b.post(localTargets+"/nothing", b.get("/").form(t, "/sessions/end")).want(t, http.StatusNotFound)
}
