package web

import (
	"flag"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// preview writes every sample as a file that a browser opens from disk:
//
//	go test ./shared/web -run TestPreview -preview DIR
var preview = flag.String("preview", "", "folder to write the sample pages to")

func TestPreview(t *testing.T) {
	if *preview == "" {
		return
	}
	pages := MustNew(t)
	write := func(name string, body []byte) {
		path := filepath.Join(*preview, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, a := range []asset{pages.assets.sheet, pages.assets.icon} {
		write(a.path, a.body())
	}
	for _, theme := range []string{"light", "dark"} {
		for _, s := range samples() {
			s.frame.Theme = theme
			w := httptest.NewRecorder()
			if err := pages.Render(w, s.frame, s.page); err != nil {
				t.Fatalf("%s: %v", s.name, err)
			}
			body := strings.ReplaceAll(w.Body.String(), AssetsPath, "../assets/")
			write(filepath.Join(theme, s.name+".html"), []byte(body))
		}
	}
}

// MustNew parses the templates or ends the test.
func MustNew(t testing.TB) *Pages {
	t.Helper()
	pages, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return pages
}
