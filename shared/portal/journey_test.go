package portal_test

import (
	"net/http"
	"strings"
	"testing"

	"mesa/shared/desk"
)

// request86 fills in the form for a broken printer and sends it.
func request86(t *testing.T, b *browser) desk.Number {
	t.Helper()
	const path = "/ticket-forms/hardware-printers"
	form := b.get(path).want(t, http.StatusOK, "Impresoras", "8.6.1", "Código patrimonial").form(t, path+"/review")
	fill(form, "subject", "No imprime", "description", "Sale una hoja en blanco.", "equipment", "Impresora", "asset", "7408-123", "goods", "printer", "office", "Piso 2")
	review := b.post(path+"/review", form).want(t, http.StatusOK, "Revise antes de enviar", "No imprime", "Impresora multifuncional", "Piso 2", "La recibe la mesa de ayuda")
	sent := b.post(path, review.form(t, path))
	b.follow(sent).want(t, http.StatusOK, "Su número es", "No imprime", "usuaria-administracion-1@qw.gob.pe")
	number, _, _ := strings.Cut(strings.TrimPrefix(sent.location, "/tickets/"), "?")
	return desk.Number(number)
}

// TestAPrinterFromFormToRegister is 8.6 as people see it, page by page.
func TestAPrinterFromFormToRegister(t *testing.T) {
	s := newSite(t)
	asker := s.as(t, "usuaria-administracion-1")
	number := request86(t, asker)
	asker.get("/").want(t, http.StatusOK, string(number), "Lo recibió Mesa de ayuda")

	assigner := s.as(t, "especialista-mesa")
	assigner.get("/queue").want(t, http.StatusOK, string(number), "No imprime", "Asignar", "1 a 1 de 1")
	form := assigner.get("/tickets/"+string(number)+"/acts/assign").want(t, http.StatusOK, "Profesional de soporte 1", "8.6.2").form(t, "/tickets/"+string(number)+"/acts/assign")
	if form.Get("person") != "" {
		t.Error("somebody is preselected")
	}
	assigner.do(number, desk.ActAssign, "person", "soporte-1").want(t, http.StatusOK, "Registrado. Pasa al Nivel 2, Soporte técnico: Profesional de soporte 1.", "Profesional de soporte 1")

	support := s.as(t, "soporte-1")
	support.get("/queue?view=mine").want(t, http.StatusOK, string(number))
	support.do(number, desk.ActTake).want(t, http.StatusOK, "En progreso", "Inicie el diagnóstico")
	support.do(number, desk.ActDiagnose).want(t, http.StatusOK, "corren los 60 minutos")
	support.do(number, desk.ActClose, "solution", "Se cambió el tóner.", "medium", "mail").want(t, http.StatusOK, "Cerrado", "Anexo 01, fila 1 de setiembre de 2026")

	asker.get("/tickets/"+string(number)).want(t, http.StatusOK, "Se atendió y cerró", "Se cambió el tóner.", "Sigue fallando: reabrir")
	register := support.follow(support.get("/register")).want(t, http.StatusOK, "Sede Central, setiembre de 2026", "No imprime", "Se cambió el tóner.", "Avería de Hardware", "Atendido")
	register.lacks(t, "No hay atenciones")
}

// TestAnIncidentIsDecidedSignedIn is 8.1 of a territorial unit, both stages decided
// in the portal.
func TestAnIncidentIsDecidedSignedIn(t *testing.T) {
	s := newSite(t)
	number := s.number(t, s.Open81())
	path := "/tickets/" + string(number) + "/decisions"

	head := s.as(t, "jefa-ut-piura")
	head.get("/").want(t, http.StatusOK, "Esperan su decisión", "No se guardan las actas")
	head.get("/approvals").want(t, http.StatusOK, "Etapa 1 de 2", "Usted decide como Jefa/e de la UT Piura")
	form := head.get(path).want(t, http.StatusOK, "Desde ayer.", "Declaro que decido como Jefa/e de la UT Piura").form(t, path)
	if form.Get("choice") != "" || form.Get("declare") != "" {
		t.Errorf("something is preselected: %v", form)
	}

	t.Run("an empty form decides nothing and says all that is missing", func(t *testing.T) {
		head.post(path, form).want(t, http.StatusUnprocessableEntity, "Elija aprobar o rechazar.", "Marque la declaración")
	})
	t.Run("a rejection takes a reason", func(t *testing.T) {
		head.post(path, fill(form, "choice", "reject", "declare", "yes")).want(t, http.StatusUnprocessableEntity, "Escriba el motivo del rechazo")
	})
	t.Run("a decision sent twice is one", func(t *testing.T) {
		fill(form, "choice", "approve", "declare", "yes")
		head.follow(head.post(path, form)).want(t, http.StatusOK, "Decisión registrada: aprobada")
		version := s.Load(s.Tickets()[0]).Ticket.Version
		head.follow(head.post(path, form)).want(t, http.StatusOK, "Decisión registrada: aprobada")
		if got := s.Load(s.Tickets()[0]).Ticket.Version; got != version {
			t.Errorf("version moved from %d to %d", version, got)
		}
	})
	t.Run("the decision is among those made", func(t *testing.T) {
		head.get("/approvals").want(t, http.StatusOK, "No tiene decisiones pendientes.", "Decididas por mí", string(number), "Aprobada", "Etapa 1 de 2")
		s.as(t, "jefa-supervision").get("/approvals").lacks(t, "Decididas por mí")
	})
	t.Run("who decided cannot decide the next stage", func(t *testing.T) {
		head.get(path).want(t, http.StatusForbidden, "La decisión corresponde a la jefatura de la unidad orgánica")
	})
	t.Run("the next head sends it on to Desarrollo", func(t *testing.T) {
		next := s.as(t, "jefa-supervision")
		form := next.get(path).want(t, http.StatusOK, "Etapa 2 de 2", "el caso pasa a atención").form(t, path)
		next.follow(next.post(path, fill(form, "choice", "approve", "declare", "yes"))).want(t, http.StatusOK, "En Nivel 2", "Equipo de Desarrollo")
		s.as(t, "desarrollo-1").get("/queue").want(t, http.StatusOK, string(number), "Tomar")
	})
}

