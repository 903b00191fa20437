package portal_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"mesa/shared/web"
)

func TestSignIn(t *testing.T) {
	t.Run("a page sends to the sign-in and back", func(t *testing.T) {
		b := newSite(t).browser(t)
		first := b.get("/tickets?cursor=")
		if first.status != http.StatusSeeOther || first.location != "/sessions/new?back=%2Ftickets%3Fcursor%3D" {
			t.Fatalf("got %d to %q", first.status, first.location)
		}
		b.get(first.location).want(t, http.StatusOK, "Iniciar sesión", "Entrar con mi cuenta institucional")
		b.get("/sessions/start?back=%2Ftickets")
	})
	t.Run("a verified address of the directory enters", func(t *testing.T) {
		b := newSite(t).as(t, "usuaria-administracion-1")
		b.get("/").want(t, http.StatusOK, "¿Con qué necesita ayuda?", "Usuaria/o 1 de Administración")
	})
	t.Run("an address that is not verified does not", func(t *testing.T) {
		s := newSite(t)
		s.issuer.unverified = true
		s.browser(t).signIn("jefa-uti@qw.gob.pe").want(t, http.StatusForbidden, "Su cuenta no está en el directorio")
	})
	t.Run("an account bound before enters by its subject, whatever its address says now", func(t *testing.T) {
		s := newSite(t)
		if err := s.Store.BindSubject(t.Context(), "https://id.example", "sub-otra@fuera.example", "soporte-1"); err != nil {
			t.Fatal(err)
		}
		b := s.browser(t)
		b.follow(b.signIn("otra@fuera.example")).want(t, http.StatusOK, "Profesional de soporte 1")
	})
	t.Run("somebody outside the directory is told whom to write to", func(t *testing.T) {
		b := newSite(t).browser(t)
		b.signIn("nadie@fuera.example").want(t, http.StatusForbidden, "soporte.usuario@qw.gob.pe")
		if b.get("/").status != http.StatusSeeOther {
			t.Error("a stranger has a session")
		}
	})
	t.Run("an answer that this browser did not ask for begins again", func(t *testing.T) {
		s := newSite(t)
		b := s.browser(t)
		b.get("/sessions/start")
		got := b.get("/sessions/callback?state=another&code=jefa-uti%40qw.gob.pe")
		if got.location != "/sessions/new" {
			t.Errorf("leads to %q", got.location)
		}
	})
	t.Run("a refusal of the issuer begins again", func(t *testing.T) {
		s := newSite(t)
		s.issuer.refuse = true
		if got := s.browser(t).signIn("jefa-uti@qw.gob.pe"); got.location != "/sessions/new" {
			t.Errorf("leads to %q", got.location)
		}
	})
	t.Run("no redirect leaves the site", func(t *testing.T) {
		s := newSite(t)
		b := s.browser(t)
		for _, back := range []string{"//evil.example", "https://evil.example", "/\\evil.example", "/sessions/end"} {
			away := b.get("/sessions/start?back=" + url.QueryEscape(back))
			_, state, _ := strings.Cut(away.location, "state=")
			state, _, _ = strings.Cut(state, "&")
			if got := b.get("/sessions/callback?code=jefa-uti%40qw.gob.pe&state=" + state); got.location != "/" {
				t.Errorf("%s leads to %q", back, got.location)
			}
		}
	})
}

func TestSessionEnds(t *testing.T) {
	t.Run("by signing out", func(t *testing.T) {
		s := newSite(t)
		b := s.as(t, "soporte-1")
		form := b.get("/").form(t, web.SignOutPath)
		if got := b.post(web.SignOutPath, form); got.location != "/sessions/new?fresh=1" {
			t.Fatalf("leads to %q", got.location)
		}
		if b.get("/").status != http.StatusSeeOther {
			t.Error("still signed in")
		}
	})
	t.Run("after ten hours of the wall clock, whatever the business clock says", func(t *testing.T) {
		s := newSite(t)
		b := s.as(t, "soporte-1")
		s.skew = -9 * time.Hour
		s.Advance(18 * time.Hour)
		b.get("/").want(t, http.StatusOK)
		s.skew += 2 * time.Hour
		if b.get("/").status != http.StatusSeeOther {
			t.Error("still signed in")
		}
	})
	t.Run("everywhere, at the next request", func(t *testing.T) {
		s := newSite(t)
		b := s.as(t, "soporte-1")
		if _, err := s.Store.EndSessions(t.Context(), "soporte-1"); err != nil {
			t.Fatal(err)
		}
		if b.get("/").status != http.StatusSeeOther {
			t.Error("still signed in")
		}
	})
	t.Run("and another person's go on", func(t *testing.T) {
		s := newSite(t)
		b := s.as(t, "soporte-2")
		if _, err := s.Store.EndSessions(t.Context(), "soporte-1"); err != nil {
			t.Fatal(err)
		}
		b.get("/").want(t, http.StatusOK)
	})
}

func TestFormsOfOthersAreRefused(t *testing.T) {
	s := newSite(t)
	number := s.number(t, s.Open85())
	b := s.as(t, "usuaria-administracion-1")
	path := "/tickets/" + string(number) + "/acts/comment"
	form := fill(b.get(path).form(t, path), "message", "Hola")
	tests := []struct {
		name   string
		header http.Header
		token  string
		want   int
	}{
		{"another site's form", http.Header{"Sec-Fetch-Site": {"cross-site"}}, form.Get(web.TokenField), http.StatusForbidden},
		{"another origin", http.Header{"Origin": {"https://evil.example"}}, form.Get(web.TokenField), http.StatusForbidden},
		{"no token", nil, "", http.StatusForbidden},
		{"a wrong token", nil, strings.Repeat("0", 32), http.StatusForbidden},
		{"the desk's own origin", http.Header{"Origin": {origin}}, form.Get(web.TokenField), http.StatusSeeOther},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			form.Set(web.TokenField, test.token)
			b.send(http.MethodPost, path, form, test.header).want(t, test.want)
		})
	}
}

func TestTypedTextSurvivesASession(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "usuaria-administracion-1")
	path := "/ticket-forms/hardware-printers"
	form := fill(b.get(path).form(t, path+"/review"), "subject", "No imprime", "description", strings.Repeat("Sale una hoja en blanco. ", 60))
	b.site.Advance(11 * time.Hour)
	b.post(path+"/review", form).want(t, http.StatusUnauthorized, "Su sesión terminó", "Su texto está a salvo")
	again := b.signIn("usuaria-administracion-1@qw.gob.pe")
	if again.location != path {
		t.Fatalf("leads to %q", again.location)
	}
	filled := b.follow(again).want(t, http.StatusOK).form(t, path+"/review")
	if filled.Get("subject") != "No imprime" || len(filled.Get("description")) < 1000 {
		t.Errorf("came back as %v", filled)
	}
	if once := b.get(path).form(t, path+"/review"); once.Get("subject") != "" {
		t.Error("the kept text came back twice")
	}

	t.Run("a text that does not fit is left in the browser, and the page says so", func(t *testing.T) {
		form.Set("description", strings.Join(strings.Split(longText(9000), ""), " "))
		b.site.Advance(11 * time.Hour)
		b.post(path+"/review", form).want(t, http.StatusRequestEntityTooLarge, "demasiado largo para guardarlo")
	})
}

// longText does not compress.
func longText(n int) string {
	var out strings.Builder
	x := uint32(1)
	for range n {
		x = x*1664525 + 1013904223
		out.WriteByte('a' + byte(x>>24)%26)
	}
	return out.String()
}
