package linkpages_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"mesa/shared/access"
	"mesa/shared/approve"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/flow"
	"mesa/shared/linkpages"
	"mesa/shared/web"
)

const head = desk.PersonID("jefa-ut-piura")

// site is the pages of signed links in front of a whole desk.
type site struct {
	*desktest.Bench
	t      *testing.T
	ring   access.Ring
	server *httptest.Server
	client *http.Client
}

// institution is the norm's, with the telephone of the tests.
func institution(context.Context) (desk.Institution, error) {
	i := desk.PNAEQW()
	i.Phone = "anexo 130"
	return i, nil
}

func newSite(t *testing.T) *site {
	t.Helper()
	ring, err := access.NewRing(access.Key{ID: "k1", Secret: []byte(strings.Repeat("s", 32))})
	if err != nil {
		t.Fatal(err)
	}
	s := &site{Bench: desktest.NewBench(t), t: t, ring: ring}
	d := &approve.Desk{Ring: func(context.Context) (access.Ring, error) { return ring, nil }, Reader: s.Reader, Road: s.Road, Tries: s.Store, Vault: s.Store, Opener: desktest.Seal{}, Now: s.Now}
	s.serve(d)
	return s
}

func (s *site) serve(d linkpages.Desk) {
	s.t.Helper()
	pages, err := web.New()
	if err != nil {
		s.t.Fatal(err)
	}
	s.server = httptest.NewServer((&linkpages.Handler{Desk: d, Pages: pages, Institution: institution}).Routes())
	s.t.Cleanup(s.server.Close)
	s.client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// link is path and digits of a mail.
func (s *site) link(id desk.TicketID, wait desk.WaitID, person desk.PersonID, round int) (path, code string) {
	s.t.Helper()
	audience := access.Approvals
	switch wait.Kind() {
	case desk.WaitApproval:
	case desk.WaitCredential:
		audience = access.Credentials
	case desk.WaitVerification:
		audience = access.Verifications
	default:
		audience = access.Answers
	}
	l := access.Link{Ticket: id, Wait: wait, Person: person, Round: round, Audience: audience, ExpiresAt: desktest.Tuesday(9, 0).Add(60 * 24 * time.Hour)}
	token, err := s.ring.Sign(l)
	if err != nil {
		s.t.Fatal(err)
	}
	if code, err = s.ring.Code(l, s.Time()); err != nil {
		s.t.Fatal(err)
	}
	return audience.Path(token), code
}

// page is an answer as it came.
type page struct {
	status int
	header http.Header
	body   string
}

// do sends a request and holds the answer against what every page promises.
func (s *site) do(method, path string, form ...string) page {
	s.t.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		values.Set(form[i], form[i+1])
	}
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.server.URL+path, strings.NewReader(values.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := s.client.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	p := page{resp.StatusCode, resp.Header, string(body)}
	grown := values.Has(web.AddField) // by rows that the reader asked for
	if len(p.body) > 15<<10 && !grown || len(p.body) > 20<<10 || strings.Contains(p.body, "<script") || strings.Contains(strings.ToLower(p.body), "javascript:") || p.header.Get("Set-Cookie") != "" {
		s.t.Errorf("%s %s: %d bytes, script or cookie: %q", method, path, len(p.body), p.header.Get("Set-Cookie"))
	}
	return p
}

// want holds an answer against status and words.
func (s *site) want(p page, status int, words ...string) {
	s.t.Helper()
	if p.status != status {
		s.t.Errorf("status %d, want %d", p.status, status)
	}
	for _, w := range words {
		if !strings.Contains(p.body, w) {
			s.t.Errorf("the page does not say %q:\n%.1500s", w, p.body)
		}
	}
}

func (s *site) wantVersion(id desk.TicketID, want int) {
	s.t.Helper()
	if got := s.Load(id).Ticket.Version; got != want {
		s.t.Errorf("version %d, want %d", got, want)
	}
}

// F18: opening, by whomever and however, changes nothing; the form still works.
func TestOpeningIsHarmless(t *testing.T) {
	s := newSite(t)
	id := s.Open81()
	path, code := s.link(id, "approval#1", head, 1)
	for _, method := range []string{http.MethodHead, http.MethodGet, http.MethodOptions, http.MethodPut, http.MethodDelete} {
		for _, p := range []string{path, path + "/transfers", path + "?choice=approve&code=" + code} {
			s.do(method, p)
		}
	}
	s.want(s.do(http.MethodGet, path), http.StatusOK, "No se guardan las actas", "Desde ayer.", "Etapa 1 de 2", `name="choice"`, `name="code"`)
	s.wantVersion(id, 1)
	// L3 and L4: a scanner that submits the form unchanged, and presses each button.
	s.do(http.MethodPost, path)
	s.do(http.MethodPost, path, "choice", "approve")
	s.do(http.MethodPost, path, "choice", "reject", "reason", "x")
	s.do(http.MethodPost, path+"/transfers", "reason", "x")
	s.wantVersion(id, 1)
	if strings.Contains(s.do(http.MethodGet, path).body, "checked") {
		t.Error("a choice is preselected")
	}
	s.want(s.do(http.MethodPost, path, "choice", "approve", "code", code), http.StatusSeeOther)
	s.wantVersion(id, 2)
}

// F19: every bad link, whatever is wrong with it, gets one and the same page.
func TestOnePageForEveryBadLink(t *testing.T) {
	s := newSite(t)
	id := s.Open81()
	path, _ := s.link(id, "approval#1", head, 1)
	answers, _ := s.link(id, "data#1", "usuaria-ut-piura-1", 1)
	want := s.do(http.MethodGet, "/approvals/x")
	s.want(want, http.StatusNotFound, "Este enlace no es válido")
	for _, bad := range []string{path[:len(path)-1], path + "A", path[:40], "/approvals/", "/approvals", "/answers/x", "/verifications/x", "/credentials/x",
		strings.Replace(answers, "/answers/", "/approvals/", 1), "/approvals/" + strings.Repeat("a", 3000), "/approvals/%00%ff", "/approvals/x/transfers", "/approvals/a/b/c"} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			got := s.do(method, bad, "choice", "approve", "code", "123456")
			if got.status != want.status || got.body != want.body {
				t.Errorf("%s %.60s: status %d, another page than the others", method, bad, got.status)
			}
		}
	}
	s.wantVersion(id, 1)
}

