package flow_test

import (
	"slices"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// only checks that exactly these people of the cast may do an act.
func only(t *testing.T, b *bench, kind desk.ActKind, who ...desk.PersonID) {
	t.Helper()
	for _, p := range everybody() {
		_, err := b.clone().try(p, kind, validFields(b, kind)...)
		if may := slices.Contains(who, p); may != (err == nil) {
			t.Errorf("%s by %s: %v, want allowed %v", kind, p, err, may)
		}
	}
}

func moveTo(b *bench, level, taker string) *bench {
	b.do(b.ticket.Assignee, desk.ActEscalate, "level", level, "reason", "x")
	b.do(desk.PersonID(taker), desk.ActTake)
	return b
}

// waits81 is an 8.1 before its first approver, fresh one nobody has taken yet.
func waits81(t tester, requester desk.PersonID) *bench { return fresh(t, requester, open81) }

func fresh(t tester, requester desk.PersonID, open func(*bench) flow.Decision) *bench {
	b := newBench(t, requester)
	open(b)
	return b
}

func whole86(b *bench) flow.Decision { return open86(b, "asset", "740") }

// The sentences of «Who acts», one subtest each: what is not said is denied.
func TestWhoActsBeforeWorkBegins(t *testing.T) {
	t.Run("classify, saque ticket, solve the contact: L1 of its team", func(t *testing.T) {
		only(t, contact(t, userHQ), desk.ActClassify, assigner, deskOne)
		only(t, contact(t, userUT), desk.ActClassify, expertUT, actingExp, helperUT)
		only(t, contact(t, userHQ), desk.ActNeedTicket, assigner, deskOne)
		only(t, contact(t, userUT), desk.ActNeedTicket, expertUT, actingExp, helperUT)
		only(t, classified(t, userHQ, "sigo", "8.1"), desk.ActClose, assigner, deskOne)
		only(t, classified(t, userUT, "sigo", "8.1"), desk.ActClose, expertUT, actingExp, helperUT)
	})
	t.Run("approve, reject, no me corresponde: persons asked in the open stage", func(t *testing.T) {
		for _, kind := range []desk.ActKind{desk.ActApprove, desk.ActReject, desk.ActNotMine} {
			b := waits81(t, userUT)
			only(t, b, kind, headUT)
			b.standsIn(desk.StageUT, actingUT, headUT)
			b.ring(desk.WaitApproval)
			only(t, b, kind, headUT, actingUT)
			b.do(actingUT, desk.ActApprove)
			only(t, b, kind, headUO)
			only(t, waits81(t, userHQ), kind, headUO)
		}
	})
	t.Run("withdraw: requester, before a level has taken it", func(t *testing.T) {
		only(t, waits81(t, userUT), desk.ActWithdraw, userUT)
		only(t, fresh(t, userHQ, open85), desk.ActWithdraw, userHQ)
		only(t, contact(t, userHQ), desk.ActWithdraw, userHQ)
		only(t, held85(t, userHQ), desk.ActWithdraw)
		only(t, held86(t, userUT), desk.ActWithdraw)
		assigned := waits81(t, userHQ)
		assigned.do(headUO, desk.ActApprove)
		assigned.do(developer, desk.ActAssign, "person", string(developer))
		only(t, assigned, desk.ActWithdraw, userHQ)
		assigned.do(developer, desk.ActHandOver, pase()...) // worked on, though never «taken»
		only(t, assigned, desk.ActWithdraw)
	})
	t.Run("set priority: mesa de ayuda; in a UT its specialist for 8.5 and 8.6", func(t *testing.T) {
		only(t, fresh(t, userHQ, open85), desk.ActSetPriority, assigner, deskOne)
		only(t, fresh(t, userUT, open85), desk.ActSetPriority, assigner, deskOne, expertUT, actingExp)
		only(t, fresh(t, userUT, whole86), desk.ActSetPriority, assigner, deskOne, expertUT, actingExp)
		only(t, atLevel2(t, userUT), desk.ActSetPriority, assigner, deskOne)
		only(t, waits81(t, userUT), desk.ActSetPriority, assigner, deskOne)
	})
}

func TestWhoAssignsAndTakes(t *testing.T) {
	t.Run("assign: 8.5 and 8.6 of headquarters the mesa de ayuda specialist", func(t *testing.T) {
		for _, open := range []func(*bench) flow.Decision{open85, whole86} {
			b := fresh(t, userHQ, open)
			only(t, b, desk.ActAssign, assigner)
			d := b.do(assigner, desk.ActAssign, "person", string(support))
			wantEvents(t, d, "LevelEntered")
			wantMails(t, d, "assigned→soporte-1")
			wantCalls(t, d, "resume escalation 1 level#1")
			if b.ticket.Level != 2 || b.ticket.Assignee != support || b.ticket.State != desk.Assigned {
				t.Errorf("assigned to %q at level %d in %s: 8.6.2 says Level 2", b.ticket.Assignee, b.ticket.Level, b.ticket.State)
			}
			only(t, b, desk.ActAssign, assigner)
			for _, who := range []desk.PersonID{support, deskOne, developer, userHQ, "nadie"} {
				_, err := b.try(assigner, desk.ActAssign, "person", string(who))
				wantField(t, err, "person")
			}
			wantEvents(t, b.do(assigner, desk.ActAssign, "person", string(supportTwo)), "TicketAssigned")
		}
	})
	t.Run("assign: somebody of both levels may take it up with them", func(t *testing.T) {
		b := fresh(t, userHQ, open85)
		b.members = members()
		b.members[supTeam] = append(b.members[supTeam], deskOne)
		b.do(deskOne, desk.ActTake)
		b.do(assigner, desk.ActAssign, "person", string(deskOne))
		if b.ticket.Level != 2 || b.ticket.Assignee != deskOne {
			t.Errorf("at level %d with %q", b.ticket.Level, b.ticket.Assignee)
		}
	})
	// R108, R117: 8.5.2–8.5.4 and 8.6.2–8.6.5 hold in a UT with its own specialist.
	t.Run("assign: a UT its specialist, himself included", func(t *testing.T) {
		b := fresh(t, userUT, whole86)
		only(t, b, desk.ActAssign, expertUT, actingExp)
		wantMails(t, b.do(expertUT, desk.ActAssign, "person", string(expertUT)), "")
		if b.ticket.Assignee != expertUT || b.ticket.Level != 1 {
			t.Errorf("assigned to %q at level %d", b.ticket.Assignee, b.ticket.Level)
		}
	})
	t.Run("assign: who stands in for the UT's specialist acts for them", func(t *testing.T) {
		b := fresh(t, userUT, whole86)
		f := b.facts(helperUT, nil)
		f.Rights.Specialty[northTeam], f.Rights.Principal[flow.DeskAssigner] = true, expertUT
		d, err := flow.Decide(b.ticket, f, b.act(helperUT, desk.ActAssign, pairs("person", string(expertUT))))
		if err != nil || d.For != expertUT {
			t.Errorf("acts for %q, %v", d.For, err)
		}
	})
	t.Run("assign: 8.1 any member within Desarrollo or BD", func(t *testing.T) {
		only(t, atLevel2(t, userUT), desk.ActAssign, developer, devTwo)
		only(t, atLevel3(t, userUT), desk.ActAssign, database, databaseB)
		only(t, moveTo(atLevel2(t, userUT), "4", string(network)), desk.ActAssign)
		_, err := atLevel2(t, userHQ).try(devTwo, desk.ActAssign, "person", string(database))
		wantField(t, err, "person")
	})
	t.Run("take: any member of the team at the present level", func(t *testing.T) {
		only(t, fresh(t, userHQ, open85), desk.ActTake, assigner, deskOne)
		only(t, fresh(t, userUT, whole86), desk.ActTake, expertUT, actingExp, helperUT)
		b := atLevel2(t, userUT)
		only(t, b, desk.ActTake, devTwo) // who has it in progress needs not
		d := b.do(devTwo, desk.ActTake)
		wantMails(t, d, "assigned→desarrollo-1")
		if d.Notices[0].Data["taken_by"] != string(devTwo) {
			t.Errorf("mail %+v", d.Notices[0])
		}
		b = fresh(t, userHQ, open85)
		b.do(assigner, desk.ActAssign, "person", string(support))
		wantMails(t, b.do(support, desk.ActTake), "") // nobody is told what they did themselves
		b.do(support, desk.ActEscalate, "level", "5", "reason", "x")
		only(t, b, desk.ActTake, vendors)
	})
}

func TestWhoWorksAndCloses(t *testing.T) {
	t.Run("ask, diagnose, «más de 60», custody, not-moved, return: the assignee", func(t *testing.T) {
		for _, requester := range []desk.PersonID{userHQ, userUT} {
			b := held86(t, requester)
			me := b.ticket.Assignee
			only(t, b, desk.ActAsk, me)
			only(t, b, desk.ActDiagnose, me)
			only(t, b, desk.ActDeclareLong, me)
			b.do(me, desk.ActDeclareLong)
			only(t, b, desk.ActTakeCustody, me)
			only(t, b, desk.ActNotMoved, me)
			b.do(me, desk.ActTakeCustody, custody()...)
			only(t, b, desk.ActReturn, me)
		}
	})
	t.Run("contact: the assignee, and L1 while it is theirs", func(t *testing.T) {
		only(t, held85(t, userHQ), desk.ActLogContact, support)
		only(t, atLevel2(t, userUT), desk.ActLogContact, developer)
		only(t, waits81(t, userUT), desk.ActLogContact) // no level has it
		only(t, contact(t, userUT), desk.ActLogContact, expertUT, actingExp, helperUT)
	})
	t.Run("hand-over with pase: the L2 assignee of 8.1", func(t *testing.T) {
		only(t, atLevel2(t, userUT), desk.ActHandOver, developer)
		only(t, held85(t, userHQ), desk.ActHandOver)
		only(t, atLevel3(t, userUT), desk.ActHandOver)
	})
	// R75: Level 3 executes the update, nobody else.
	t.Run("interruption notice, execution with or without error: BD", func(t *testing.T) {
		for _, kind := range []desk.ActKind{desk.ActInterruption, desk.ActExecutionOK, desk.ActExecutionError} {
			only(t, atLevel3(t, userUT), kind, database, databaseB)
			only(t, atLevel2(t, userUT), kind)
			only(t, moveTo(atLevel2(t, userHQ), "4", string(network)), kind)
		}
	})
	t.Run("escalate to 4 or 5, and return: the assignee at any level, UT included", func(t *testing.T) {
		only(t, held85(t, userUT), desk.ActEscalate, expertUT)
		only(t, held86(t, userHQ), desk.ActEscalate, support)
		only(t, atLevel2(t, userUT), desk.ActEscalate, developer)
		only(t, atLevel3(t, userHQ), desk.ActEscalate, database)
		only(t, atLevel3(t, userHQ), desk.ActSendBack, database)
		only(t, moveTo(held85(t, userUT), "5", string(vendors)), desk.ActSendBack, vendors)
	})
	t.Run("close: 8.1 the Desarrollo assignee standing at L2; 8.5 and 8.6 the assignee", func(t *testing.T) {
		only(t, atLevel2(t, userUT), desk.ActClose, developer)
		only(t, atLevel3(t, userUT), desk.ActClose)
		only(t, held85(t, userHQ), desk.ActClose, support)
		only(t, held85(t, userUT), desk.ActClose, expertUT)
		only(t, held86(t, userHQ), desk.ActClose, support)
		only(t, moveTo(held86(t, userHQ), "5", string(vendors)), desk.ActClose, vendors)
	})
	t.Run("reopen: requester, L1", func(t *testing.T) {
		only(t, closed85(t), desk.ActReopen, userHQ, assigner, deskOne)
		b := held86(t, userUT)
		b.do(expertUT, desk.ActClose, closing()...)
		only(t, b, desk.ActReopen, userUT, expertUT, actingExp, helperUT, assigner, deskOne)
	})
	t.Run("an assignee who left the team has lost it", func(t *testing.T) {
		b := held85(t, userHQ)
		f := b.facts(support, nil)
		f.Rights.Teams = nil
		_, err := flow.Decide(b.ticket, f, b.act(support, desk.ActClose, pairs(closing()...)))
		wantRefused(t, err, desk.Forbidden, "8.5.4, R107")
	})
}

func TestWhoReads(t *testing.T) {
	tests := []struct {
		name string
		b    *bench
		who  []desk.PersonID
	}{
		{"a new 8.1 of a UT", func() *bench { b := newBench(t, userUT); open81(b); return b }(), []desk.PersonID{userUT, headUT, assigner, deskOne, headUTI}},
		{"every team it has passed, everybody ever asked", atLevel3(t, userUT),
			[]desk.PersonID{userUT, headUT, headUO, assigner, deskOne, headUTI, developer, devTwo, database, databaseB}},
		{"8.5 of a UT", held85(t, userUT), []desk.PersonID{userUT, expertUT, actingExp, helperUT, assigner, deskOne, headUTI}},
		{"8.5 of headquarters, at Level 5", moveTo(held85(t, userHQ), "5", string(vendors)), []desk.PersonID{userHQ, assigner, deskOne, support, supportTwo, vendors, headUTI}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, p := range everybody() {
				if got, want := flow.MayRead(test.b.ticket, rights(p)), slices.Contains(test.who, p); got != want {
					t.Errorf("%s reads: %v, want %v", p, got, want)
				}
			}
			stranger := rights(userHQ)
			stranger.Known = false
			if flow.MayRead(test.b.ticket, stranger) || flow.MayRead(test.b.ticket, flow.Rights{Known: true}) {
				t.Error("nobody reads it")
			}
		})
	}
	b := atLevel3(t, userUT)
	for p, want := range map[desk.PersonID]bool{userUT: false, headUT: false, headUO: false, developer: true, databaseB: true, deskOne: true, headUTI: true, support: false} {
		if got := flow.MayReadStaffNotes(b.ticket, rights(p)); got != want {
			t.Errorf("%s reads internal notes: %v, want %v", p, got, want)
		}
	}
}

