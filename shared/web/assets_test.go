package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func get(t *testing.T, h http.Handler, method, path, encoding string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestAssetsAreServedUnderTheNamesThatPagesUse(t *testing.T) {
	pages := MustNew(t)
	page, root := render(t, pages, nobody(), Glossary{})
	for link := range elements(root, "link") {
		path := value(link, "href")
		w := get(t, pages.Assets(), "GET", path, "")
		if w.Code != 200 || w.Body.Len() == 0 || w.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d, %d bytes, %v", path, w.Code, w.Body.Len(), w.Header())
		}
	}
	if strings.Contains(page.Body.String(), "*") && strings.Contains(page.Body.String(), "desk-*.css") {
		t.Error("the name of the sheet has no digest")
	}
}

func TestAssetsCompressWhenTheBrowserCan(t *testing.T) {
	pages := MustNew(t)
	plain := get(t, pages.Assets(), "GET", pages.assets.sheet.path, "br")
	small := get(t, pages.Assets(), "GET", pages.assets.sheet.path, "gzip, br")
	if small.Header().Get("Content-Encoding") != "gzip" || small.Body.Len() >= plain.Body.Len() {
		t.Fatalf("encoding %q, %d bytes of %d", small.Header().Get("Content-Encoding"), small.Body.Len(), plain.Body.Len())
	}
	z, err := gzip.NewReader(small.Body)
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := io.ReadAll(z)
	if err != nil || !bytes.Equal(unpacked, plain.Body.Bytes()) {
		t.Errorf("unpacked %d bytes, %v", len(unpacked), err)
	}
}

func TestAssetsAnswerHeadAndUnknownNames(t *testing.T) {
	pages := MustNew(t)
	if w := get(t, pages.Assets(), "HEAD", pages.assets.icon.path, ""); w.Code != 200 || w.Body.Len() != 0 {
		t.Errorf("HEAD: %d, %d bytes", w.Code, w.Body.Len())
	}
	for _, path := range []string{"/assets/", "/assets/desk.css", "/assets/../pages.go"} {
		if w := get(t, pages.Assets(), "GET", path, ""); w.Code != 404 {
			t.Errorf("%s: %d, want 404", path, w.Code)
		}
	}
}

func TestMinifyKeepsTheRules(t *testing.T) {
	got := string(minify([]byte("/* a */\na,\nb { color: red;  margin: 0 1px; }\n\n@media print { c::before { content: \". \"; } }\n")))
	if want := `a,b{color: red;margin: 0 1px}@media print{c::before{content: ". "}}`; got != want {
		t.Errorf("minify = %s, want %s", got, want)
	}
}

func TestThemeIsRememberedAndNothingElse(t *testing.T) {
	post := func(body string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("POST", ThemePath, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		Theme().ServeHTTP(w, r)
		return w
	}
	for name, c := range map[string]struct{ body, cookie, location string }{
		"dark":             {"theme=dark&back=/queue", "theme=dark; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax", "/queue"},
		"device":           {"theme=&back=/", "theme=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", "/"},
		"unknown theme":    {"theme=pink", "theme=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", "/"},
		"another host":     {"theme=light&back=//evil.example", "theme=light; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax", "/"},
		"whole address":    {"theme=light&back=https://evil.example", "theme=light; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax", "/"},
		"backslashed host": {`theme=light&back=/\evil.example`, "theme=light; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax", "/"},
	} {
		t.Run(name, func(t *testing.T) {
			w := post(c.body)
			if got := w.Header().Get("Set-Cookie"); got != c.cookie {
				t.Errorf("cookie %q, want %q", got, c.cookie)
			}
			if got := w.Header().Get("Location"); w.Code != 303 || got != c.location {
				t.Errorf("%d to %q, want 303 to %q", w.Code, got, c.location)
			}
		})
	}
	if w := get(t, Theme(), "GET", ThemePath+"?theme=dark", ""); w.Code != 303 || w.Header().Get("Set-Cookie") != "" {
		t.Errorf("GET: %d, cookie %q", w.Code, w.Header().Get("Set-Cookie"))
	}
}

func TestThemeOf(t *testing.T) {
	for cookie, want := range map[string]string{"theme=dark": "dark", "theme=light": "light", "theme=x": "", "": ""} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Cookie", cookie)
		if got := ThemeOf(r); got != want {
			t.Errorf("ThemeOf(%q) = %q, want %q", cookie, got, want)
		}
	}
}
