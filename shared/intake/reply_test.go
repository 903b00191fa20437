package intake_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/intake"
	"mesa/shared/mail"
	"mesa/shared/work"
)

// forgetful is a store that loses the record of a mail.
type forgetful struct{ *desktest.Store }

func (forgetful) PutMailRecord(context.Context, intake.Record) error {
	return errors.New("throttled")
}

// How a mail finds its ticket, and what it may do there.
func TestF34Replies(t *testing.T) {
	tests := []struct {
		name     string
		letter   func(m *mailroom, id desk.TicketID) letter
		decision mail.Decision
		comment  string // start of the comment's text; "" if none
		sender   desk.PersonID
	}{
		{"to the signed address, by who asked", func(m *mailroom, id desk.TicketID) letter { return letter{from: known, to: m.address(id)} },
			mail.AddComment, "Es la bandeja 2.", "usuaria-administracion-1"},
		{"to the signed address, unverified: flagged, no power", func(m *mailroom, id desk.TicketID) letter {
			return letter{from: known, to: m.address(id), dmarc: mail.Fail}
		}, mail.AddComment, "[Remitente sin verificar: " + known + "]", ""},
		{"to the signed address, by a stranger: flagged (F34)", func(m *mailroom, id desk.TicketID) letter {
			return letter{from: "proveedor@example.org", to: m.address(id)}
		}, mail.AddComment, "[Remitente sin verificar: proveedor@example.org]", ""},
		{"to the signed address, by a colleague it is not of: flagged, nobody's answer", func(m *mailroom, id desk.TicketID) letter {
			return letter{from: "usuaria-ut-piura-1@qw.gob.pe", to: m.address(id)}
		}, mail.AddComment, "[Remitente sin verificar: usuaria-ut-piura-1@qw.gob.pe]", ""},
		{"naming our root", func(m *mailroom, id desk.TicketID) letter {
			root, _ := m.marks.Root(id)
			return letter{from: known, headers: "References: <x@example.org> " + root + "\r\n"}
		}, mail.AddComment, "Es la bandeja 2.", "usuaria-administracion-1"},
		{"naming the mail that opened it", func(*mailroom, desk.TicketID) letter {
			return letter{from: known, headers: "In-Reply-To: <first@example.org>\r\n"}
		}, mail.AddComment, "Es la bandeja 2.", "usuaria-administracion-1"},
		{"with the number in the subject", func(m *mailroom, id desk.TicketID) letter {
			return letter{from: known, subject: "RE: [PAU " + string(m.Load(id).Ticket.Number) + "] No imprime"}
		}, mail.AddComment, "Es la bandeja 2.", "usuaria-administracion-1"},
		{"with the number, by staff of its team", func(m *mailroom, id desk.TicketID) letter {
			return letter{from: "especialista-mesa@qw.gob.pe", subject: "[PAU " + string(m.Load(id).Ticket.Number) + "]"}
		}, mail.AddComment, "Es la bandeja 2.", "especialista-mesa"},
		{"with the number, by a colleague it is not of: held (F34)", func(m *mailroom, id desk.TicketID) letter {
			return letter{from: "usuaria-ut-piura-1@qw.gob.pe", subject: "[PAU " + string(m.Load(id).Ticket.Number) + "]"}
		}, mail.Quarantine, "", ""},
		{"with the number, spoofed: held (F33)", func(m *mailroom, id desk.TicketID) letter {
			return letter{from: known, subject: "[PAU " + string(m.Load(id).Ticket.Number) + "]", dmarc: mail.Fail}
		}, mail.Quarantine, "", ""},
		{"naming our mail and a stranger's signature, by nobody known: held (F34)", func(m *mailroom, id desk.TicketID) letter {
			root, _ := m.marks.Root(id)
			return letter{from: "proveedor@example.org", headers: "References: " + root + "\r\n"}
		}, mail.Quarantine, "", ""},
		{"with a number that no case has: a new case is not opened for a stranger", func(*mailroom, desk.TicketID) letter {
			return letter{from: "proveedor@example.org", subject: "RE: [PAU 2026-999999] Hola"}
		}, mail.Quarantine, "", ""},
		{"an absence notice about it: dropped", func(m *mailroom, id desk.TicketID) letter {
			return letter{from: known, to: m.address(id), headers: "Auto-Submitted: auto-replied\r\n"}
		}, mail.Drop, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := newMailroom(t)
			id := m.receive(letter{from: known, subject: "No imprime", id: "first@example.org", body: "Se atasca."}).Ticket
			l := test.letter(m, id)
			l.id, l.body = "second@example.org", "Es la bandeja 2."
			if l.subject == "" {
				l.subject = "RE: No imprime"
			}
			rec := m.receive(l)
			if rec.Decision != test.decision {
				t.Fatalf("record is %+v, want %s", rec, test.decision)
			}
			m.wantTickets(1)
			records := m.records(id)
			if test.comment == "" {
				if len(records) != 1 {
					t.Errorf("%d records, want the opening alone", len(records))
				}
				return
			}
			added, ok := records[len(records)-1].Events[0].(desk.CommentAdded)
			if text := records[len(records)-1].Texts["message"]; !ok || !strings.HasPrefix(text, test.comment) || added.Sender != test.sender || added.MailID != "second@example.org" {
				t.Errorf("comment %+v says %q, want %q by %q", added, text, test.comment, test.sender)
			}
		})
	}
}

