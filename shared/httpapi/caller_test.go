package httpapi_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
)

// operations of the API that take a token, on a ticket that exists.
func tokenOperations() []request {
	return []request{
		{method: "POST", target: "/v1/tickets", body: form85, header: map[string]string{"Idempotency-Key": "k"}},
		{method: "GET", target: "/v1/tickets?requester=me"},
		{method: "GET", target: "/v1/tickets?queue=mesa-de-ayuda:1"},
		{method: "GET", target: "/v1/tickets/2026-000001"},
		{method: "POST", target: "/v1/tickets/2026-000001/acts", body: `{"act":"comment","fields":{"message":"Hola"}}`},
		{method: "GET", target: "/v1/register?sede=SC&period=202609"},
		{method: "GET", target: "/v1/catalogue"},
	}
}

func TestTokensThatAreNoneGetNowhere(t *testing.T) {
	change := func(name, value string) map[string]string {
		c := maps.Clone(claimsFor(requester))
		c[name] = value
		return c
	}
	tests := []struct {
		name       string
		claims     map[string]string
		wantStatus int
		wantText   string
	}{
		{"no token", nil, http.StatusUnauthorized, "token de acceso"},
		{"an ID token", change("token_use", "id"), http.StatusUnauthorized, "no el de identidad"},
		{"a token of unknown use", change("token_use", ""), http.StatusUnauthorized, "token de acceso"},
		{"a token of nobody", change("sub", ""), http.StatusUnauthorized, "token de acceso"},
		{"somebody who never signed in", change("sub", "nueva"), http.StatusForbidden, "Ingrese una vez al portal"},
		{"the same subject of another issuer", change("iss", "https://evil.example"), http.StatusForbidden, "Ingrese una vez al portal"},
		{"a client not listed as a machine", change("sub", "otro-sistema"), http.StatusForbidden, "Ingrese una vez al portal"},
	}
	f := newFixture(t)
	f.mustOpen(t, requester, "first", form85)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, q := range tokenOperations() {
				q.claims = test.claims
				r := f.do(t, q)
				p := problemIn(t, r)
				if r.status != test.wantStatus || !strings.Contains(p.Detail, test.wantText) {
					t.Errorf("%s %s: %d %q", q.method, q.target, r.status, p.Detail)
				}
				if challenged := r.header0("WWW-Authenticate") != ""; challenged != (r.status == http.StatusUnauthorized) {
					t.Errorf("%d with WWW-Authenticate %q", r.status, r.header0("WWW-Authenticate"))
				}
			}
		})
	}
}

func TestMachineClientMayOnlyCreate(t *testing.T) {
	f := newFixture(t)
	f.mustOpen(t, requester, "first", form85)
	for _, q := range tokenOperations()[1:] {
		q.claims = machineClaims("desk/create")
		if r := f.do(t, q); r.status != http.StatusForbidden {
			t.Errorf("%s %s: %d %s", q.method, q.target, r.status, r.body)
		}
	}
}

// A machine client whose subject somebody bound to a person is a machine still.
func TestBoundMachineClientGainsNoPerson(t *testing.T) {
	f := newFixture(t)
	if err := f.store.BindSubject(t.Context(), issuer, machine, utiHead); err != nil {
		t.Fatal(err)
	}
	r := f.do(t, request{method: "GET", target: "/v1/tickets?requester=me", claims: machineClaims("desk/create")})
	if r.status != http.StatusForbidden {
		t.Errorf("%d %s", r.status, r.body)
	}
}

// Somebody bound who left the directory may do nothing any more.
func TestWhoLeftTheDirectoryMayDoNothing(t *testing.T) {
	f := newFixture(t)
	if err := f.store.BindSubject(t.Context(), issuer, "ex", "persona-que-no-esta"); err != nil {
		t.Fatal(err)
	}
	f.mustOpen(t, requester, "first", form85)
	want := []int{http.StatusForbidden, http.StatusOK, http.StatusForbidden, http.StatusNotFound, http.StatusNotFound, http.StatusForbidden, http.StatusForbidden}
	for i, q := range tokenOperations() {
		q.who = "ex"
		if r := f.do(t, q); r.status != want[i] {
			t.Errorf("%s %s: %d %s, want %d", q.method, q.target, r.status, r.body, want[i])
		}
	}
}

// Each role against each way of reading: F39. The ticket is an 8.5 of
// headquarters at Level 1.
func TestWhoReadsWhat(t *testing.T) {
	f := newFixture(t)
	s := f.mustOpen(t, requester, "first", form85)
	tests := []struct {
		who                                                string
		ticket, deskQueue, limaQueue, sedeSC, sedeLima, me int
	}{
		{requester, 200, 403, 403, 403, 403, 200},
		{other, 404, 403, 403, 403, 403, 200},
		{requesterUT, 404, 403, 403, 403, 403, 200},
		{firstLevel, 200, 200, 200, 200, 200, 200},
		{assigner, 200, 200, 200, 200, 200, 200},
		{support, 404, 403, 403, 200, 403, 200},
		{developer, 404, 403, 403, 200, 403, 200},
		{specialist, 404, 403, 200, 403, 200, 200},
		{utHead, 404, 403, 403, 403, 200, 200},
		{otherHead, 404, 403, 403, 403, 403, 200},
		{unitHead, 404, 403, 403, 200, 403, 200},
		{utiHead, 200, 200, 200, 200, 200, 200},
	}
	for _, test := range tests {
		t.Run(test.who, func(t *testing.T) {
			for target, want := range map[string]int{
				"/v1/tickets/" + s.Number: test.ticket, "/v1/tickets?queue=mesa-de-ayuda:1": test.deskQueue, "/v1/tickets?queue=ut-lima:1": test.limaQueue,
				"/v1/register?sede=SC&period=202609": test.sedeSC, "/v1/register?sede=UT-LIMA&period=202609": test.sedeLima,
				"/v1/tickets?requester=me": test.me, "/v1/catalogue": 200,
			} {
				if r := f.get(t, test.who, target); r.status != want {
					t.Errorf("%s: %d %s, want %d", target, r.status, r.body, want)
				}
			}
		})
	}
}

// A ticket of somebody else and one that does not exist cannot be told apart.
func TestForeignTicketAnswersLikeNone(t *testing.T) {
	f := newFixture(t)
	f.mustOpen(t, requester, "first", form85)
	comment := `{"act":"comment","fields":{"message":"Hola"}}`
	take := `{"act":"take","version":1}`
	want := f.get(t, other, "/v1/tickets/2026-000002").body
	for _, number := range []string{"2026-000001", "2026-000002", "2026-1", "x", "2026-00000a", "2026x000001", "..%2f..", "2026-000001%00", strings.Repeat("9", 3000)} {
		shown := f.get(t, other, "/v1/tickets/"+number)
		if shown.status != http.StatusNotFound || shown.body != want {
			t.Errorf("GET %.30s: %d %s, want %s", number, shown.status, shown.body, want)
		}
		for _, body := range []string{comment, take} {
			if r := f.act(t, other, number, body); r.status != http.StatusNotFound || r.body != want {
				t.Errorf("%s on %.30s: %d %s, want %s", body, number, r.status, r.body, want)
			}
		}
	}
}
