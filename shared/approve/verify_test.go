package approve_test

import (
	"context"
	"testing"
	"time"

	"mesa/shared/access"
	"mesa/shared/approve"
	"mesa/shared/desk"
	"mesa/shared/work"
)

const verifier = desk.PersonID("usuaria-administracion-1")

// solved is an 8.2 whose requester has the mail that asks to verify.
func (o *office) solved() (id desk.TicketID, token string) {
	o.t.Helper()
	id = o.Solved82()
	token, _ = o.token(o.link(id, "verification#3", verifier, 1))
	return id, token
}

func (o *office) verify(token string, v approve.Verdict) approve.Question {
	o.t.Helper()
	q, err := o.desk.Verify(o.t.Context(), token, v)
	if err != nil {
		o.t.Fatalf("verify %+v: %v", v, err)
	}
	return q
}

// R87: the link takes a yes or a no of who asked, without signing in.
func TestVerdictByLink(t *testing.T) {
	for _, test := range []struct {
		name    string
		verdict approve.Verdict
		solved  bool
		state   desk.State
		texts   desk.Texts
	}{
		{"a yes confirms", approve.Verdict{Choice: approve.Solved, Rating: "5", Comment: "Gracias."}, true, desk.Closed, desk.Texts{"comment": "Gracias."}},
		{"a yes with words in the other box keeps them", approve.Verdict{Choice: approve.Solved, Message: "Demoró.", Comment: "Gracias."}, true, desk.Closed, desk.Texts{"comment": "Demoró.\nGracias."}},
		{"a no reopens", approve.Verdict{Choice: approve.Failing, Message: "Igual.", Rating: "1"}, false, desk.Assigned, desk.Texts{"message": "Igual."}},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := newOffice(t)
			id, token := o.solved()
			if q := o.ask(token, access.Verifications); q.Standing != approve.Open || q.View.Ticket.ID != id {
				t.Fatalf("the link stands %q", q.Standing)
			}
			o.wantVersion(id, 3) // opening it answers nothing
			q := o.verify(token, test.verdict)
			if q.Standing != approve.Decided || q.Approved != test.solved || q.DecidedBy != verifier {
				t.Errorf("stands %q by %q, solved %v", q.Standing, q.DecidedBy, q.Approved)
			}
			got := o.Load(id).Ticket
			if got.State != test.state || got.Verifying() {
				t.Errorf("ticket is %s", got.State)
			}
			records, err := o.Store.Records(t.Context(), id, 3)
			if err != nil || len(records) != 1 || records[0].Actor.Assurance != desk.AssuredLink || records[0].Channel != desk.ChannelLink {
				t.Fatalf("records %+v, %v", records, err)
			}
			for name, want := range test.texts {
				if records[0].Texts[name] != want {
					t.Errorf("%s is %q, want %q", name, records[0].Texts[name], want)
				}
			}
			// One link gives one answer, whatever is sent again.
			o.verify(token, approve.Verdict{Choice: approve.Solved})
			o.verify(token, approve.Verdict{Choice: approve.Failing, Message: "x"})
			o.wantVersion(id, 4)
		})
	}
}

func TestVerdictsThatAreRefused(t *testing.T) {
	o := newOffice(t)
	id, token := o.solved()
	for field, v := range map[string]approve.Verdict{
		"choice":  {Message: "x"},
		"message": {Choice: approve.Failing, Comment: "x"},
		"rating":  {Choice: approve.Solved, Rating: "6"},
	} {
		q, err := o.desk.Verify(t.Context(), token, v)
		wantFields(t, err, field)
		if q.Standing != approve.Open {
			t.Errorf("%s: stands %q", field, q.Standing)
		}
	}
	for _, a := range []access.Audience{access.Approvals, access.Answers} { // made for one page only
		if q := o.ask(token, a); q.Standing != approve.Invalid {
			t.Errorf("at %s it stands %q", a, q.Standing)
		}
	}
	other, _ := o.token(o.link(id, "verification#3", "usuaria-administracion-2", 1))
	if q := o.verify(other, approve.Verdict{Choice: approve.Solved}); q.Standing != approve.Replaced {
		t.Errorf("the link of somebody else stands %q", q.Standing)
	}
	o.wantVersion(id, 3)
}

func TestVerificationLinkTellsWhatBecameOfIt(t *testing.T) {
	for _, test := range []struct {
		name string
		do   func(*office, desk.TicketID)
		want approve.Standing
		ok   bool
	}{
		{"nobody answered: silence confirmed", func(o *office, id desk.TicketID) { o.Overdue(id, "verification#3") }, approve.Lapsed, true},
		{"confirmed in the portal", func(o *office, id desk.TicketID) { o.Do(verifier, desk.ActConfirmSolved, id) }, approve.Decided, true},
		{"the mesa de ayuda reopened it", func(o *office, id desk.TicketID) {
			o.Do("informatica-mesa-1", desk.ActReopen, id, "message", "Llamó.")
		}, approve.Decided, false},
		{"closed again: this was the first window", func(o *office, id desk.TicketID) {
			o.Do(verifier, desk.ActStillFailing, id, "message", "Igual.")
			o.Do("sgd-1", desk.ActClose, id, "solution", "Ahora sí.", "medium", "mail")
		}, approve.Decided, false},
		{"much later", func(o *office, _ desk.TicketID) { o.Advance(61 * 24 * time.Hour) }, approve.Expired, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := newOffice(t)
			id, token := o.solved()
			test.do(o, id)
			version := o.Load(id).Ticket.Version
			q := o.verify(token, approve.Verdict{Choice: approve.Failing, Message: "Otra vez."})
			if q.Standing != test.want || q.Approved != test.ok {
				t.Errorf("stands %q, solved %v; want %q, %v", q.Standing, q.Approved, test.want, test.ok)
			}
			o.wantVersion(id, version)
		})
	}
}

// overtaken is a road on which somebody else arrives first.
type overtaken struct {
	approve.Performer
	first func()
}

func (r overtaken) Perform(ctx context.Context, act desk.Act) (work.Result, error) {
	r.first()
	return r.Performer.Perform(ctx, act)
}

// Who sends while the answer is being taken, by the same link or by a call to the
// mesa de ayuda, reads what holds; nothing is answered twice.
func TestVerdictThatComesTooLateReadsWhatHolds(t *testing.T) {
	for name, first := range map[string]func(*office, desk.TicketID){
		"the same link, with the other answer": func(o *office, id desk.TicketID) {
			act := o.Act(verifier, desk.ActConfirmSolved, id)
			act.Channel, act.Scope, act.Key, act.Version = desk.ChannelLink, "link", o.link(id, "verification#3", verifier, 1).ID(), 0
			if _, err := o.Road.Perform(o.t.Context(), act); err != nil {
				o.t.Fatal(err)
			}
		},
		"silence": func(o *office, id desk.TicketID) { o.Overdue(id, "verification#3") },
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			id, token := o.solved()
			o.desk.Road = overtaken{o.Road, func() { first(o, id) }}
			q := o.verify(token, approve.Verdict{Choice: approve.Failing, Message: "Igual."})
			if !q.Approved || q.Standing == approve.Open {
				t.Errorf("stands %q, solved %v", q.Standing, q.Approved)
			}
			o.wantVersion(id, 4)
		})
	}
}
