package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
)

func TestPostedFormOpensATicket(t *testing.T) {
	tests := []struct {
		name, who, body string
		wantState       string
		wantMissing     []string
	}{
		{"8.5 waits at Level 1", requester, form85, "Registrado", nil},
		{"8.1 of headquarters asks one head", requester,
			`{"service":"apps-siaf-melissa-siga","flow":"8.1","subject":"SIGA lento","description":"Tarda.","impact":"slow"}`, "Por aprobar: unidad orgánica", nil},
		{"8.1 of a territorial unit asks its head first", requesterUT,
			`{"service":"apps-siaf-melissa-siga","flow":"8.1","subject":"SIGA lento","description":"Tarda.","impact":"slow","phone":"anexo 12"}`, "Por aprobar: UT", nil},
		{"8.7 with a telephone waits at Level 1", requester,
			`{"service":"technical-consultation","subject":"Traslado","description":"Al piso 2.","phone":"anexo 12"}`, "Registrado", nil},
		{"8.3 of a specialist asks the Jefatura of the UTI", developer,
			`{"service":"apps-sigo","flow":"8.3","subject":"SIGO lento","description":"Desde el respaldo.","detected":"slow"}`, "Por aprobar: Jefatura UTI", nil},
		{"8.6 never waits for what is missing", requester,
			`{"service":"hardware-printers","subject":"No imprime","description":"Sale en blanco."}`, "Registrado", []string{"equipment", "asset", "goods", "office"}},
		{"8.6 knows that there is no label in sight", requester,
			`{"service":"hardware-printers","subject":"No imprime","description":"En blanco.","equipment":"Impresora","no_asset":true,"goods":"printer","office":"Logística"}`, "Registrado", nil},
		{"a box left empty is no answer", requester,
			`{"service":"hardware-printers","subject":"No imprime","description":"En blanco.","equipment":"Impresora","no_asset":false,"goods":"printer","office":"Logística"}`, "Registrado", []string{"asset"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			r := f.post(t, test.who, "clave-1", test.body)
			if r.status != http.StatusCreated {
				t.Fatalf("%d %s", r.status, r.body)
			}
			var got standing
			r.into(t, &got)
			if got.Number != "2026-000001" || got.Version != 1 || got.State.Name != test.wantState || got.NextStep.Text == "" {
				t.Errorf("got %+v, want state %q", got, test.wantState)
			}
			if diff := cmp.Diff(test.wantMissing, got.Missing); diff != "" {
				t.Errorf("missing (-want +got):\n%s", diff)
			}
			if at := r.header0("Location"); at != "/v1/tickets/2026-000001" {
				t.Errorf("Location %q", at)
			}
			if r := f.get(t, test.who, r.header0("Location")); r.status != http.StatusOK {
				t.Errorf("the place of the ticket answers %d", r.status)
			}
		})
	}
}

func TestFormWithMistakesNamesEachPlace(t *testing.T) {
	long := strings.Repeat("á", 201)
	tests := []struct {
		name, body string
		want       []string
	}{
		{"nothing given", `{}`, []string{"#/service"}},
		{"no subject, no description", `{"service":"apps-antivirus"}`, []string{"#/subject", "#/description"}},
		{"subject too long", `{"service":"apps-antivirus","subject":"` + long + `","description":"x"}`, []string{"#/subject"}},
		{"unknown service", `{"service":"teletransporte","subject":"x","description":"x"}`, []string{"#/service"}},
		{"unknown service with a flow", `{"service":"teletransporte","flow":"8.5","subject":"x","description":"x"}`, []string{"#/service"}},
		{"service with two flows and none named", `{"service":"apps-spij","subject":"x","description":"x"}`, []string{"#/flow"}},
		{"flow that the service does not follow", `{"service":"apps-antivirus","flow":"8.6","subject":"x","description":"x"}`, []string{"#/service"}},
		{"flow that is none", `{"service":"apps-spij","flow":"9.9","subject":"x","description":"x"}`, []string{"#/flow"}},
		{"8.4 without its document", `{"service":"access-sigo","subject":"x","description":"x"}`, []string{"#/sgd_document"}},
		{"8.1 without what is happening", `{"service":"apps-spij","flow":"8.1","subject":"x","description":"x"}`, []string{"#/impact"}},
		{"8.7 without a telephone", `{"service":"technical-consultation","subject":"x","description":"x"}`, []string{"#/phone"}},
		{"8.7 with a blank for a telephone", `{"service":"technical-consultation","subject":"x","description":"x","phone":"  "}`, []string{"#/phone"}},
		{"8.1 with a choice that is none", `{"service":"apps-spij","flow":"8.1","subject":"x","description":"x","impact":"mucho"}`, []string{"#/impact"}},
		{"a field of another flow", `{"service":"apps-antivirus","subject":"x","description":"x","asset":"740"}`, []string{"#/asset"}},
		{"characters nobody sees", `{"service":"apps-antivirus","subject":"x\u0000y","description":"x"}`, []string{"#/subject"}},
		{"members that do not exist", `{"service":"apps-antivirus","subject":"x","description":"x","a/b~c":1,"prioridad":"1"}`, []string{"#/a~1b~0c", "#/prioridad"}},
		{"wrong types", `{"service":1,"subject":["x"],"description":{"a":1},"no_asset":"yes","phone":null}`, []string{"#/service", "#/subject", "#/description", "#/phone", "#/no_asset"}},
		{"a person asking for another", `{"service":"apps-antivirus","subject":"x","description":"x","requester":"usuaria-administracion-2"}`, []string{"#/requester"}},
		{"fields of the portal's own pages", `{"service":"apps-antivirus","subject":"x","description":"x","from":"01J00000000000000000000001"}`, []string{"#/from"}},
	}
	f := newFixture(t)
	for i, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := f.post(t, requester, fmt.Sprint("clave-", i), test.body)
			p := problemIn(t, r)
			if r.status != http.StatusBadRequest || p.Code != "invalid" {
				t.Fatalf("%d %s", r.status, r.body)
			}
			if diff := cmp.Diff(test.want, p.places()); diff != "" {
				t.Errorf("places (-want +got):\n%s", diff)
			}
			for _, e := range p.Errors {
				if e.Detail == "" {
					t.Errorf("%s does not say what to do", e.Pointer)
				}
			}
		})
	}
	if r := f.get(t, requester, "/v1/tickets?requester=me"); r.body != `{"items":[]}` {
		t.Errorf("a form with mistakes left something: %s", r.body)
	}
}

