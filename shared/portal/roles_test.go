package portal_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
	"mesa/shared/web"
	"mesa/shared/work"
)

// TestAnIncidentThroughItsLevels is 8.1 from Desarrollo to base de datos and back,
// each act on its own page.
func TestAnIncidentThroughItsLevels(t *testing.T) {
	s := newSite(t)
	id := s.Open81()
	s.Do("jefa-ut-piura", desk.ActApprove, id)
	s.Do("jefa-supervision", desk.ActApprove, id)
	number := s.number(t, id)
	path := func(act desk.ActKind) string { return "/tickets/" + string(number) + "/acts/" + string(act) }

	developer := s.as(t, "desarrollo-1")
	developer.do(number, desk.ActTake).want(t, http.StatusOK, "Evalúe el caso y defina el nivel de atención.", "Aprobado: UT, unidad orgánica")
	form := developer.get(path(desk.ActHandOver)).want(t, http.StatusOK, "8.1.6").form(t, path(desk.ActHandOver))
	developer.post(path(desk.ActHandOver), fill(form, "pase_description", "Corrige las actas", "pase_files", "carpeta 7")).
		want(t, http.StatusUnprocessableEntity, "Falta la reversión: escriba cómo volver al estado anterior.", "Corrige las actas")
	developer.do(number, desk.ActHandOver, "pase_description", "Corrige las actas", "pase_files", "carpeta 7", "pase_rollback", "Restaurar").
		want(t, http.StatusOK, "Pase n.º 1", "Corrige las actas", "En Nivel 3")

	developer.get(path(desk.ActExecutionOK)).want(t, http.StatusForbidden)
	database := s.as(t, "base-de-datos-1")
	database.get("/queue").want(t, http.StatusOK, string(number), "Nivel 3 Equipo de base de datos y aplicaciones 1")
	database.do(number, desk.ActExecutionError, "interrupts", "no", "message", "Falta un permiso").want(t, http.StatusOK, "Error de ejecución n.º 1", "Falta un permiso")
	developer.do(number, desk.ActHandOver, "pase_description", "Con permiso", "pase_files", "carpeta 8", "pase_rollback", "Restaurar")

	t.Run("an execution that stops the service in working hours needs its notice first", func(t *testing.T) {
		s.SetTime(desktest.Tuesday(9, 40))
		stopped := []string{"interrupts", "yes", "stopped_from-date", "15/09/2026", "stopped_from-time", "10:00", "stopped_until-date", "15/09/2026", "stopped_until-time", "10:20", "message", "Script 7"}
		database.get(path(desk.ActInterruption)).want(t, http.StatusOK, "Se enviará a", "personas de la lista del SIGO")
		announced := database.do(number, desk.ActInterruption, "reason", "Pase", "starts_at-date", "15/09/2026", "starts_at-time", "10:00", "ends_at-date", "15/09/2026", "ends_at-time", "10:30", "cannot", "Guardar actas")
		announced.want(t, http.StatusOK, "Aviso de interrupción: 15/09/2026 10:00 a 15/09/2026 10:30", "a las/los usuarias/os del sistema", "enviado a 0 de 56")
		s.SetTime(desktest.Tuesday(10, 30))
		form := fill(database.get(path(desk.ActExecutionOK)).form(t, path(desk.ActExecutionOK)), stopped...)
		database.post(path(desk.ActExecutionOK), form).want(t, http.StatusUnprocessableEntity, "enviado a 0 de 56", "8.1.7", "Script 7")
		sendAll(t, s.Bench, id)
		database.get("/tickets/"+string(number)).want(t, http.StatusOK, "enviado a 56 de 56")
		database.do(number, desk.ActExecutionOK, stopped...).want(t, http.StatusOK, "Ejecutado sin error", "El servicio se detuvo: 15/09/2026 10:00 a 15/09/2026 10:20", "Se comunicó el restablecimiento")
	})
	database.get(path(desk.ActClose)).want(t, http.StatusForbidden)
	developer.do(number, desk.ActClose, "solution", "Se corrigió.", "medium", "phone", "call", "Con la usuaria, conforme").want(t, http.StatusOK, "Cerrado", "Con la usuaria, conforme")
	s.as(t, "usuaria-ut-piura-1").do(number, desk.ActReopen, "message", "Otra vez").want(t, http.StatusOK, "Reabierto")
}

