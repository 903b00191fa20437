package portal_test

import (
	"net/http"
	"strconv"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/web"
)

func TestActs(t *testing.T) {
	s := newSite(t)
	number := s.number(t, s.Open85())
	path := func(act desk.ActKind) string { return "/tickets/" + string(number) + "/acts/" + string(act) }
	support := s.as(t, "soporte-1")
	assigner := s.as(t, "especialista-mesa")
	asker := s.as(t, "usuaria-administracion-1")

	t.Run("one that is somebody else's is refused with its clause and the reader's role", func(t *testing.T) {
		assigner.get(path(desk.ActDiagnose)).want(t, http.StatusNotFound)
		asker.get(path(desk.ActAssign)).want(t, http.StatusForbidden, "Su perfil (Administración) no permite esta acción", "8.5.2")
		form := asker.get("/").form(t, web.SignOutPath)
		asker.post(path(desk.ActAssign), fill(form, "person", "soporte-1", "version", "1", "key", "x")).want(t, http.StatusForbidden, "8.5.2")
	})
	t.Run("one that no page offers is no page", func(t *testing.T) {
		for _, act := range []desk.ActKind{desk.ActOpen, desk.ActContact, desk.ActLink, desk.ActOverdue, "sing"} {
			asker.get(path(act)).want(t, http.StatusNotFound)
		}
	})
	t.Run("what is missing comes back beside what was typed", func(t *testing.T) {
		form := assigner.get(path(desk.ActAssign)).form(t, path(desk.ActAssign))
		assigner.post(path(desk.ActAssign), form).want(t, http.StatusUnprocessableEntity, "Hay un problema", "Elija a quién se asigna.")
	})
	assigner.do(number, desk.ActAssign, "person", "soporte-1")
	support.do(number, desk.ActTake)
	t.Run("a press sent twice is done once", func(t *testing.T) {
		page := support.get("/tickets/" + string(number))
		page.lacks(t, path(desk.ActTake)+`"`)
	})
	t.Run("the note is for staff, the reply for who asked", func(t *testing.T) {
		support.do(number, desk.ActNote, "message", "Revisar la cuenta del dominio.").want(t, http.StatusOK, "Revisar la cuenta", "Solo personal de la UTI")
		support.do(number, desk.ActReply, "message", "Le escribo sobre su contraseña.")
		seen := asker.get("/tickets/"+string(number)).want(t, http.StatusOK, "Le escribo sobre su contraseña.", "Agregar comentario")
		seen.lacks(t, "Revisar la cuenta", "Meta local", "Para cerrar falta")
	})
	t.Run("a form gone back to, changed and sent again is kept and asked about", func(t *testing.T) {
		form := fill(asker.get(path(desk.ActComment)).form(t, path(desk.ActComment)), "message", "Uno")
		asker.follow(asker.post(path(desk.ActComment), form)).want(t, http.StatusOK, "Uno")
		again := asker.post(path(desk.ActComment), fill(form, "message", "Dos")).want(t, http.StatusUnprocessableEntity, "ya se envió una vez", "Dos")
		asker.follow(asker.post(path(desk.ActComment), again.form(t, path(desk.ActComment)))).want(t, http.StatusOK, "Uno", "Dos")
	})
	t.Run("a question waits for its answer", func(t *testing.T) {
		support.do(number, desk.ActAsk, "question", "¿Qué usuario usa?").want(t, http.StatusOK, "Esperando a la/el usuaria/o")
		asker.get("/").want(t, http.StatusOK, "Espera su respuesta desde el 15/09/2026")
		asker.do(number, desk.ActAnswer, "message", "usuaria1").want(t, http.StatusOK, "La atención continúa")
	})
	t.Run("the history shows one part at a time", func(t *testing.T) {
		page := support.get("/tickets/"+string(number)+"?show=messages").want(t, http.StatusOK, "¿Qué usuario usa?")
		page.lacks(t, "Solicitud registrada")
		support.get("/tickets/"+string(number)+"?show=mails").want(t, http.StatusOK, "Correo «")
	})
}

