package portal_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
)

const (
	septemberInTumbes = "/register/UT-TUMBES/2026-09"
	signing           = septemberInTumbes + "/sign-offs"
	reopening         = septemberInTumbes + "/reopenings"
)

// inTumbes closes a case there, which takes one row of September.
func (s *site) inTumbes(t *testing.T, solution string) desk.TicketID {
	t.Helper()
	id := s.Do("usuaria-ut-tumbes-1", desk.ActOpen, "", "service", "apps-antivirus", "flow", "8.5", "subject", "Antivirus", "description", "Vencido.").After.Ticket.ID
	s.Do("especialista-ut-tumbes", desk.ActTake, id)
	s.Do("especialista-ut-tumbes", desk.ActClose, id, "solution", solution, "medium", "mail")
	return id
}

// october moves the clock to a day of the month after.
func (s *site) october(day, hour, minute int) {
	s.SetTime(time.Date(2026, 10, day, hour, minute, 0, 0, desk.Lima))
}

// The two V°B° of a month as people give them: from the page, after reading what they
// declare, in three presses (R135).
func TestAMonthIsSignedFromItsPage(t *testing.T) {
	s := newSite(t)
	s.inTumbes(t, "Renovado.")
	id := s.inTumbes(t, "Reinstalado.")
	specialist := s.as(t, "especialista-ut-tumbes")
	specialist.get(septemberInTumbes).want(t, http.StatusOK, "V°B° Especialista TIC / Especialista informático Pendiente Se da cuando el mes termina, desde el 01/10/2026.").lacks(t, "Dar mi visto bueno")

	s.october(1, 9, 12)
	specialist = s.as(t, "especialista-ut-tumbes")
	head := s.as(t, "jefa-ut-tumbes")
	head.get(septemberInTumbes).want(t, http.StatusOK, "Lo da: Especialista informático de la UT Tumbes.", "Después del V°B° de la/el especialista.").lacks(t, "Dar mi visto bueno")
	page := specialist.get(septemberInTumbes).want(t, http.StatusOK, "Dar mi visto bueno")
	page.lacks(t, "Reabrir el mes")
	form := specialist.get(signing).want(t, http.StatusOK, "V°B° Especialista TIC / Especialista informático", "Atenciones 2", "Atendido 2", "Doy V°B° a las 2 atenciones de setiembre de 2026, UT Tumbes, como especialista informático.").form(t, signing)
	done := specialist.follow(specialist.post(signing, form)).want(t, http.StatusOK, "Su V°B° quedó registrado.", "Especialista informático de la UT Tumbes Firmado el 01/10/2026 09:12 . Atenciones: 2")
	done.lacks(t, "Dar mi visto bueno")
	specialist.follow(specialist.post(signing, form)).want(t, http.StatusOK, "Su V°B° quedó registrado.") // sent twice, given once

	s.october(2, 10, 0)
	head, specialist = s.as(t, "jefa-ut-tumbes"), s.as(t, "especialista-ut-tumbes")
	s.Do("usuaria-ut-tumbes-1", desk.ActReopen, id, "message", "Sigue igual.")
	head.get("/approvals").want(t, http.StatusOK, "Anexo 01 por visar: setiembre de 2026, UT Tumbes")
	head.get("/register/UT-TUMBES/2026-10").want(t, http.StatusOK, "Anexo 01 por visar: setiembre de 2026, UT Tumbes")
	head.get(septemberInTumbes).lacks(t, "Anexo 01 por visar")
	head.get(septemberInTumbes).want(t, http.StatusOK, "Modificado después del V°B° (02/10/2026)", "Ver antes y después", "Estado Antes: Atendido Ahora: En Progreso")
	head.get(septemberInTumbes).lacks(t, `href="/tickets/`)
	if !strings.Contains(specialist.get(septemberInTumbes).body, `href="/tickets/`+string(s.number(t, id))) {
		t.Error("no way from a row to its case for who attends it")
	}
	form = head.get(signing).want(t, http.StatusOK, "V°B° Jefa/e de Unidad / Jefa/e de UT", "Modificadas después del V°B° 1", "En Progreso 1", "como Jefa/e de la UT Tumbes.").form(t, signing)
	head.follow(head.post(signing, form)).want(t, http.StatusOK, "Jefa/e de la UT Tumbes Firmado el 02/10/2026 10:00 . Atenciones: 2", "Reabrir el mes, con un motivo", "Modificado después del V°B°")
	head.get("/approvals").want(t, http.StatusOK).lacks(t, "Anexo 01 por visar")
	if acts := s.month(t).Acts; len(acts) != 2 || acts[0].Channel != desk.ChannelPortal || acts[1].Actor.Assurance != desk.AssuredSession {
		t.Errorf("kept %+v", acts)
	}
}