func TestIdempotencyKeyMustBeGivenAndPlain(t *testing.T) {
	f := newFixture(t)
	for _, key := range []string{"", " ", "con espacio", "ñandú", strings.Repeat("k", 129), "a\tb"} {
		r := f.post(t, requester, key, form85)
		p := problemIn(t, r)
		if r.status != http.StatusBadRequest || len(p.Errors) != 1 || p.Errors[0].Header != "Idempotency-Key" {
			t.Errorf("key %q: %d %s", key, r.status, r.body)
		}
	}
	if r := f.post(t, requester, strings.Repeat("k", 128), form85); r.status != http.StatusCreated {
		t.Errorf("the longest key is refused: %s", r.body)
	}
}

func TestRepeatedKeyAnswersAsTheFirstTime(t *testing.T) {
	f := newFixture(t)
	first := f.post(t, requester, "clave", form85)
	again := f.post(t, requester, "clave", form85)
	if again.status != http.StatusCreated || again.body != first.body || again.header0("Location") != first.header0("Location") {
		t.Errorf("first %d %s\nagain %d %s", first.status, first.body, again.status, again.body)
	}
	if first.header0("Idempotency-Replayed") != "" || again.header0("Idempotency-Replayed") != "true" {
		t.Errorf("replayed: first %q, again %q", first.header0("Idempotency-Replayed"), again.header0("Idempotency-Replayed"))
	}
	f.mustAct(t, assigner, "2026-000001", `{"act":"assign","version":1,"fields":{"person":"soporte-1"}}`)
	if late := f.post(t, requester, "clave", form85); late.body != first.body {
		t.Errorf("after the ticket moved the key answers %s, first %s", late.body, first.body)
	}
}