func TestConflict(t *testing.T) {
	setup := func(t *testing.T) (*site, *browser, string, map[string][]string) {
		s := newSite(t)
		id := s.Open85()
		s.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
		s.Do("soporte-1", desk.ActTake, id)
		path := "/tickets/" + string(s.number(t, id)) + "/acts/close"
		b := s.as(t, "soporte-1")
		form := fill(b.get(path).form(t, path), "solution", "Se cambió la contraseña.", "medium", "mail")
		s.Do("usuaria-administracion-1", desk.ActComment, id, "message", "Todavía no puedo entrar.")
		conflict := b.post(path, form).want(t, http.StatusConflict, "Este caso cambió mientras usted escribía", "Todavía no puedo entrar.", "Se cambió la contraseña.", "Usuaria/o 1 de Administración")
		again := conflict.form(t, path)
		if again.Get(web.ChoiceField) != "" {
			t.Error("a choice is preselected")
		}
		return s, b, path, again
	}
	t.Run("no choice asks again", func(t *testing.T) {
		_, b, path, form := setup(t)
		b.post(path, form).want(t, http.StatusConflict, "Elija qué hacer con lo que escribió.", "Todavía no puedo entrar.")
	})
	t.Run("apply does it on the present version", func(t *testing.T) {
		s, b, path, form := setup(t)
		b.follow(b.post(path, fill(form, web.ChoiceField, web.ConflictApply))).want(t, http.StatusOK, "Cerrado")
		b.follow(b.post(path, form)).want(t, http.StatusOK, "Cerrado")
		if got := s.Load(s.Tickets()[0]).Ticket.Row; got != 1 {
			t.Errorf("row %d", got)
		}
	})
	t.Run("the comment alone becomes a note", func(t *testing.T) {
		s, b, path, form := setup(t)
		b.follow(b.post(path, fill(form, web.ChoiceField, web.ConflictComment))).want(t, http.StatusOK, "Nota interna", "Se cambió la contraseña.")
		if got := s.Load(s.Tickets()[0]).Ticket.State; got != desk.InProgress {
			t.Errorf("state %s", got)
		}
	})
	t.Run("discard writes nothing", func(t *testing.T) {
		s, b, path, form := setup(t)
		version := s.Load(s.Tickets()[0]).Ticket.Version
		b.follow(b.post(path, fill(form, web.ChoiceField, web.ConflictDiscard))).want(t, http.StatusOK)
		if got := s.Load(s.Tickets()[0]).Ticket.Version; got != version {
			t.Errorf("version %d, was %d", got, version)
		}
	})
	t.Run("a step that is gone cannot be applied", func(t *testing.T) {
		s, b, path, form := setup(t)
		s.Do("soporte-1", desk.ActClose, s.Tickets()[0], "solution", "Otra persona lo cerró.", "medium", "mail")
		form["version"] = []string{"1"}
		page := b.post(path, fill(form, web.ChoiceField, web.ConflictApply)).want(t, http.StatusConflict, "Este paso ya no corresponde", "Cerrado")
		page.lacks(t, "Aplicar mi cambio")
	})
}

func TestClosingSaysWhatIsMissing(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "usuaria-administracion-1")
	number := request86(t, b)
	id := s.Tickets()[0]
	s.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	s.Do("soporte-1", desk.ActTake, id)
	s.Do("soporte-1", desk.ActDeclareLong, id)
	support := s.as(t, "soporte-1")
	page := support.get("/tickets/"+string(number)).want(t, http.StatusOK, "Para cerrar falta", "Equipo devuelto", "Retire el equipo")
	page.lacks(t, "No aplica")
	path := "/tickets/" + string(number) + "/acts/close"
	form := support.get(path).want(t, http.StatusUnprocessableEntity, "devolver el equipo").form(t, path)
	support.post(path, fill(form, "solution", "Listo", "medium", "mail")).want(t, http.StatusUnprocessableEntity, "devolver el equipo", "Listo")

	custody := "/tickets/" + string(number) + "/acts/take-custody"
	move := fill(support.get(custody).form(t, custody), "taken_by", "Soporte", "taken_from", "Piso 2", "accessories", "ninguno", "taken_at-date", "ayer", "taken_at-time", "9:00")
	wrong := support.post(custody, move).want(t, http.StatusUnprocessableEntity, "Cuándo")
	if got := wrong.form(t, custody).Get("taken_at-date"); got != "ayer" {
		t.Errorf("date came back as %q", got)
	}
	support.follow(support.post(custody, fill(move, "taken_at-date", "15/9/26", "taken_at-time", "8.30"))).want(t, http.StatusOK, "Equipo trasladado a la UTI el 15/09/2026 08:30")
}

