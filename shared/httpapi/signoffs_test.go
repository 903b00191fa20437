package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const (
	months     = "/v1/register/UT-LIMA/202609"
	signOffs   = months + "/sign-offs"
	reopenings = months + "/reopenings"
)

// inLima closes a case of the UT, which takes one row of September.
func (f *fixture) inLima(t *testing.T, key string) standing {
	t.Helper()
	s := f.mustOpen(t, requesterUT, key, form85)
	f.mustAct(t, specialist, s.Number, `{"act":"take","version":1}`)
	return f.mustAct(t, specialist, s.Number, `{"act":"close","version":2,"fields":{"solution":"Renovado.","medium":"mail"}}`)
}

// month is what a caller sees of it.
type month struct {
	Rows     int
	Seal     string
	SignOffs []struct {
		Place, Role string
		By          struct{ ID, Name string }
		At          string
		Rows        int
		Mine        bool
	}
	Record []struct {
		Act, Place, Reason string
		Void               bool
		Rows               int
	}
}

func (f *fixture) month(t *testing.T, who string) month {
	t.Helper()
	r := f.get(t, who, signOffs)
	if r.status != http.StatusOK {
		t.Fatalf("%s reads the month: %d %s", who, r.status, r.body)
	}
	var m month
	r.into(t, &m)
	return m
}

func (f *fixture) onMonth(t *testing.T, who, target, key, body string) reply {
	t.Helper()
	header := map[string]string{}
	if key != "" {
		header["Idempotency-Key"] = key
	}
	return f.do(t, request{method: http.MethodPost, target: target, who: who, body: body, header: header})
}

// october moves the clock to the month after.
func (f *fixture) october(day int) {
	f.now = time.Date(2026, 10, day, 14, 0, 0, 0, time.UTC)
}

// R135 by the API: the same rules as the page, the same record.
func TestAMonthIsSignedAndReopened(t *testing.T) {
	f := newFixture(t)
	s := f.inLima(t, "k1")
	f.october(1)
	m := f.month(t, specialist)
	if m.Rows != 1 || m.Seal == "" || len(m.SignOffs) != 2 || !m.SignOffs[0].Mine || m.SignOffs[1].Mine || len(m.Record) != 0 {
		t.Fatalf("got %+v", m)
	}
	body := `{"place":"specialist","seal":"` + m.Seal + `"}`
	for n := range 2 {
		r := f.onMonth(t, specialist, signOffs, "a", body)
		if r.status != http.StatusOK || (r.header0("Idempotency-Replayed") == "true") != (n == 1) {
			t.Errorf("time %d: %d %s %v", n+1, r.status, r.body, r.header)
		}
	}
	if r := f.onMonth(t, specialist, reopenings, "a", `{"reason":"Falta."}`); r.status != http.StatusUnprocessableEntity || problemIn(t, r).Errors[0].Header != "Idempotency-Key" {
		t.Errorf("a key used for something else: %d %s", r.status, r.body)
	}
	if r := f.onMonth(t, utHead, signOffs, "", strings.Replace(body, "specialist", "head", 1)); r.status != http.StatusOK {
		t.Fatalf("the head signs: %d %s", r.status, r.body)
	}
	f.mustAct(t, requesterUT, s.Number, `{"act":"reopen","version":3,"fields":{"message":"Sigue igual."}}`)
	var rows struct {
		Items []struct {
			Number              int
			ChangedAfterSignOff bool
			ChangedAt           time.Time
		}
	}
	f.get(t, utHead, "/v1/register?sede=UT-LIMA&period=202609").into(t, &rows)
	if len(rows.Items) != 1 || !rows.Items[0].ChangedAfterSignOff || !rows.Items[0].ChangedAt.Equal(f.now) {
		t.Errorf("rows %+v", rows.Items)
	}
	if r := f.onMonth(t, utHead, reopenings, "", `{"reason":"La fila 1 cambió."}`); r.status != http.StatusOK {
		t.Errorf("the head reopens: %d %s", r.status, r.body)
	}
	m = f.month(t, utHead)
	var record []string
	for _, a := range m.Record {
		record = append(record, strings.TrimSpace(a.Act+" "+a.Place+map[bool]string{true: " void"}[a.Void]+" "+a.Reason))
	}
	if diff := cmp.Diff([]string{"sign-off specialist void", "sign-off head void", "reopening  La fila 1 cambió."}, record); diff != "" {
		t.Errorf("record (-want +got):\n%s", diff)
	}
	if m.SignOffs[0].By.ID != "" || m.SignOffs[1].By.ID != "" {
		t.Errorf("still signed: %+v", m.SignOffs)
	}
}

func TestAMonthRefusesWithACode(t *testing.T) {
	f := newFixture(t)
	f.inLima(t, "k1")
	early := f.month(t, specialist)
	body := `{"place":"specialist","seal":"` + early.Seal + `"}`
	if r := f.onMonth(t, specialist, signOffs, "", body); r.status != http.StatusConflict || problemIn(t, r).Code != "refused" {
		t.Errorf("the month goes on: %d %s", r.status, r.body)
	}
	f.october(1)
	tests := []struct {
		name, who, target, body, code string
		status                        int
	}{
		{"a stranger", otherHead, signOffs, body, "forbidden", 403},
		{"mesa de ayuda, where the sede has its own specialist", assigner, signOffs, body, "forbidden", 403},
		{"the head first", utHead, signOffs, `{"place":"head","seal":"` + early.Seal + `"}`, "refused", 409},
		{"a place that is none", specialist, signOffs, `{"place":"both","seal":"x"}`, "invalid", 400},
		{"no seal", specialist, signOffs, `{"place":"specialist"}`, "invalid", 400},
		{"rows that are not those", specialist, signOffs, `{"place":"specialist","seal":"ab"}`, "stale", 409},
		{"something more", specialist, signOffs, `{"place":"specialist","seal":"x","as":"y"}`, "invalid", 400},
		{"a month that is none", specialist, "/v1/register/UT-LIMA/202613/sign-offs", body, "not-found", 404},
		{"a sede that is none, to who sees all", assigner, "/v1/register/LUNA/202609/sign-offs", body, "not-found", 404},
		{"a sede that is none, to others", specialist, "/v1/register/LUNA/202609/sign-offs", body, "forbidden", 403},
		{"nothing to reopen", specialist, reopenings, `{"reason":"Falta."}`, "refused", 409},
		{"a stranger reopens", otherHead, reopenings, `{"reason":"Falta."}`, "forbidden", 403},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := f.raw(t, request{method: http.MethodPost, target: test.target, who: test.who, body: test.body})
			if p := problemIn(t, r); r.status != test.status || string(p.Code) != test.code {
				t.Errorf("%d %s", r.status, r.body)
			}
		})
	}
	if m := f.month(t, specialist); len(m.Record) != 0 {
		t.Errorf("written: %+v", m.Record)
	}
	f.onMonth(t, specialist, signOffs, "", body)
	r := f.raw(t, request{method: http.MethodPost, target: reopenings, who: specialist, body: `{"reason":" "}`})
	if p := problemIn(t, r); r.status != http.StatusBadRequest || len(p.Errors) != 1 || p.Errors[0].Pointer != "#/reason" {
		t.Errorf("no reason: %d %s", r.status, r.body)
	}
	if r := f.get(t, specialist, "/v1/register/UT-LIMA/2026-09/sign-offs"); r.status != http.StatusNotFound {
		t.Errorf("a month with a dash: %d", r.status)
	}
}
