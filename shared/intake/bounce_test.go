package intake_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/mail"
	"mesa/shared/work"
)

// returnedMail is a report of delivery about an outbox item, as a server that
// knows only our visible address sends it.
type returnedMail struct {
	action, status, recipient string
	marks                     string // header lines of the returned mail
}

func (r returnedMail) letter(id string) letter {
	return letter{from: "MAILER-DAEMON@qw.gob.pe", subject: "Undelivered Mail Returned to Sender", id: id,
		headers: "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\nAuto-Submitted: auto-replied\r\n",
		body: "--b\r\nContent-Type: text/plain\r\n\r\nUser unknown\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; qw.gob.pe\r\n\r\n" +
			fmt.Sprintf("Final-Recipient: rfc822; %s\r\nAction: %s\r\nStatus: %s\r\nDiagnostic-Code: smtp; 550 no\r\n\r\n", r.recipient, r.action, r.status) +
			"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: mesa@qw.gob.pe\r\nSubject: PAU\r\n" + r.marks + "\r\nHola\r\n--b--"}
}

// send ends an item as the outbox does when SES took it.
func (m *mailroom) send(id desk.TicketID, ref string) desk.Effect {
	m.t.Helper()
	e, ok, err := m.Store.ClaimEffect(m.t.Context(), id, ref, m.Time(), time.Minute)
	if err != nil || !ok {
		m.t.Fatalf("claim %s: %t, %v", ref, ok, err)
	}
	e.State, e.DoneAt = desk.EffectDone, m.Time()
	if err := m.Store.FinishEffect(m.t.Context(), e); err != nil {
		m.t.Fatal(err)
	}
	return e
}

