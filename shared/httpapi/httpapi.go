// Package httpapi is the desk's JSON API: what the intranet form and other
// systems of the institution speak. openapi.json, embedded here, is its
// contract, and tests hold the two together.
//
// A request walks one way:
//
//	gateway (checks the token) → caller (who is this?) → strict JSON
//	→ work.Road or work.Reader → one JSON answer, or one problem (RFC 9457)
//
// Three rules shape the answers. Bad input is never a 5xx, and every 400 names
// the place («#/subject») and what to do about it. A ticket that is not the
// caller's answers exactly as one that does not exist (F39). What went wrong
// inside is logged once, here, and leaves only as a reference.
package httpapi

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/register"
	"mesa/shared/upload"
	"mesa/shared/work"
)

// Lists is the table beside the road: who a token belongs to, and the lists.
type Lists interface {
	// PersonOfSubject is who an identity is bound to; desk.NotFound if nobody.
	PersonOfSubject(ctx context.Context, issuer, subject string) (desk.PersonID, error)
	// ByNumber finds a ticket by what people call it; desk.NotFound if none.
	ByNumber(ctx context.Context, number desk.Number) (desk.TicketID, error)
	// Queue lists the open tickets of a team and level, most urgent first. A
	// cursor it never gave is desk.Invalid.
	Queue(ctx context.Context, team desk.TeamID, level desk.Level, cursor string, limit int) ([]desk.Ticket, string, error)
	// ByRequester lists the tickets of who asked, newest first.
	ByRequester(ctx context.Context, person desk.PersonID, cursor string, limit int) ([]desk.Ticket, string, error)
}

// API serves the operations of openapi.json.
type API struct {
	Reader         *work.Reader
	Lists          Lists
	Now            func(ctx context.Context) (time.Time, error) // business clock
	Uploads        *upload.Desk
	Registers      *register.Desk
	Files          Files
	MachineClients []string    // client ids of other systems: they may only create
	Sealer         work.Sealer // of one-time credentials
}

// server is an API with what it needs to know of the procedure's rows.
type server struct {
	API
	labels map[desk.ActKind]string // what an act is called
	free   map[desk.ActKind]bool   // acts that need no version
	inner  map[actField]bool       // inputs that only the desk's own ways in may give
	form   []flow.Field            // every field of an opening form
	tables map[string]flow.Field   // those that are rows
}

// Routes answers every path; outside the contract with a problem too.
func (a API) Routes() http.Handler {
	s := &server{API: a, labels: map[desk.ActKind]string{}, free: map[desk.ActKind]bool{}, inner: map[actField]bool{}, form: formFields(), tables: tableFields()}
	for _, row := range flow.Rows() {
		if s.labels[row.Act] == "" {
			s.labels[row.Act], s.free[row.Act] = row.Label, row.Free
		}
		for _, f := range row.Fields {
			if inner(f) {
				s.inner[actField{row.Act, f.Name}] = true
			}
		}
	}
	mux := http.NewServeMux()
	paths := map[string][]operation{}
	for _, op := range operations() {
		paths[op.path] = append(paths[op.path], op)
	}
	for path, ops := range paths {
		mux.Handle(path, s.resource(ops))
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, desk.NewProblem(desk.NotFound, "", "Esta dirección no existe. Las que hay están en /v1/openapi.json."))
	})
	return mux
}

// operation is one row of the contract.
type operation struct {
	id, method, path string
	access           access
	do               func(*server, *call) (answer, error)
}

// access says whose token an operation takes.
type access int

const (
	public  access = iota // no token at all
	persons               // somebody of the directory
	anyone                // somebody of the directory, or another system
)

// operations is the route table; a test holds it against openapi.json.
func operations() []operation {
	return []operation{
		{"createTicket", http.MethodPost, "/v1/tickets", anyone, (*server).create},
		{"listTickets", http.MethodGet, "/v1/tickets", persons, (*server).list},
		{"getTicket", http.MethodGet, "/v1/tickets/{number}", persons, (*server).show},
		{"actOnTicket", http.MethodPost, "/v1/tickets/{number}/acts", persons, (*server).act},
		{"listFiles", http.MethodGet, "/v1/tickets/{number}/files", persons, (*server).files},
		{"offerUpload", http.MethodPost, "/v1/tickets/{number}/files", persons, (*server).offerUpload},
		{"confirmUpload", http.MethodPut, "/v1/tickets/{number}/files/{upload}", persons, (*server).confirmUpload},
		{"getFile", http.MethodGet, "/v1/tickets/{number}/files/{version}/{index}", persons, (*server).download},
		{"getRegister", http.MethodGet, "/v1/register", persons, (*server).register},
		{"getSignOffs", http.MethodGet, "/v1/register/{sede}/{period}/sign-offs", persons, (*server).signOffs},
		{"signOff", http.MethodPost, "/v1/register/{sede}/{period}/sign-offs", persons, (*server).signOff},
		{"reopenMonth", http.MethodPost, "/v1/register/{sede}/{period}/reopenings", persons, (*server).reopenMonth},
		{"getCatalogue", http.MethodGet, "/v1/catalogue", persons, (*server).catalogue},
		{"getContract", http.MethodGet, "/v1/openapi.json", public, (*server).contract},
	}
}

// call is one request with who makes it and when, on the business clock.
type call struct {
	*http.Request
	caller caller
	at     time.Time
}

// answer is what an operation says when all went well.
type answer struct {
	status int
	header map[string]string
	body   any
}

// resource serves the methods of one path; the others are 405 with Allow, and
// OPTIONS tells them (same origin only: no CORS header is ever sent).
func (s *server) resource(ops []operation) http.Handler {
	methods := map[string]operation{}
	for _, op := range ops {
		methods[op.method] = op
	}
	allow := strings.Join(append(slices.Sorted(maps.Keys(methods)), http.MethodOptions), ", ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		op, known := methods[r.Method]
		switch {
		case known:
			s.serve(w, r, op)
		case r.Method == http.MethodOptions:
			w.Header().Set("Allow", allow)
			w.WriteHeader(http.StatusNoContent)
		default:
			w.Header().Set("Allow", allow)
			s.fail(w, r, desk.NewProblem(badMethod, "", "Esta dirección admite %s.", allow))
		}
	})
}

func (s *server) serve(w http.ResponseWriter, r *http.Request, op operation) {
	out, err := s.run(w, r, op)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	for name, value := range out.header {
		w.Header().Set(name, value)
	}
	write(w, r, "application/json", out.status, out.body)
}

func (s *server) run(w http.ResponseWriter, r *http.Request, op operation) (answer, error) {
	c := &call{Request: r}
	c.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if op.access == public {
		return op.do(s, c)
	}
	var err error
	if c.caller, err = s.callerOf(r.Context(), op.access); err != nil {
		return answer{}, err
	}
	if c.at, err = s.Now(r.Context()); err != nil {
		return answer{}, err
	}
	return op.do(s, c)
}