// Guards hold by themselves, even where a role already says as much today.
func TestGuardsDoNotLeanOnRoles(t *testing.T) {
	b := newBench(t, userHQ)
	open81(b)
	b.ticket.State = desk.Rejected // those asked still stand there
	for _, kind := range []desk.ActKind{desk.ActApprove, desk.ActReject, desk.ActNotMine} {
		_, err := b.try(headUO, kind, "reason", "x")
		wantRefused(t, err, desk.Refused, "")
	}
	b = contact(t, userHQ)
	b.ticket.Flow = desk.Flow85 // a contact of a flow that needs no other ticket
	_, err := b.try(deskOne, desk.ActNeedTicket)
	wantRefused(t, err, desk.Refused, "VIII")
}

// A stale version is told before anything else is decided; acts that only add need none.
func TestVersions(t *testing.T) {
	b := held85(t, userHQ)
	for kind, want := range map[desk.ActKind]desk.Code{desk.ActClose: desk.Stale, desk.ActAsk: desk.Stale, desk.ActNote: "", desk.ActReply: "", desk.ActLogContact: "", desk.ActWorkaround: ""} {
		for _, version := range []int{b.ticket.Version - 1, b.ticket.Version + 1, 0} {
			a := b.act(support, kind, pairs(validFields(b, kind)...))
			a.Version = version
			if _, err := flow.Decide(b.ticket, b.facts(support, nil), a); desk.CodeOf(err) != want {
				t.Errorf("%s with version %d of %d: %v, want %q", kind, version, b.ticket.Version, err, want)
			}
		}
	}
}
