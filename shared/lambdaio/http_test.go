package lambdaio

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"
)

// mustEvent reads an event as the HTTP API sends it.
func mustEvent(t *testing.T, name string) Event {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var e Event
	if err := json.Unmarshal(data, &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// call serves one event with a handler.
func call(t *testing.T, e Event, h http.HandlerFunc) events.APIGatewayV2HTTPResponse {
	t.Helper()
	out, err := HTTP(h)(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEventBecomesARequest(t *testing.T) {
	called := false
	call(t, mustEvent(t, "post-form.json"), func(_ http.ResponseWriter, r *http.Request) {
		called = true
		got := map[string]string{"method": r.Method, "path": r.URL.Path, "escaped": r.URL.EscapedPath(), "uri": r.RequestURI, "host": r.Host,
			"remote": r.RemoteAddr, "a": strings.Join(r.URL.Query()["a"], " "), "b": r.URL.Query().Get("b"), "proto": r.Header.Get("X-Forwarded-Proto"),
			"choice": r.PostFormValue("choice"), "reason": r.PostFormValue("reason")}
		want := map[string]string{"method": "POST", "path": "/approvals/eyJ0/Lm9r x", "escaped": "/approvals/eyJ0%2FLm9r%20x",
			"uri": "/approvals/eyJ0%2FLm9r%20x?a=1&a=2&b=%C3%B1", "host": "api.execute-api.us-east-1.amazonaws.com", "remote": "192.0.2.7",
			"a": "1 2", "b": "ñ", "proto": "https", "choice": "approve", "reason": "Sí"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("request (-want +got):\n%s", diff)
		}
		for name, value := range map[string]string{"tema": "oscuro", "__Host-sesion": "abc"} {
			if c, err := r.Cookie(name); err != nil || c.Value != value {
				t.Errorf("cookie %s: %v, %v", name, c, err)
			}
		}
	})
	if !called {
		t.Error("the handler was not called")
	}
}

func TestHandlerSeesTheClaimsAsTheGatewayWritesThem(t *testing.T) {
	call(t, mustEvent(t, "post-form.json"), func(_ http.ResponseWriter, r *http.Request) {
		e, ok := EventOf(r.Context())
		if !ok {
			t.Fatal("no event in the context")
		}
		claims := e.RequestContext.Authorizer.JWT.Claims
		if claims["cognito:groups"] != "[a b]" || claims["exp"] != "1790000000" || e.RequestContext.RequestID != "JKJaXmPLvHcESHA=" {
			t.Errorf("claims %v, request %s", claims, e.RequestContext.RequestID)
		}
	})
	if _, ok := EventOf(t.Context()); ok {
		t.Error("an event out of nothing")
	}
}

// A path is only ever a path: what looks like a host, a scheme or a way up must
// reach the handler as it is, for the gateway chose the function by it.
func TestOddPathsStayPaths(t *testing.T) {
	tests := []struct{ name, raw, want string }{
		{"the root", "/", "/"},
		{"nothing at all", "", ""},
		{"two slashes", "//evil.example/v1/tickets", "//evil.example/v1/tickets"},
		{"a colon", "/v1:x", "/v1:x"},
		{"an encoded slash and dots", "/v1/..%2f..", "/v1/../.."},
		{"a question mark, encoded", "/v1/a%3Fb=c", "/v1/a?b=c"},
		{"a percent that encodes nothing", "/v1/100%", "/v1/100%"},
		{"a NUL, encoded", "/v1/a%00b", "/v1/a\x00b"},
		{"letters as they are", "/sedes/Áncash", "/sedes/Áncash"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := Event{RawPath: test.raw, RawQueryString: "q=1"}
			e.RequestContext.HTTP.Method = http.MethodGet
			got, host, query := "not called", "", ""
			out := call(t, e, func(_ http.ResponseWriter, r *http.Request) {
				got, host, query = r.URL.Path, r.URL.Host, r.URL.RawQuery
			})
			if got != test.want || host != "" || query != "q=1" {
				t.Errorf("%d: path %q of host %q with query %q, want path %q", out.StatusCode, got, host, query, test.want)
			}
		})
	}
}

func TestRequestThatIsNoneAnswers400(t *testing.T) {
	badMethod := Event{RawPath: "/"}
	badMethod.RequestContext.HTTP.Method = "GET /"
	for name, e := range map[string]Event{"base64 that is none": {RawPath: "/", Body: "%%%", IsBase64Encoded: true}, "a method that is none": badMethod} {
		out := call(t, e, func(http.ResponseWriter, *http.Request) { t.Errorf("%s: the handler was called", name) })
		if out.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", name, out.StatusCode)
		}
	}
}

func TestTextBodyArrivesAsItIs(t *testing.T) {
	e := Event{RawPath: "/", Body: `{"a":"ñ"}`}
	e.RequestContext.HTTP.Method = http.MethodPost
	call(t, e, func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || string(body) != e.Body || r.ContentLength != int64(len(e.Body)) {
			t.Errorf("body %q (%d bytes), %v", body, r.ContentLength, err)
		}
	})
}

func TestAnswerTakesTheGatewaysForm(t *testing.T) {
	tests := []struct {
		name string
		h    http.HandlerFunc
		want events.APIGatewayV2HTTPResponse
	}{
		{"nothing said is 200", func(http.ResponseWriter, *http.Request) {},
			events.APIGatewayV2HTTPResponse{StatusCode: 200, Headers: map[string]string{}}},
		{"the first status counts", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404); w.WriteHeader(500) },
			events.APIGatewayV2HTTPResponse{StatusCode: 404, Headers: map[string]string{}}},
		{"writing says 200", func(w http.ResponseWriter, _ *http.Request) {
			if _, err := io.WriteString(w, "hola ñ"); err == nil {
				w.WriteHeader(500)
			}
		}, events.APIGatewayV2HTTPResponse{StatusCode: 200, Headers: map[string]string{}, Body: "hola ñ"}},
		{"cookies apart, repeated headers joined", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Add("Vary", "Cookie")
			w.Header().Add("Vary", "Accept")
			w.Header().Set("location", "/x")
			http.SetCookie(w, &http.Cookie{Name: "a", Value: "1"})
			http.SetCookie(w, &http.Cookie{Name: "b", Value: "2"})
			w.WriteHeader(303)
		}, events.APIGatewayV2HTTPResponse{StatusCode: 303, Headers: map[string]string{"Vary": "Cookie, Accept", "Location": "/x"}, Cookies: []string{"a=1", "b=2"}}},
		{"bytes that are no text", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte{0xff, 0xd8}) },
			events.APIGatewayV2HTTPResponse{StatusCode: 200, Headers: map[string]string{}, Body: "/9g=", IsBase64Encoded: true}},
		{"compressed, though it looks like text", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write([]byte("gz"))
		}, events.APIGatewayV2HTTPResponse{StatusCode: 200, Headers: map[string]string{"Content-Encoding": "gzip"}, Body: "Z3o=", IsBase64Encoded: true}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := Event{RawPath: "/"}
			e.RequestContext.HTTP.Method = http.MethodGet
			got := call(t, e, test.h)
			if diff := cmp.Diff(test.want.Cookies, got.Cookies); diff != "" {
				t.Errorf("cookies (-want +got):\n%s", diff)
			}
			got.Cookies, test.want.Cookies = nil, nil
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPanicFailsTheInvocation(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("the panic was swallowed: the runtime would go on with broken state")
		}
	}()
	_, _ = HTTP(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("broken") }))(t.Context(), Event{RawPath: "/"})
}

// FuzzPath: whatever path the gateway hands over, the handler is called with a
// path of the same letters and no host.
func FuzzPath(f *testing.F) {
	for _, seed := range []string{"/", "//a/b", "/%2e%2e/x", "/a%", "http://x/y", "/\x7f"} {
		f.Add(seed, "a=b")
	}
	f.Fuzz(func(t *testing.T, path, query string) {
		e := Event{RawPath: path, RawQueryString: query}
		e.RequestContext.HTTP.Method = http.MethodGet
		out := call(t, e, func(_ http.ResponseWriter, r *http.Request) {
			want, err := url.PathUnescape(path)
			if err != nil {
				want = path
			}
			if r.URL.Path != want || r.URL.Host != "" {
				t.Errorf("path %q became %q of host %q", path, r.URL.Path, r.URL.Host)
			}
		})
		if out.StatusCode != http.StatusOK {
			t.Errorf("path %q: %d", path, out.StatusCode)
		}
	})
}
