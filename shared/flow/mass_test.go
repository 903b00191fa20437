package flow_test

import (
	"slices"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// massIncident is a mass incident that anybody's case may join.
func massIncident() desk.Ticket {
	return desk.Ticket{ID: "01J00000000000000000000099", Number: "2026-000001", Version: 4, Flow: desk.Flow81, Service: "sigo", Kind: desk.Incident,
		Priority: 1, State: desk.InProgress, Level: 2, Team: devTeam, Assignee: developer, Mass: true}
}

// joined85 is a case in hands that was joined to the mass incident.
func joined85(t tester) *bench {
	b := held85(t, userHQ)
	b.do(deskOne, desk.ActJoin, "parent", "2026-000001")
	return b
}

// alsoMe is an 8.1 opened with «yo también».
func alsoMe(t tester) *bench {
	b := newBench(t, userUT)
	b.channel = desk.ChannelForm
	b.do(userUT, desk.ActOpen, "service", "sigo", "flow", "8.1", "subject", "Yo también", "description", "No abre.", "impact", "stopped", "parent", "2026-000001")
	return b
}

// ends is the mass incident as it ended.
func (b *bench) ends(s desk.State) *bench {
	b.family = flow.Family{Parent: massIncident(), Solution: "Se repuso el servidor.", By: "Desarrollo 1"}
	b.family.Parent.State = s
	return b
}

// follow is what the desk does with each case once the incident has ended.
func (b *bench) follow() flow.Decision {
	b.channel = ""
	return b.do(desk.Clock, desk.ActFollow)
}

func situationsOfMass() []situation {
	return []situation{
		{"8.5 joined to a mass incident", func(t tester) *bench { return joined85(t) }, `
			usuaria-sede: comment
			soporte-1: WORDS
			soporte-2: WORDS
			especialista-mesa: set-priority reclassify separate WORDS
			informatica-mesa: set-priority reclassify separate WORDS`},
		{"8.5 declared a mass incident", func(t tester) *bench { b := held85(t, userHQ); b.do(deskOne, desk.ActDeclareMass); return b }, `
			usuaria-sede: comment
			soporte-1: ask escalate send-back close log-contact workaround WORDS
			soporte-2: take WORDS
			especialista-mesa: set-priority reclassify assign WORDS
			informatica-mesa: set-priority reclassify WORDS`},
	}
}

// R150: who joins waits for nothing of their own and is told so.
func TestJoinWaitsForNothing(t *testing.T) {
	t.Run("in hands", func(t *testing.T) {
		b := joined85(t)
		if b.ticket.State != desk.Joined || b.ticket.Parent != massIncident().ID || len(b.waits) != 0 || b.ticket.Team != "" || b.ticket.Assignee != "" {
			t.Errorf("joined: %+v waits for %+v", b.ticket, b.waits)
		}
	})
	t.Run("while a head is asked: there is nothing to decide any more", func(t *testing.T) {
		b := waits81(t, userUT)
		d := b.do(deskOne, desk.ActJoin, "parent", "2026-000001")
		wantMails(t, d, "withdrawn→jefa-ut joined→requester")
		only(t, b, desk.ActApprove)
	})
	t.Run("a contact takes the service of the incident", func(t *testing.T) {
		b := contact(t, userUT)
		b.do(expertUT, desk.ActJoin, "parent", "2026-000001")
		if b.ticket.Service != "sigo" || !b.ticket.Contact || b.ticket.State != desk.Joined {
			t.Errorf("contact joined: %+v", b.ticket)
		}
	})
	t.Run("«yo también» needs no approval of its own", func(t *testing.T) {
		b := alsoMe(t)
		wantEvents(t, flow.Decision{Events: b.records[0].Events}, "TicketOpened TicketJoined")
		if b.ticket.State != desk.Joined || flow.RegisterState(b.ticket) != "En Progreso" {
			t.Errorf("opened: %+v", b.ticket)
		}
	})
}

func TestJoinOnlyWhatIsOpen(t *testing.T) {
	tests := map[string]func(*desk.Ticket){
		"no such case":               func(p *desk.Ticket) { *p = desk.Ticket{} },
		"a case that is none":        func(p *desk.Ticket) { p.Mass = false },
		"one that ended":             func(p *desk.Ticket) { p.State = desk.Closed },
		"one that has joined":        func(p *desk.Ticket) { p.Parent = "01J" },
		"itself":                     func(p *desk.Ticket) { p.ID = "01J00000000000000000000001" },
		"one withdrawn by who asked": func(p *desk.Ticket) { p.State = desk.Withdrawn },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			b := held85(t, userHQ)
			change(&b.family.Parent)
			_, err := b.try(deskOne, desk.ActJoin, "parent", "2026-000001")
			wantField(t, err, "parent")
		})
	}
}