// Deciding: 303, then a page that says what was decided, however often it is read.
func TestDeciding(t *testing.T) {
	tests := []struct {
		choice, reason, now, later string
	}{
		{"approve", "", "Decisión registrada: aprobada", "Usted ya decidió"},
		{"reject", "No corresponde.", "Decisión registrada: rechazada", "Usted ya decidió"},
	}
	for _, test := range tests {
		t.Run(test.choice, func(t *testing.T) {
			s := newSite(t)
			id := s.Open81()
			path, code := s.link(id, "approval#1", head, 1)
			done := s.do(http.MethodPost, path, "choice", test.choice, "reason", test.reason, "code", code)
			s.want(done, http.StatusSeeOther)
			s.want(s.do(http.MethodGet, done.header.Get("Location")), http.StatusOK, test.now)
			s.want(s.do(http.MethodGet, path), http.StatusOK, test.later)
			again := s.do(http.MethodPost, path, "choice", "approve", "code", code)
			if again.status != http.StatusSeeOther {
				t.Errorf("sent again: status %d", again.status)
			}
			s.wantVersion(id, 2)
		})
	}
}

// What is wrong is said beside what was typed; the code is never drawn back.
func TestDecidingWithErrors(t *testing.T) {
	s := newSite(t)
	id := s.Open81()
	path, code := s.link(id, "approval#1", head, 1)
	wrong := "000000"
	if code == wrong {
		wrong = "000001"
	}
	p := s.do(http.MethodPost, path, "choice", "reject", "reason", "  ", "code", code)
	s.want(p, http.StatusUnprocessableEntity, "Escriba el motivo del rechazo")
	if strings.Contains(p.body, code) {
		t.Error("the code is drawn back")
	}
	s.want(s.do(http.MethodPost, path, "choice", "not-mine", "reason", "x", "code", code), http.StatusUnprocessableEntity, "Elija aprobar o rechazar")
	s.want(s.do(http.MethodPost, path, "choice", "reject", "reason", `<b onclick="x">No</b>`, "code", wrong), http.StatusUnprocessableEntity, "Le quedan 4 intentos", "&lt;b onclick=")
	for range 3 {
		s.do(http.MethodPost, path, "choice", "approve", "code", wrong)
	}
	s.want(s.do(http.MethodPost, path, "choice", "approve", "code", wrong), http.StatusTooManyRequests, "Demasiados códigos equivocados", "Espere 15 minutos")
	s.Advance(10*time.Minute + time.Second)
	s.want(s.do(http.MethodGet, path), http.StatusTooManyRequests, "Espere 5 minutos")
	s.wantVersion(id, 1)
}

// «No me corresponde»: its own page, 303, and a page that says so; a link that
// was replaced before never claims it.
func TestTransfer(t *testing.T) {
	s := newSite(t)
	id := s.Open81()
	path, code := s.link(id, "approval#1", head, 1)
	s.want(s.do(http.MethodGet, path+"/transfers"), http.StatusOK, `name="reason"`, `name="code"`)
	s.want(s.do(http.MethodPost, path+"/transfers", "code", code), http.StatusUnprocessableEntity, "por qué no le corresponde")
	old, oldCode := s.link(id, "approval#1", head, 0)
	s.want(s.do(http.MethodPost, old+"/transfers", "reason", "No es mío.", "code", oldCode), http.StatusGone, "Este enlace venció o fue reemplazado")
	s.wantVersion(id, 1)
	done := s.do(http.MethodPost, path+"/transfers", "reason", "No es mío.", "code", code)
	s.want(done, http.StatusSeeOther)
	s.want(s.do(http.MethodGet, done.header.Get("Location")), http.StatusOK, "Registramos que no le corresponde decidir")
	s.wantVersion(id, 2)
}

