package machines_test

import (
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/machines"
)

// The token of a wait that stands is kept, whatever the machine's generation
// before; everything else is answered at once through the token itself.
func TestOpen(t *testing.T) {
	tests := []struct {
		name   string
		change func(*hall, desk.TicketID, *machines.Request)
		told   string // "" if the token is kept
	}{
		{"the wait stands: kept", func(*hall, desk.TicketID, *machines.Request) {}, ""},
		{"its date moved later: kept", func(_ *hall, _ desk.TicketID, in *machines.Request) { in.Wait.WakeAt = in.Wait.WakeAt.Add(-time.Hour) }, ""},
		{"its date moved earlier: answered with the new one", func(_ *hall, _ desk.TicketID, in *machines.Request) {
			in.Wait.WakeAt = in.Wait.WakeAt.Add(time.Hour)
		}, `{"next":"AwaitUtHead","wait":{"id":"approval#1"`},
		{"decided meanwhile: the next stage", func(h *hall, id desk.TicketID, _ *machines.Request) { h.Do("jefa-ut-piura", desk.ActApprove, id) },
			`{"next":"AwaitOrganicUnitHead","wait":{"id":"approval#2"`},
		{"withdrawn meanwhile: done", func(h *hall, id desk.TicketID, _ *machines.Request) { h.Do("usuaria-ut-piura-1", desk.ActWithdraw, id) }, `{"next":"done"}`},
		{"a generation that is over: superseded", func(_ *hall, _ desk.TicketID, in *machines.Request) { in.Generation = 0 }, `{"next":"superseded"}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := newHall(t)
			id := h.Open81()
			in := h.request("open", id, 1, h.Load(id).Waits[0])
			test.change(h, id, &in)
			h.handle(in)
			token, err := h.Store.WaitToken(t.Context(), id, "approval#1")
			if err != nil || (token == "token-1") != (test.told == "") {
				t.Errorf("kept token %q, %v", token, err)
			}
			told := strings.Join(h.runs.told, "\n")
			if test.told == "" && told != "" || !strings.HasPrefix(strings.TrimPrefix(told, "token-1 "), test.told) {
				t.Errorf("the machine was told %q, want %q", told, test.told)
			}
		})
	}
}

// F12: answering a token that died is normal; a service that fails is not.
func TestOpenAnswersThroughADeadToken(t *testing.T) {
	h := newHall(t)
	id := h.Open81()
	in := h.request("open", id, 0, h.Load(id).Waits[0])
	h.runs.dead = true
	h.handle(in)
	h.runs.dead, h.runs.fails = false, errDown
	if _, err := h.workflow.Handle(t.Context(), in); err == nil {
		t.Error("the failure was swallowed")
	}
}

// Time is up: the clock's act is done once, the machine hears the new date from
// the answer and gets no resume; asked again after a lost answer nothing more happens.
func TestOverdue(t *testing.T) {
	h := newHall(t)
	id := h.Open81()
	wait := h.Load(id).Waits[0]
	h.SetTime(wait.WakeAt)
	in := h.request("overdue", id, 1, wait)
	for range 3 {
		reply := h.handle(in)
		if reply.Next != "AwaitUtHead" || reply.Wait == nil || reply.Wait.ID != "approval#1" || !reply.Wait.WakeAt.After(wait.WakeAt) {
			t.Errorf("answered %+v", reply)
		}
	}
	if got := h.Outbox(id, 2); got != "decide-again→jefa-ut-piura" {
		t.Errorf("the act orders %q, want one reminder and no resume", got)
	}
	if v := h.Load(id).Ticket.Version; v != 2 {
		t.Errorf("version %d: the reminder was repeated", v)
	}
}

func TestOverdueWithNothingDue(t *testing.T) {
	tests := []struct {
		name   string
		change func(*hall, desk.TicketID, *machines.Request)
		next   string
	}{
		{"before its date: the same wait", func(*hall, desk.TicketID, *machines.Request) {}, "AwaitUtHead"},
		{"decided meanwhile: the next wait, and no act", func(h *hall, id desk.TicketID, _ *machines.Request) {
			h.Do("jefa-ut-piura", desk.ActApprove, id)
			h.Advance(48 * time.Hour)
		}, "AwaitOrganicUnitHead"},
		{"over: done", func(h *hall, id desk.TicketID, _ *machines.Request) {
			h.Do("usuaria-ut-piura-1", desk.ActWithdraw, id)
			h.Advance(48 * time.Hour)
		}, "done"},
		{"an old generation: superseded, though the date came", func(h *hall, _ desk.TicketID, in *machines.Request) {
			in.Generation = 7
			h.Advance(48 * time.Hour)
		}, "superseded"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := newHall(t)
			id := h.Open81()
			in := h.request("overdue", id, 1, h.Load(id).Waits[0])
			test.change(h, id, &in)
			version := h.Load(id).Ticket.Version
			if reply := h.handle(in); reply.Next != test.next {
				t.Errorf("answered %+v, want %s", reply, test.next)
			}
			if got := h.Load(id).Ticket.Version; got != version {
				t.Errorf("version %d, want %d", got, version)
			}
		})
	}
}

// A machine whose own act moves it on hears so in the answer; anybody else's act
// leaves it a resume.
func TestWhoAsksGetsNoResume(t *testing.T) {
	for _, test := range []struct {
		name, outbox string
		do           func(*hall, desk.TicketID, desk.Wait)
	}{
		{"the machine asks", "level-changed→soporte-tecnico, level-changed→mesa-de-ayuda, level-changed→usuaria-administracion-1", func(h *hall, id desk.TicketID, w desk.Wait) {
			if reply := h.handle(h.request("overdue", id, 1, w)); reply.Next != "AwaitLevel2" || reply.Wait.ID != "level#2" {
				h.t.Errorf("answered %+v", reply)
			}
		}},
		{"the sweeper does it", "level-changed→soporte-tecnico, level-changed→mesa-de-ayuda, level-changed→usuaria-administracion-1, resume escalation 1 level#1", func(h *hall, id desk.TicketID, _ desk.Wait) {
			h.runs.running[desk.ExecutionName(id, desk.MachineEscalation, 1)] = true
			h.Advance(3 * time.Minute)
			h.sweep(false)
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := newHall(t)
			id := h.Open85()
			wait := h.Load(id).Waits[0]
			h.SetTime(desktest.Tuesday(13, 0)) // four hours: nobody took it within its target
			test.do(h, id, wait)
			if got := h.Outbox(id, 2); got != test.outbox {
				t.Errorf("outbox %q, want %q", got, test.outbox)
			}
		})
	}
}

// F16: nobody answers for two weeks: everybody is asked in turn, nobody decides.
func TestApprovalNeverAnswered(t *testing.T) {
	h := newHall(t)
	id := h.Open81()
	until := h.Time().Add(14 * 24 * time.Hour)
	for h.Time().Before(until) {
		wait := h.Load(id).Waits[0]
		h.SetTime(wait.WakeAt)
		h.handle(h.request("overdue", id, 1, wait))
	}
	ticket := h.Load(id).Ticket
	if ticket.State != desk.PendingApproval || ticket.Stage != desk.StageUT || len(ticket.Asked) < 2 {
		t.Errorf("after two weeks the ticket is %s at %q, asked %+v", ticket.State, ticket.Stage, ticket.Asked)
	}
}

func TestStuckIsWrittenWherePeopleSeeIt(t *testing.T) {
	h := newHall(t)
	id := h.Open81()
	in := h.request("stuck", id, 1, h.Load(id).Waits[0])
	in.Cause = "Lambda.Unknown"
	h.handle(in)
	in.Generation = 7 // a machine that is over says so too late
	h.handle(in)
	list, err := h.Store.StuckMachines(t.Context())
	if err != nil || len(list) != 1 || list[0].Ticket != id || list[0].Machine.Cause != "La ejecución se detuvo: Lambda.Unknown" {
		t.Errorf("stuck: %+v, %v", list, err)
	}
}

func TestUnknownRequestsAreErrors(t *testing.T) {
	h := newHall(t)
	id := h.Open81()
	for _, in := range []machines.Request{
		{Op: "dance", Ticket: id, Machine: desk.MachineApproval},
		{Op: "overdue", Ticket: "01J8NOSUCHTICKET0000000000", Machine: desk.MachineApproval},
		{Op: "open", Ticket: "01J8NOSUCHTICKET0000000000", Machine: desk.MachineApproval, Token: "t"},
	} {
		if _, err := h.workflow.Handle(t.Context(), in); err == nil {
			t.Errorf("%s on %s was answered", in.Op, in.Ticket)
		}
	}
}

func TestParseExecutionReadsWhatExecutionNameWrites(t *testing.T) {
	const id = desk.TicketID("01J80000000000000000000042")
	for _, m := range desk.Machines() {
		for _, generation := range []int{1, 12} {
			gotID, got, ok := machines.ParseExecution(desk.ExecutionName(id, m, generation), m)
			if !ok || gotID != id || got != generation {
				t.Errorf("%s %d: read %s %d %t", m, generation, gotID, got, ok)
			}
		}
	}
	for _, bad := range []string{"", "x", "01J80000000000000000000042", "01J80000000000000000000042-escalation-1", "01J80000000000000000000042-approval-x"} {
		if _, _, ok := machines.ParseExecution(bad, desk.MachineApproval); ok {
			t.Errorf("%q was read", bad)
		}
	}
}