func (s *site) month(t *testing.T) desk.Month {
	t.Helper()
	m, err := s.Store.Month(t.Context(), "UT-TUMBES", "202609")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// What cannot be signed says why, with its status, and nothing is written.
func TestAVistoBuenoThatCannotBeGiven(t *testing.T) {
	s := newSite(t)
	id := s.inTumbes(t, "Renovado.")
	specialist := s.as(t, "especialista-ut-tumbes")
	specialist.get(signing).want(t, http.StatusConflict, "El mes no ha terminado: el V°B° se da desde el 01/10/2026.", "Volver al registro")
	s.october(1, 9, 0)
	specialist = s.as(t, "especialista-ut-tumbes")
	form := specialist.get(signing).form(t, signing)
	for who, status := range map[desk.PersonID]int{"informatica-ut-tumbes": http.StatusForbidden, "especialista-mesa": http.StatusForbidden, "jefa-uti": http.StatusForbidden, "jefa-ut-ica": http.StatusNotFound, "especialista-ut-ica": http.StatusNotFound, "usuaria-ut-tumbes-1": http.StatusNotFound} {
		b := s.as(t, who)
		b.get(signing).want(t, status)
		own := fill(b.get("/").form(t, "/sessions/end"), "place", "specialist", "seal", form.Get("seal"))
		b.post(signing, own).want(t, status)
		b.get(reopening).want(t, status)
	}
	head := s.as(t, "jefa-ut-tumbes")
	head.get(signing).want(t, http.StatusConflict, "Primero da su V°B° la/el especialista: Especialista informático de la UT Tumbes.")
	head.get(reopening).want(t, http.StatusConflict, "Este mes no tiene V°B°")
	own := fill(head.get("/").form(t, "/sessions/end"), "place", "head", "seal", form.Get("seal"))
	head.post(signing, own).want(t, http.StatusConflict, "Primero da su V°B° la/el especialista")
	head.post(signing, fill(own, "place", "both")).want(t, http.StatusUnprocessableEntity)

	s.Do("usuaria-ut-tumbes-1", desk.ActReopen, id, "message", "Sigue igual.")
	specialist.post(signing, form).want(t, http.StatusConflict, "El registro cambió después de que usted lo abrió", "Volver al registro")
	noToken := fill(specialist.get(signing).form(t, signing), "csrf", "x")
	specialist.post(signing, noToken).want(t, http.StatusForbidden)
	if acts := s.month(t).Acts; len(acts) != 0 {
		t.Errorf("written: %+v", acts)
	}
	specialist.get("/register/UT-TUMBES/2026-08/sign-offs").want(t, http.StatusConflict, "No hay atenciones en este mes: no necesita V°B°.")
	specialist.get("/register/UT-TUMBES/agosto/sign-offs").want(t, http.StatusNotFound)
}

// Reopening takes a reason; what was signed stays in sight, without effect.
func TestASignedMonthIsReopenedWithAReason(t *testing.T) {
	s := newSite(t)
	s.inTumbes(t, "Renovado.")
	s.october(1, 9, 12)
	specialist, head := s.as(t, "especialista-ut-tumbes"), s.as(t, "jefa-ut-tumbes")
	specialist.follow(specialist.post(signing, specialist.get(signing).want(t, http.StatusOK, "Doy V°B° a la única atención de setiembre de 2026").form(t, signing)))
	head.follow(head.post(signing, head.get(signing).form(t, signing)))
	page := head.get(reopening).want(t, http.StatusOK, "Los V°B° de este mes quedan sin efecto")
	wrong := head.post(reopening, fill(page.form(t, reopening), "reason", "  ")).want(t, http.StatusUnprocessableEntity, "Escriba por qué reabre el mes.")
	long := head.post(reopening, fill(wrong.form(t, reopening), "reason", strings.Repeat("x", 501))).want(t, http.StatusUnprocessableEntity, "Escriba hasta 500 caracteres.")
	if got := long.form(t, reopening).Get("reason"); len(got) != 501 {
		t.Errorf("what was typed is lost: %q", got)
	}
	s.october(1, 11, 0)
	form := fill(long.form(t, reopening), "reason", "La fila 1 dice otro equipo.")
	head.follow(head.post(reopening, form)).want(t, http.StatusOK, "El mes quedó reabierto.", "Motivo: La fila 1 dice otro equipo.",
		"Sin efecto: V°B° Especialista TIC / Especialista informático. Atenciones: 1", "Sin efecto: V°B° Jefa/e de Unidad / Jefa/e de UT. Atenciones: 1", "01/10/2026 11:00")
	head.follow(head.post(reopening, form)).want(t, http.StatusOK, "El mes quedó reabierto.") // sent twice, reopened once
	if acts := s.month(t).Acts; len(acts) != 3 {
		t.Errorf("kept %+v", acts)
	}
	specialist.follow(specialist.post(signing, specialist.get(signing).form(t, signing))).want(t, http.StatusOK, "Firmado el 01/10/2026 11:00", "V°B° Especialista TIC / Especialista informático. Atenciones: 1")
}

// Who stands in signs under their own name, for the holder; the superior of a vacant
// post reads the register that is theirs to sign.
func TestWhoStandsInSigns(t *testing.T) {
	s := newSite(t)
	s.inTumbes(t, "Renovado.")
	records, revision, err := s.Store.LoadDirectory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	records.Substitutes = append(records.Substitutes, directory.Substitute{Person: "suplente-ut-tumbes", Principal: "jefa-ut-tumbes"})
	if err := s.Store.SaveDirectory(t.Context(), records, revision); err != nil {
		t.Fatal(err)
	}
	s.october(1, 9, 0)
	specialist, deputy := s.as(t, "especialista-ut-tumbes"), s.as(t, "suplente-ut-tumbes")
	specialist.follow(specialist.post(signing, specialist.get(signing).form(t, signing)))
	form := deputy.get(signing).want(t, http.StatusOK, "como Jefa/e de la UT Tumbes, en suplencia de Jefa/e de la UT Tumbes.").form(t, signing)
	deputy.follow(deputy.post(signing, form)).want(t, http.StatusOK, "Suplente de la Jefatura de la UT Tumbes")
	if a, _ := s.month(t).SignOff(desk.PlaceHead); a.Actor.Person != "suplente-ut-tumbes" || a.Actor.For != "jefa-ut-tumbes" {
		t.Errorf("signed by %+v", a.Actor)
	}
}

func TestTheSuperiorOfAVacantPostReadsWhatIsTheirsToSign(t *testing.T) {
	s := newSite(t)
	head := s.as(t, "jefa-supervision")
	head.get("/register/UT-TUMBES/2026-09").want(t, http.StatusNotFound)
	records, revision, err := s.Store.LoadDirectory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range records.People {
		if id := records.People[i].ID; id == "jefa-ut-tumbes" || id == "suplente-ut-tumbes" {
			records.People[i].Disabled = true
		}
	}
	if err := s.Store.SaveDirectory(t.Context(), records, revision); err != nil {
		t.Fatal(err)
	}
	head.get("/register/UT-TUMBES/2026-09").want(t, http.StatusOK, "UT Tumbes, setiembre de 2026")
}
