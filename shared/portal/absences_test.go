package portal_test

import (
	"net/http"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/web"
)

// A head names who stands in while they are away: the form, what is wrong with
// it, and the way back (R27).
func TestAHeadNamesTheirSubstitute(t *testing.T) {
	s := newSite(t)
	head := s.as(t, "jefa-ut-piura")
	const path = "/account/substitutions"
	head.get("/approvals").want(t, http.StatusOK, "Registrar quién me suple")
	page := head.get(path).want(t, http.StatusOK, "Quién le suple", "Suplente de la Jefatura de la UT Piura")
	page.lacks(t, "UT Tacna", "Suplencias registradas")

	wrong := head.post(path, fill(page.form(t, path), "person", "suplente-ut-piura", "from", "18/09/2026", "until", "16/9/26")).want(t, http.StatusUnprocessableEntity, "El último día no puede ser anterior al primero.")
	again := wrong.form(t, path)
	if again.Get("from") != "18/09/2026" || again.Get("person") != "suplente-ut-piura" {
		t.Errorf("what was typed is lost: %v", again)
	}

	form := fill(page.form(t, path), "person", "suplente-ut-piura", "from", "16/09/2026", "until", "2026-09-18", "reason", "vacaciones")
	head.follow(head.post(path, form)).want(t, http.StatusOK, "Suplencia registrada.", "del 16/09/2026 al 18/09/2026", "Suplente de la Jefatura de la UT Piura", "vacaciones", "Quitar")
	head.follow(head.post(path, form)).want(t, http.StatusOK, "Suplencia registrada.") // sent twice, entered once

	s.SetTime(s.Time().AddDate(0, 0, 1))
	head = s.as(t, "jefa-ut-piura")
	page = head.get(path).want(t, http.StatusOK, "en curso", "Terminar")
	id := s.Open81()
	if _, asked := s.Load(id).Ticket.AskedPerson("suplente-ut-piura"); !asked {
		t.Error("the substitute is not asked")
	}
	end := path + "/2026-09-16/end"
	head.follow(head.post(end, page.form(t, end))).want(t, http.StatusOK, "La suplencia terminó.").lacks(t, "Terminar")
}

func TestWhoHasNothingToHandOnIsTold(t *testing.T) {
	s := newSite(t)
	const path = "/account/substitutions"
	for who, says := range map[desk.PersonID]string{"usuaria-ut-piura-1": "no tiene un puesto ni una función", "admin": "registra ahí su suplencia"} {
		b := s.as(t, who)
		page := b.get(path).want(t, http.StatusOK, says)
		page.lacks(t, "Registrar suplencia")
		form := fill(page.form(t, web.SignOutPath), "person", "suplente-ut-piura", "from", "16/09/2026", "until", "18/09/2026")
		if sent := b.post(path, form); sent.status != http.StatusForbidden {
			t.Errorf("%s: status %d", who, sent.status)
		}
		if sent := b.post(path+"/2026-01-01/end", form); sent.status != http.StatusNotFound {
			t.Errorf("%s ends one: status %d", who, sent.status)
		}
	}
}
