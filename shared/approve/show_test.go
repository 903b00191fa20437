package approve_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"mesa/shared/access"
	"mesa/shared/approve"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/flow"
	"mesa/shared/work"
)

const asker = desk.PersonID("usuaria-administracion-1")

// deliver has support send a password, as the portal does.
func (o *office) deliver(id desk.TicketID, fields ...string) (delivery int) {
	o.t.Helper()
	act := o.Act("soporte-1", desk.ActDeliverCredential, id, append([]string{"system", "SIGA", "account", "u.ejemplo", "medium", "mail", "password", desktest.Password}, fields...)...)
	if err := work.SealSecret(o.t.Context(), desktest.Seal{}, &act); err != nil {
		o.t.Fatal(err)
	}
	result, err := o.Road.Perform(o.t.Context(), act)
	if err != nil {
		o.t.Fatal(err)
	}
	return result.After.Ticket.Version
}

// mailed is the link and digits of a delivery.
func (o *office) mailed(id desk.TicketID, delivery int) (token, code string) {
	o.t.Helper()
	l := o.link(id, desk.NewWaitID(desk.WaitCredential, delivery), asker, 1)
	l.Audience, l.ExpiresAt = access.Credentials, o.Time().Add(flow.DefaultPolicy().CredentialLife)
	return o.token(l)
}

func (o *office) delivered() (id desk.TicketID, token, code string) {
	o.t.Helper()
	id = o.Created84()
	token, code = o.mailed(id, o.deliver(id))
	return id, token, code
}

func TestPasswordIsShownOnce(t *testing.T) {
	o := newOffice(t)
	id, token, code := o.delivered()
	if q := o.ask(token, access.Credentials); q.Standing != approve.Open || q.TriesLeft != approve.MaxTries {
		t.Fatalf("stands %q with %d tries", q.Standing, q.TriesLeft)
	}
	o.Advance(time.Hour)
	q, secret, err := o.desk.Show(t.Context(), token, code[:3]+" "+code[3:])
	if err != nil || secret != desktest.Password || q.Standing != approve.Shown || !q.DecidedAt.Equal(o.Time()) {
		t.Fatalf("shown %q, %q, %v", secret, q.Standing, err)
	}
	shownAt := o.Time()
	o.Advance(time.Hour)
	for range 2 {
		q, secret, err := o.desk.Show(t.Context(), token, code)
		if err != nil || secret != "" || q.Standing != approve.Shown || !q.DecidedAt.Equal(shownAt) || q.DecidedBy != asker {
			t.Errorf("again: %q, %q at %v, %v", secret, q.Standing, q.DecidedAt, err)
		}
	}
	if records, _ := o.Store.Records(t.Context(), id, 7); len(records) != 1 || records[0].Actor.Assurance != desk.AssuredCode || records[0].Channel != desk.ChannelLink {
		t.Errorf("records %+v", records)
	}
}

// Nobody is shown anything without the digits, nor with a link that is over.
func TestPasswordIsNotShown(t *testing.T) {
	tests := []struct {
		name string
		do   func(o *office, id desk.TicketID, token *string)
		want approve.Standing
	}{
		{"past its time", func(o *office, _ desk.TicketID, _ *string) { o.Advance(flow.DefaultPolicy().CredentialLife) }, approve.Expired},
		{"replaced by another", func(o *office, id desk.TicketID, _ *string) { o.deliver(id, "replaces", "7") }, approve.Replaced},
		{"told by telephone instead", func(o *office, id desk.TicketID, _ *string) {
			o.Do("soporte-1", desk.ActDeliverCredential, id, "system", "SIGA", "account", "u.ejemplo", "medium", "phone", "call", "Se le dijo.", "replaces", "7")
		}, approve.Replaced},
		{"a link to decide", func(o *office, id desk.TicketID, token *string) {
			l := o.link(id, "approval#7", asker, 1)
			*token, _ = o.token(l)
		}, approve.Invalid},
		{"somebody else's link", func(o *office, id desk.TicketID, token *string) {
			l := o.link(id, "credential#7", "usuaria-administracion-2", 1)
			l.Audience = access.Credentials
			*token, _ = o.token(l)
		}, approve.Replaced},
		{"a delivery that never was", func(o *office, id desk.TicketID, token *string) { *token, _ = o.mailed(id, 5) }, approve.Replaced},
		{"cut", func(_ *office, _ desk.TicketID, token *string) { *token = (*token)[:len(*token)-1] }, approve.Invalid},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := newOffice(t)
			id, token, code := o.delivered()
			test.do(o, id, &token)
			version := o.Load(id).Ticket.Version
			q, secret, err := o.desk.Show(t.Context(), token, code)
			if err != nil || secret != "" || q.Standing != test.want {
				t.Errorf("shown %q, %q, %v; want %q", secret, q.Standing, err, test.want)
			}
			o.wantVersion(id, version)
		})
	}
}