func TestFailedMailIsSentAgain(t *testing.T) {
	s := newSite(t)
	id := s.Open85()
	number := s.number(t, id)
	e := s.Effects(id)[0]
	e.State, e.LastError = desk.EffectFailed, "550 mailbox full"
	if err := s.Store.FinishEffect(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	chief := s.as(t, "jefa-uti")
	chief.get("/admin/operations").want(t, http.StatusOK, "Correos sin entregar", string(number), "Usuaria/o 1 de Administración").lacks(t, "usuaria-administracion-1@qw.gob.pe")
	b := s.as(t, "especialista-mesa")
	path := "/tickets/" + string(number) + "/acts/resend"
	page := b.get("/tickets/"+string(number)).want(t, http.StatusOK, "No entregado", "Reenviar")
	page.lacks(t, "550 mailbox full")
	b.follow(b.post(path, page.form(t, path))).want(t, http.StatusOK, "Correo puesto en cola otra vez")
	asker := s.as(t, "usuaria-administracion-1").get("/tickets/"+string(number)).want(t, http.StatusOK)
	asker.lacks(t, "Reenviar", "No entregado")
	chief.get("/admin/operations").want(t, http.StatusOK, "Nada detenido.")
}

// A digest and the answer to a stranger stand beside no case: the page says which
// did not arrive, and to whom.
func TestFailedMailAboutNoCaseIsShown(t *testing.T) {
	s := newSite(t)
	for id, m := range map[desk.TicketID]desk.Mail{
		"D20260915AAAAAAAAAAAAAAAA":  {Message: desk.MailDecisionsDue, To: "jefa-ut-piura@qw.gob.pe", Person: "jefa-ut-piura"},
		"01J80000000000000000000999": {Message: desk.MailHeld, To: "otra@example.com"},
	} {
		e := desk.Effect{Ticket: id, Seq: 1, N: 1, Op: desk.OpMail, Mail: &m, State: desk.EffectPending, DueAt: s.Time(), CreatedAt: s.Time()}
		if err := s.Store.AddEffects(t.Context(), []desk.Effect{e}); err != nil {
			t.Fatal(err)
		}
		e.State, e.LastError, e.DoneAt = desk.EffectFailed, "550 mailbox full", s.Time()
		if err := s.Store.FinishEffect(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	s.as(t, "jefa-uti").get("/admin/operations").want(t, http.StatusOK, "Decisiones pendientes, resumen del día , a Jefa/e de la UT Piura", "Correo en espera , a una dirección fuera del directorio").
		lacks(t, "otra@example.com")
}

func TestQueue(t *testing.T) {
	s := newSite(t)
	for i := range 30 {
		s.Do("usuaria-administracion-1", desk.ActOpen, "", "service", "apps-antivirus", "flow", "8.5", "subject", "Caso "+strconv.Itoa(i), "description", "x")
		s.Advance(60e9)
	}
	b := s.as(t, "especialista-mesa")
	first := b.get("/queue").want(t, http.StatusOK, "Sin asignar 30", "Caso 0", "Caso 24", "1 a 25 de 30")
	first.lacks(t, "Caso 25")
	after := string(s.Tickets()[24])
	second := b.get("/queue?view=unassigned&after="+after).want(t, http.StatusOK, "Caso 29", "26 a 30 de 30", "Volver a los primeros")
	second.lacks(t, "Caso 24")
	b.get("/queue?q=caso+7").want(t, http.StatusOK, "Caso 7", "1 a 1 de 1", "Quitar filtros")
	b.get("/queue?priority=1").want(t, http.StatusOK, "Ningún caso cumple estos filtros.")
	b.get("/queue?view=mine").want(t, http.StatusOK, "Nada por hacer en esta vista.", "Ver Sin asignar (30)")
	b.get("/").want(t, http.StatusOK, "30 Sin asignar")
}