// sendAll sends the notice of the newest act to all its readers, as the outbox does.
func sendAll(t *testing.T, b *desktest.Bench, id desk.TicketID) {
	t.Helper()
	fan, err := b.Store.Effect(t.Context(), id, desk.Effect{Seq: b.Load(id).Ticket.Version, N: 1}.Ref())
	if err != nil {
		t.Fatal(err)
	}
	d, err := b.Store.Directory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for n, p := range d.Readers(fan.FanOut.System, fan.CreatedAt) {
		e := desk.Effect{Ticket: id, Seq: fan.Seq, N: fan.ItemOf(n), Op: desk.OpMail, Mail: &desk.Mail{Message: desk.MailInterruption, To: p.Mail()}, State: desk.EffectDone}
		if err := b.Store.AddEffects(t.Context(), []desk.Effect{e}); err != nil {
			t.Fatal(err)
		}
	}
	fan.State, fan.Attempts = desk.EffectDone, 1
	if err := b.Store.FinishEffect(t.Context(), fan); err != nil {
		t.Fatal(err)
	}
}

// TestATerritorialUnitAttendsItsOwn: its specialist does all of it (R17).
func TestATerritorialUnitAttendsItsOwn(t *testing.T) {
	s := newSite(t)
	s.Do("usuaria-ut-lima-1", desk.ActOpen, "", "service", "hardware-printers", "flow", "8.6", "subject", "No imprime", "description", "Nada", "no_asset", "yes",
		"goods", "printer", "office", "Piso 1", "equipment", "Impresora")
	number := s.number(t, s.Tickets()[0])
	b := s.as(t, "especialista-ut-lima")
	b.get("/queue").want(t, http.StatusOK, string(number), "Asignar", "Nivel 1 Informática de la UT Lima 1")
	b.do(number, desk.ActAssign, "person", "especialista-ut-lima").want(t, http.StatusOK, "Asignado a Especialista informático de la UT Lima")
	b.do(number, desk.ActTake)
	b.do(number, desk.ActEscalate, "level", "4", "reason", "Es del enlace").want(t, http.StatusOK, "En Nivel 4", "Es del enlace")
	infra := s.as(t, "infraestructura-1")
	infra.do(number, desk.ActTake)
	infra.do(number, desk.ActSendBack, "level", "1", "reason", "Ya hay enlace").want(t, http.StatusOK, "Pasa al Nivel 1")
	b.do(number, desk.ActClose, "solution", "Listo.", "medium", "mail").want(t, http.StatusOK, "fila 1")
	b.follow(b.get("/register")).want(t, http.StatusOK, "UT Lima", "No imprime")
	s.as(t, "soporte-1").get("/tickets/"+string(number)).want(t, http.StatusNotFound)
}

func TestMissingDataAndSenders(t *testing.T) {
	s := newSite(t)
	s.Do("usuaria-administracion-1", desk.ActOpen, "", "service", "hardware-printers", "flow", "8.6", "subject", "No imprime", "description", "Nada")
	number := s.number(t, s.Tickets()[0])
	asker := s.as(t, "usuaria-administracion-1")
	asker.get("/tickets/"+string(number)).want(t, http.StatusOK, "Faltan datos", "Completar datos")
	asker.do(number, desk.ActProvideData, "asset", "7408 123", "goods", "printer", "office", "Piso 3", "equipment", "Multifuncional").
		want(t, http.StatusOK, "Se completaron datos", "7408 123", "Impresora multifuncional", "Piso 3").lacks(t, "Faltan datos")

	t.Run("a mail without a known sender is given one by name", func(t *testing.T) {
		act := desk.Act{Kind: desk.ActContact, At: s.Time(), Channel: desk.ChannelMail, Scope: "mail", Key: "m9", Actor: desk.Actor{Via: "unverified", Assurance: desk.AssuredSelf},
			Fields: desk.Fields{"subject": "SIGO", "description": "No abre", "from_address": "x@fuera.example", "from_name": "Alguien"}}
		result, err := s.Road.Perform(t.Context(), act)
		if err != nil {
			t.Fatal(err)
		}
		number := result.After.Ticket.Number
		b := s.as(t, "informatica-mesa-1")
		b.get("/queue").want(t, http.StatusOK, "Remitente sin identificar", "Confirmar a quien escribe")
		page := b.get("/tickets/"+string(number)).want(t, http.StatusOK, "Sin verificar", "Alguien", "x@fuera.example")
		page.lacks(t, "acts/classify")
		path := "/tickets/" + string(number) + "/acts/confirm-sender"
		form := b.get(path).form(t, path)
		again := b.post(path, fill(form, "how", "Llamé", "person", "nadie")).want(t, http.StatusUnprocessableEntity, "No encontramos a esa persona")
		if got := again.form(t, path).Get("person"); got != "nadie" {
			t.Errorf("typed person came back as %q", got)
		}
		b.follow(b.post(path, fill(form, "person", "usuaria-direccion-1@qw.gob.pe"))).want(t, http.StatusOK, "Usuaria/o 1 de Dirección Ejecutiva", "Clasificar")
	})
}

