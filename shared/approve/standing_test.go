package approve_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"mesa/shared/access"
	"mesa/shared/approve"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
)

// What a link says of itself, for each fate of its question.
func TestStandings(t *testing.T) {
	tests := []struct {
		name string
		do   func(*office, desk.TicketID)
		want approve.Standing
	}{
		{"nothing happened: open", func(*office, desk.TicketID) {}, approve.Open},
		{"the requester took it back: withdrawn", func(o *office, id desk.TicketID) { o.Do("usuaria-ut-piura-1", desk.ActWithdraw, id) }, approve.Withdrawn},
		{"approved in the portal: decided", func(o *office, id desk.TicketID) { o.Do(head, desk.ActApprove, id) }, approve.Decided},
		{"rejected: decided", func(o *office, id desk.TicketID) { o.Do(head, desk.ActReject, id, "reason", "No procede.") }, approve.Decided},
		{"said not theirs: declined", func(o *office, id desk.TicketID) { o.Do(head, desk.ActNotMine, id, "reason", "No es de mi área.") }, approve.Declined},
		{"reminded: replaced by the later mail", remind, approve.Replaced},
		{"past its date: expired", func(o *office, _ desk.TicketID) { o.Advance(60 * 24 * time.Hour) }, approve.Expired},
		{"the post changed hands: replaced (F17)", func(o *office, _ desk.TicketID) {
			o.edit(func(r *directory.Records) {
				for i := range r.Heads {
					if r.Heads[i].Unit == "UT-PIURA" {
						r.Heads[i].Person = "usuaria-ut-piura-2"
					}
				}
			})
		}, approve.Replaced},
		{"the head went to another unit: replaced (F17)", func(o *office, _ desk.TicketID) {
			o.edit(func(r *directory.Records) {
				r.Heads = slices.DeleteFunc(r.Heads, func(h directory.Head) bool { return h.Unit == "UT-TUMBES" })
				for i := range r.Heads {
					if r.Heads[i].Unit == "UT-PIURA" {
						r.Heads[i].Unit = "UT-TUMBES"
					}
				}
			})
		}, approve.Replaced},
		{"the service takes signing in by now: sign in (F22)", func(o *office, _ desk.TicketID) { o.askSignIn("apps-sigo") }, approve.SignIn},
		{"another service takes signing in: open", func(o *office, _ desk.TicketID) { o.askSignIn("apps-spij") }, approve.Open},
		{"the account was disabled: replaced (F17)", func(o *office, _ desk.TicketID) {
			o.edit(func(r *directory.Records) {
				for i := range r.People {
					r.People[i].Disabled = r.People[i].Disabled || r.People[i].ID == head
				}
			})
		}, approve.Replaced},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := newOffice(t)
			id, token, code := o.asked()
			test.do(o, id)
			version := o.Load(id).Ticket.Version
			o.wantStanding(token, test.want)
			o.wantVersion(id, version)
			if test.want == approve.Open {
				return
			}
			if q, err := o.decide(token, "approve", "", code); q.Standing != test.want || err != nil {
				t.Errorf("deciding by it stands %q, %v; want %q", q.Standing, err, test.want)
			}
			o.wantVersion(id, version)
		})
	}
}

// remind lets the first reminder be due.
func remind(o *office, id desk.TicketID) {
	o.t.Helper()
	o.SetTime(o.Load(id).Waits[0].WakeAt)
	act := desk.Act{Kind: desk.ActOverdue, Ticket: id, At: o.Time(), Channel: desk.ChannelClock, Fields: desk.Fields{"wait": "approval#1"},
		Actor: desk.Actor{Person: desk.Clock, Via: "approval", Assurance: desk.AssuredSelf}}
	if _, err := o.Road.Perform(o.t.Context(), act); err != nil {
		o.t.Fatal(err)
	}
}

// F15, F16: the reminder's link is new, has its own digits, and works.
func TestTheRemindersLinkDecides(t *testing.T) {
	o := newOffice(t)
	id, old, oldCode := o.asked()
	remind(o, id)
	token, code := o.token(o.link(id, "approval#1", head, 2))
	o.wantStanding(token, approve.Open)
	if code == oldCode {
		t.Error("both rounds have the same digits")
	}
	if q, err := o.decide(token, "approve", "", code); err != nil || q.Standing != approve.Decided || !q.Approved {
		t.Errorf("decided %+v, %v", q.Standing, err)
	}
	if q := o.wantStanding(old, approve.Decided); q.DecidedBy != head {
		t.Errorf("the old link says %s decided", q.DecidedBy)
	}
}

