package deliver_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// massive is a mass incident with cases that joined it, about to end.
func massive(t *testing.T, p *post, children int) (parent desk.TicketID, joined []desk.TicketID) {
	t.Helper()
	parent = p.Open85()
	p.Do("especialista-mesa", desk.ActDeclareMass, parent)
	number := string(p.Load(parent).Ticket.Number)
	for range children {
		id := p.Do("usuaria-administracion-1", desk.ActOpen, "", "service", "apps-antivirus", "subject", "Yo también", "description", "Me pasa igual.", "parent", number).After.Ticket.ID
		joined = append(joined, id)
	}
	return parent, joined
}

// drain performs what is due until nothing is.
func (p *post) drain() {
	p.t.Helper()
	for range 20 {
		n, err := p.outbox.Sweep(p.t.Context())
		if err != nil {
			p.t.Fatalf("sweep: %v", err)
		}
		if n == 0 {
			return
		}
	}
	p.t.Fatal("the outbox never ends")
}

// R150: one closing closes all, each with its own mail and row, and once only.
func TestOneClosingClosesAll(t *testing.T) {
	p := newPost(t)
	parent, joined := massive(t, p, 12)
	p.Do("especialista-mesa", desk.ActAssign, parent, "person", "soporte-1")
	p.Do("soporte-1", desk.ActTake, parent)
	p.Do("soporte-1", desk.ActClose, parent, "solution", "Se repuso el servidor.", "medium", "mail")
	p.drain()
	rows := map[int]bool{}
	for _, id := range joined {
		got := p.Load(id).Ticket
		if got.State != desk.Closed || rows[got.Row] || got.Row == 0 {
			t.Errorf("%s is %s with row %d", id, got.State, got.Row)
		}
		rows[got.Row] = true
	}
	register, err := p.Store.Register(t.Context(), "SC", desk.Period(p.Time()))
	if err != nil || len(register) != len(joined)+1 {
		t.Fatalf("%d rows, %v", len(register), err)
	}
	for _, row := range register {
		if row.Solution != "Se repuso el servidor." || row.Staff != "Profesional de soporte 1" {
			t.Errorf("row %+v", row)
		}
	}
	told := 0
	for _, e := range p.mailer.sent {
		if e.Mail.Message == desk.MailClosed {
			told++
		}
	}
	if told != len(joined)+1 {
		t.Errorf("%d closing mails, want %d", told, len(joined)+1)
	}
	version := p.Load(joined[0]).Ticket.Version
	seq := p.Load(parent).Ticket.Version
	for _, ref := range []string{fmt.Sprintf("%d.%d", seq, 100_000), fmt.Sprintf("%d.%d", seq, 100_001)} {
		e := p.item(parent, ref)
		e.State = desk.EffectPending
		if err := p.outbox.Deliver(t.Context(), e); err != nil {
			t.Errorf("again: %v", err)
		}
	}
	if got := p.Load(joined[0]).Ticket.Version; got != version {
		t.Errorf("followed a second time: version %d, was %d", got, version)
	}
}

// An incident that ends without being attended lets each case go on.
func TestFamilyOfAWithdrawnIncidentGoesOn(t *testing.T) {
	p := newPost(t)
	parent, joined := massive(t, p, 2)
	p.Do("usuaria-administracion-1", desk.ActWithdraw, parent)
	p.drain()
	for _, id := range joined {
		if got := p.Load(id); got.Ticket.Parent != "" || got.Ticket.Level != 1 || len(got.Waits) == 0 {
			t.Errorf("%+v waits for %v", got.Ticket, got.Waits)
		}
	}
}

type refusing struct{ err error }

func (r refusing) Perform(context.Context, desk.Act) (work.Result, error) {
	return work.Result{}, r.err
}

// A case that cannot follow now is tried again; the others are not held up.
func TestFollowThatFailsIsTriedAgain(t *testing.T) {
	p := newPost(t)
	parent, _ := massive(t, p, 1)
	p.Do("usuaria-administracion-1", desk.ActWithdraw, parent)
	acts := p.outbox.Acts
	p.outbox.Acts = refusing{errors.New("the table is slow")}
	p.drainOnce()
	ref := fmt.Sprintf("%d.%d", p.Load(parent).Ticket.Version, 100_000)
	if e := p.item(parent, ref); e.State != desk.EffectPending || !e.DueAt.After(p.Time()) || e.LastError == "" {
		t.Fatalf("follow item %+v", e)
	}
	p.outbox.Acts = acts
	p.SetTime(p.item(parent, ref).DueAt)
	p.drain()
	if e := p.item(parent, ref); e.State != desk.EffectDone {
		t.Errorf("follow item %+v", e)
	}
}

// drainOnce performs what is due and what that ordered.
func (p *post) drainOnce() {
	for range 2 {
		if _, err := p.outbox.Sweep(p.t.Context()); err != nil {
			p.t.Log(err)
		}
	}
}
