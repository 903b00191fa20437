package intake_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/intake"
	"mesa/shared/mail"
	"mesa/shared/work"
)

const head = "jefa-ut-piura"

// byReply lets services be decided by answering the mail.
func (m *mailroom) byReply(services ...desk.ServiceID) {
	m.t.Helper()
	p := flow.DefaultPolicy()
	p.ReplyDecisions = services
	if err := m.Store.SetPolicy(m.t.Context(), p, m.Time()); err != nil {
		m.t.Fatal(err)
	}
}

// answers is a reply of a person to a mail of a case.
func (m *mailroom) answers(who desk.PersonID, id desk.TicketID, body string) letter {
	m.n++
	return letter{from: "Jefa Piura <" + string(who) + "@qw.gob.pe>", to: m.address(id), subject: "RE: Por aprobar", id: fmt.Sprintf("r%d@example.org", m.n), body: body}
}

// last is the record of the newest act.
func (m *mailroom) last(id desk.TicketID) desk.Record {
	m.t.Helper()
	list := m.records(id)
	return list[len(list)-1]
}

// mailed are the mails of a message that a case ordered, oldest first.
func (m *mailroom) mailed(id desk.TicketID, message desk.Message) []desk.Mail {
	m.t.Helper()
	var list []desk.Mail
	for _, e := range m.Effects(id) {
		if e.Mail != nil && e.Mail.Message == message {
			list = append(list, *e.Mail)
		}
	}
	return list
}

// «APROBADO» on the first line is the act that the link performs: recorded with
// who and how sure, certified, and the case goes on (8.1.4).
func TestApprovedByReply(t *testing.T) {
	m := newMailroom(t)
	m.byReply("apps-sigo")
	id := m.Open81()
	rec := m.receive(m.answers(head, id, "APROBADO\n\nSaludos,\nJefa Piura"))
	if rec.Decision != mail.AddComment || rec.Held || rec.Ticket != id {
		t.Fatalf("record is %+v", rec)
	}
	ticket, last := m.Load(id).Ticket, m.last(id)
	if ticket.Stage != desk.StageUO || last.Act != desk.ActApprove || !slices.Contains(last.Events, desk.Event(desk.StageApproved{Stage: desk.StageUT})) {
		t.Errorf("after it the case stands at %s by %s: %+v", ticket.Stage, last.Act, last.Events)
	}
	want := desk.Actor{Person: head, Via: "mail", Assurance: desk.AssuredDMARC}
	if last.Actor != want || last.Channel != desk.ChannelMail || intake.OriginalOf(last) == "" || last.Texts["message"] != "Saludos,\nJefa Piura" {
		t.Errorf("recorded as %+v by %s, text %q", last.Actor, last.Channel, last.Texts["message"])
	}
	certified := m.mailed(id, desk.MailDecided)
	if len(certified) != 1 || certified[0].Person != head || certified[0].ReplyTo == "" {
		t.Errorf("certified by %+v", certified)
	}
	if n := len(m.mailed(id, desk.MailNotUnderstood)); n != 0 {
		t.Errorf("%d mails say that it is no decision", n)
	}
}

func TestRejectedByReply(t *testing.T) {
	m := newMailroom(t)
	m.byReply("apps-sigo")
	id := m.Open81()
	m.receive(m.answers(head, id, "RECHAZADO: falta el informe de la comisión"))
	if got := m.Load(id).Ticket; got.State != desk.Rejected || m.last(id).Texts["reason"] != "falta el informe de la comisión" {
		t.Errorf("ticket is %s because %q", got.State, m.last(id).Texts["reason"])
	}
	if told := m.mailed(id, desk.MailRejected); len(told) != 2 || told[0].Data["rs"] != "falta el informe de la comisión" {
		t.Errorf("told %+v", told)
	}
}