func TestClassifySuggestsWhatTheWordsSay(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "informatica-mesa-1")
	const phone = "/phone-contacts/new"
	form := fill(b.get(phone).form(t, phone), "caller", "usuaria-administracion-1@qw.gob.pe", "description", "La impresora se atasca", "exit", "progress")
	number := desk.Number(strings.TrimPrefix(b.post(phone, form).location[:20], "/tickets/"))
	path := "/tickets/" + string(s.number(t, s.Tickets()[0])) + "/acts/classify"
	classify := b.get(path).want(t, http.StatusOK, "La impresora se atasca").form(t, path)
	if classify.Get("service") != "hardware-printers" || classify.Get("priority") != "3" {
		t.Errorf("%s: suggests %v", number, classify)
	}
	b.follow(b.post(path, classify)).want(t, http.StatusOK, "Clasificado: flujo 8.6, P3")
}

func TestGoingBackAndSendingOtherWords(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "usuaria-administracion-1")
	const path = "/ticket-forms/apps-antivirus"
	form := fill(b.get(path).form(t, path+"/review"), "subject", "Uno", "description", "Uno")
	b.post(path, b.post(path+"/review", form).form(t, path))
	other := b.post(path+"/review", fill(form, "subject", "Dos")).form(t, path)
	again := b.post(path, other).want(t, http.StatusOK, "Este formulario ya se envió una vez").form(t, path+"/review")
	if again.Get("subject") != "Dos" || again.Get("key") == form.Get("key") {
		t.Errorf("came back as %v", again)
	}
	b.follow(b.post(path, b.post(path+"/review", again).form(t, path))).want(t, http.StatusOK, "Dos")
	if n := len(s.Tickets()); n != 2 {
		t.Errorf("%d tickets", n)
	}
}

// broken is a reader whose store is away.
type broken struct{ *work.Reader }

func (broken) Look(context.Context, desk.TicketID, desk.Act) (work.View, error) {
	return work.View{}, errors.New("table unreachable")
}

func TestAFailureIsLoggedOnceAndTellsNothing(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })

	s := newSite(t)
	number := s.number(t, s.Open85())
	b := s.as(t, "usuaria-administracion-1")
	s.portal.Reader = broken{s.Reader}
	page := b.get("/tickets/"+string(number)+"?q=Ana").want(t, http.StatusInternalServerError, "Algo falló", "diga el código")
	page.lacks(t, "unreachable")
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	if len(lines) != 1 || !strings.Contains(lines[0], "table unreachable") || !strings.Contains(lines[0], `"route":"GET /tickets/{number}"`) {
		t.Errorf("log:\n%s", log.String())
	}
	for _, personal := range []string{"usuaria-administracion-1", "Ana", string(number)} {
		if strings.Contains(log.String(), personal) {
			t.Errorf("the log names %q", personal)
		}
	}
	_, ref, _ := strings.Cut(lines[0], `"ref":"`)
	if ref, _, _ = strings.Cut(ref, `"`); ref == "" || !strings.Contains(page.text(), ref) {
		t.Errorf("reference %q is not on the page", ref)
	}
}

