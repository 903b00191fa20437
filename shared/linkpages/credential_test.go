package linkpages_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/flow"
	"mesa/shared/notify"
	"mesa/shared/work"
)

const asker = desk.PersonID("usuaria-administracion-1")

// delivered is a password on its way, with path and digits of its mail.
func (s *site) delivered() (id desk.TicketID, path, code string) {
	s.t.Helper()
	id = s.Created84()
	act := s.Act("soporte-1", desk.ActDeliverCredential, id, "system", "SIGA <b>", "account", "u.ejemplo", "medium", "mail", "password", desktest.Password)
	if err := work.SealSecret(s.t.Context(), desktest.Seal{}, &act); err != nil {
		s.t.Fatal(err)
	}
	result, err := s.Road.Perform(s.t.Context(), act)
	if err != nil {
		s.t.Fatal(err)
	}
	path, code = s.link(id, desk.NewWaitID(desk.WaitCredential, result.After.Ticket.Version), asker, 1)
	return id, path, code
}

// notIn fails if a text holds the password, however written.
func (s *site) notIn(where, text string) {
	s.t.Helper()
	for _, form := range []string{desktest.Password, base64.StdEncoding.EncodeToString([]byte(desktest.Password)), hex.EncodeToString([]byte(desktest.Password)), url.QueryEscape(desktest.Password)} {
		if strings.Contains(text, form) {
			s.t.Errorf("%s holds the password as %q", where, form)
		}
	}
}

// R101: seen once, with what to do next; then when it was seen.
func TestCredentialPage(t *testing.T) {
	s := newSite(t)
	_, path, code := s.delivered()
	offer := s.do(http.MethodGet, path)
	s.want(offer, http.StatusOK, "SIGA &lt;b&gt;", "u.ejemplo", "Mostrar una sola vez", `name="code"`, "20/09/2026 09:00", "no muestra nada todavía")
	s.notIn("the offer", offer.body)
	s.want(s.do(http.MethodPost, path), http.StatusUnprocessableEntity, "Escriba los seis dígitos")
	s.want(s.do(http.MethodPost, path, "code", wrongCode(code)), http.StatusUnprocessableEntity, "Le quedan 4 intentos")

	shown := s.do(http.MethodPost, path, "code", code)
	s.want(shown, http.StatusOK, desktest.Password, "u.ejemplo", "Cámbiela al entrar", "mínimo 8 caracteres, con mayúsculas, minúsculas y símbolos")
	if got := shown.header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("the page may be kept: Cache-Control %q", got)
	}
	s.Advance(time.Hour)
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		again := s.do(method, path, "code", code)
		s.want(again, http.StatusGone, "Se mostró el 15/09/2026 09:00. Si no fue usted, llame ahora.", "130")
		s.notIn("the page afterwards", again.body)
	}
}

func wrongCode(code string) string {
	if code == "000000" {
		return "000001"
	}
	return "000000"
}

func TestCredentialLinksThatAreOver(t *testing.T) {
	s := newSite(t)
	_, path, code := s.delivered()
	s.Advance(flow.DefaultPolicy().CredentialLife)
	s.want(s.do(http.MethodPost, path, "code", code), http.StatusGone, "Este enlace venció o fue reemplazado", "pida una contraseña nueva")
	for i := range len(path) - len("/credentials/") {
		at := len("/credentials/") + i
		cut := path[:at] + string(path[at]^1) + path[at+1:]
		if strings.ContainsAny(cut[len("/credentials/"):], "/?#%") {
			continue // another address altogether
		}
		if p := s.do(http.MethodGet, cut); p.status != http.StatusNotFound || !strings.Contains(p.body, "Este enlace no es válido") {
			t.Fatalf("scrambled at %d: status %d", at, p.status)
		}
	}
}

// F18: HEAD, GET, other methods, the form submitted as it stands, every button
// pressed: nothing is shown, and the person's own try works afterwards.
func TestScannersSeeNoPassword(t *testing.T) {
	s := newSite(t)
	id, path, code := s.delivered()
	version := s.Load(id).Ticket.Version
	for _, method := range []string{http.MethodHead, http.MethodGet, http.MethodOptions, http.MethodPut, http.MethodDelete} {
		for _, address := range []string{path, path + "?code=" + code, path + "/"} {
			s.notIn(method+" "+address, s.do(method, address).body)
		}
	}
	for _, form := range [][]string{{}, {"csrf", ""}, {"csrf", "", "code", ""}, {"code", "      "}, {"code", "12345"}, {"code", "Mostrar una sola vez"}} {
		for range 3 {
			s.notIn("form unchanged", s.do(http.MethodPost, path, form...).body)
		}
	}
	if p := s.do(http.MethodPost, path+"?code="+code); strings.Contains(p.body, desktest.Password) {
		t.Error("digits in the address are taken")
	}
	s.wantVersion(id, version)
	s.want(s.do(http.MethodPost, path, "code", code), http.StatusOK, desktest.Password)
	s.wantVersion(id, version+1)
}

// R103: after the whole flow the password is nowhere but on the page that showed
// it: store, outbox, mails as sent and as kept, register, log.
func TestPasswordIsNowhere(t *testing.T) {
	var logged bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() { slog.SetDefault(before) })
	s := newSite(t)
	id, path, code := s.delivered()
	look := func(when string) {
		t.Helper()
		dump, err := s.Store.Dump()
		if err != nil || !strings.Contains(dump, "u.ejemplo") { // it does look where things are
			t.Fatalf("dump of %d bytes, %v", len(dump), err)
		}
		s.notIn("the store "+when, dump)
		for _, e := range s.Effects(id) {
			if e.Mail == nil {
				continue
			}
			subject, text, err := notify.StoredCopy(*e.Mail, desk.PNAEQW())
			if err != nil {
				t.Fatal(err)
			}
			s.notIn("mail «"+subject+"»", text)
		}
	}
	look("while it waits")
	s.do(http.MethodPost, path, "code", wrongCode(code))
	s.want(s.do(http.MethodPost, path, "code", code), http.StatusOK, desktest.Password)
	s.do(http.MethodPost, path, "code", code)
	s.Do("soporte-1", desk.ActArchiveProveido, id)
	s.Do("soporte-1", desk.ActClose, id, "solution", "Acceso creado.", "medium", "mail")
	look("once it was shown")
	if _, err := s.Store.Credential(t.Context(), id, 7); desk.CodeOf(err) != desk.NotFound {
		t.Errorf("something of it is kept: %v", err)
	}
	rows, err := s.Store.Register(t.Context(), "SC", "202609")
	if err != nil || len(rows) != 1 || rows[0].Solution != "Acceso creado." || rows[0].Typology != "Acceso" {
		t.Errorf("register %+v, %v", rows, err)
	}
	s.notIn("the log", logged.String())
}