// What became of a question, and its status.
func TestOutcomes(t *testing.T) {
	tests := []struct {
		name   string
		do     func(s *site, id desk.TicketID)
		status int
		words  string
	}{
		{"withdrawn", func(s *site, id desk.TicketID) { s.Do("usuaria-ut-piura-1", desk.ActWithdraw, id) }, http.StatusGone, "El caso fue retirado"},
		{"expired", func(s *site, _ desk.TicketID) { s.Advance(60 * 24 * time.Hour) }, http.StatusGone, "Este enlace venció o fue reemplazado"},
		{"decided in the portal", func(s *site, id desk.TicketID) { s.Do(head, desk.ActApprove, id) }, http.StatusOK, "Usted ya decidió"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newSite(t)
			id := s.Open81()
			path, code := s.link(id, "approval#1", head, 1)
			test.do(s, id)
			for _, p := range []page{s.do(http.MethodGet, path), s.do(http.MethodPost, path+"/transfers", "reason", "x", "code", code), s.do(http.MethodGet, path+"/transfers")} {
				s.want(p, test.status, test.words)
			}
		})
	}
	t.Run("own request: says who decides", func(t *testing.T) {
		s := newSite(t)
		id := s.Do(head, desk.ActOpen, "", "service", "apps-sigo", "flow", "8.1", "subject", "x", "description", "y", "impact", "slow").After.Ticket.ID
		path, _ := s.link(id, "approval#1", head, 1)
		asked := s.Load(id).Ticket.Asked[0].Person
		d, err := s.Store.Directory(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		s.want(s.do(http.MethodGet, path), http.StatusForbidden, "No puede decidir su propia solicitud", d.Name(asked))
	})
}

// F22: where the service takes signing in, an older mail's link and digits
// decide nothing, and the page leads to where the person can.
func TestServicesThatRequireSignInRefuse(t *testing.T) {
	s := newSite(t)
	id := s.Open81()
	path, code := s.link(id, "approval#1", head, 1)
	policy := flow.DefaultPolicy()
	policy.SignIn = []desk.ServiceID{"apps-sigo"}
	if err := s.Store.SetPolicy(t.Context(), policy, s.Time()); err != nil {
		t.Fatal(err)
	}
	decisions := `href="/tickets/` + string(s.Load(id).Ticket.Number) + `/decisions"`
	for _, p := range []page{s.do(http.MethodGet, path), s.do(http.MethodPost, path, "choice", "approve", "code", code), s.do(http.MethodPost, path, "choice", "reject", "reason", "x", "code", code),
		s.do(http.MethodGet, path+"/transfers"), s.do(http.MethodPost, path+"/transfers", "reason", "x", "code", code)} {
		s.want(p, http.StatusUnauthorized, "Inicie sesión para decidir", "con su cuenta institucional", decisions, "Iniciar sesión y decidir")
	}
	s.wantVersion(id, 1)
	s.Do(head, desk.ActApprove, id) // signed in
	s.wantVersion(id, 2)
}

// An answer by link: the question stands on the page, an empty one is refused,
// the answer is taken once.
func TestAnswering(t *testing.T) {
	s := newSite(t)
	id := s.Open85()
	s.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	s.Do("soporte-1", desk.ActAsk, id, "question", "¿Cuál es su <usuario>?")
	path, _ := s.link(id, "paused#3", "usuaria-administracion-1", 1)
	s.want(s.do(http.MethodGet, path), http.StatusOK, "¿Cuál es su &lt;usuario&gt;?", `name="message"`)
	s.want(s.do(http.MethodPost, path), http.StatusUnprocessableEntity, "Escriba su respuesta")
	done := s.do(http.MethodPost, path, "message", "Es prueba.", "sender", "jefa-uti")
	s.want(done, http.StatusSeeOther)
	s.want(s.do(http.MethodGet, done.header.Get("Location")), http.StatusOK, "Recibimos su respuesta")
	s.want(s.do(http.MethodGet, path), http.StatusOK, "Ya recibimos su respuesta")
	s.do(http.MethodPost, path, "message", "Otra vez.")
	s.wantVersion(id, 4)
}