// Everything in doubt is a comment, and its sender is told how to decide: with
// their own link if they are asked, and never with somebody else's.
func TestDoubtfulRepliesDecideNothing(t *testing.T) {
	tests := []struct {
		name   string
		before func(m *mailroom, id desk.TicketID)
		letter func(m *mailroom, id desk.TicketID) letter
		link   bool   // of the answer
		answer bool   // there is one
		why    string // in it
	}{
		{"unclear words", nil, func(m *mailroom, id desk.TicketID) letter { return m.answers(head, id, "Aprobado, gracias") }, true, true, mail.WhyNotAlone},
		{"no reason", nil, func(m *mailroom, id desk.TicketID) letter { return m.answers(head, id, "RECHAZADO") }, true, true, mail.WhyNoReason},
		{"F33 spoofed", nil, func(m *mailroom, id desk.TicketID) letter {
			l := m.answers(head, id, "APROBADO")
			l.dmarc = mail.Fail
			return l
		}, true, true, "no pudimos comprobar quién envió el correo"},
		{"the service is not decided so", func(m *mailroom, _ desk.TicketID) { m.byReply("apps-spij") },
			func(m *mailroom, id desk.TicketID) letter { return m.answers(head, id, "APROBADO") }, true, true, "este servicio no se decide respondiendo el correo"},
		{"a service that takes signing in", func(m *mailroom, _ desk.TicketID) {
			p := flow.DefaultPolicy()
			p.ReplyDecisions, p.SignIn = []desk.ServiceID{"apps-sigo"}, []desk.ServiceID{"apps-sigo"}
			if err := m.Store.SetPolicy(m.t.Context(), p, m.Time()); err != nil {
				m.t.Fatal(err)
			}
		}, func(m *mailroom, id desk.TicketID) letter { return m.answers(head, id, "APROBADO") }, true, true, "este servicio no se decide respondiendo el correo"},
		{"a colleague in copy who is not asked", nil,
			func(m *mailroom, id desk.TicketID) letter { return m.answers("jefa-administracion", id, "aprobado") }, false, true, "ahora no se le pide decidir en este caso"},
		{"who asked", nil, func(m *mailroom, id desk.TicketID) letter { return m.answers("usuaria-ut-piura-1", id, "APROBADO") }, false, true, "ahora no se le pide decidir en este caso"},
		{"a stranger", nil, func(m *mailroom, id desk.TicketID) letter {
			l := m.answers(head, id, "APROBADO")
			l.from = "proveedor@example.org"
			return l
		}, false, false, ""},
		{"an absence notice", nil, func(m *mailroom, id desk.TicketID) letter {
			l := m.answers(head, id, "APROBADO")
			l.headers = "Auto-Submitted: auto-replied\r\n"
			return l
		}, false, false, ""},
		{"the stage is over", func(m *mailroom, id desk.TicketID) { m.Do(head, desk.ActApprove, id) },
			func(m *mailroom, id desk.TicketID) letter { return m.answers(head, id, "RECHAZADO: lo pensé mejor") }, false, true, "ahora no se le pide decidir en este caso"},
		{"withdrawn meanwhile", func(m *mailroom, id desk.TicketID) { m.Do("usuaria-ut-piura-1", desk.ActWithdraw, id) },
			func(m *mailroom, id desk.TicketID) letter { return m.answers(head, id, "APROBADO") }, false, true, "ahora no se le pide decidir en este caso"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := newMailroom(t)
			m.byReply("apps-sigo")
			id := m.Open81()
			if test.before != nil {
				test.before(m, id)
			}
			decided := func() (n int) {
				for _, rec := range m.records(id) {
					if rec.Act == desk.ActApprove || rec.Act == desk.ActReject {
						n++
					}
				}
				return n
			}
			was := decided()
			l := test.letter(m, id)
			m.receive(l)
			m.wantTickets(1)
			if n := decided(); n != was {
				t.Fatalf("it decided: %+v", m.last(id))
			}
			told := m.mailed(id, desk.MailNotUnderstood)
			if (len(told) == 1) != test.answer {
				t.Fatalf("told %+v, want an answer: %t", told, test.answer)
			}
			if test.answer && ((told[0].Wait != "") != test.link || told[0].Data["wy"] != test.why) {
				t.Errorf("told with wait %q because %q; want a link %t, «%s»", told[0].Wait, told[0].Data["wy"], test.link, test.why)
			}
		})
	}
}

// The answer carries the link that stands: same wait, person and round, so the
// same link id and digits; and there is one for each person, stage and day.
func TestHowToDecideIsToldOnceADay(t *testing.T) {
	m := newMailroom(t)
	id := m.Open81()
	for range 3 {
		m.receive(m.answers(head, id, "ok"))
	}
	for range 2 { // somebody else, in their name
		l := m.answers(head, id, "APROBADO")
		l.dmarc = mail.Fail
		m.receive(l)
	}
	told, asked := m.mailed(id, desk.MailNotUnderstood), m.mailed(id, desk.MailDecide)
	if len(told) != 2 || told[0].Wait != asked[0].Wait || told[0].Round != asked[0].Round || told[0].Person != asked[0].Person || told[0].Stage != asked[0].Stage {
		t.Errorf("told %+v, asked %+v", told, asked)
	}
	m.Advance(24 * time.Hour)
	m.receive(m.answers(head, id, "ok"))
	if n := len(m.mailed(id, desk.MailNotUnderstood)); n != 3 {
		t.Errorf("the next day: %d answers", n)
	}
	m.Do(head, desk.ActApprove, id)
	m.receive(m.answers("jefa-supervision", id, "Aprobado por mí"))
	if told := m.mailed(id, desk.MailNotUnderstood); len(told) != 4 || told[3].Person != "jefa-supervision" || told[3].Stage != desk.StageUO {
		t.Errorf("at the next stage: %+v", told)
	}
}

