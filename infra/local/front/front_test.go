package front

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// emulator answers every request with what it saw.
func emulator(t *testing.T) *url.URL {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, _ = fmt.Fprintf(w, "host=%s path=%s forwarded=%s %s body=%s", r.Host, r.URL.RequestURI(), r.Header.Get("X-Forwarded-Host"), r.Header.Get("X-Forwarded-Proto"), body) //nolint:gosec // only tests read it
	}))
	t.Cleanup(server.Close)
	parsed, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func opened(t *testing.T, restart error) *Front {
	t.Helper()
	front := &Front{}
	front.Open(Routes{
		Emulator: emulator(t), APIHost: "abc.execute-api.localhost", UserPool: "us-east-1_Pool",
		Mailbox: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "mailbox") }),
		Restart: func(*http.Request) error { return restart },
	})
	return front
}

func ask(front *Front, method, target, host, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = host
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	front.ServeHTTP(w, r)
	return w
}

func TestEachPathHasItsDoor(t *testing.T) {
	const api, own = "host=abc.execute-api.localhost ", "host=localhost:8080 "
	cases := []struct {
		name, method, path, body string
		status                   int
		want                     string
	}{
		{"pages go to the HTTP API", "GET", "/tickets?q=1", "", 200, api + "path=/tickets?q=1 forwarded=localhost:8080 http"},
		{"bodies pass on", "POST", "/v1/tickets", "{}", 200, "body={}"},
		{"the inbox is our own", "GET", "/mailbox/1.eml", "", 200, "mailbox"},
		{"a path that only begins like it is a page", "GET", "/mailboxes", "", 200, api},
		{"discovery is the pool's", "GET", "/.well-known/openid-configuration", "", 200, own + "path=/us-east-1_Pool/.well-known/openid-configuration"},
		{"keys are the pool's", "GET", "/us-east-1_Pool/.well-known/jwks.json", "", 200, own},
		{"sign-in page is the emulator's", "GET", "/oauth2/authorize?x=1", "", 200, own + "path=/oauth2/authorize?x=1"},
		{"sign-in form is the emulator's", "POST", "/login", "a=b", 200, own},
		{"GET /login is a page", "GET", "/login", "", 200, api},
		{"sign-out of Cognito", "GET", "/logout?client_id=1", "", 200, own},
		{"the emulator's reset is shut", "POST", "/_ministack/reset", "", 404, ""},
		{"control paths pass on", "GET", "/_local/functions", "", 200, own + "path=/_local/functions"},
		{"restart", "POST", "/_local/emulator/restart", "", 204, ""},
	}
	front := opened(t, nil)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := ask(front, c.method, c.path, "localhost:8080", c.body)
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.want) {
				t.Errorf("status %d, body %q; want %d with %q", w.Code, w.Body, c.status, c.want)
			}
		})
	}
}

func TestOnlyLoopbackNamesAreServed(t *testing.T) {
	front := opened(t, nil)
	for host, want := range map[string]int{
		"localhost:8080": 200, "127.0.0.1:8080": 200, "[::1]:8080": 200, "localhost": 200,
		"evil.example": 403, "10.0.0.1:8080": 403, "localhost.evil.example": 403,
	} {
		if w := ask(front, "GET", "/mailbox", host, ""); w.Code != want {
			t.Errorf("%s: status %d, want %d", host, w.Code, want)
		}
	}
}

func TestControlRefusesOtherOriginsAndReportsFailure(t *testing.T) {
	w := ask(opened(t, nil), "POST", "/_local/emulator/restart", "localhost:8080", "", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
	if w.Code != http.StatusForbidden {
		t.Errorf("cross-site: status %d", w.Code)
	}
	w = ask(opened(t, errors.New("does not end")), "POST", "/_local/emulator/restart", "localhost:8080", "")
	if w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), "does not end") {
		t.Errorf("failed restart: status %d, body %q", w.Code, w.Body)
	}
}

func TestBeforeOpeningAndWhileTheEmulatorIsAwayItAsksToWait(t *testing.T) {
	closed := &Front{}
	away := &Front{}
	away.Open(Routes{Emulator: &url.URL{Scheme: "http", Host: "127.0.0.1:1"}, APIHost: "x.execute-api.localhost"})
	for name, front := range map[string]*Front{"not opened": closed, "emulator away": away} {
		w := ask(front, "GET", "/", "localhost", "")
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
			t.Errorf("%s: status %d, headers %v", name, w.Code, w.Header())
		}
	}
}

func TestAnswersAreStreamed(t *testing.T) {
	release := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, "first")
		w.(http.Flusher).Flush()
		<-release
	}))
	defer slow.Close()
	defer close(release)
	target, err := url.Parse(slow.URL)
	if err != nil {
		t.Fatal(err)
	}
	front := &Front{}
	front.Open(Routes{Emulator: target, APIHost: "x.execute-api.localhost"})
	server := httptest.NewServer(front)
	defer server.Close()
	response, err := http.Get(server.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	piece := make([]byte, 5)
	if _, err := io.ReadFull(response.Body, piece); err != nil || string(piece) != "first" {
		t.Errorf("read %q, %v before the answer ended", piece, err)
	}
}