// Missing data: only the missing fields are asked, and again those that still miss.
func TestMissingData(t *testing.T) {
	s := newSite(t)
	who := desk.PersonID("usuaria-administracion-1")
	id := s.Do(who, desk.ActOpen, "", "service", "hardware-printers", "flow", "8.6", "subject", "No imprime", "description", "Se atasca.", "office", "201").After.Ticket.ID
	path, _ := s.link(id, "data#1", who, 1)
	p := s.do(http.MethodGet, path)
	s.want(p, http.StatusOK, `name="asset"`, `name="no_asset"`, `name="goods"`)
	if strings.Contains(p.body, `name="office"`) {
		t.Error("a field that was given is asked")
	}
	p = s.do(http.MethodPost, path, "no_asset", "yes")
	s.want(p, http.StatusOK, `name="goods"`)
	if strings.Contains(p.body, `name="no_asset"`) {
		t.Error("a field just given is asked again")
	}
	s.want(s.do(http.MethodPost, path, "goods", "printer", "equipment", "Impresora"), http.StatusSeeOther)
	s.wantVersion(id, 3)
}

// Anexo 02 by link: its tables are drawn as rows of fields, a row is added without
// a script, nothing typed is lost, and where no more fits none is offered.
func TestMissingAnexo02GrowsRowByRow(t *testing.T) {
	s := newSite(t)
	who := desk.PersonID("usuaria-administracion-1")
	act := s.Act("informatica-mesa-1", desk.ActContact, "", "subject", "Videoconferencia", "description", "Mañana", "phone", "987 654 321", "caller", string(who))
	act.Channel, act.Requester = desk.ChannelPhone, who
	result, err := s.Road.Perform(t.Context(), act)
	if err != nil {
		t.Fatal(err)
	}
	id := result.After.Ticket.ID
	s.Do("informatica-mesa-1", desk.ActClassify, id, "service", "meetings", "priority", "3")
	var wait desk.WaitID
	for _, w := range s.Load(id).Waits {
		if w.ID.Kind() == desk.WaitData {
			wait = w.ID
		}
	}
	path, _ := s.link(id, wait, who, 1)
	rows := func(p page) (n int) {
		for strings.Contains(p.body, fmt.Sprintf(`name="schedule.%d.date"`, n+1)) {
			n++
		}
		return n
	}
	p := s.do(http.MethodGet, path)
	s.want(p, http.StatusOK, `name="schedule.1.date"`, `name="participants.5.who"`, `name="add" value="schedule"`)
	if got := rows(p); got != 3 {
		t.Errorf("%d dates to begin with, want 3", got)
	}
	typed := []string{"place", "other", "schedule.1.date", "16/9/2026", "schedule.1.from", "9:00", "schedule.2.remarks", "Por confirmar", "participants.1.who", "Almacén"}
	for n := 4; n <= desk.MaxMeetings; n++ {
		p = s.do(http.MethodPost, path, append(typed, "add", "schedule")...)
		s.want(p, http.StatusOK, `value="16/09/2026"`, `value="09:00"`, "Por confirmar", "Almacén")
		if got := rows(p); got != n {
			t.Fatalf("%d dates, want %d", got, n)
		}
		if strings.Contains(p.body, `name="add" value="schedule"`) != (n < desk.MaxMeetings) || !strings.Contains(p.body, `name="add" value="participants"`) {
			t.Errorf("with %d dates the buttons are wrong", n)
		}
		typed = append(typed, fmt.Sprintf("schedule.%d.date", n), "")
	}
	if got := rows(s.do(http.MethodPost, path, append(typed, "add", "schedule")...)); got != desk.MaxMeetings {
		t.Errorf("one more than fits makes %d dates", got)
	}
	s.wantVersion(id, 2)
}

// An internal failure says nothing of itself.
func TestInternalFailure(t *testing.T) {
	s := newSite(t)
	s.serve(failing{})
	for _, path := range []string{"/approvals/x", "/approvals/x/transfers", "/answers/x", "/credentials/x", "/verifications/x"} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			if p := s.do(method, path); p.status != http.StatusInternalServerError || strings.Contains(p.body, "secret table") {
				t.Errorf("%s %s: status %d:\n%.300s", method, path, p.status, p.body)
			}
		}
	}
}

type failing struct{}

func (failing) Verify(context.Context, string, approve.Verdict) (approve.Question, error) {
	return approve.Question{}, errInside
}

var errInside = errors.New("secret table throttled")

func (failing) Ask(context.Context, string, access.Audience) (approve.Question, error) {
	return approve.Question{}, errInside
}
func (failing) Decide(context.Context, string, approve.Vote) (approve.Question, error) {
	return approve.Question{}, errInside
}
func (failing) Answer(context.Context, string, desk.Fields) (approve.Question, error) {
	return approve.Question{}, errInside
}
func (failing) Show(context.Context, string, string) (approve.Question, string, error) {
	return approve.Question{}, "", errInside
}
