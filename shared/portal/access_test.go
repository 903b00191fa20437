package portal_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/intake"
	"mesa/shared/web"
)

// TestStrangersFindNothing: every address below a ticket, and every page of a
// role, answers a person who may not read it as if it were not there (F39).
func TestStrangersFindNothing(t *testing.T) {
	s := newSite(t)
	id := s.Open81()
	n := "/tickets/" + string(s.number(t, id))
	s.held.records = []intake.Record{{ID: "m1"}}
	key := s.closeAddress(t, "piura@qw.gob.pe")
	get := []string{n, n + "?show=mails", n + "/acts/comment", n + "/acts/take", n + "/acts/close", n + "/decisions", n + "/decisions/transfers",
		"/ticket-forms/apps-sigo?from=" + string(id), "/queue", "/phone-contacts/new", "/register", "/register/SC/2026-09", "/register/UT-PIURA/2026-09",
		n + "/files/1/0", "/mail-quarantine", "/mail-quarantine/m1", "/admin/operations", "/admin/suppressed-addresses", "/admin/suppressed-addresses/" + key, "/tickets/2026-999999", "/tickets/x/acts/take", "/nothing"}
	post := []string{n + "/acts/comment", n + "/acts/take", n + "/acts/note", n + "/acts/resend", n + "/decisions", n + "/decisions/transfers", "/phone-contacts/new",
		"/mail-quarantine/m1/release", "/mail-quarantine/m1/attach", "/mail-quarantine/m1/discard", "/admin/operations/machines/" + string(id) + "/approval", "/admin/suppressed-addresses/" + key}
	stranger := s.as(t, "usuaria-ut-tacna-1")
	token := stranger.get("/").form(t, web.SignOutPath).Get(web.TokenField)
	for _, path := range get {
		t.Run("GET "+path, func(t *testing.T) {
			page := stranger.get(path).want(t, http.StatusNotFound)
			page.lacks(t, "No se guardan las actas", "Piura")
		})
	}
	for _, path := range post {
		t.Run("POST "+path, func(t *testing.T) {
			form := url.Values{web.TokenField: {token}, "message": {"x"}, "choice": {"approve"}, "declare": {"yes"}, "version": {"1"}, "key": {"k"}, "person": {"x"}, "reason": {"x"}, "ref": {"1.1"}}
			stranger.post(path, form).want(t, http.StatusNotFound)
		})
	}
	if got := s.Load(id).Ticket.Version; got != 1 {
		t.Errorf("a stranger changed the ticket: version %d", got)
	}
	t.Run("a number that exists and one that does not look the same", func(t *testing.T) {
		a, b := stranger.get(n), stranger.get("/tickets/2026-999999")
		if a.text() != b.text() {
			t.Errorf("%s\n%s", a.text(), b.text())
		}
	})
}

// TestWhoSeesWhichPage: each role opens its pages and no other's.
func TestWhoSeesWhichPage(t *testing.T) {
	s := newSite(t)
	pages := []string{"/", "/tickets", "/ticket-forms", "/procedure", "/glossary", "/approvals", "/queue", "/phone-contacts/new", "/register", "/mail-quarantine", "/admin/operations", "/admin/suppressed-addresses"}
	tests := []struct {
		person desk.PersonID
		opens  string // one letter a page: y opens, - does not
	}{
		{"usuaria-administracion-1", "yyyyyy------"},
		{"jefa-ut-lima", "yyyyyy--y---"},
		{"suplente-ut-cusco", "yyyyyy--y---"},
		{"informatica-mesa-1", "yyyyyyyyyy-y"},
		{"especialista-mesa", "yyyyyyyyyy-y"},
		{"especialista-ut-lima", "yyyyyyyyy---"},
		{"soporte-1", "yyyyyyy-y---"},
		{"desarrollo-1", "yyyyyyy-y---"},
		{"base-de-datos-1", "yyyyyyy-y---"},
		{"infraestructura-1", "yyyyyyy-y---"},
		{"jefa-uti", "yyyyyy--y-yy"},
		{"admin", "yyyyyy----yy"},
	}
	for _, test := range tests {
		t.Run(string(test.person), func(t *testing.T) {
			b := s.as(t, test.person)
			home := b.get("/")
			for i, path := range pages {
				page := b.get(path)
				if page.status == http.StatusSeeOther {
					page = b.follow(page)
				}
				opens := page.status == http.StatusOK
				if opens != (test.opens[i] == 'y') {
					t.Errorf("%s answers %d", path, page.status)
				}
				if linked := strings.Contains(home.body, `<li><a href="`+path+`"`); linked && !opens {
					t.Errorf("the navigation offers %s, which answers %d", path, page.status)
				}
			}
		})
	}
}

