package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"

	"mesa/infra/sample"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/httpapi"
	"mesa/shared/lambdaio"
	"mesa/shared/notify"
	"mesa/shared/register"
	"mesa/shared/session"
	"mesa/shared/upload"
	"mesa/shared/work"
)

// issuer is whom the tests' tokens come from; a person's subject is their id.
const (
	issuer  = "https://issuer.example"
	machine = "intranet-siga"
)

// A Tuesday at noon in Lima.
var noon = time.Date(2026, 9, 15, 17, 0, 0, 0, time.UTC)

// People of the sample directory, by what they are to the tests.
const (
	requester   = "usuaria-administracion-1"
	other       = "usuaria-administracion-2"
	requesterUT = "usuaria-ut-lima-1"
	firstLevel  = "informatica-mesa-1"
	assigner    = "especialista-mesa"
	support     = "soporte-1"
	developer   = "desarrollo-1"
	specialist  = "especialista-ut-lima"
	utHead      = "jefa-ut-lima"
	otherHead   = "jefa-ut-tacna"
	unitHead    = "jefa-administracion"
	utiHead     = "jefa-uti"
)

// fixture is a desk in memory behind the gateway adapter. Every answer it gets
// is held against openapi.json.
type fixture struct {
	store   *desktest.Store
	storage *desktest.Storage
	road    *work.Road
	serve   func(ctx context.Context, in lambdaio.Event) (events.APIGatewayV2HTTPResponse, error)
	now     time.Time
	mu      sync.Mutex
	ids     int
	denied  []desk.PersonID // who left a trace on the road
}

func newFixture(t testing.TB) *fixture {
	t.Helper()
	store := mustStore(t)
	f := &fixture{store: store, storage: desktest.NewStorage(), now: noon}
	f.use(store, store)
	return f
}

// use puts the API on a road whose store and lists may be broken by the test.
func (f *fixture) use(store work.Store, lists httpapi.Lists) {
	f.useAll(store, f.store, lists)
}

func (f *fixture) useAll(store work.Store, dir work.Directory, lists httpapi.Lists) {
	road := &work.Road{Store: store, Directory: dir, Settings: f.store, Notifier: notify.Sealer{}, NewID: f.newID,
		Salt: func() (string, error) { return "salt", nil }, Pause: lambdaio.Pause,
		Denied: func(_ context.Context, act desk.Act, _ *desk.Problem) { f.denied = append(f.denied, act.Actor.Person) }}
	f.road = road
	api := httpapi.API{Reader: &work.Reader{Road: road, Effects: f.store}, Lists: lists, MachineClients: []string{machine}, Sealer: desktest.Seal{},
		Files: f.storage, Uploads: &upload.Desk{Storage: f.storage, Road: road, NewID: session.Random},
		Registers: &register.Desk{Store: f.store, Now: func(context.Context) (time.Time, error) { return f.now, nil }},
		Now:       func(context.Context) (time.Time, error) { return f.now, nil }}
	f.serve = lambdaio.HTTP(api.Routes())
}

func (f *fixture) newID(time.Time) (desk.TicketID, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ids++
	return desk.TicketID(fmt.Sprintf("01J%023d", f.ids)), nil
}

// mustStore loads the sample directory and binds everybody's token.
func mustStore(t testing.TB) *desktest.Store {
	t.Helper()
	records, err := sample.Records()
	if err != nil {
		t.Fatal(err)
	}
	store := desktest.NewStore()
	if err := store.SaveDirectory(t.Context(), records, 0); err != nil {
		t.Fatal(err)
	}
	for _, p := range records.People {
		if err := store.BindSubject(t.Context(), issuer, string(p.ID), p.ID); err != nil {
			t.Fatal(err)
		}
	}
	return store
}

// reply is an answer of the API.
type reply struct {
	status int
	header map[string]string
	body   string
}

func (r reply) header0(name string) string { return r.header[http.CanonicalHeaderKey(name)] }

// into reads the body; the test ends if it is not JSON.
func (r reply) into(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(r.body), v); err != nil {
		t.Fatalf("body %q: %v", r.body, err)
	}
}

// request is a call to the API; who is a person's id, "" for no token.
type request struct {
	method, target, who string
	body                string
	header              map[string]string
	claims              map[string]string // instead of who's
}

func claimsFor(who string) map[string]string {
	return map[string]string{"sub": who, "iss": issuer, "token_use": "access", "client_id": "portal"}
}

func machineClaims(scope string) map[string]string {
	return map[string]string{"sub": machine, "iss": issuer, "token_use": "access", "client_id": machine, "scope": scope}
}

// event is the request as the HTTP API hands it over.
func (q request) event() lambdaio.Event {
	path, query, _ := strings.Cut(q.target, "?")
	e := lambdaio.Event{Version: "2.0", RawPath: path, RawQueryString: query, Headers: map[string]string{}, Body: q.body}
	if q.body != "" {
		e.Headers["content-type"] = "application/json"
	}
	for name, value := range q.header {
		e.Headers[strings.ToLower(name)] = value
	}
	e.RequestContext.HTTP.Method, e.RequestContext.RequestID = q.method, "ref-1"
	claims := q.claims
	if claims == nil && q.who != "" {
		claims = claimsFor(q.who)
	}
	if claims != nil {
		e.RequestContext.Authorizer = &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{
			JWT: &events.APIGatewayV2HTTPRequestContextAuthorizerJWTDescription{Claims: claims}}
	}
	return e
}

// do calls the API and holds the answer against the contract.
func (f *fixture) do(t testing.TB, q request) reply {
	t.Helper()
	r := f.raw(t, q)
	conforms(t, q, r)
	return r
}