// F31: a mail that comes back is heard of as SES's own events are: on the mail's
// record, on the address, by who has the case; once, however often it comes.
func TestF31ReturnedMailIsHeardOf(t *testing.T) {
	tests := []struct {
		name          string
		mail          func(m *mailroom, e desk.Effect) returnedMail
		want          desk.Delivery
		closed, calls bool
	}{
		{"no such address", func(m *mailroom, e desk.Effect) returnedMail {
			return returnedMail{"failed", "5.1.1", e.Mail.To, m.ours(e)}
		}, desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseNoAddress, Status: "5.1.1"}, true, true},
		{"a failure without a reason", func(m *mailroom, e desk.Effect) returnedMail {
			return returnedMail{"failed", "5.0.0", e.Mail.To, m.ours(e)}
		}, desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseNoAddress, Status: "5.0.0"}, true, true},
		{"a full mailbox", func(m *mailroom, e desk.Effect) returnedMail {
			return returnedMail{"failed", "5.2.2", e.Mail.To, m.ours(e)}
		}, desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseMailboxFull, Status: "5.2.2"}, false, false},
		{"a policy", func(m *mailroom, e desk.Effect) returnedMail {
			return returnedMail{"failed", "5.7.1", e.Mail.To, m.ours(e)}
		}, desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseContent, Status: "5.7.1"}, false, false},
		{"given up after days", func(m *mailroom, e desk.Effect) returnedMail {
			return returnedMail{"failed", "4.4.7", e.Mail.To, m.ours(e)}
		}, desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseServer, Status: "4.4.7"}, false, false},
		{"a warning", func(m *mailroom, e desk.Effect) returnedMail {
			return returnedMail{"delayed", "4.4.1", e.Mail.To, m.ours(e)}
		}, desk.Delivery{State: desk.DeliveryDelayed, Cause: desk.CauseServer, Status: "4.4.1"}, false, false},
		{"a receipt", func(m *mailroom, e desk.Effect) returnedMail {
			return returnedMail{"delivered", "2.0.0", e.Mail.To, m.ours(e)}
		}, desk.Delivery{State: desk.DeliveryDelivered, Status: "2.0.0"}, false, false},
		{"without our signature: a person judges", func(_ *mailroom, e desk.Effect) returnedMail {
			return returnedMail{"failed", "5.1.1", e.Mail.To, "X-PAU-Message: " + e.Tag() + "\r\n"}
		}, desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseNoAddress, Status: "5.1.1"}, false, true},
		{"with another case's signature", func(m *mailroom, e desk.Effect) returnedMail {
			other, _ := m.marks.Root(m.Open85())
			return returnedMail{"failed", "5.1.1", e.Mail.To, "X-PAU-Message: " + e.Tag() + "\r\nReferences: " + other + "\r\n"}
		}, desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseNoAddress, Status: "5.1.1"}, false, true},
		{"naming the case in its subject alone", func(m *mailroom, e desk.Effect) returnedMail {
			return returnedMail{"failed", "5.1.1", e.Mail.To, "X-PAU-Message: " + e.Tag() + "\r\nIn-Reply-To: <abc@qw.gob.pe>\r\n"}
		}, desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseNoAddress, Status: "5.1.1"}, false, true},
		{"about another address", func(m *mailroom, e desk.Effect) returnedMail {
			return returnedMail{"failed", "5.1.1", "otra@qw.gob.pe", m.ours(e)}
		}, desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseNoAddress, Status: "5.1.1"}, false, true},
		{"of an item that is none", func(m *mailroom, e desk.Effect) returnedMail {
			return returnedMail{"failed", "5.1.1", e.Mail.To, strings.Replace(m.ours(e), e.Tag(), string(e.Ticket)+"-7-7", 1)}
		}, desk.Delivery{}, false, false},
		{"without the name of an item", func(m *mailroom, e desk.Effect) returnedMail {
			return returnedMail{"failed", "5.1.1", e.Mail.To, strings.Replace(m.ours(e), "X-PAU-Message", "X-Other", 1)}
		}, desk.Delivery{}, false, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := newMailroom(t)
			id := m.Open85()
			m.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
			e := m.send(id, "1.1")
			m.Advance(time.Minute)
			l := test.mail(m, e)
			subject := "Undelivered Mail Returned to Sender [PAU " + string(m.Load(id).Ticket.Number) + "]"
			before := len(m.records(id))
			for _, name := range []string{"b1@qw.gob.pe", "b2@qw.gob.pe"} {
				returned := l.letter(name)
				returned.subject = subject
				r := m.arrive(returned)
				r.Source = "<>"
				if rec := m.again(r); rec.Decision != mail.NoteBounce || rec.Held {
					t.Fatalf("record %+v", rec)
				}
				m.again(r)
			}
			got, err := m.Store.Effect(t.Context(), id, "1.1")
			if err != nil {
				t.Fatal(err)
			}
			got.Delivery.At = time.Time{}
			if got.Delivery != test.want {
				t.Errorf("delivery %+v, want %+v", got.Delivery, test.want)
			}
			r, _, err := m.Store.Suppression(t.Context(), work.AddressKey(e.Mail.To))
			if err != nil || r.Active() != test.closed || r.Times > 1 {
				t.Errorf("address %+v, %v", r, err)
			}
			calls := 0
			for _, e := range m.Effects(id) {
				if e.Mail != nil && e.Mail.Message == desk.MailNotDelivered {
					calls++
				}
			}
			if (calls == 1) != test.calls || calls > 1 {
				t.Errorf("%d asked to call", calls)
			}
			if after := len(m.records(id)); after != before {
				t.Errorf("%d records, were %d: a bounce is no act (F31)", after, before)
			}
		})
	}
}

// ours are the marks that a mail of ours carries, as they come back.
func (m *mailroom) ours(e desk.Effect) string {
	m.t.Helper()
	root, err := m.marks.Root(e.Ticket)
	if err != nil {
		m.t.Fatal(err)
	}
	return "X-PAU-Message: " + e.Tag() + "\r\nReferences: " + root + "\r\n"
}