func TestRegisterIsForTheOwnSede(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "especialista-ut-lima")
	b.follow(b.get("/register")).want(t, http.StatusOK, "UT Lima, setiembre de 2026", "No hay atenciones en este mes.")
	b.get("/register/UT-CUSCO/2026-09").want(t, http.StatusNotFound)
	b.get("/register/UT-LIMA/setiembre").want(t, http.StatusNotFound)
	s.as(t, "especialista-mesa").get("/register/UT-CUSCO/2026-08").want(t, http.StatusOK, "UT Cusco, agosto de 2026", "setiembre de 2026")
}

func TestHelp(t *testing.T) {
	b := newSite(t).as(t, "usuaria-administracion-1")
	page := b.get("/procedure").want(t, http.StatusOK, "8.1 Incidentes en sistemas de información", "8.6 Avería en hardware", "Generar pase a Nivel 3", "P1 Pérdida del servicio")
	if !strings.Contains(page.body, `id="8.1.6"`) {
		t.Error("clause 8.1.6 has no anchor")
	}
	b.get("/glossary").want(t, http.StatusOK, "PNAEQW", "Requerimiento")
	b.get("/ticket-forms?q=tramitedoc").want(t, http.StatusOK, "SGD")
	b.get("/ticket-forms?q=zzz").want(t, http.StatusOK, "No encontramos ese servicio")
}

func TestOperations(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "admin")
	b.get("/admin/operations").want(t, http.StatusOK, "Nada detenido.")
	id := s.Open81()
	if err := s.Store.MarkStuck(t.Context(), id, desk.MachineApproval, 1, "States.Runtime"); err != nil {
		t.Fatal(err)
	}
	path := "/admin/operations/machines/" + string(id) + "/approval"
	form := b.get("/admin/operations").want(t, http.StatusOK, "aprobación", "States.Runtime", "Reintentar").form(t, path)
	chief := s.as(t, "jefa-uti") // reads only
	chief.get("/admin/operations").want(t, http.StatusOK, "States.Runtime").lacks(t, "Reintentar")
	own := chief.get("/").form(t, "/sessions/end")
	chief.post(path, own).want(t, http.StatusForbidden, "Reintentar corresponde a la administración de PAU.")
	if got := s.Load(id).Machines[desk.MachineApproval].Generation; got != 1 {
		t.Errorf("the reader made it generation %d", got)
	}
	b.follow(b.post(path, form)).want(t, http.StatusOK, "Nada detenido.")
	if got := s.Load(id).Machines[desk.MachineApproval].Generation; got != 2 {
		t.Errorf("generation %d", got)
	}
}

func TestSomebodyWhoLeftIsOut(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "soporte-1")
	records, revision, err := s.Store.LoadDirectory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range records.People {
		if p.ID == "soporte-1" {
			records.People[i].Disabled = true
		}
	}
	if err := s.Store.SaveDirectory(t.Context(), records, revision); err != nil {
		t.Fatal(err)
	}
	b.get("/").want(t, http.StatusForbidden, "Su cuenta no está en el directorio")
}