func (f *fixture) raw(t testing.TB, q request) reply {
	t.Helper()
	out, err := f.serve(t.Context(), q.event())
	if err != nil {
		t.Fatalf("%s %s: %v", q.method, q.target, err)
	}
	return reply{out.StatusCode, out.Headers, out.Body}
}

func (f *fixture) get(t testing.TB, who, target string) reply {
	t.Helper()
	return f.do(t, request{method: "GET", target: target, who: who})
}

func (f *fixture) post(t testing.TB, who, key, body string) reply {
	t.Helper()
	return f.do(t, request{method: "POST", target: "/v1/tickets", who: who, body: body, header: map[string]string{"Idempotency-Key": key}})
}

func (f *fixture) act(t testing.TB, who, number, body string) reply {
	t.Helper()
	return f.do(t, request{method: "POST", target: "/v1/tickets/" + number + "/acts", who: who, body: body})
}

// standing is what creating and acting answer.
type standing struct {
	ID, Number string
	Version    int
	State      struct{ Code, Name string }
	NextStep   struct{ Clause, Text string }
	Missing    []string
}

// form85 is the usual form of these tests.
const form85 = `{"service":"apps-antivirus","subject":"El antivirus no actualiza","description":"Desde ayer dice que venció."}`

func (f *fixture) mustOpen(t testing.TB, who, key, body string) standing {
	t.Helper()
	r := f.post(t, who, key, body)
	if r.status != http.StatusCreated {
		t.Fatalf("open as %s: %d %s", who, r.status, r.body)
	}
	var s standing
	r.into(t, &s)
	return s
}

func (f *fixture) mustAct(t testing.TB, who, number, body string) standing {
	t.Helper()
	r := f.act(t, who, number, body)
	if r.status != http.StatusOK {
		t.Fatalf("%s by %s: %d %s", body, who, r.status, r.body)
	}
	var s standing
	r.into(t, &s)
	return s
}

// closed runs an 8.5 ticket of headquarters to its end.
func (f *fixture) closed(t testing.TB, key string) standing {
	t.Helper()
	s := f.mustOpen(t, requester, key, form85)
	f.mustAct(t, assigner, s.Number, `{"act":"assign","version":1,"fields":{"person":"soporte-1"}}`)
	f.mustAct(t, support, s.Number, `{"act":"take","version":2}`)
	return f.mustAct(t, support, s.Number, `{"act":"close","version":3,"fields":{"solution":"Se renovó la licencia.","medium":"mail"}}`)
}

// problem is a failure's body.
type problem struct {
	Type, Title, Detail, Code, Clause, Reference string
	Status, Version                              int
	Errors                                       []struct{ Pointer, Parameter, Header, Detail string }
	Changes                                      []struct {
		Version   int
		Act, At   string
		By        struct{ ID, Name string }
		LabelText string `json:"label"`
	}
}

func problemIn(t testing.TB, r reply) problem {
	t.Helper()
	var p problem
	r.into(t, &p)
	if got := r.header0("Content-Type"); !strings.HasPrefix(got, "application/problem+json") || p.Status != r.status {
		t.Errorf("a failure is %q with status %d in the body, %d outside", got, p.Status, r.status)
	}
	return p
}

// places are where a problem points.
func (p problem) places() []string {
	var all []string
	for _, e := range p.Errors {
		all = append(all, e.Pointer+e.Parameter+e.Header)
	}
	return all
}

// contract is openapi.json, read once.
var contract = sync.OnceValues(func() (*openapi3.T, error) {
	data, err := os.ReadFile("openapi.json")
	if err != nil {
		return nil, err
	}
	return openapi3.NewLoader().LoadFromData(data)
})

func mustContract(t testing.TB) *openapi3.T {
	t.Helper()
	doc, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// routeOf finds the operation of a request, nil if the contract has none.
func routeOf(doc *openapi3.T, method, path string) (*openapi3filter.RequestValidationInput, bool) {
	parts := strings.Split(path, "/")
	for template, item := range doc.Paths.Map() {
		op, params := item.GetOperation(method), map[string]string{}
		if want := strings.Split(template, "/"); op != nil && fits(want, parts, params) {
			return &openapi3filter.RequestValidationInput{PathParams: params, Options: &openapi3filter.Options{
				IncludeResponseStatus: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, MultiError: true},
				Route: route(doc, template, method, item, op)}, true
		}
	}
	return nil, false
}

func fits(template, path []string, params map[string]string) bool {
	if len(template) != len(path) {
		return false
	}
	for i, part := range template {
		switch {
		case strings.HasPrefix(part, "{"):
			params[strings.Trim(part, "{}")] = path[i]
		case part != path[i]:
			return false
		}
	}
	return true
}

// conforms holds an answer against the contract, and the request of a success.
func conforms(t testing.TB, q request, r reply) {
	t.Helper()
	path, _, _ := strings.Cut(q.target, "?")
	in, ok := routeOf(mustContract(t), q.method, path)
	if !ok {
		return
	}
	in.Request = mustRequest(t, q)
	if r.status < 300 {
		if err := openapi3filter.ValidateRequest(t.Context(), in); err != nil {
			t.Errorf("%s %s %s was accepted but is not in the contract: %v", q.method, q.target, q.body, err)
		}
	}
	header := http.Header{}
	for name, value := range r.header {
		header.Set(name, value)
	}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: r.status, Header: header, Options: in.Options,
		Body: io.NopCloser(strings.NewReader(r.body))}
	if err := openapi3filter.ValidateResponse(t.Context(), out); err != nil {
		t.Errorf("answer of %s %s is not in the contract: %v\n%s", q.method, q.target, err, r.body)
	}
}

func mustRequest(t testing.TB, q request) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), q.method, q.target, bytes.NewReader([]byte(q.body)))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range q.event().Headers {
		r.Header.Set(name, value)
	}
	return r
}