func TestOddRequests(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "usuaria-administracion-1")
	token := b.get("/").form(t, web.SignOutPath).Get(web.TokenField)
	tests := []struct {
		name, method, path string
		form               url.Values
		want               int
	}{
		{"a form too big", http.MethodPost, "/ticket-forms/apps-sigo/review", url.Values{web.TokenField: {token}, "description": {strings.Repeat("x", 600<<10)}}, http.StatusRequestEntityTooLarge},
		{"a method no page has", http.MethodDelete, "/tickets", nil, http.StatusNotFound},
		{"a page that is none", http.MethodGet, "/wp-admin", nil, http.StatusNotFound},
		{"a review asked for by its address", http.MethodGet, "/ticket-forms/apps-sigo/review", nil, http.StatusSeeOther},
		{"a decision by the acts' address", http.MethodGet, "/tickets/2026-000001/acts/approve", nil, http.StatusNotFound},
		{"a key too long is no key", http.MethodPost, "/phone-contacts/new", url.Values{web.TokenField: {token}, web.KeyField: {strings.Repeat("k", 1000)}}, http.StatusNotFound},
		{"a HEAD", http.MethodHead, "/tickets", nil, http.StatusOK},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b.send(test.method, test.path, test.form, nil).want(t, test.want)
		})
	}
	t.Run("the theme needs no session", func(t *testing.T) {
		got := s.browser(t).post("/account/theme", url.Values{"theme": {"dark"}, "back": {"/procedure"}})
		if got.status != http.StatusSeeOther || got.location != "/procedure" {
			t.Errorf("%d to %q", got.status, got.location)
		}
	})
	t.Run("the style sheet needs no session", func(t *testing.T) {
		sheet := b.get("/procedure").body
		_, path, _ := strings.Cut(sheet, `<link rel="stylesheet" href="`)
		path, _, _ = strings.Cut(path, `"`)
		s.browser(t).get(path).want(t, http.StatusOK)
	})
}

// TestASubstituteDecidesUnderTheirOwnName is R27.
func TestASubstituteDecidesUnderTheirOwnName(t *testing.T) {
	s := newSite(t)
	s.Do("usuaria-ut-cusco-1", desk.ActOpen, "", "service", "apps-sigo", "flow", "8.1", "subject", "Actas", "description", "No se guardan", "impact", "slow")
	number := s.number(t, s.Tickets()[0])
	path := "/tickets/" + string(number) + "/decisions"
	b := s.as(t, "suplente-ut-cusco")
	b.get("/approvals").want(t, http.StatusOK, "Jefa/e de la UT Cusco (suplente)", "Actas")
	form := b.get(path).want(t, http.StatusOK, "Declaro que decido como Jefa/e de la UT Cusco").form(t, path)
	b.follow(b.post(path, fill(form, "choice", "reject", "reason", "Ya se resolvió.", "declare", "yes"))).
		want(t, http.StatusOK, "rechazada", "por Jefa/e de la UT Cusco", "Ya se resolvió.")
	b.get("/approvals").want(t, http.StatusOK, "Decididas por mí", "Rechazada", "Ya se resolvió.", "por Jefa/e de la UT Cusco")
	s.as(t, "jefa-ut-cusco").get(path).want(t, http.StatusConflict, "No hay una decisión pendiente", "Rechazado")
	s.as(t, "usuaria-ut-cusco-1").get("/tickets").want(t, http.StatusOK, "La jefatura lo rechazó")
}

// TestRightsEndWithTheDirectory: a person moved out of a team loses its queue and
// cases at the next request.
func TestRightsEndWithTheDirectory(t *testing.T) {
	s := newSite(t)
	id := s.Open85()
	s.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-2")
	b := s.as(t, "soporte-2")
	path := "/tickets/" + string(s.number(t, id))
	b.get(path).want(t, http.StatusOK)
	records, revision, err := s.Store.LoadDirectory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, team := range records.Teams {
		if team.ID == "soporte" {
			records.Teams[i].Members = []desk.PersonID{"soporte-1"}
		}
	}
	if problems := directory.Check(records); len(problems) > 0 {
		t.Fatal(problems)
	}
	if err := s.Store.SaveDirectory(t.Context(), records, revision); err != nil {
		t.Fatal(err)
	}
	b.get(path).want(t, http.StatusNotFound)
	b.get("/queue").want(t, http.StatusNotFound)
}
