package portal_test

import (
	"net/http"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/directory"
)

// edit changes the directory as an import would.
func (s *site) edit(t *testing.T, change func(*directory.Records)) {
	t.Helper()
	records, revision, err := s.Store.LoadDirectory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	change(&records)
	if err := s.Store.SaveDirectory(t.Context(), records, revision); err != nil {
		t.Fatal(err)
	}
}

// TestACaseWithoutApproverIsSeenAndFoundAgain: the mesa de ayuda reads why nobody
// decides, the directory is mended, one press asks at once (R27).
func TestACaseWithoutApproverIsSeenAndFoundAgain(t *testing.T) {
	s := newSite(t)
	var heads []directory.Head
	s.edit(t, func(r *directory.Records) { heads, r.Heads, r.Substitutes = r.Heads, nil, nil })
	id := s.Open81()
	number := string(s.number(t, id))
	const list = "/queue/without-approver"
	staff := s.as(t, "especialista-mesa")
	staff.get("/queue").want(t, http.StatusOK, "Sin aprobador 1")
	staff.get(list).want(t, http.StatusOK, number, "No se guardan las actas", "Etapa 1 de 2: la jefatura de la UT", "Jefa/e de la UT Piura: nadie tiene el puesto", "Volver a buscar").lacks(t, "ya señala")
	staff.get("/tickets/"+number).want(t, http.StatusOK, "Nadie del directorio puede decidir", "Volver a buscar a quien decide")

	path := "/tickets/" + number + "/acts/look-again"
	staff.post(path, staff.get(list).form(t, path)).want(t, http.StatusConflict, "El directorio aún no señala quién decide")

	s.edit(t, func(r *directory.Records) { r.Heads = heads })
	s.as(t, "jefa-uti").get("/admin/operations").want(t, http.StatusOK, number, "El directorio ya señala a Jefa/e de la UT Piura").lacks(t, "Volver a buscar "+number)
	staff.follow(staff.post(path, staff.get(list).form(t, path))).want(t, http.StatusOK, "Se pidió la decisión a Jefa/e de la UT Piura")
	staff.get(list).want(t, http.StatusOK, "tienen quien decida").lacks(t, number)
	staff.get("/queue").lacks(t, "Sin aprobador")
	s.as(t, "jefa-ut-piura").get("/approvals").want(t, http.StatusOK, number)
}

func TestWhyNobodyDecides(t *testing.T) {
	s := newSite(t)
	id := s.Open81()
	s.Do("jefa-ut-piura", desk.ActNotMine, id, "reason", "Es de otra UT.") // then the next in line were asked
	s.edit(t, func(r *directory.Records) {
		for i := range r.People {
			if r.People[i].ID == "jefa-supervision" || r.People[i].ID == "suplente-supervision" {
				r.People[i].Disabled = true
			}
		}
		r.Substitutes = nil
		var kept []directory.Head
		for _, h := range r.Heads {
			if h.Unit == "UT-PIURA" || h.Unit == "SUPERVISION" {
				kept = append(kept, h)
			}
		}
		r.Heads = kept
	})
	s.as(t, "especialista-mesa").get("/queue/without-approver").want(t, http.StatusOK, string(s.number(t, id)),
		"Jefa/e de la UT Piura: indicó que no le corresponde decidir", "su cuenta está desactivada", "nadie tiene el puesto", "ya no tiene el puesto ni lo suple")
}

func TestOnlyTheDeskAndOperatorsSeeCasesWithoutApprover(t *testing.T) {
	s := newSite(t)
	s.edit(t, func(r *directory.Records) { r.Heads, r.Substitutes = nil, nil })
	s.Open81()
	for who, status := range map[desk.PersonID]int{"especialista-mesa": http.StatusOK, "informatica-mesa-1": http.StatusOK,
		"usuaria-ut-piura-1": http.StatusNotFound, "desarrollo-1": http.StatusNotFound, "jefa-ut-piura": http.StatusNotFound} {
		b := s.as(t, who)
		b.get("/queue/without-approver").want(t, status)
		if status == http.StatusNotFound {
			b.get("/queue").lacks(t, "Sin aprobador")
		}
	}
}
