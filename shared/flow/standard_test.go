package flow_test

import (
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// expected is one line of the table of design 14.
type expected struct {
	act     string
	do      func(*bench) flow.Decision
	events  string
	label   string
	state   desk.State
	waits   string
	mails   string
	calls   string
	moved   string
	version int
}

func (e expected) check(t *testing.T, b *bench) {
	t.Helper()
	d := e.do(b)
	for _, c := range []struct{ what, got, want string }{
		{"events", eventNames(d.Events), e.events},
		{"label", flow.StateLabel(b.ticket), e.label},
		{"state", string(b.ticket.State), string(e.state)},
		{"open waits", waitNames(b.waits), e.waits},
		{"mails", mailNames(d.Notices), e.mails},
		{"machine calls", callNames(d.Calls), e.calls},
		{"moved waits", waitNames(d.Move), e.moved},
	} {
		if c.got != c.want {
			t.Errorf("act %d, %s: %s %q, want %q", e.version, e.act, c.what, c.got, c.want)
		}
	}
	if b.ticket.Version != e.version {
		t.Errorf("%s: version %d, want %d", e.act, b.ticket.Version, e.version)
	}
}

// open81 posts the form of 8.1 with priority 2 suggested.
func open81(b *bench) flow.Decision {
	b.channel = desk.ChannelForm
	return b.do(b.requester, desk.ActOpen, "service", "sigo", "flow", "8.1", "subject", "No se guardan las actas", "description", "Desde ayer.", "impact", "slow")
}

func pase() []string {
	return []string{"pase_description", "Corrige el guardado", "pase_files", "pases/2026/0001", "pase_rollback", "Restaurar la versión anterior"}
}

// The worked example: a territorial 8.1 from post to close, every wait answered
// before its first timer.
func TestStandardTicket(t *testing.T) {
	b := newBench(t, userUT)
	var before, after desk.Wait
	steps := []expected{
		{act: "open", version: 1, do: open81, events: "TicketOpened ApprovalRequested", label: "Por aprobar: UT", state: desk.PendingApproval,
			waits: "approval#1", mails: "received→requester decide→jefa-ut", calls: "start approval 1"},
		{act: "approve(ut)", version: 2, do: func(b *bench) flow.Decision { return b.do(headUT, desk.ActApprove) },
			events: "StageApproved ApprovalRequested", label: "Por aprobar: unidad orgánica", state: desk.PendingApproval,
			waits: "approval#2", mails: "decided→jefa-ut decide→jefa-uo", calls: "resume approval 1 approval#1"},
		{act: "approve(uo)", version: 3, do: func(b *bench) flow.Decision { return b.do(headUO, desk.ActApprove) },
			events: "StageApproved LevelEntered", label: "En Nivel 2, sin asignar", state: desk.Unassigned,
			waits: "level#3", mails: "decided→jefa-uo", calls: "resume approval 1 approval#2, start escalation 1"},
		{act: "take by Desarrollo", version: 4, do: func(b *bench) flow.Decision {
			before = b.wait(desk.WaitLevel)
			d := b.do(developer, desk.ActTake)
			after = b.wait(desk.WaitLevel)
			return d
		}, events: "TicketTaken", label: "En progreso", state: desk.InProgress, waits: "level#3", moved: "level#3"},
		{act: "hand-over with pase", version: 5, do: func(b *bench) flow.Decision { return b.do(developer, desk.ActHandOver, pase()...) },
			events: "PaseHandedOver LevelEntered", label: "En Nivel 3", state: desk.Unassigned,
			waits: "level#5", mails: "pase→base-de-datos", calls: "resume escalation 1 level#3"},
		{act: "take by BD: level#5 stays", version: 6, do: func(b *bench) flow.Decision { return b.do(database, desk.ActTake) },
			events: "TicketTaken", label: "En Nivel 3", state: desk.InProgress, waits: "level#5"},
		{act: "execution without error", version: 7, do: func(b *bench) flow.Decision { return b.do(database, desk.ActExecutionOK, "interrupts", "no") },
			events: "ExecutionSucceeded LevelEntered", label: "En progreso", state: desk.InProgress,
			waits: "level#7", mails: "execution-ok→desarrollo-1", calls: "resume escalation 1 level#5"},
		{act: "close", version: 8, do: func(b *bench) flow.Decision {
			return b.do(developer, desk.ActClose, "solution", "Se corrigió el guardado.", "medium", "mail")
		}, events: "RequesterTold TicketClosed RowRegistered", label: "Cerrado", state: desk.Closed, mails: "closed→requester", calls: "resume escalation 1 level#7"},
	}
	items, mails, waits := 0, 0, 0
	for _, step := range steps {
		inner := step.do
		step.do = func(b *bench) flow.Decision {
			d := inner(b)
			items, mails, waits = max(items, d.Items()), mails+len(d.Notices), waits+len(d.Open)
			return d
		}
		step.check(t, b)
		b.now = b.now.Add(10 * 60e9)
	}
	if !after.WakeAt.After(before.WakeAt) || after.ID != before.ID || after.Round != 1 {
		t.Errorf("taking moved %+v to %+v, want the same wait with a later hint", before, after)
	}
	if mails != 8 || waits != 5 {
		t.Errorf("%d mails and %d waits in all, want 8 and 5", mails, waits)
	}
	if got := b.ticket; got.Assignee != developer || got.Row != 7 || got.RowMonth != "202609" || got.Pases != 1 || got.Failures != 0 || got.Priority != 2 {
		t.Errorf("closed ticket is %+v", got)
	}
}

// Act 1 of the worked example is one transaction of at most ten items, act 8
// adds the row and its counter.
func TestStandardTicketTransactions(t *testing.T) {
	b := newBench(t, userUT)
	if d := open81(b); d.Items() > 10 || d.Register != nil {
		t.Errorf("opening writes %d items and row %+v, want at most 10 and none", d.Items(), d.Register)
	}
	b.do(headUT, desk.ActApprove)
	b.do(headUO, desk.ActApprove)
	b.do(developer, desk.ActTake)
	d := b.do(developer, desk.ActClose, "solution", "Se corrigió.", "medium", "mail")
	row := d.Register
	if row == nil || row.N != 7 || row.Period != "202609" || row.Ticket != b.ticket.ID || row.Number != b.ticket.Number || row.Sede != "UTN" ||
		row.Solution != "Se corrigió." || row.State != "Atendido" || row.Typology != "Soporte de aplicaciones y software" || row.Requester == "" || row.Reopened {
		t.Errorf("row of the register: %+v", row)
	}
	if last := d.Notices[len(d.Notices)-1]; !last.Closing || last.Data["solution"] != "Se corrigió." {
		t.Errorf("closing mail %+v does not say what was done, or is not the closing's medium", last)
	}
}

func TestDecisionMailsCarryTheirLink(t *testing.T) {
	b := newBench(t, userUT)
	d := open81(b)
	n := d.Notices[1]
	if n.Wait != "approval#1" || n.Round != 1 || n.Stage != desk.StageUT || n.Data["stage"] != "1" || n.Data["stages"] != "2" {
		t.Errorf("decision mail of stage 1 is %+v", n)
	}
	d = b.do(headUT, desk.ActApprove)
	if c := d.Notices[0]; c.Stage != desk.StageUT || c.Data["decision"] != "approved" {
		t.Errorf("constancia is %+v, want the stage decided", c)
	}
	if n := d.Notices[1]; n.Wait != "approval#2" || n.Round != 1 || n.Stage != desk.StageUO || n.Data["stage"] != "2" {
		t.Errorf("decision mail of stage 2 is %+v", n)
	}
	hq := newBench(t, userHQ)
	if n := open81(hq).Notices[1]; n.Audience.Person != headUO || n.Data["stage"] != "1" || n.Data["stages"] != "1" {
		t.Errorf("at headquarters there is one stage: %+v", n)
	}
}
