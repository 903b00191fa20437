package portal_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/password"
	"mesa/shared/web"
)

// 8.4 on the pages: the form asks the SGD's number, the case names what is missing.
func TestAccessFormAsksForItsDocument(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "usuaria-administracion-1")
	const path = "/ticket-forms/access-siga"
	form := fill(b.get(path).want(t, http.StatusOK, "8.4.1", "N.º de documento SGD").form(t, path+"/review"), "subject", "Acceso", "description", "Para logística.")
	again := b.post(path+"/review", form).want(t, http.StatusUnprocessableEntity, "Escriba el número del documento SGD con que pidió el acceso.")
	review := b.post(path+"/review", fill(again.form(t, path+"/review"), "sgd_document", "Memorando 123")).want(t, http.StatusOK, "Memorando 123")
	b.post(path, review.form(t, path)).want(t, http.StatusSeeOther)
	number := s.number(t, s.Tickets()[0])
	b.get("/tickets/"+string(number)).want(t, http.StatusOK, "Faltan el formato de acceso y el anexo de compromiso: adjúntelos para continuar.", "Memorando 123")
	s.as(t, "especialista-mesa").get("/tickets/"+string(number)+"/acts/derive").want(t, http.StatusConflict, "Faltan el formato de acceso y el anexo de compromiso")
}

// delivery is a case whose credentials are owed, in the browser of who owes them.
func delivery(t *testing.T) (*site, *browser, desk.Number, string) {
	t.Helper()
	s := newSite(t)
	number := s.number(t, s.Created84())
	return s, s.as(t, "soporte-1"), number, "/tickets/" + string(number) + "/acts/" + string(desk.ActDeliverCredential)
}

func credentials(form url.Values, pairs ...string) url.Values {
	return fill(form, append([]string{"system", "SIGA", "account", "u.ejemplo", "medium", "mail", "password", desktest.Password}, pairs...)...)
}

// The form suggests a password that keeps the rule; the case shows account and
// date, and never what was typed.
func TestDeliveringOnThePortal(t *testing.T) {
	s, b, number, path := delivery(t)
	page := b.get(path).want(t, http.StatusOK, "mínimo 8 caracteres, con mayúsculas, minúsculas y símbolos", "Puede usar esta:")
	if !strings.Contains(page.body, `name="password" type="text" value="" autocomplete="off" autocapitalize="none" spellcheck="false"`) {
		t.Error("the browser may learn the password")
	}
	suggested := regexp.MustCompile(`Puede usar esta: (\S+)`).FindStringSubmatch(page.text())
	if suggested == nil || password.Check(suggested[1]) != "" {
		t.Errorf("suggested %v", suggested)
	}
	if again := b.get(path); strings.Contains(again.text(), suggested[1]) {
		t.Error("the same password is suggested twice")
	}
	shown := b.follow(b.post(path, credentials(page.form(t, path))))
	shown.want(t, http.StatusOK, "Credenciales entregadas por enlace de una sola vez: SIGA, cuenta u.ejemplo", "Contraseña sin ver", "puede verse hasta el 20/09/2026 09:00")
	shown.lacks(t, desktest.Password)
	replace := b.get(path).want(t, http.StatusOK, "La del 15/09/2026 09:00, sin ver")
	b.follow(b.post(path, credentials(replace.form(t, path), "replaces", "7"))).want(t, http.StatusOK, "El enlace anterior dejó de servir")
	s.Advance(6 * 24 * time.Hour)
	s.as(t, "soporte-1").get("/tickets/"+string(number)).want(t, http.StatusOK, "venció sin verse el 20/09/2026 09:00")
	dump, err := s.Store.Dump()
	if err != nil || strings.Contains(dump, desktest.Password) {
		t.Errorf("the store holds the password, %v", err)
	}
}

// Whatever goes wrong, a password that was typed is typed again: no page, no
// conflict and no kept form has it.
func TestTypedPasswordIsNeverDrawnBack(t *testing.T) {
	t.Run("beside an error", func(t *testing.T) {
		_, b, _, path := delivery(t)
		form := b.get(path).form(t, path)
		for _, wrong := range [][]string{{"system", ""}, {"password", "sin-mayuscula"}, {"account", desktest.Password}} {
			again := b.post(path, credentials(form, wrong...)).want(t, http.StatusUnprocessableEntity, "Hay un problema")
			if wrong[0] != "account" {
				again.lacks(t, desktest.Password, "sin-mayuscula", "Puede usar esta")
			}
		}
		b.post(path, credentials(form, "system", "")).want(t, http.StatusUnprocessableEntity, "Vuelva a escribir la contraseña")
	})
	t.Run("on the page of a conflict", func(t *testing.T) {
		s, b, _, path := delivery(t)
		form := b.get(path).form(t, path)
		s.Do("especialista-mesa", desk.ActSetPriority, s.Tickets()[0], "priority", "2")
		conflict := b.post(path, credentials(form)).want(t, http.StatusConflict, "u.ejemplo")
		conflict.lacks(t, desktest.Password)
		again := b.post(path, fill(conflict.form(t, path), web.ChoiceField, web.ConflictApply)).want(t, http.StatusUnprocessableEntity, "Escriba la contraseña temporal.")
		b.follow(b.post(path, credentials(again.form(t, path)))).want(t, http.StatusOK, "cuenta u.ejemplo")
	})
	t.Run("after a session that ended", func(t *testing.T) {
		s, b, _, path := delivery(t)
		form := b.get(path).form(t, path)
		s.skew = 24 * time.Hour
		b.post(path, credentials(form)).want(t, http.StatusUnauthorized, "Su sesión terminó")
		back := b.follow(b.signIn("soporte-1@qw.gob.pe")).want(t, http.StatusOK)
		if got := back.form(t, path); got.Get("account") != "u.ejemplo" || got.Get("password") != "" {
			t.Errorf("came back as %v", got)
		}
		back.lacks(t, desktest.Password)
	})
}

// The acts of the link are no pages.
func TestShowingIsNoPageOfThePortal(t *testing.T) {
	s, _, number, _ := delivery(t)
	s.as(t, "usuaria-administracion-1").get("/tickets/"+string(number)+"/acts/show-credential").want(t, http.StatusNotFound)
}
