package register_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/register"
)

// A row that is written again, or whose state moves, is marked with the day on which
// that happened; the V°B° stay.
func TestALaterEditIsVisible(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	id := h.attend("tumbes", "Reinstalado.")
	h.on(1, 9, 0)
	h.mustSign(specialist, desk.PlaceSpecialist)
	h.on(2, 9, 0)
	h.Do("usuaria-ut-tumbes-1", desk.ActReopen, id, "message", "Sigue igual.")
	changed := func() map[int]register.Change {
		found := map[int]register.Change{}
		for _, r := range h.read().Rows {
			if r.Change.Changed() {
				found[r.N] = r.Change
			}
		}
		return found
	}
	if got := changed(); len(got) != 1 || !got[2].At.Equal(h.Time()) || got[2].Since.Place != desk.PlaceSpecialist || got[2].Added {
		t.Errorf("reopened: changed %+v", got)
	}
	if diff := cmp.Diff([]register.Difference{{Column: "Estado", Before: "Atendido", After: "En Progreso"}}, h.read().Rows[1].Differences()); diff != "" {
		t.Errorf("reopened (-want +got):\n%s", diff)
	}
	h.on(5, 9, 0)
	h.Do(specialist, desk.ActClose, id, "solution", "Ahora sí.", "medium", "mail")
	if diff := cmp.Diff([]register.Difference{{Column: "Descripción de la solución", Before: "Reinstalado.", After: "Ahora sí."}}, h.read().Rows[1].Differences()); diff != "" {
		t.Errorf("closed again (-want +got):\n%s", diff)
	}
	if list := h.read().Rows[0].Differences(); list != nil {
		t.Errorf("of a row as it was: %+v", list)
	}
	if got := changed(); len(got) != 1 || !got[2].At.Equal(h.Time()) {
		t.Errorf("closed again: changed %+v", got)
	}
	h.mustSign(head, desk.PlaceHead)
	if got := changed(); len(got) != 1 || got[2].Since.Place != desk.PlaceSpecialist {
		t.Errorf("the head signed it as it is, the specialist did not: %+v", got)
	}
	if err := h.reopen(specialist, "La fila 2 cambió."); err != nil {
		t.Fatal(err)
	}
	if got := changed(); len(got) != 0 {
		t.Errorf("nothing is signed, yet changed: %+v", got)
	}
}

// What is printed of a row is what its digest is over, each column.
func TestEveryColumnCounts(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	h.on(1, 9, 0)
	h.mustSign(specialist, desk.PlaceSpecialist)
	row := h.read().Rows[0].Row
	for name, edit := range map[string]func(*desk.Row){
		"number": func(r *desk.Row) { r.Number = "2026-999999" }, "date": func(r *desk.Row) { r.At = r.At.AddDate(0, 0, 1) }, "sede": func(r *desk.Row) { r.SedeName = "x" },
		"requester": func(r *desk.Row) { r.Requester = "x" }, "area": func(r *desk.Row) { r.Area = "x" }, "description": func(r *desk.Row) { r.Description = "x" },
		"solution": func(r *desk.Row) { r.Solution = "x" }, "typology": func(r *desk.Row) { r.Typology = "x" }, "state": func(r *desk.Row) { r.State = "x" }, "staff": func(r *desk.Row) { r.Staff = "x" },
		"a border": func(r *desk.Row) { r.Typology, r.Solution = "", r.Solution+r.Typology },
		"none":     func(*desk.Row) {},
	} {
		edited := row
		edit(&edited)
		s, err := (&register.Desk{Store: &oneRow{h.Store, edited}, Now: h.Now}).Read(t.Context(), tumbes, september)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Rows[0].Change.Changed(); got != (name != "none") {
			t.Errorf("%s edited: changed %v", name, got)
		}
		if same := s.Seal == h.read().Seal; same != (name == "none") {
			t.Errorf("%s edited: same seal %v", name, same)
		}
	}
	second := row
	second.N = 2
	s, err := (&register.Desk{Store: &oneRow{h.Store, second}, Now: h.Now}).Read(t.Context(), tumbes, september)
	if err != nil || !s.Rows[0].Change.Added {
		t.Errorf("a row that was not there: %+v, %v", s.Rows, err)
	}
}

// oneRow is a store whose register has one row.
type oneRow struct {
	register.Store
	row desk.Row
}

func (s *oneRow) Register(context.Context, desk.SedeID, string) ([]desk.Row, error) {
	return []desk.Row{s.row}, nil
}

func TestReopeningTakesAReasonAndVoidsBoth(t *testing.T) {
	h := newHall(t)
	h.attend("tumbes", "Renovado.")
	h.on(1, 9, 0)
	wantProblem(t, h.reopen(specialist, "Falta."), desk.Refused, "no tiene V°B°")
	h.mustSign(specialist, desk.PlaceSpecialist)
	h.mustSign(head, desk.PlaceHead)
	wantProblem(t, h.reopen(head, " \n"), desk.Invalid, "reason: Escriba por qué reabre el mes.")
	wantProblem(t, h.reopen(head, strings.Repeat("ñ", register.MaxReason+1)), desk.Invalid, "reason: Escriba hasta 500 caracteres.")
	wantProblem(t, h.reopen("usuaria-ut-tumbes-1", "Falta."), desk.Forbidden, "Reabre un mes quien puede dar")
	if err := h.reopen(head, " Falta la fila 2. "); err != nil {
		t.Fatal(err)
	}
	m := h.read().Month
	last, times := m.Reopened()
	if len(m.Acts) != 3 || times != 1 || last.Reason != "Falta la fila 2." || last.Actor.Person != head || last.N != 3 {
		t.Errorf("kept %+v", m.Acts)
	}
	if p, ok := h.read().Awaited(); p != desk.PlaceSpecialist || !ok {
		t.Errorf("awaits %q, %v", p, ok)
	}
	h.mustSign(specialist, desk.PlaceSpecialist)
	h.mustSign(head, desk.PlaceHead)
	if err := h.reopen(specialist, "Otra vez."); err != nil {
		t.Errorf("reopened again: %v", err)
	}
}
