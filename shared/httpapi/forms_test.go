package httpapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// forms is one good body of each flow's form.
func forms(t *testing.T) map[desk.FlowCode]map[string]any {
	with := func(service string, more ...any) map[string]any {
		body := map[string]any{"service": service, "subject": "Ayuda", "description": "No funciona."}
		for i := 0; i+1 < len(more); i += 2 {
			body[more[i].(string)] = more[i+1]
		}
		return body
	}
	return map[desk.FlowCode]map[string]any{
		desk.Flow81: with("apps-sigo", "flow", "8.1", "impact", "slow", "phone", "anexo 1"),
		desk.Flow82: with("apps-sgd", "flow", "8.2", "impact", "slow", "phone", "anexo 1"),
		desk.Flow83: with("apps-sigo", "flow", "8.3", "detected", "slow", "phone", "anexo 1"),
		desk.Flow84: with("access-sigo", "flow", "8.4", "sgd_document", "Oficio 1-2026", "phone", "anexo 1"),
		desk.Flow85: with("apps-antivirus", "flow", "8.5", "phone", "anexo 1"),
		desk.Flow86: with("hardware-printers", "flow", "8.6", "equipment", "Impresora", "asset", "740", "goods", "printer", "office", "Piso 3", "phone", "anexo 1"),
		desk.Flow87: with("technical-consultation", "flow", "8.7", "phone", "anexo 1"),
		desk.Flow88: anexo02(t),
	}
}

func anexo02(t *testing.T) map[string]any {
	t.Helper()
	var body map[string]any
	if err := json.Unmarshal([]byte(form88), &body); err != nil {
		t.Fatal(err)
	}
	body["flow"] = "8.8"
	return body
}

// spoiled is every way in which a value of a field can be wrong, by name.
func spoiled(f flow.Field) map[string]any {
	bad := map[string]any{"of another kind": 7, "a list": []string{"x"}, "of characters nobody sees": "a\u0000b"}
	if f.Kind == flow.Check {
		return map[string]any{"a text": "sí", "a number": 1}
	}
	if !f.Optional && !f.Later {
		bad["empty"], bad["a blank"] = "", "  "
	}
	if f.Max > 0 {
		bad["too long"] = strings.Repeat("ñ", f.Max+1)
	}
	switch f.Kind {
	case flow.Choice, flow.Radio:
		bad["no such choice"] = "teletransporte"
	case flow.DateTime:
		bad["no date"], bad["a day that does not exist"], bad["a date of tomorrow"] = "ayer", "2026-02-30T10:00", "2030-01-01T10:00"
	}
	return bad
}

// Every field of every form, wrong in every way: 400, the place in the body, a
// sentence in Spanish, and nothing is stored.
func TestEveryFieldOfEveryFormRefusesWhatIsWrong(t *testing.T) {
	f, good := newFixture(t), forms(t)
	n := 0
	for _, code := range slices.Sorted(maps.Keys(good)) {
		who := requester
		if code == desk.Flow83 {
			who = developer
		}
		for _, field := range flow.OpenFields(code) {
			if field.Kind == flow.Hidden && field.Name != "flow" || field.Kind == flow.Table {
				continue // the portal's own; tables have their own test
			}
			for _, how := range slices.Sorted(maps.Keys(spoiled(field))) {
				body := maps.Clone(good[code])
				body[field.Name] = spoiled(field)[how]
				n++
				t.Run(fmt.Sprintf("%s/%s/%s", code, field.Name, how), func(t *testing.T) { refused(t, f, who, field, body, n) })
			}
		}
	}
	if n < 200 {
		t.Errorf("%d wrong inputs were tried: the forms have more", n)
	}
	if left, _, err := f.store.Tickets(t.Context(), "", 10); len(left) != 0 || err != nil {
		t.Errorf("wrong inputs left %v, %v", left, err)
	}
	for code, body := range good { // and nothing but those mistakes was wrong
		who := requester
		if code == desk.Flow83 {
			who = developer
		}
		if r := f.post(t, who, "bien-"+string(code), mustJSON(t, body)); r.status != http.StatusCreated {
			t.Errorf("the good form of %s: %d %s", code, r.status, r.body)
		}
	}
}

func refused(t *testing.T, f *fixture, who string, field flow.Field, body map[string]any, n int) {
	t.Helper()
	r := f.post(t, who, fmt.Sprint("mal-", n), mustJSON(t, body))
	p := problemIn(t, r)
	if r.status != http.StatusBadRequest || p.Code != "invalid" || len(p.Errors) == 0 {
		t.Fatalf("%d %s", r.status, r.body)
	}
	if field.Name != "flow" && !slices.Contains(p.places(), "#/"+field.Name) {
		t.Errorf("places %v, want #/%s", p.places(), field.Name)
	}
	for _, e := range p.Errors {
		if len(e.Detail) < 10 || !strings.HasSuffix(e.Detail, ".") {
			t.Errorf("%s says %q", e.Pointer, e.Detail)
		}
	}
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
