package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desktest"
)

// owed opens an 8.4 by the API and brings it to where the credentials are owed.
func (f *fixture) owed(t *testing.T) standing {
	t.Helper()
	s := f.mustOpen(t, requester, "acceso", `{"service":"access-siga","subject":"Acceso al SIGA","description":"Para logística.","sgd_document":"Memorando 123"}`)
	if diff := cmp.Diff([]string{"access-form", "commitment-annex"}, s.Missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	if r := f.act(t, assigner, s.Number, `{"act":"derive","version":1,"fields":{"proveido":"P-1","proveido_date":"2026-09-15","person":"soporte-1"}}`); r.status != http.StatusConflict || !strings.Contains(r.body, "el formato de acceso y el anexo de compromiso") {
		t.Errorf("derived without its papers: %d %s", r.status, r.body)
	}
	for who, purpose := range map[string]string{requester: "access-form", assigner: "commitment-annex"} { // staff may attach what came on paper
		slot := f.mustSlot(t, who, s.Number, fmt.Sprintf(`{"name":"papel.pdf","purpose":%q}`, purpose))
		f.storage.Send(slot.Fields, "", "", 77)
		if r := f.confirm(t, who, s.Number, slot.ID); r.status != http.StatusOK && r.status != http.StatusCreated {
			t.Fatalf("confirm: %d %s", r.status, r.body)
		}
	}
	f.mustAct(t, assigner, s.Number, `{"act":"derive","version":3,"fields":{"proveido":"P-1","proveido_date":"2026-09-15","person":"soporte-1"}}`)
	f.mustAct(t, support, s.Number, `{"act":"take","version":4}`)
	return f.mustAct(t, support, s.Number, `{"act":"create-access","version":5,"fields":{"message":"SIGA","credentials":"yes"}}`)
}

// R103: the password goes in and never comes out, not even in a repeated answer.
func TestCredentialByTheAPI(t *testing.T) {
	f := newFixture(t)
	s := f.owed(t)
	body := func(password string) string {
		return fmt.Sprintf(`{"act":"deliver-credential","version":6,"fields":{"system":"SIGA","account":"u.ejemplo","medium":"mail","password":%q}}`, password)
	}
	for _, wrong := range []string{"", "corta", "sin-mayusculas", "Clave -ab12"} {
		p := problemIn(t, f.act(t, support, s.Number, body(wrong)))
		if diff := cmp.Diff([]string{"#/fields/password"}, p.places()); diff != "" || wrong != "" && strings.Contains(fmt.Sprint(p), wrong) {
			t.Errorf("%q: %+v\n%s", wrong, p, diff)
		}
	}
	send := func() reply {
		return f.do(t, request{method: "POST", target: "/v1/tickets/" + s.Number + "/acts", who: support, body: body(desktest.Password), header: map[string]string{"Idempotency-Key": "entrega"}})
	}
	first, again := send(), send()
	if first.status != http.StatusOK || again.status != http.StatusOK || again.header0("Idempotency-Replayed") != "true" {
		t.Fatalf("delivered: %d %s\nagain: %d %s", first.status, first.body, again.status, again.body)
	}
	shown := f.get(t, support, "/v1/tickets/"+s.Number)
	dump, err := f.store.Dump()
	for name, text := range map[string]string{"the answer": first.body, "the repeated answer": again.body, "the ticket": shown.body, "the store": dump} {
		if strings.Contains(text, desktest.Password) || err != nil {
			t.Errorf("%s holds the password, %v", name, err)
		}
	}
	if r := f.act(t, requester, s.Number, `{"act":"show-credential","fields":{"delivery":"7"}}`); r.status != http.StatusBadRequest {
		t.Errorf("shown by the API: %d %s", r.status, r.body)
	}
}