// The same mail, delivered or sent twice, is one decision (F1, F13).
func TestADecisionMailTwiceIsOne(t *testing.T) {
	m := newMailroom(t)
	m.byReply("apps-sigo")
	id := m.Open81()
	l := m.answers(head, id, "APROBADO")
	first := m.arrive(l)
	m.in.Store = forgetful{m.Store}
	if _, err := m.in.Receive(t.Context(), first); err == nil {
		t.Fatal("the lost record was not reported")
	}
	m.in.Store = m.Store
	m.again(first)
	m.again(m.arrive(l))
	if n := len(m.records(id)); n != 2 || m.Load(id).Ticket.Stage != desk.StageUO {
		t.Errorf("%d records, stage %s", n, m.Load(id).Ticket.Stage)
	}
	if n := len(m.mailed(id, desk.MailDecided)); n != 1 {
		t.Errorf("certified %d times", n)
	}
}

// F13: by link, by mail and signed in at once, approving and rejecting: exactly
// one decision, and nobody's words are lost.
func TestF13DecidedThreeWaysAtOnce(t *testing.T) {
	m := newMailroom(t)
	m.byReply("apps-sigo")
	id := m.Open81()
	version := m.Load(id).Ticket.Version
	receipts := make([]mail.Receipt, 0, 16)
	for i := range 16 {
		body := "APROBADO"
		if i%2 == 1 {
			body = "RECHAZADO: falta el informe"
		}
		receipts = append(receipts, m.arrive(m.answers(head, id, body)))
	}
	var all sync.WaitGroup
	for i := range 34 {
		act := m.Act(head, desk.ActApprove, id)
		if act.Version = version; i%2 == 0 {
			act.Channel, act.Actor.Assurance, act.Scope, act.Key = desk.ChannelLink, desk.AssuredCode, "link", "the-link"
		}
		all.Go(func() { _, _ = m.Road.Perform(t.Context(), act) }) // whoever is late is told so
	}
	for _, r := range receipts {
		all.Go(func() {
			if _, err := m.in.Receive(t.Context(), r); err != nil && desk.CodeOf(err) != desk.Busy {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, r := range receipts { // the queue delivers again what found the case busy
		m.again(r)
	}
	decisions, comments := 0, 0
	for _, rec := range m.records(id) {
		switch rec.Act {
		case desk.ActApprove, desk.ActReject:
			decisions++
		case desk.ActComment:
			comments++
		}
	}
	byMail := 0
	if rec := m.records(id)[slices.IndexFunc(m.records(id), func(r desk.Record) bool { return r.Act == desk.ActApprove || r.Act == desk.ActReject })]; rec.Channel == desk.ChannelMail {
		byMail = 1
	}
	if decisions != 1 || comments+byMail != len(receipts) {
		t.Errorf("%d decisions and %d comments of %d mails", decisions, comments, len(receipts))
	}
	if n := len(m.mailed(id, desk.MailDecided)); n != 1 {
		t.Errorf("certified %d times", n)
	}
}

// stale says once that the case changed meanwhile, and then goes the road.
type stale struct {
	intake.Performer
	said *bool
}

func (s stale) Perform(ctx context.Context, act desk.Act) (work.Result, error) {
	if !*s.said {
		*s.said = true
		return work.Result{}, desk.NewProblem(desk.Stale, "", "Este caso cambió mientras usted escribía.")
	}
	return s.Performer.Perform(ctx, act)
}

// A comment of somebody else, between the look and the act, takes no decision away.
func TestADecisionMailIsTriedAgainOnACaseThatChanged(t *testing.T) {
	m := newMailroom(t)
	m.byReply("apps-sigo")
	id := m.Open81()
	m.in.Road = stale{m.Road, new(bool)}
	m.receive(m.answers(head, id, "APROBADO"))
	if got := m.Load(id).Ticket.Stage; got != desk.StageUO {
		t.Errorf("stage is %s", got)
	}
}

// The same reception handled twice at once, the second time as something else:
// what it did is done, and nobody has to look at it.
func TestAMailThatIsInAlreadyIsNotHeld(t *testing.T) {
	m := newMailroom(t)
	id := m.Open81()
	m.in.Road = refusing{desk.NewProblem(desk.Repeated, "", "Este envío usa la clave de otro envío distinto.")}
	if rec := m.receive(m.answers(head, id, "ok")); rec.Held || rec.Decision != mail.Drop || rec.Ticket != id {
		t.Errorf("record is %+v", rec)
	}
}
