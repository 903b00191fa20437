package flow_test

import (
	"errors"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// Short ways to the situations that several tests begin in.

// atLevel2 is an approved 8.1, in the hands of a developer.
func atLevel2(t tester, requester desk.PersonID) *bench {
	b := newBench(t, requester)
	open81(b)
	if b.ticket.Stage == desk.StageUT {
		b.do(headUT, desk.ActApprove)
	}
	b.do(headUO, desk.ActApprove)
	b.do(developer, desk.ActTake)
	return b
}

// atLevel3 is the same with a pase handed over, in the hands of BD.
func atLevel3(t tester, requester desk.PersonID) *bench {
	b := atLevel2(t, requester)
	b.do(developer, desk.ActHandOver, pase()...)
	b.do(database, desk.ActTake)
	return b
}

func open85(b *bench) flow.Decision {
	b.channel = desk.ChannelForm
	return b.do(b.requester, desk.ActOpen, "service", "antivirus", "subject", "Instalar antivirus", "description", "En una laptop nueva.")
}

func open86(b *bench, more ...string) flow.Decision {
	b.channel = desk.ChannelForm
	return b.do(b.requester, desk.ActOpen, append([]string{"service", "impresora", "flow", "8.6", "subject", "No imprime", "description", "Se atasca.",
		"equipment", "Impresora", "goods", "printer", "office", "Piso 3"}, more...)...)
}

// held85 and held86 are in the hands of a professional of Level 2 at
// headquarters, of the specialist in a UT.
func held85(t tester, requester desk.PersonID) *bench {
	b := newBench(t, requester)
	open85(b)
	return hold(b)
}

func held86(t tester, requester desk.PersonID) *bench {
	b := newBench(t, requester)
	open86(b, "asset", "740-8950-0001")
	return hold(b)
}

func hold(b *bench) *bench {
	if b.ticket.Territorial {
		b.do(expertUT, desk.ActTake)
		return b
	}
	b.do(assigner, desk.ActAssign, "person", string(support))
	b.do(support, desk.ActTake)
	return b
}

// contact is a verified mail that reached L1, not classified yet.
func contact(t tester, requester desk.PersonID) *bench {
	b := newBench(t, requester)
	b.do("", desk.ActContact, "subject", "No abre el SIGO", "description", "Desde las 9.", "mail_id", "ses-1")
	return b
}

func classified(t tester, requester desk.PersonID, service, code string) *bench {
	b := contact(t, requester)
	b.do(firstLevelOf(b), desk.ActClassify, "service", service, "flow", code, "priority", "3")
	return b
}

// firstLevelOf is a member of the L1 team of the ticket's place.
func firstLevelOf(b *bench) desk.PersonID {
	if b.ticket.Territorial {
		return expertUT
	}
	return deskOne
}

func closing() []string { return []string{"solution", "Se atendió.", "medium", "mail"} }

func custody() []string {
	return []string{"taken_by", "Personal de soporte 1", "taken_at", "2026-09-15T09:00", "taken_from", "Piso 3", "accessories", "ninguno"}
}

func returned() []string {
	return []string{"received_by", "Usuaria/o", "returned_at", "2026-09-15T09:00", "condition", "operativo"}
}

func logged(reached string) []string {
	return []string{"tool", "mobile", "modality", "remote", "reached", reached, "result", "Conversamos."}
}

// wantEvents fails unless the decision gave exactly these events.
func wantEvents(t *testing.T, d flow.Decision, want string) {
	t.Helper()
	if got := eventNames(d.Events); got != want {
		t.Errorf("events %q, want %q", got, want)
	}
}

func wantMails(t *testing.T, d flow.Decision, want string) {
	t.Helper()
	if got := mailNames(d.Notices); got != want {
		t.Errorf("mails %q, want %q", got, want)
	}
}

func wantCalls(t *testing.T, d flow.Decision, want string) {
	t.Helper()
	if got := callNames(d.Calls); got != want {
		t.Errorf("machine calls %q, want %q", got, want)
	}
}

func wantState(t *testing.T, b *bench, want desk.State) {
	t.Helper()
	if b.ticket.State != want {
		t.Errorf("state %s, want %s", b.ticket.State, want)
	}
}

// wantRefused fails unless err is a problem of that code citing that clause;
// an empty clause means any.
func wantRefused(t *testing.T, err error, code desk.Code, clause string) {
	t.Helper()
	p, ok := errors.AsType[*desk.Problem](err)
	if !ok || p.Code != code || clause != "" && p.Clause != clause || p.Text == "" {
		t.Errorf("problem %+v, want %s citing %q", err, code, clause)
	}
}

// wantField fails unless err says that this one input is wrong.
func wantField(t *testing.T, err error, field string) {
	t.Helper()
	p, ok := errors.AsType[*desk.Problem](err)
	if !ok || p.Code != desk.Invalid || len(p.Fields) != 1 || p.Fields[0].Field != field || p.Fields[0].Text == "" {
		t.Errorf("problem %+v, want one about field %s", err, field)
	}
}
