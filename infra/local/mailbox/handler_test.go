package mailbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// spool writes messages as the emulator's wrapper does, oldest first.
func spool(t *testing.T, messages ...Message) string {
	t.Helper()
	dir := t.TempDir()
	for i, m := range messages {
		add(t, dir, i, m)
	}
	return dir
}

func add(t *testing.T, dir string, order int, m Message) {
	t.Helper()
	content, err := json.Marshal(map[string]any{
		"messageId": m.ID, "acceptedAt": float64(m.AcceptedAt.Unix()), "request": m.Request,
	})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, fmt.Sprintf("%014d-%s.json", order, m.ID))
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, dir, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	NewHandler(dir).ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func twoMessages() []Message {
	first, second := simpleMessage(), simpleMessage()
	second.ID = "0200-def"
	second.Request.Destination.ToAddresses = []string{"otra@qw.example"}
	second.Request.EmailTags = []Tag{{"item", "01J-1-1"}}
	second.Request.Content.Simple.Body.Html.Data = `<script>alert(1)</script><a href="http://localhost:8080/x?a=1&amp;b=2">Abrir</a>`
	return []Message{first, second}
}

func TestPages(t *testing.T) {
	dir := spool(t, twoMessages()...)
	cases := []struct {
		name, path string
		status     int
		has, lacks string
	}{
		{"list shows all", "/mailbox", 200, "otra@qw.example", "No hay mensajes"},
		{"list tells Lima's time", "/mailbox", 200, "16/09/2026 05:05:00", ""},
		{"list of one recipient", "/mailbox?to=jefatura@qw.example", 200, "0100-abc", `href="/mailbox/0200-def"`},
		{"list of nobody says so", "/mailbox?to=nadie@qw.example", 200, "No hay mensajes para nadie@qw.example", "<li>"},
		{"message has clickable links", "/mailbox/0100-abc", 200, `<a href="http://localhost:8080/approvals/x">`, ""},
		{"message never shows HTML outside its frame", "/mailbox/0200-def", 200, "<iframe", "<script>"},
		{"source download", "/mailbox/0100-abc.eml", 200, "Message-ID: <0100-abc@email.amazonses.com>", ""},
		{"unknown message", "/mailbox/none", 404, "No hay tal mensaje", ""},
		{"pattern as id", "/mailbox/*", 404, "No hay tal mensaje", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := get(t, dir, c.path)
			body := w.Body.String()
			if w.Code != c.status || !strings.Contains(body, c.has) {
				t.Errorf("status %d, want %d with %q in\n%s", w.Code, c.status, c.has, body)
			}
			if c.lacks != "" && strings.Contains(body, c.lacks) {
				t.Errorf("found %q in\n%s", c.lacks, body)
			}
		})
	}
}

func TestHTMLBodyIsSandboxed(t *testing.T) {
	w := get(t, spool(t, twoMessages()...), "/mailbox/0200-def/html")
	policy := w.Header().Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "sandbox allow-popups") {
		t.Errorf("policy = %q", policy)
	}
	if strings.Contains(policy, "allow-scripts") || !strings.Contains(w.Body.String(), `<base target="_blank">`) {
		t.Errorf("body = %q", w.Body.String())
	}
}

func TestJSONListsNewestFirstWithLinksAndTags(t *testing.T) {
	w := get(t, spool(t, twoMessages()...), "/mailbox.json")
	var views []View
	if err := json.Unmarshal(w.Body.Bytes(), &views); err != nil {
		t.Fatal(err)
	}
	if len(views) != 2 || views[0].ID != "0200-def" || views[0].Tags["item"] != "01J-1-1" {
		t.Fatalf("views = %+v", views)
	}
	if got := views[1].To; len(got) != 2 || got[0] != "jefatura@qw.example" || got[1] != "copia@qw.example" {
		t.Errorf("to = %v, want bare addresses", got)
	}
	want := []string{"http://localhost:8080/approvals/x", "http://localhost:8080/x?a=1&b=2"}
	if fmt.Sprint(views[0].Links) != fmt.Sprint(want) {
		t.Errorf("links = %v, want %v", views[0].Links, want)
	}
}

func TestEmptySpoolIsAnEmptyInbox(t *testing.T) {
	if w := get(t, filepath.Join(t.TempDir(), "none"), "/mailbox.json"); strings.TrimSpace(w.Body.String()) != "[]" {
		t.Errorf("body = %q", w.Body.String())
	}
}

func TestBrokenSpoolFileIsReported(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "0-x.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if w := get(t, dir, "/mailbox"); w.Code != http.StatusInternalServerError {
		t.Errorf("status = %d", w.Code)
	}
}
