package intake_test

import (
	"slices"
	"testing"

	"mesa/shared/mail"
)

// What is explained is judged by the desk's own facts, and leaves no trace.
func TestFactsAreThoseOfTheDeskAndLeaveNoTrace(t *testing.T) {
	m := newMailroom(t)
	m.mustCap(2, 2)
	id := m.receive(letter{from: known, subject: "No imprime", id: "first@example.org", body: "Se atasca."}).Ticket
	reply := letter{from: "Usuaria <" + known + ">", to: m.address(id), subject: "RE: No imprime", id: "second@example.org", body: "Sigue."}
	msg := mail.Parse([]byte(reply.raw()))
	for range 5 {
		k, err := m.in.Facts(t.Context(), &msg, mail.Receipt{})
		if err != nil {
			t.Fatal(err)
		}
		if k.Person != "usuaria-administracion-1" || !slices.Equal(k.Domains, []string{"qw.gob.pe"}) || k.ReplyDomain != domain || k.Seen != "" || k.OverCap ||
			len(k.Candidates) != 1 || k.Candidates[0].Ticket != id || k.Candidates[0].By != mail.ByAddress || !k.Candidates[0].Belongs {
			t.Fatalf("facts %+v", k)
		}
	}
	if rec := m.receive(reply); rec.Decision != mail.AddComment || rec.Ticket != id {
		t.Errorf("explained five times, received once: %+v", rec)
	}
	if k, err := m.in.Facts(t.Context(), &msg, mail.Receipt{}); err != nil || k.Seen != mail.SeenMail || k.SeenTicket != id {
		t.Errorf("once received: %+v, %v", k, err)
	}
	m.bucket.fails = nil
	if n := len(m.records(id)); n != 2 {
		t.Errorf("%d records, want the mail's and its reply's", n)
	}
}