func TestKeyUsedForSomethingElseIsRefused(t *testing.T) {
	f := newFixture(t)
	f.mustOpen(t, requester, "clave", form85)
	r := f.post(t, requester, "clave", strings.Replace(form85, "actualiza", "arranca", 1))
	if p := problemIn(t, r); r.status != http.StatusUnprocessableEntity || p.Code != "repeated" || len(p.Errors) != 1 || p.Errors[0].Header != "Idempotency-Key" {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestKeysOfTwoCallersNeverMeet(t *testing.T) {
	f := newFixture(t)
	a, b := f.mustOpen(t, requester, "clave", form85), f.mustOpen(t, other, "clave", form85)
	if a.Number == b.Number {
		t.Errorf("both got %s", a.Number)
	}
}

func TestKeyEndsAfterSevenDays(t *testing.T) {
	f := newFixture(t)
	first := f.mustOpen(t, requester, "clave", form85)
	f.now = noon.Add(7*24*time.Hour - time.Second)
	if again := f.mustOpen(t, requester, "clave", form85); again.Number != first.Number {
		t.Errorf("within the seven days: %s, want %s", again.Number, first.Number)
	}
	f.now = noon.Add(7*24*time.Hour + time.Second)
	if later := f.mustOpen(t, requester, "clave", form85); later.Number == first.Number {
		t.Errorf("after the seven days: still %s", later.Number)
	}
}

func TestTwentyAtOnceWithOneKeyOpenOneTicket(t *testing.T) {
	f := newFixture(t)
	var wg sync.WaitGroup
	replies := make([]reply, 20)
	for i := range replies {
		wg.Go(func() {
			replies[i] = f.raw(t, request{method: "POST", target: "/v1/tickets", who: requester, body: form85, header: map[string]string{"Idempotency-Key": "una"}})
		})
	}
	wg.Wait()
	fresh := 0
	for _, r := range replies {
		if r.status != http.StatusCreated || r.body != replies[0].body {
			t.Errorf("%d %s, want as the first: %s", r.status, r.body, replies[0].body)
		}
		if r.header0("Idempotency-Replayed") == "" {
			fresh++
		}
	}
	if fresh != 1 {
		t.Errorf("%d of 20 say they opened the ticket, want 1", fresh)
	}
	tickets, _, err := f.store.ByRequester(t.Context(), requester, "", 50)
	if err != nil || len(tickets) != 1 {
		t.Errorf("%d tickets, %v", len(tickets), err)
	}
}

func TestTwentyAtOnceWithTheirOwnKeysOpenTwentyTickets(t *testing.T) {
	f := newFixture(t)
	var wg sync.WaitGroup
	var numbers sync.Map
	for i := range 20 {
		wg.Go(func() {
			r := f.raw(t, request{method: "POST", target: "/v1/tickets", who: requester, body: form85, header: map[string]string{"Idempotency-Key": fmt.Sprint("clave-", i)}})
			if r.status != http.StatusCreated {
				t.Errorf("%d %s", r.status, r.body)
			}
			if _, twice := numbers.LoadOrStore(r.header0("Location"), true); twice {
				t.Errorf("number %s given twice", r.header0("Location"))
			}
		})
	}
	wg.Wait()
}

func TestMachineClientCreatesForARequester(t *testing.T) {
	form := func(who string) string { return strings.Replace(form85, "{", `{"requester":"`+who+`",`, 1) }
	tests := []struct {
		name, body string
		claims     map[string]string
		wantStatus int
		wantPlace  string
	}{
		{"by the person's id", form(requester), machineClaims("desk/create"), http.StatusCreated, ""},
		{"by an address, however written", form("Usuaria-Administracion-1@QW.gob.pe"), machineClaims("desk/create"), http.StatusCreated, ""},
		{"with the scope as the gateway writes lists", form(requester), machineClaims("[desk/read desk/create]"), http.StatusCreated, ""},
		{"nobody named", form85, machineClaims("desk/create"), http.StatusBadRequest, "#/requester"},
		{"somebody unknown", form("nadie@example.org"), machineClaims("desk/create"), http.StatusBadRequest, "#/requester"},
		{"without the scope", form(requester), machineClaims("desk/create-not"), http.StatusForbidden, ""},
		{"without any scope", form(requester), machineClaims(""), http.StatusForbidden, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			r := f.do(t, request{method: "POST", target: "/v1/tickets", body: test.body, claims: test.claims, header: map[string]string{"Idempotency-Key": "k"}})
			if r.status != test.wantStatus {
				t.Fatalf("%d %s", r.status, r.body)
			}
			if test.wantPlace != "" {
				if p := problemIn(t, r); len(p.Errors) != 1 || p.Errors[0].Pointer != test.wantPlace {
					t.Errorf("places %v, want %s", p.places(), test.wantPlace)
				}
			}
			if r.status == http.StatusCreated {
				f.checkOpenedByMachine(t)
			}
		})
	}
}

// checkOpenedByMachine: the record names the system, the ticket the person.
func (f *fixture) checkOpenedByMachine(t *testing.T) {
	t.Helper()
	id, err := f.store.ByNumber(t.Context(), "2026-000001")
	if err != nil {
		t.Fatal(err)
	}
	records, err := f.store.Records(t.Context(), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	if want := (desk.Actor{Via: machine, Assurance: desk.AssuredClient}); records[0].Actor != want || records[0].Channel != desk.ChannelAPI {
		t.Errorf("recorded as %+v by %s, want %+v by api", records[0].Actor, records[0].Channel, want)
	}
	r := f.get(t, requester, "/v1/tickets/2026-000001")
	if !strings.Contains(r.body, "por cliente "+machine) {
		t.Errorf("the requester does not see who created it: %s", r.body)
	}
}

// R88: what is detected is a specialist's to open; nobody else is even told of it.
func TestOnlyASpecialistOpensWhatIsDetected(t *testing.T) {
	f := newFixture(t)
	body := `{"service":"apps-sigo","flow":"8.3","subject":"SIGO lento","description":"Desde ayer.","detected":"slow"}`
	if r := f.post(t, requester, "clave-1", body); r.status != http.StatusForbidden || !strings.Contains(r.body, "las/los especialistas de la UTI") {
		t.Errorf("a requester: %d %s", r.status, r.body)
	}
	for who, want := range map[string]bool{requester: false, developer: true} {
		if r := f.get(t, who, "/v1/catalogue"); strings.Contains(r.body, "Incidente detectado por la UTI") != want {
			t.Errorf("the catalogue tells %s of it: %t, want %t", who, !want, want)
		}
	}
}
