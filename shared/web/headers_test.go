package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestEveryPageCarriesTheSecurityHeaders(t *testing.T) {
	eachSample(t, func(t *testing.T, s sample, w *httptest.ResponseRecorder, _ *html.Node) {
		h := w.Header()
		csp := h.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"} {
			if !strings.Contains(csp, part) {
				t.Errorf("policy %q lacks %q", csp, part)
			}
		}
		if strings.Contains(csp, "unsafe") || strings.Contains(csp, "script-src") || strings.Contains(csp, "*") {
			t.Errorf("policy %q lets too much through", csp)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
			"Cache-Control": "no-store", "Content-Type": "text/html; charset=utf-8"} {
			if got := h.Get(name); got != want {
				t.Errorf("%s = %q, want %q", name, got, want)
			}
		}
		if storage := strings.Contains(csp, "files.example"); storage != (s.page.head().post != "") {
			t.Errorf("policy %q on a page with storage %q", csp, s.page.head().post)
		}
	})
}

func TestContentPolicyRefusesOriginsThatWouldBreakOut(t *testing.T) {
	got := contentPolicy([]string{"https://files.example", "https://x; script-src *", "https://y 'unsafe-inline'", "", "a,b"})
	if !strings.Contains(got, "form-action 'self' https://files.example;") {
		t.Errorf("policy = %q", got)
	}
	if strings.Contains(got, "script-src") || strings.Contains(got, "unsafe") || strings.Contains(got, "a,b") {
		t.Errorf("policy = %q", got)
	}
}

func TestStatusFollowsThePage(t *testing.T) {
	want := map[string]int{"home-requester": 200, "signin": 200, "signin-ended": 401, "signin-unknown": 403, "act-handover": 200, "act-handover-wrong": 422,
		"act-close": 422, "request": 200, "request-wrong": 422, "decision-link": 200, "decision-link-wrong": 422, "phone-wrong": 422, "heldmail-wrong": 422,
		"transfer-session": 422, "conflict": 409, "conflict-gone": 409, "error-404-case": 404, "error-429": 429, "error-500": 500, "error-410": 410,
		"link-approved": 200, "link-decided": 200, "link-invalid": 404, "link-replaced": 410, "link-locked": 429, "link-own": 403, "link-early": 409, "files-wrong": 422}
	eachSample(t, func(t *testing.T, s sample, w *httptest.ResponseRecorder, _ *html.Node) {
		if code, ok := want[s.name]; ok && w.Code != code {
			t.Errorf("status %d, want %d", w.Code, code)
		}
	})
}

// broken is a page whose template fails halfway.
type broken struct{ Page }

func (broken) head() head { return head{template: "ticket", title: "X"} }

func TestFailingTemplateBecomesThePlainPage(t *testing.T) {
	w := httptest.NewRecorder()
	err := MustNew(t).Render(w, nobody(), broken{})
	if err == nil || !strings.Contains(err.Error(), "web: page ticket") {
		t.Errorf("err = %v", err)
	}
	if w.Code != http.StatusInternalServerError || w.Body.String() != plainFailure || w.Header().Get("Content-Security-Policy") == "" {
		t.Errorf("status %d, body %q", w.Code, w.Body.String())
	}
}
