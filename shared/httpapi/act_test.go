package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTicketGoesFromOpenToClosedByActs(t *testing.T) {
	f := newFixture(t)
	s := f.closed(t, "clave")
	if s.State.Code != "closed" || s.Version != 4 {
		t.Fatalf("got %+v", s)
	}
	r := f.get(t, requester, "/v1/register?sede=SC&period=202609")
	if r.status != http.StatusForbidden {
		t.Errorf("the requester reads the register: %d", r.status)
	}
	var rows struct {
		Items []struct {
			Number                            int
			Ticket, Solution, Typology, Staff string
		}
	}
	f.get(t, firstLevel, "/v1/register?sede=SC&period=202609").into(t, &rows)
	if len(rows.Items) != 1 || rows.Items[0].Number != 1 || rows.Items[0].Ticket != s.Number || rows.Items[0].Solution != "Se renovó la licencia." {
		t.Errorf("register %+v", rows.Items)
	}
}

func TestHeadsDecideByActs(t *testing.T) {
	f := newFixture(t)
	s := f.mustOpen(t, requesterUT, "k", `{"service":"apps-spij","flow":"8.1","subject":"SPIJ","description":"No abre.","impact":"stopped"}`)
	if r := f.act(t, requesterUT, s.Number, `{"act":"approve","version":1}`); r.status != http.StatusForbidden {
		t.Errorf("the requester approves their own request: %d %s", r.status, r.body)
	}
	after := f.mustAct(t, utHead, s.Number, `{"act":"approve","version":1}`)
	if after.State.Name != "Por aprobar: unidad orgánica" {
		t.Errorf("after the first head: %+v", after)
	}
	r := f.act(t, "jefa-supervision", s.Number, `{"act":"reject","version":2}`)
	if p := problemIn(t, r); r.status != http.StatusBadRequest || len(p.Errors) != 1 || p.Errors[0].Pointer != "#/fields/reason" || p.Clause == "" {
		t.Errorf("rejecting without a reason: %d %s", r.status, r.body)
	}
	if end := f.mustAct(t, "jefa-supervision", s.Number, `{"act":"reject","version":2,"fields":{"reason":"Duplicado."}}`); end.State.Code != "rejected" {
		t.Errorf("after the rejection: %+v", end)
	}
}

func TestRefusalNamesTheClause(t *testing.T) {
	f := newFixture(t)
	s := f.mustOpen(t, requester, "k", form85)
	tests := []struct {
		name, who, body, wantCode, wantClause string
		wantStatus                            int
	}{
		{"an act that the flow does not know", firstLevel, `{"act":"hand-over","version":1}`, "refused", "VIII", 409},
		{"an act of another role", requester, `{"act":"take","version":1}`, "forbidden", "8.1.5, 8.5.3, 8.6.3, 8.7.3", 403},
		{"an act not now", requester, `{"act":"reopen","version":1,"fields":{"message":"Sigue"}}`, "refused", "R87, R150", 409},
		{"an answer to no question", requester, `{"act":"answer","fields":{"message":"Sí"}}`, "refused", "8.1.5, R72", 409},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := f.act(t, test.who, s.Number, test.body)
			p := problemIn(t, r)
			if r.status != test.wantStatus || p.Code != test.wantCode || p.Clause != test.wantClause || p.Detail == "" {
				t.Errorf("%d %s", r.status, r.body)
			}
		})
	}
}

func TestStaleActTellsWhatChanged(t *testing.T) {
	f := newFixture(t)
	s := f.mustOpen(t, requester, "k", form85)
	f.mustAct(t, assigner, s.Number, `{"act":"set-priority","version":1,"fields":{"priority":"2"}}`)
	f.mustAct(t, firstLevel, s.Number, `{"act":"note","fields":{"message":"Secreto."}}`)
	r := f.act(t, assigner, s.Number, `{"act":"assign","version":1,"fields":{"person":"soporte-1"}}`)
	p := problemIn(t, r)
	if r.status != http.StatusConflict || p.Code != "stale" || p.Version != 3 || len(p.Changes) != 2 {
		t.Fatalf("%d %s", r.status, r.body)
	}
	first := p.Changes[0]
	if first.Version != 2 || first.Act != "set-priority" || first.LabelText != "Cambiar prioridad" || first.By.ID != assigner || first.At != "2026-09-15T17:00:00Z" {
		t.Errorf("first change %+v", first)
	}
	if strings.Contains(r.body, "Secreto") {
		t.Errorf("a conflict tells texts: %s", r.body)
	}
	if !strings.Contains(problemIn(t, f.act(t, requester, s.Number, `{"act":"withdraw","version":1}`)).Detail, "cambió") {
		t.Error("the requester is not told that the case changed")
	}
}

// Who may not read internal notes does not learn of them from a conflict.
func TestStaleActHidesInternalNotes(t *testing.T) {
	f := newFixture(t)
	s := f.mustOpen(t, requester, "k", form85)
	f.mustAct(t, firstLevel, s.Number, `{"act":"note","fields":{"message":"Secreto."}}`)
	p := problemIn(t, f.act(t, requester, s.Number, `{"act":"withdraw","version":1}`))
	if p.Version != 2 || len(p.Changes) != 0 {
		t.Errorf("got %+v", p)
	}
}