func TestNotMine(t *testing.T) {
	s := newSite(t)
	number := s.number(t, s.Open81())
	path := "/tickets/" + string(number) + "/decisions/transfers"
	head := s.as(t, "jefa-ut-piura")
	form := head.get(path).want(t, http.StatusOK, "No me corresponde decidir").form(t, path)
	head.post(path, form).want(t, http.StatusUnprocessableEntity, "Escriba por qué no le corresponde")
	head.follow(head.post(path, fill(form, "reason", "Es de otra UT."))).want(t, http.StatusOK, "Usted no aprobó ni rechazó nada")
}

func TestOpeningIsIdempotent(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "usuaria-administracion-1")
	const path = "/ticket-forms/hardware-printers"
	form := fill(b.get(path).form(t, path+"/review"), "subject", "No imprime", "description", "Nada.", "equipment", "Impresora", "no_asset", "yes", "goods", "printer", "office", "Piso 2")
	form.Del("asset")
	send := b.post(path+"/review", form).form(t, path)
	first, second := b.post(path, send), b.post(path, send)
	if first.location != second.location || first.status != http.StatusSeeOther {
		t.Errorf("leads to %q, then %q", first.location, second.location)
	}
	if n := len(s.Tickets()); n != 1 {
		t.Errorf("%d tickets", n)
	}
}

func TestRequestFormKeepsWhatWasTyped(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "usuaria-administracion-1")

	t.Run("an incomplete form names all that is missing and keeps the rest", func(t *testing.T) {
		const path = "/ticket-forms/hardware-printers"
		form := fill(b.get(path).form(t, path+"/review"), "description", "Sale en blanco", "asset", "")
		again := b.post(path+"/review", form).want(t, http.StatusUnprocessableEntity, "Hay un problema", "Escriba el asunto.", "Elija el tipo de bien.", "Escriba el código patrimonial o marque")
		if got := again.form(t, path+"/review").Get("description"); got != "Sale en blanco" {
			t.Errorf("description %q", got)
		}
	})
	t.Run("a system asks which of its two ways, and then that way's question", func(t *testing.T) {
		const path = "/ticket-forms/apps-sigo"
		form := fill(b.get(path).want(t, http.StatusOK, "¿Qué necesita?", "Falla o lentitud", "¿Qué está pasando?").form(t, path+"/review"), "subject", "SIGO", "description", "Lento")
		b.post(path+"/review", form).want(t, http.StatusUnprocessableEntity, "Elija qué necesita.")
		b.post(path+"/review", fill(form, "flow", "8.1")).want(t, http.StatusUnprocessableEntity, "Elija qué está pasando.")
		review := b.post(path+"/review", fill(form, "impact", "slow")).want(t, http.StatusOK, "Falla o lentitud", "Funciona lento", "decide la jefatura de su unidad orgánica")

		change := fill(review.form(t, path), "change", "subject")
		back := b.post(path, change).want(t, http.StatusOK).form(t, path+"/review")
		if back.Get("flow") != "8.1" || back.Get("impact") != "slow" || back.Get("description") != "Lento" || back.Get("key") != form.Get("key") {
			t.Errorf("«Cambiar» lost something: %v", back)
		}
		b.follow(b.post(path, review.form(t, path))).want(t, http.StatusOK, "Por aprobar: unidad orgánica", "Decide la jefatura de la unidad orgánica.")
	})
	t.Run("a service without a form is not found", func(t *testing.T) {
		b.get("/ticket-forms/no-such-service").want(t, http.StatusNotFound)
		b.get("/ticket-forms/nothing").want(t, http.StatusNotFound)
	})
}