func TestWrongCodesLockThePassword(t *testing.T) {
	o := newOffice(t)
	id, token, code := o.delivered()
	wrong := "000000"
	if code == wrong {
		wrong = "000001"
	}
	_, _, err := o.desk.Show(t.Context(), token, "")
	wantFields(t, err, "code")
	for range approve.MaxTries {
		_, secret, err := o.desk.Show(t.Context(), token, wrong)
		wantFields(t, err, "code")
		if secret != "" {
			t.Fatal("shown for a wrong code")
		}
	}
	if q, secret, err := o.desk.Show(t.Context(), token, code); q.Standing != approve.Locked || secret != "" || err != nil {
		t.Errorf("locked link: %q, %q, %v", q.Standing, secret, err)
	}
	o.wantVersion(id, 7)
	o.Advance(approve.LockTime)
	if _, secret, err := o.desk.Show(t.Context(), token, code); secret != desktest.Password || err != nil {
		t.Errorf("after the lock: %q, %v", secret, err)
	}
}

// A key service that is away burns nothing; one that opens something else shows nothing.
func TestKeyServiceThatFailsBurnsNothing(t *testing.T) {
	o := newOffice(t)
	id, token, code := o.delivered()
	o.desk.Opener = desktest.Seal{Err: errors.New("away")}
	if _, secret, err := o.desk.Show(t.Context(), token, code); err == nil || desk.CodeOf(err) != "" || secret != "" {
		t.Fatalf("shown %q, %v", secret, err)
	}
	o.wantVersion(id, 7)
	o.desk.Opener = desktest.Seal{}
	if _, secret, err := o.desk.Show(t.Context(), token, code); secret != desktest.Password || err != nil {
		t.Errorf("afterwards %q, %v", secret, err)
	}
}

// The clean-up may be faster than the date.
func TestPasswordThatWasCleanedUp(t *testing.T) {
	o := newOffice(t)
	_, token, code := o.delivered()
	o.desk.Vault = desktest.NewStore()
	if q, secret, err := o.desk.Show(t.Context(), token, code); q.Standing != approve.Expired || secret != "" || err != nil {
		t.Errorf("stands %q, %q, %v", q.Standing, secret, err)
	}
}

// Of fifty at once exactly one is shown it, and it is recorded once.
func TestFiftyAtOnceAndOneIsShown(t *testing.T) {
	o := newOffice(t)
	id, token, code := o.delivered()
	var mu sync.Mutex
	var group sync.WaitGroup
	shown := 0
	for range 50 {
		group.Go(func() {
			q, secret, err := o.desk.Show(t.Context(), token, code)
			mu.Lock()
			defer mu.Unlock()
			if secret != "" {
				shown++
			}
			if code := desk.CodeOf(err); err != nil && code != desk.Busy || err == nil && q.Standing != approve.Shown {
				t.Errorf("one of fifty: %q, %v", q.Standing, err)
			}
		})
	}
	group.Wait()
	if shown != 1 {
		t.Errorf("%d were shown it", shown)
	}
	o.wantVersion(id, 8)
}
