package session_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/session"
)

const (
	keysV1 = `{"id":"k1","secret":"11111111111111111111111111111111"}`
	keysV2 = `{"id":"k2","secret":"22222222222222222222222222222222","old":[{"id":"k1","secret":"11111111111111111111111111111111","until":"2026-09-15T20:00:00Z"}]}`
)

// bench is a set of cookies whose keys, clock and epochs a test moves.
type bench struct {
	*session.Cookies
	keys  string
	now   time.Time
	epoch int
}

func newBench() *bench {
	b := &bench{keys: keysV1, now: time.Date(2026, 9, 15, 14, 0, 0, 0, time.UTC)}
	b.Cookies = &session.Cookies{Wall: func() time.Time { return b.now }, Epochs: b,
		Keys: func(context.Context) (session.Keys, error) { return session.ParseKeys([]byte(b.keys)) }}
	return b
}

func (b *bench) SessionEpoch(context.Context, desk.PersonID) (int, error) { return b.epoch, nil }

// carry makes the next request of a browser that got an answer.
func carry(w *httptest.ResponseRecorder, target string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for _, c := range w.Result().Cookies() { //nolint:bodyclose // a recorder's body
		if c.MaxAge >= 0 {
			r.AddCookie(c)
		}
	}
	return r
}

func (b *bench) begin(t *testing.T) *http.Request {
	t.Helper()
	w := httptest.NewRecorder()
	if err := b.Begin(t.Context(), w, "soporte-1"); err != nil {
		t.Fatal(err)
	}
	return carry(w, "/")
}

func TestSessionHoldsWhile(t *testing.T) {
	tests := []struct {
		name string
		move func(b *bench)
		want error
	}{
		{"nothing changed", func(*bench) {}, nil},
		{"its ten hours are not over", func(b *bench) { b.now = b.now.Add(session.Life - time.Second) }, nil},
		{"its ten hours are over", func(b *bench) { b.now = b.now.Add(session.Life) }, session.ErrNone},
		{"the person signed out everywhere", func(b *bench) { b.epoch++ }, session.ErrNone},
		{"the key was replaced and still opens", func(b *bench) { b.keys = keysV2 }, nil},
		{"the replaced key's overlap is over", func(b *bench) { b.keys, b.now = keysV2, b.now.Add(6*time.Hour) }, session.ErrNone},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench()
			r := b.begin(t)
			test.move(b)
			s, err := b.Read(r)
			if !errors.Is(err, test.want) {
				t.Fatalf("error %v, want %v", err, test.want)
			}
			if err == nil && s.Person != "soporte-1" {
				t.Errorf("person %q", s.Person)
			}
		})
	}
}

func TestForgedCookiesAreNoSession(t *testing.T) {
	b := newBench()
	good, err := b.begin(t).Cookie("__Host-desk")
	if err != nil {
		t.Fatal(err)
	}
	kept := httptest.NewRecorder()
	b.Keep(kept, httptest.NewRequest(http.MethodPost, "/", nil), "/", url.Values{"p": {"soporte-1"}})
	other := kept.Result().Cookies()[0].Value //nolint:bodyclose // a recorder's body
	for name, value := range map[string]string{"empty": "", "cut": good.Value[:len(good.Value)-4], "changed": "A" + good.Value[1:], "another cookie's": other, "words": "soporte-1"} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.AddCookie(&http.Cookie{Name: "__Host-desk", Value: value})
			if _, err := b.Read(r); !errors.Is(err, session.ErrNone) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestCookieAttributes(t *testing.T) {
	b := newBench()
	w := httptest.NewRecorder()
	if err := b.Begin(t.Context(), w, "soporte-1"); err != nil {
		t.Fatal(err)
	}
	line := w.Header().Get("Set-Cookie")
	for _, want := range []string{"__Host-desk=", "Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=36000"} {
		if !strings.Contains(line, want) {
			t.Errorf("%q lacks %q", line, want)
		}
	}
	if strings.Contains(line, "soporte") || strings.Contains(line, "Domain") {
		t.Errorf("%q tells too much", line)
	}
	b.Plain = true
	w = httptest.NewRecorder()
	b.End(w)
	if line := w.Header().Get("Set-Cookie"); !strings.HasPrefix(line, "desk=;") || strings.Contains(line, "Secure") {
		t.Errorf("without TLS: %q", line)
	}
}

func TestTokenIsOfOneSession(t *testing.T) {
	b := newBench()
	one, err := b.Read(b.begin(t))
	if err != nil {
		t.Fatal(err)
	}
	two, err := b.Read(b.begin(t))
	if err != nil {
		t.Fatal(err)
	}
	if !one.Trusts(one.Token) || one.Trusts(two.Token) || one.Trusts("") || (session.Session{}).Trusts("") {
		t.Error("a token is trusted by another session, or none is trusted")
	}
}

func TestKeptForm(t *testing.T) {
	form := url.Values{"subject": {"No imprime"}, "description": {strings.Repeat("Sale una hoja en blanco. ", 100)}}
	keep := func(t *testing.T, b *bench, form url.Values) (*httptest.ResponseRecorder, bool) {
		t.Helper()
		w := httptest.NewRecorder()
		ok := b.Keep(w, httptest.NewRequest(http.MethodPost, "/sent", nil), "/form", form)
		return w, ok
	}
	t.Run("comes back once, on its page", func(t *testing.T) {
		b := newBench()
		w, ok := keep(t, b, form)
		if !ok {
			t.Fatal("not kept")
		}
		if got := b.TakeKept(httptest.NewRecorder(), carry(w, "/other")); got != nil {
			t.Errorf("another page got %v", got)
		}
		answer := httptest.NewRecorder()
		if diff := cmp.Diff(form, b.TakeKept(answer, carry(w, "/form?x=1"))); diff != "" {
			t.Error(diff)
		}
		if !strings.Contains(answer.Header().Get("Set-Cookie"), "Max-Age=0") {
			t.Error("the cookie stays")
		}
		if got := b.Kept(carry(w, "/")); got != "/form" {
			t.Errorf("kept for %q", got)
		}
	})
	t.Run("is gone after an hour", func(t *testing.T) {
		b := newBench()
		w, _ := keep(t, b, form)
		b.now = b.now.Add(time.Hour)
		if got := b.Kept(carry(w, "/")); got != "" {
			t.Errorf("kept for %q", got)
		}
	})
	t.Run("is refused when it does not fit in a cookie", func(t *testing.T) {
		var noise strings.Builder
		for range 300 {
			noise.WriteString(session.Random())
		}
		w, ok := keep(t, newBench(), url.Values{"description": {noise.String()}})
		if ok || w.Header().Get("Set-Cookie") != "" {
			t.Error("kept, or a cookie was set")
		}
	})
}

func TestParseKeysRefuses(t *testing.T) {
	tests := map[string]string{
		"what is no JSON":           `secret-that-must-not-show`,
		"a short secret":            `{"id":"k1","secret":"short-secret"}`,
		"an old key without an end": `{"id":"k2","secret":"22222222222222222222222222222222","old":[{"id":"k1","secret":"11111111111111111111111111111111"}]}`,
		"a short old secret":        `{"id":"k2","secret":"22222222222222222222222222222222","old":[{"id":"k1","secret":"short-secret","until":"2026-09-15T20:00:00Z"}]}`,
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := session.ParseKeys([]byte(text))
			if err == nil {
				t.Fatal("accepted")
			}
			if strings.Contains(err.Error(), "short-secret") || strings.Contains(err.Error(), "must-not-show") {
				t.Errorf("the error quotes the secret: %v", err)
			}
		})
	}
}