// TestAContactGrowsIntoATicket is 8.1.3: the link of the mail opens the form with
// what the caller said, for the caller alone.
func TestAContactGrowsIntoATicket(t *testing.T) {
	s := newSite(t)
	desk1 := s.as(t, "informatica-mesa-1")
	const phone = "/phone-contacts/new"
	form := desk1.get(phone).want(t, http.StatusOK, "Contacto telefónico").form(t, phone)
	fill(form, "caller", "usuaria-administracion-1@qw.gob.pe", "service", "apps-sigo", "description", "No abre el SIGO desde ayer", "exit", "ticket")
	desk1.follow(desk1.post(phone, form)).want(t, http.StatusOK, "Derivado a ticket PAU")
	contact := s.Tickets()[0]

	from := "/ticket-forms/apps-sigo?from=" + string(contact)
	s.as(t, "usuaria-administracion-2").get(from).want(t, http.StatusNotFound)
	desk1.get(from).want(t, http.StatusNotFound)

	asker := s.as(t, "usuaria-administracion-1")
	const path = "/ticket-forms/apps-sigo"
	request := asker.get(from).want(t, http.StatusOK).form(t, path+"/review")
	if request.Get("description") != "No abre el SIGO desde ayer" || request.Get("from") != string(contact) {
		t.Fatalf("form holds %v", request)
	}
	review := asker.post(path+"/review", fill(request, "flow", "8.1", "impact", "stopped"))
	asker.follow(asker.post(path, review.form(t, path))).want(t, http.StatusOK, "Su número es", "Nació del contacto")
	if got := s.Load(contact).Ticket.Linked; got == "" {
		t.Error("the contact does not know its ticket")
	}

	t.Run("a form that names somebody else's contact is not found", func(t *testing.T) {
		other := s.as(t, "usuaria-administracion-2")
		form := fill(other.get(path).form(t, path+"/review"), "flow", "8.5", "subject", "a", "description", "b")
		send := other.post(path+"/review", form).form(t, path)
		other.post(path, fill(send, "from", string(contact))).want(t, http.StatusNotFound)
	})
}

func TestPhoneContact(t *testing.T) {
	const phone = "/phone-contacts/new"
	tests := []struct {
		name, service, exit string
		want                string
		state               desk.State
	}{
		{"an incident solved while talking has its row", "apps-sigo", "solved", "Anexo 01, fila 1", desk.Closed},
		{"a printer solved while talking has its row", "hardware-printers", "solved", "Anexo 01, fila 1", desk.Closed},
		{"an application solved while talking has its row", "apps-antivirus", "solved", "Anexo 01, fila 1", desk.Closed},
		{"assistance solved while talking has its row, with the directory's telephone", "technical-consultation", "solved", "Anexo 01, fila 1", desk.Closed},
		{"a call left open waits for Level 1", "", "progress", "Por clasificar", desk.ToClassify},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t)
			b := s.as(t, "informatica-mesa-1")
			form := fill(b.get(phone).form(t, phone), "caller", "usuaria-administracion-1@qw.gob.pe", "service", test.service, "description", "No abre", "exit", test.exit, "solution", "Se reinició.")
			b.follow(b.post(phone, form)).want(t, http.StatusOK, test.want)
			b.post(phone, form)
			if ids := s.Tickets(); len(ids) != 1 || s.Load(ids[0]).Ticket.State != test.state {
				t.Errorf("%d tickets, the first %s", len(ids), s.Load(ids[0]).Ticket.State)
			}
		})
	}
	t.Run("everything wrong is said at once, everything typed kept", func(t *testing.T) {
		b := newSite(t).as(t, "informatica-mesa-1")
		form := fill(b.get(phone).form(t, phone), "caller", "Nadie Tal", "phone", "999", "exit", "solved")
		again := b.post(phone, form).want(t, http.StatusUnprocessableEntity, "No encontramos a esa persona", "Escriba qué pide", "Elija el servicio.", "Escriba la descripción de la solución.")
		if got := again.form(t, phone).Get("phone"); got != "999" {
			t.Errorf("phone %q", got)
		}
	})
	t.Run("a call of a territorial unit that this team may not close is left to it", func(t *testing.T) {
		s := newSite(t)
		b := s.as(t, "informatica-mesa-1")
		form := fill(b.get(phone).form(t, phone), "caller", "usuaria-ut-lima-1@qw.gob.pe", "service", "apps-sigo", "description", "No abre", "exit", "solved", "solution", "Se reinició.")
		b.follow(b.post(phone, form)).want(t, http.StatusOK, "El contacto quedó registrado, pero falta cerrarlo")
	})
}