// One closing tells all: each case has its own row and its own mail.
func TestFollowEndsAsTheIncidentEnded(t *testing.T) {
	t.Run("nothing while it is open", func(t *testing.T) {
		if d := joined85(t).follow(); len(d.Events) != 0 {
			t.Errorf("events %v", eventNames(d.Events))
		}
	})
	t.Run("closed: closed, told, registered, once", func(t *testing.T) {
		b := joined85(t).ends(desk.Closed)
		d := b.follow()
		wantEvents(t, d, "RequesterTold TicketClosed RowRegistered")
		wantMails(t, d, "closed→requester")
		if d.Register == nil || d.Register.Solution != "Se repuso el servidor." || b.ticket.State != desk.Closed {
			t.Errorf("row %+v of %+v", d.Register, b.ticket)
		}
		if d = b.follow(); len(d.Events) != 0 {
			t.Errorf("a second time: %v", eventNames(d.Events))
		}
	})
	t.Run("not attended: each goes on where it was", func(t *testing.T) {
		b := joined85(t).ends(desk.Withdrawn)
		b.follow()
		if b.ticket.Parent != "" || b.ticket.Level != 2 || b.ticket.Assignee != support || len(b.waits) != 1 {
			t.Errorf("separated: %+v waits for %+v", b.ticket, b.waits)
		}
	})
	t.Run("not attended, and never begun: its own procedure begins", func(t *testing.T) {
		b := alsoMe(t).ends(desk.Rejected)
		b.follow()
		if b.ticket.State != desk.PendingApproval || b.ticket.Stage != desk.StageUT {
			t.Errorf("separated: %+v", b.ticket)
		}
	})
	t.Run("not attended, and approved in part: nobody is asked twice", func(t *testing.T) {
		b := newBench(t, userUT)
		open81(b)
		b.do(headUT, desk.ActApprove)
		b.do(deskOne, desk.ActJoin, "parent", "2026-000001")
		d := b.ends(desk.Withdrawn).follow()
		if b.ticket.Stage != desk.StageUO || !slices.Contains(d.Events, desk.Event(desk.StageSkipped{Stage: desk.StageUT, Person: headUT, Approved: true})) {
			t.Errorf("separated: %+v by %+v", b.ticket, d.Events)
		}
	})
	t.Run("still failing: it goes on alone", func(t *testing.T) {
		b := joined85(t).ends(desk.Closed)
		b.follow()
		b.do(userHQ, desk.ActReopen, "message", "Sigue igual.")
		if b.ticket.Parent != "" || b.ticket.Level != 2 || b.ticket.State.Ended() {
			t.Errorf("reopened: %+v", b.ticket)
		}
	})
	t.Run("another incident's end is none of its business", func(t *testing.T) {
		b := joined85(t).ends(desk.Closed)
		b.family.Parent.ID = "01JOTHER"
		if d := b.follow(); len(d.Events) != 0 {
			t.Errorf("events %v", eventNames(d.Events))
		}
	})
}

// Whatever way a mass incident ends, the cases that joined it are told once.
func TestFamilyEndsWithItsIncident(t *testing.T) {
	b := held85(t, userHQ)
	b.do(deskOne, desk.ActDeclareMass)
	if d := b.do(support, desk.ActNote, "message", "x"); d.Family {
		t.Error("a note ends the family")
	}
	if d := b.do(support, desk.ActClose, closing()...); !d.Family {
		t.Error("a closing leaves the family waiting")
	}
	if d := b.do(userHQ, desk.ActReopen, "message", "x"); d.Family {
		t.Error("a reopening ends the family")
	}
	b = held85(t, userHQ)
	if d := b.do(support, desk.ActClose, closing()...); d.Family {
		t.Error("an ordinary case has a family")
	}
	if !slices.Contains(flow.Next(massIncident()).Acts, desk.ActClose) {
		t.Errorf("next step %+v", flow.Next(massIncident()))
	}
}