func TestActWithAKeyHappensOnce(t *testing.T) {
	tests := []struct{ name, who, body, otherBody string }{
		{"an act that only adds", requester, `{"act":"comment","fields":{"message":"Hola"}}`, `{"act":"comment","fields":{"message":"Adiós"}}`},
		{"an act that only adds, with a version", requester, `{"act":"comment","version":1,"fields":{"message":"Hola"}}`, `{"act":"comment","version":1,"fields":{"message":"Adiós"}}`},
		{"an act with a version", assigner, `{"act":"set-priority","version":1,"fields":{"priority":"1"}}`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			s := f.mustOpen(t, requester, "k", form85)
			send := func(body string) reply {
				return f.do(t, request{method: "POST", target: "/v1/tickets/" + s.Number + "/acts", who: test.who, body: body, header: map[string]string{"Idempotency-Key": "acto"}})
			}
			first, again := send(test.body), send(test.body)
			if first.status != http.StatusOK || again.status != http.StatusOK || again.body != first.body {
				t.Fatalf("first %d %s\nagain %d %s", first.status, first.body, again.status, again.body)
			}
			if again.header0("Idempotency-Replayed") != "true" {
				t.Error("the second does not say that it is a replay")
			}
			if test.otherBody != "" {
				if r := send(test.otherBody); r.status != http.StatusUnprocessableEntity {
					t.Errorf("other content under the key: %d %s", r.status, r.body)
				}
			}
			if _, version := f.history(t, s.Number); version != 2 {
				t.Errorf("the ticket stands at version %d, want 2", version)
			}
		})
	}
}

// history is the acts of a ticket as the mesa de ayuda sees them.
func (f *fixture) history(t *testing.T, number string) ([]string, int) {
	t.Helper()
	var d struct {
		Version int
		History []struct{ Act string }
	}
	f.get(t, firstLevel, "/v1/tickets/"+number).into(t, &d)
	var acts []string
	for _, e := range d.History {
		acts = append(acts, e.Act)
	}
	return acts, d.Version
}

func TestActBodyWithMistakesNamesEachPlace(t *testing.T) {
	f := newFixture(t)
	s := f.mustOpen(t, requester, "k", form85)
	tests := []struct {
		name, body string
		want       []string
	}{
		{"no act", `{}`, []string{"#/act"}},
		{"an act that is none", `{"act":"destroy","version":1}`, []string{"#/act"}},
		{"an act that opens", `{"act":"open","version":1}`, []string{"#/act"}},
		{"an act that registers a call", `{"act":"contact","version":1}`, []string{"#/act"}},
		{"an act of the clock", `{"act":"overdue"}`, []string{"#/act"}},
		{"no version", `{"act":"set-priority","fields":{"priority":"1"}}`, []string{"#/version"}},
		{"a version that is none", `{"act":"set-priority","version":0,"fields":{"priority":"1"}}`, []string{"#/version"}},
		{"half a version", `{"act":"set-priority","version":1.5,"fields":{"priority":"1"}}`, []string{"#/version"}},
		{"a version as text", `{"act":"set-priority","version":"1","fields":{"priority":"1"}}`, []string{"#/version"}},
		{"a version beyond numbers", `{"act":"set-priority","version":1e400,"fields":{"priority":"1"}}`, []string{"#/version"}},
		{"fields that are a list", `{"act":"set-priority","version":1,"fields":[]}`, []string{"#/fields"}},
		{"a field that is a number", `{"act":"set-priority","version":1,"fields":{"priority":1}}`, []string{"#/fields/priority"}},
		{"a choice that is none", `{"act":"set-priority","version":1,"fields":{"priority":"9"}}`, []string{"#/fields/priority"}},
		{"a field that does not belong", `{"act":"set-priority","version":1,"fields":{"priority":"1","a/b":"x"}}`, []string{"#/fields/a~1b"}},
		{"a member that does not exist", `{"act":"set-priority","version":1,"fields":{"priority":"1"},"at":"2020"}`, []string{"#/at"}},
		{"who a comment is from", `{"act":"comment","fields":{"message":"x","sender":"jefa-uti","mail_id":"<a@b>"}}`, []string{"#/fields/mail_id", "#/fields/sender"}},
		{"somebody not of the team", `{"act":"assign","version":1,"fields":{"person":"desarrollo-1"}}`, []string{"#/fields/person"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := f.act(t, assigner, s.Number, test.body)
			p := problemIn(t, r)
			if r.status != http.StatusBadRequest {
				t.Fatalf("%d %s", r.status, r.body)
			}
			if diff := cmp.Diff(test.want, p.places()); diff != "" {
				t.Errorf("places (-want +got):\n%s", diff)
			}
		})
	}
	if acts, _ := f.history(t, s.Number); len(acts) != 1 {
		t.Errorf("mistakes left acts: %v", acts)
	}
}
