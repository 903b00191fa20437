package intake_test

import (
	"fmt"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/intake"
	"mesa/shared/mail"
)

// otherDesk answers every mail that it gets from ours, and says nowhere that it
// is a machine.
type otherDesk struct {
	address string
	answer  func(m *mailroom, e desk.Effect) letter
}

// talk lets the two answer each other until one has nothing more to say, and
// returns what became of the other's mails.
func (o otherDesk) talk(m *mailroom) []intake.Record {
	m.t.Helper()
	answered := map[string]bool{}
	var became []intake.Record
	for quiet := false; !quiet; {
		quiet = true
		for _, e := range m.to(o.address) {
			if key := string(e.Ticket) + e.Ref(); !answered[key] {
				l := o.answer(m, e)
				l.from, l.id, l.body = o.address, fmt.Sprintf("otra-%d@example.org", len(became)), fmt.Sprintf("Su solicitud es la %d.", len(became))
				answered[key], quiet, became = true, false, append(became, m.receive(l))
			}
		}
		if len(became) > 200 {
			m.t.Fatal("the two desks talk for ever")
		}
	}
	return became
}

// to are the mails ordered for an address.
func (m *mailroom) to(address string) []desk.Effect {
	m.t.Helper()
	var list []desk.Effect
	for shard := range 8 {
		due, err := m.Store.DueEffects(m.t.Context(), shard, m.Time(), 10_000)
		if err != nil {
			m.t.Fatal(err)
		}
		for _, e := range due {
			if e.Mail != nil && e.Mail.To == address {
				list = append(list, e)
			}
		}
	}
	return list
}

// decided counts what became of mails.
func decided(records []intake.Record) map[mail.Decision]int {
	count := map[mail.Decision]int{}
	for _, r := range records {
		count[r.Decision]++
	}
	return count
}

func TestF32TwoDesksStopAtTheCap(t *testing.T) {
	caps := flow.DefaultPolicy()
	anew := func(*mailroom, desk.Effect) letter { return letter{subject: "Recibimos su mensaje"} }
	tests := []struct {
		name   string
		other  otherDesk
		begins func(m *mailroom)
		first  mail.Decision // what the others' mails become
		most   int           // until the cap
		out    int           // mails of ours to it
	}{
		{"a person's address that opens a case with each answer", otherDesk{known, anew},
			func(m *mailroom) {
				m.receive(letter{from: known, subject: "Hola", id: "hola@example.org", body: "Hola"})
			}, mail.OpenTicket, caps.SenderMails - 1, caps.SenderMails},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := newMailroom(t)
			test.begins(m)
			became := test.other.talk(m)
			if got := decided(became); got[test.first] != test.most || got[mail.Quarantine] != 1 || len(became) != test.most+1 {
				t.Errorf("the other's %d mails became %v; want %d %s and one held", len(became), got, test.most, test.first)
			}
			if last := became[len(became)-1]; !last.Held || last.Why == "" {
				t.Errorf("the last one is %+v, want it held, with why", last)
			}
			if n := len(m.to(test.other.address)); n != test.out {
				t.Errorf("we wrote %d mails, want %d", n, test.out)
			}
		})
	}
	t.Run("a head's address that answers to the case is told once a day", func(t *testing.T) {
		m := newMailroom(t)
		m.Open81()
		within := func(m *mailroom, e desk.Effect) letter {
			return letter{subject: "Recibimos su mensaje", to: m.address(e.Ticket)}
		}
		became := (otherDesk{"jefa-ut-piura@qw.gob.pe", within}).talk(m)
		if n := len(m.to("jefa-ut-piura@qw.gob.pe")); len(became) != 2 || decided(became)[mail.AddComment] != 2 || n != 2 {
			t.Errorf("its %d mails became %v and we wrote %d; want two comments, the question and one answer", len(became), decided(became), n)
		}
	})
	t.Run("a stranger's address is told once who we are", func(t *testing.T) {
		m := newMailroom(t)
		m.receive(letter{from: "mesa@example.org", subject: "Hola", id: "hola@example.org", body: "Hola"})
		if became := (otherDesk{"mesa@example.org", anew}).talk(m); len(became) != 1 || !became[0].Held || len(m.to("mesa@example.org")) != 1 {
			t.Errorf("its mails became %+v", became)
		}
	})
}

// mustCap sets how many mails of a sender, and to a case, are taken in a day.
func (m *mailroom) mustCap(sender, ticket int) {
	m.t.Helper()
	p := flow.DefaultPolicy()
	p.SenderMails, p.TicketMails = sender, ticket
	if err := m.Store.SetPolicy(m.t.Context(), p, m.Time()); err != nil {
		m.t.Fatal(err)
	}
}

// What the queue delivers again counts no more than once, and what was within
// the cap stays within it.
func TestAMailDeliveredAgainCountsOnce(t *testing.T) {
	m := newMailroom(t)
	m.mustCap(2, 20)
	first := m.arrive(letter{from: known, subject: "Uno", id: "1@example.org", body: "Uno"})
	m.bucket.fails = fmt.Errorf("throttled")
	for range 5 {
		if _, err := m.in.Receive(t.Context(), first); err == nil {
			t.Fatal("the failure was not reported")
		}
	}
	m.bucket.fails, m.in.Store = nil, forgetful{m.Store}
	for range 5 {
		if _, err := m.in.Receive(t.Context(), first); err == nil {
			t.Fatal("the lost record was not reported")
		}
	}
	m.in.Store = m.Store
	if rec := m.receive(letter{from: known, subject: "Dos", id: "2@example.org", body: "Dos"}); rec.Held {
		t.Errorf("the second mail is held: %s", rec.Why)
	}
	if rec := m.receive(letter{from: known, subject: "Tres", id: "3@example.org", body: "Tres"}); !rec.Held {
		t.Error("the third mail is not held")
	}
	if rec := m.again(first); rec.Held || rec.Ticket == "" {
		t.Errorf("the first mail, delivered after the cap was reached, became %+v", rec)
	}
	m.wantTickets(2)
}

// The cap of a case is of its day, and of that case.
func TestTheCapOfACaseIsItsOwn(t *testing.T) {
	m := newMailroom(t)
	m.mustCap(40, 2)
	open := func(id string) desk.TicketID {
		return m.receive(letter{from: known, subject: "No imprime " + id, id: id + "@example.org", body: id}).Ticket
	}
	one, other := open("a"), open("b")
	n := 0
	reply := func(to desk.TicketID, headers string) intake.Record {
		n++
		return m.receive(letter{from: known, to: m.address(to), id: fmt.Sprintf("r%d@example.org", n), body: fmt.Sprint(n), headers: headers})
	}
	for range 5 { // what is dropped takes nobody's place
		reply(one, "Auto-Submitted: auto-replied\r\n")
	}
	for i := range 3 {
		if rec := reply(one, ""); rec.Held != (i == 2) {
			t.Errorf("reply %d: held %t", i+1, rec.Held)
		}
	}
	if rec := reply(other, ""); rec.Held {
		t.Error("another case is held with it")
	}
	m.Advance(24 * time.Hour)
	if rec := reply(one, ""); rec.Held {
		t.Error("the next day it is still held")
	}
}
