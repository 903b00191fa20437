package approve_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"mesa/shared/access"
	"mesa/shared/approve"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
	"mesa/shared/flow"
)

// office is a desk whose heads decide by signed links.
type office struct {
	*desktest.Bench
	t    *testing.T
	ring access.Ring
	desk *approve.Desk
}

const head = desk.PersonID("jefa-ut-piura")

func key(id string) access.Key {
	return access.Key{ID: id, Secret: []byte(strings.Repeat(id, 32))}
}

func newOffice(t *testing.T) *office {
	t.Helper()
	ring, err := access.NewRing(key("k1"))
	if err != nil {
		t.Fatal(err)
	}
	o := &office{Bench: desktest.NewBench(t), t: t, ring: ring}
	o.desk = &approve.Desk{Ring: func(context.Context) (access.Ring, error) { return o.ring, nil }, Reader: o.Reader, Road: o.Road, Tries: o.Store, Vault: o.Store, Opener: desktest.Seal{}, Now: o.Now}
	return o
}

// link is what the mail to a person carries.
func (o *office) link(id desk.TicketID, wait desk.WaitID, person desk.PersonID, round int) access.Link {
	audience := access.Answers
	switch wait.Kind() {
	case desk.WaitApproval:
		audience = access.Approvals
	case desk.WaitVerification:
		audience = access.Verifications
	}
	return access.Link{Ticket: id, Wait: wait, Person: person, Round: round, Audience: audience, ExpiresAt: desktest.Tuesday(9, 0).Add(60 * 24 * time.Hour)}
}

// token signs a link; code is the digits of its mail.
func (o *office) token(l access.Link) (token, code string) {
	o.t.Helper()
	token, err := o.ring.Sign(l)
	if err != nil {
		o.t.Fatal(err)
	}
	code, err = o.ring.Code(l, o.Time())
	if err != nil {
		o.t.Fatal(err)
	}
	return token, code
}

// asked is an 8.1 ticket whose UT head has a mail.
func (o *office) asked() (id desk.TicketID, token, code string) {
	o.t.Helper()
	id = o.Open81()
	token, code = o.token(o.link(id, "approval#1", head, 1))
	return id, token, code
}

// ask opens a link that must be answered.
func (o *office) ask(token string, a access.Audience) approve.Question {
	o.t.Helper()
	q, err := o.desk.Ask(o.t.Context(), token, a)
	if err != nil {
		o.t.Fatalf("ask: %v", err)
	}
	return q
}

// wantStanding opens an approval link.
func (o *office) wantStanding(token string, want approve.Standing) approve.Question {
	o.t.Helper()
	q := o.ask(token, access.Approvals)
	if q.Standing != want {
		o.t.Errorf("link stands %q, want %q", q.Standing, want)
	}
	return q
}

// decide submits a complete form.
func (o *office) decide(token, choice, reason, code string) (approve.Question, error) {
	return o.desk.Decide(o.t.Context(), token, approve.Vote{Choice: choice, Reason: reason, Code: code})
}

func (o *office) edit(change func(*directory.Records)) {
	o.t.Helper()
	records, revision, err := o.Store.LoadDirectory(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	change(&records)
	if err := o.Store.SaveDirectory(o.t.Context(), records, revision); err != nil {
		o.t.Fatal(err)
	}
}

// askSignIn makes a policy: who decides about the service signs in.
func (o *office) askSignIn(service desk.ServiceID) {
	o.t.Helper()
	policy := flow.DefaultPolicy()
	policy.SignIn = []desk.ServiceID{service}
	if err := o.Store.SetPolicy(o.t.Context(), policy, o.Time()); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) wantVersion(id desk.TicketID, want int) {
	o.t.Helper()
	if got := o.Load(id).Ticket.Version; got != want {
		o.t.Errorf("version is %d, want %d", got, want)
	}
}

func wantFields(t *testing.T, err error, want string) {
	t.Helper()
	got := ""
	if desk.CodeOf(err) == desk.Invalid {
		_, got, _ = strings.Cut(err.Error(), "[")
		got = strings.TrimSuffix(got, "]")
	}
	if got != want {
		t.Errorf("got %v, want problems of fields %q", err, want)
	}
}