func (m *mailroom) address(id desk.TicketID) string {
	m.t.Helper()
	a, err := m.marks.ReplyAddress(support, id)
	if err != nil {
		m.t.Fatal(err)
	}
	return a
}

// A verified reply answers an open question; an unverified one does not (F33).
func TestF33ReplyAnswersAQuestion(t *testing.T) {
	for _, test := range []struct {
		name  string
		dmarc mail.Verdict
		state desk.State
	}{{"verified", mail.Pass, desk.InProgress}, {"spoofed", mail.Fail, desk.WaitingUser}} {
		t.Run(test.name, func(t *testing.T) {
			m := newMailroom(t)
			id := m.Open85()
			m.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
			m.Do("soporte-1", desk.ActAsk, id, "question", "¿Su usuario?")
			m.receive(letter{from: known, to: m.address(id), subject: "RE", id: "r@example.org", body: "Es prueba.", dmarc: test.dmarc})
			if got := m.Load(id).Ticket.State; got != test.state {
				t.Errorf("state is %s, want %s", got, test.state)
			}
		})
	}
}

// A reply to a mail that asks to decide decides nothing: the head is told to
// use the link.
func TestReplyIsNoDecision(t *testing.T) {
	m := newMailroom(t)
	id := m.Open81()
	m.receive(letter{from: "jefa-ut-piura@qw.gob.pe", to: m.address(id), subject: "RE: Por aprobar", id: "r@example.org", body: "Aprobado."})
	if got := m.Load(id).Ticket; got.State != desk.PendingApproval || got.Stage != desk.StageUT {
		t.Errorf("ticket is %s at %s", got.State, got.Stage)
	}
	if n := m.outbound()[desk.MailNotUnderstood]; n != 1 {
		t.Errorf("%d mails say so, want 1", n)
	}
}

// A reply to a case that ended is not lost.
func TestReplyToAnEndedCase(t *testing.T) {
	m := newMailroom(t)
	id := m.Open81()
	m.Do("usuaria-ut-piura-1", desk.ActWithdraw, id)
	rec := m.receive(letter{from: "usuaria-ut-piura-1@qw.gob.pe", to: m.address(id), subject: "RE", id: "r@example.org", body: "Gracias."})
	if n := len(m.records(id)); rec.Decision != mail.AddComment || n != 3 {
		t.Errorf("record is %+v, %d records", rec, n)
	}
}

// What the rules refuse is held where a person sees it; what is only busy, or
// broken, is delivered again.
func TestRefusedMailIsHeld(t *testing.T) {
	tests := []struct {
		name string
		err  error
		held bool
	}{
		{"refused", desk.NewProblem(desk.Refused, "8.1.1", "No hay equipo."), true},
		{"invalid", desk.InvalidField("subject", "Acorte el asunto."), true},
		{"busy", desk.NewProblem(desk.Busy, "", "Intente otra vez."), false},
		{"broken", errors.New("throttled"), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := newMailroom(t)
			m.in.Road = refusing{test.err}
			r := m.arrive(letter{from: known, subject: "No imprime", id: "a1@example.org", body: "x"})
			rec, err := m.in.Receive(t.Context(), r)
			list, _, listErr := m.held.List(t.Context(), "")
			if (err == nil) != test.held || rec.Held != test.held || len(list) > 0 != test.held || listErr != nil {
				t.Errorf("record %+v, %v; %d held", rec, err, len(list))
			}
			if test.held && (rec.Rule != "" || !strings.Contains(rec.Why, "el procedimiento no lo admite: ")) {
				t.Errorf("it waits by the rule %q: %s", rec.Rule, rec.Why) // no rule of mail held it
			}
		})
	}
}

type refusing struct{ err error }

func (r refusing) Perform(context.Context, desk.Act) (work.Result, error) {
	return work.Result{}, r.err
}

// refusingOnce refuses one kind of act and lets the others go the road.
type refusingOnce struct {
	intake.Performer
	kind desk.ActKind
}

func (r refusingOnce) Perform(ctx context.Context, act desk.Act) (work.Result, error) {
	if act.Kind == r.kind {
		return work.Result{}, desk.NewProblem(desk.Refused, "R104", "No falta ningún dato que se escriba.")
	}
	return r.Performer.Perform(ctx, act)
}

// A bounce makes no ticket and names the item that did not arrive (F31).
func TestF31Bounce(t *testing.T) {
	m := newMailroom(t)
	id := m.Open81()
	root, _ := m.marks.Root(id)
	r := m.arrive(letter{from: "MAILER-DAEMON@example.org", subject: "Undelivered Mail Returned to Sender", id: "b@example.org",
		headers: "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n",
		body: "--b\r\nContent-Type: text/plain\r\n\r\nUser unknown\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.org\r\n\r\n" +
			"Final-Recipient: rfc822; x@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" +
			"From: mesa@qw.gob.pe\r\nTo: x@example.org\r\nSubject: PAU\r\nX-PAU-Message: " + string(id) + "-1-1\r\nReferences: " + root + "\r\n\r\nHola\r\n--b--"})
	r.Source = "<>"
	rec := m.again(r)
	if rec.Decision != mail.NoteBounce || rec.Ticket != id || rec.Item != string(id)+"-1-1" || rec.Held {
		t.Errorf("record is %+v", rec)
	}
	m.wantTickets(1)
	if n := len(m.records(id)); n != 1 {
		t.Errorf("%d records: a bounce changed the ticket", n)
	}
}