// Nobody decides on their own request, though a link was made for them.
func TestOwnRequest(t *testing.T) {
	o := newOffice(t)
	id := o.Do(head, desk.ActOpen, "", "service", "apps-sigo", "flow", "8.1", "subject", "x", "description", "y", "impact", "slow").After.Ticket.ID
	token, code := o.token(o.link(id, "approval#1", head, 1))
	o.wantStanding(token, approve.Own)
	if q, err := o.decide(token, "approve", "", code); q.Standing != approve.Own || err != nil {
		t.Errorf("stands %q, %v", q.Standing, err)
	}
	o.wantVersion(id, 1)
}

// F19: one character changed, at every position, and cut at every length: one
// answer, which says nothing.
func TestScrambledLinksAllLookTheSame(t *testing.T) {
	o := newOffice(t)
	id, token, code := o.asked()
	for i := range len(token) {
		replacement := byte('A')
		if token[i] == 'A' {
			replacement = 'B'
		}
		for _, bad := range []string{token[:i] + string(replacement) + token[i+1:], token[:i]} {
			q, err := o.desk.Ask(t.Context(), bad, access.Approvals)
			if err != nil || q.Standing != approve.Invalid || q.View.Ticket.ID != "" || q.Link != (access.Link{}) {
				t.Fatalf("position %d: %+v, %v", i, q.Standing, err)
			}
			if q, err := o.decide(bad, "approve", "", code); err != nil || q.Standing != approve.Invalid {
				t.Fatalf("position %d decides: %+v, %v", i, q.Standing, err)
			}
		}
	}
	o.wantVersion(id, 1)
}

// F20: genuine looking links that are not: other page, other key, other ticket,
// a wait or person that never was.
func TestLinksThatAreNot(t *testing.T) {
	o := newOffice(t)
	id, token, _ := o.asked()
	other := o.Open81()
	stranger, err := access.NewRing(key("k2"))
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := stranger.Sign(o.link(id, "approval#1", head, 1))
	if err != nil {
		t.Fatal(err)
	}
	sign := func(l access.Link) string {
		s, _ := o.token(l)
		return s
	}
	tests := []struct {
		name, token string
		audience    access.Audience
		want        approve.Standing
	}{
		{"made for another page", token, access.Answers, approve.Invalid},
		{"signed by a key we do not know", foreign, access.Approvals, approve.Invalid},
		{"empty", "", access.Approvals, approve.Invalid},
		{"ten kilobytes", strings.Repeat("a", 10_000), access.Approvals, approve.Invalid},
		{"a wait that is not there", sign(o.link(id, "approval#9", head, 1)), access.Approvals, approve.Replaced},
		{"a round to come", sign(o.link(id, "approval#1", head, 2)), access.Approvals, approve.Replaced},
		{"a person never asked", sign(o.link(id, "approval#1", "jefa-ut-tacna", 1)), access.Approvals, approve.Replaced},
		{"a person who is nobody", sign(o.link(id, "approval#1", "nobody", 1)), access.Approvals, approve.Replaced},
		{"a ticket that is not there", sign(o.link("01J8NOSUCHTICKET0000000000", "approval#1", head, 1)), access.Approvals, approve.Replaced},
		{"another ticket's, which is open", sign(o.link(other, "approval#1", head, 1)), access.Approvals, approve.Open},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if q := o.ask(test.token, test.audience); q.Standing != test.want {
				t.Errorf("stands %q, want %q", q.Standing, test.want)
			}
		})
	}
	o.wantVersion(id, 1)
}

// F21: keys change while links are on their way.
func TestKeysRotate(t *testing.T) {
	o := newOffice(t)
	_, token, code := o.asked()
	old := key("k1")
	old.Until = desktest.Tuesday(12, 0)
	ring, err := access.NewRing(key("k2"), old)
	if err != nil {
		t.Fatal(err)
	}
	o.ring = ring
	o.wantStanding(token, approve.Open)
	o.SetTime(desktest.Tuesday(12, 0))
	o.wantStanding(token, approve.Invalid)
	o.SetTime(desktest.Tuesday(11, 59))
	if q, err := o.decide(token, "approve", "", code); err != nil || q.Standing != approve.Decided {
		t.Errorf("the old link with its old digits stands %q, %v; want decided", q.Standing, err)
	}
}
