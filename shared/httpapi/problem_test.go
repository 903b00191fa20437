package httpapi_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/httpapi"
	"mesa/shared/work"
)

func TestCodesAndStatusesGoBothWays(t *testing.T) {
	want := map[desk.Code]int{desk.Invalid: 400, desk.Forbidden: 403, desk.NotFound: 404, desk.Refused: 409, desk.Stale: 409, desk.Repeated: 422, desk.Busy: 503, "": 500, "new-code": 500}
	for code, status := range want {
		if got := httpapi.StatusOf(code); got != status {
			t.Errorf("StatusOf(%q) = %d, want %d", code, got, status)
		}
	}
	for code, status := range want {
		if back := httpapi.CodeOf(status); httpapi.StatusOf(back) != status {
			t.Errorf("CodeOf(%d) = %q, whose status is %d (from %q)", status, back, httpapi.StatusOf(back), code)
		}
	}
	if got := httpapi.CodeOf(http.StatusConflict); got != desk.Refused {
		t.Errorf("409 means %q, want refused", got)
	}
	if got := httpapi.CodeOf(http.StatusTeapot); got != "" {
		t.Errorf("418 means %q, want nothing", got)
	}
}

// brokenLists fails as a table does: in English, with names of the inside.
type brokenLists struct {
	httpapi.Lists
	err error
}

func (b brokenLists) Queue(context.Context, desk.TeamID, desk.Level, string, int) ([]desk.Ticket, string, error) {
	return nil, "", b.err
}

func (b brokenLists) PersonOfSubject(ctx context.Context, iss, sub string) (desk.PersonID, error) {
	if sub == "broken" {
		return "", b.err
	}
	return b.Lists.PersonOfSubject(ctx, iss, sub)
}

func TestInternalErrorIsLoggedOnceAndHidden(t *testing.T) {
	var log bytes.Buffer
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(old)
	f := newFixture(t)
	f.use(f.store, brokenLists{f.store, errors.New("ProvisionedThroughputExceeded on mesa-table")})
	for _, q := range []request{{method: "GET", target: "/v1/tickets?queue=mesa-de-ayuda:1", who: assigner}, {method: "GET", target: "/v1/catalogue", who: "broken"}} {
		log.Reset()
		r := f.do(t, q)
		p := problemIn(t, r)
		if r.status != http.StatusInternalServerError || p.Reference != "ref-1" || strings.Contains(r.body, "mesa-table") {
			t.Errorf("%d %s", r.status, r.body)
		}
		if n := strings.Count(log.String(), "mesa-table"); n != 1 || !strings.Contains(log.String(), "ref-1") {
			t.Errorf("logged %d times: %s", n, log.String())
		}
	}
}

func TestForeignTicketLeavesATraceAndMistakesDoNot(t *testing.T) {
	f := newFixture(t)
	f.mustOpen(t, requester, "k", form85)
	f.get(t, other, "/v1/tickets/2026-000001")
	if !slices.Equal(f.denied, []desk.PersonID{other}) {
		t.Errorf("asking for somebody's ticket leaves the traces %v", f.denied)
	}
	f.denied = nil
	f.post(t, requester, "k2", `{"subject":"privado"}`)
	f.get(t, other, "/v1/tickets/2026-000009")
	if len(f.denied) > 0 {
		t.Errorf("a mistake leaves a trace: %v", f.denied)
	}
}

// busyStore loses every race.
type busyStore struct{ work.Store }

func (busyStore) Commit(context.Context, work.Commit) error { return work.ErrConflict }

func TestLostRacesSayWhenToComeBack(t *testing.T) {
	f := newFixture(t)
	f.use(busyStore{f.store}, f.store)
	r := f.post(t, requester, "k", form85)
	if p := problemIn(t, r); r.status != http.StatusServiceUnavailable || p.Code != "busy" || r.header0("Retry-After") != "2" {
		t.Errorf("%d %v %s", r.status, r.header, r.body)
	}
}

func TestPathsOutsideTheContractAreProblemsToo(t *testing.T) {
	f := newFixture(t)
	for _, target := range []string{"/v1", "/v1/", "/v1/users", "/v1/tickets/", "/v1/tickets/2026-000001/acts/1", "/v2/tickets", "/v1/openapi.yaml", "/v1/Tickets"} {
		r := f.get(t, requester, target)
		if p := problemIn(t, r); r.status != http.StatusNotFound || p.Code != "not-found" {
			t.Errorf("%s: %d %s", target, r.status, r.body)
		}
	}
	r := f.raw(t, request{method: "OPTIONS", target: "/v1/tickets"})
	if r.status != http.StatusNoContent || r.header0("Allow") != "GET, POST, OPTIONS" || r.header0("Access-Control-Allow-Origin") != "" {
		t.Errorf("OPTIONS: %d %v", r.status, r.header)
	}
}

func TestAnswersAreNotKeptNorGuessed(t *testing.T) {
	f := newFixture(t)
	for _, r := range []reply{f.get(t, requester, "/v1/catalogue"), f.get(t, "", "/v1/catalogue"), f.get(t, requester, "/v1/tickets/2026-000001")} {
		if r.header0("Cache-Control") != "no-store" || r.header0("X-Content-Type-Options") != "nosniff" {
			t.Errorf("headers %v", r.header)
		}
	}
}

// Every sentence that people read is Spanish: no English word of ours slips in.
func TestProblemsAreInSpanish(t *testing.T) {
	f := newFixture(t)
	f.mustOpen(t, requester, "k", form85)
	replies := []reply{
		f.get(t, "", "/v1/catalogue"), f.get(t, "nadie", "/v1/catalogue"), f.get(t, other, "/v1/tickets/2026-000001"), f.get(t, requester, "/v1/nada"),
		f.get(t, requester, "/v1/tickets"), f.get(t, requester, "/v1/tickets?queue=soporte:2"), f.get(t, requester, "/v1/register?sede=SC&period=202609"),
		f.post(t, requester, "", form85), f.post(t, requester, "k", `{}`), f.post(t, requester, "k2", `{"x":1}`), f.post(t, requester, "k3", `[`),
		f.post(t, requester, "k", strings.Replace(form85, "ayer", "hoy", 1)), f.act(t, requester, "2026-000001", `{"act":"take","version":1}`),
		f.act(t, requester, "2026-000001", `{"act":"reopen","version":1}`), f.act(t, requester, "2026-000001", `{"act":"withdraw","version":9}`),
		f.raw(t, request{method: "PUT", target: "/v1/tickets", who: requester}),
	}
	english := []string{" the ", " is ", " not ", " of ", "invalid", "error", "unknown", "expected", "json:"}
	for _, r := range replies {
		p := problemIn(t, r)
		text := " " + strings.ToLower(p.Title+" "+p.Detail)
		for _, e := range p.Errors {
			text += " " + strings.ToLower(e.Detail)
		}
		for _, word := range english {
			if strings.Contains(text, word) {
				t.Errorf("%d has %q: %s", r.status, word, text)
			}
		}
		if p.Title == "" || p.Detail == "" || !strings.HasPrefix(p.Type, "urn:mesa:problem:") {
			t.Errorf("incomplete problem: %s", r.body)
		}
	}
}
