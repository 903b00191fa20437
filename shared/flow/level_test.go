package flow_test

import (
	"errors"
	"testing"

	"mesa/shared/desk"
)

// R74: no Level 3 without a pase: description, files, rollback.
func TestLevelThreeIsRefusedWithoutAPase(t *testing.T) {
	for i, missing := range []string{"pase_description", "pase_files", "pase_rollback"} {
		b := atLevel2(t, userUT)
		fields := pase()
		fields[2*i+1] = "  "
		_, err := b.try(developer, desk.ActHandOver, fields...)
		wantField(t, err, missing)
		if p, ok := errors.AsType[*desk.Problem](err); !ok || p.Clause != "8.1.6, R74" || b.ticket.Level != 2 {
			t.Errorf("without %s: %+v at level %d", missing, p, b.ticket.Level)
		}
	}
	b := atLevel2(t, userUT)
	for _, level := range []string{"3", "1", "2", "6", "x"} {
		_, err := b.try(developer, desk.ActEscalate, "level", level, "reason", "x")
		wantField(t, err, "level")
	}
}

func TestPaseIsCountedAndTold(t *testing.T) {
	b := atLevel2(t, userHQ)
	d := b.do(developer, desk.ActHandOver, pase()...)
	n := d.Notices[0]
	if n.Data["n"] != "1" || n.Data["rollback"] == "" || n.Data["files"] == "" || n.Data["description"] == "" || d.Texts["pase_rollback"] == "" {
		t.Errorf("mail %+v, texts %v", n, d.Texts)
	}
	b.do(database, desk.ActExecutionError, "interrupts", "no", "message", "Falla el script.")
	d = b.do(developer, desk.ActHandOver, pase()...)
	if d.Events[0] != (desk.PaseHandedOver{N: 2}) || d.Notices[0].Data["n"] != "2" {
		t.Errorf("second pase: %+v, %+v", d.Events, d.Notices)
	}
}

// 8.1.8: an error goes back to 8.1.5 and comes again; the count is kept.
func TestExecutionErrorLoop(t *testing.T) {
	b := atLevel3(t, userUT)
	for n := 1; n <= 3; n++ {
		d := b.do(database, desk.ActExecutionError, "interrupts", "no", "message", "Falla el script.")
		wantEvents(t, d, "ExecutionFailed LevelEntered")
		wantMails(t, d, "execution-failed→desarrollo-1")
		if d.Events[0] != (desk.ExecutionFailed{N: n}) || b.ticket.Assignee != developer || b.ticket.Level != 2 || b.ticket.State != desk.InProgress {
			t.Errorf("error %d: %+v, at level %d with %s", n, d.Events, b.ticket.Level, b.ticket.Assignee)
		}
		d = b.do(developer, desk.ActHandOver, pase()...)
		if b.ticket.Assignee != database {
			t.Errorf("the next pase goes to %q, who had it", b.ticket.Assignee)
		}
		wantMails(t, d, "pase→base-de-datos")
	}
	_, err := b.try(database, desk.ActExecutionError, "interrupts", "no")
	wantField(t, err, "message")
	b.do(database, desk.ActExecutionOK, "interrupts", "no")
	if b.ticket.Pases != 4 || b.ticket.Failures != 3 || !b.ticket.Executed {
		t.Errorf("pases %d, failures %d, executed %v", b.ticket.Pases, b.ticket.Failures, b.ticket.Executed)
	}
	b.do(developer, desk.ActClose, closing()...)
}

// R79: only Desarrollo closes, standing at Level 2.
func TestClosingOf81IsDesarrollosAtLevelTwo(t *testing.T) {
	b := atLevel3(t, userUT)
	_, err := b.try(database, desk.ActClose, closing()...)
	wantRefused(t, err, desk.Refused, "8.1.9, R79")
	_, err = b.try(developer, desk.ActClose, closing()...)
	wantRefused(t, err, desk.Forbidden, "")
	b.do(database, desk.ActExecutionOK, "interrupts", "no")
	for _, who := range []desk.PersonID{database, devTwo, assigner, userUT, headUTI} {
		_, err = b.try(who, desk.ActClose, closing()...)
		wantRefused(t, err, desk.Forbidden, "8.1.5, 8.1.9, R73, R79")
	}
	b.do(developer, desk.ActClose, closing()...)
}

func TestClosingByTelephoneNeedsTheCall(t *testing.T) {
	b := atLevel2(t, userHQ)
	_, err := b.try(developer, desk.ActClose, "solution", "x", "medium", "phone")
	wantField(t, err, "call")
	for field, fields := range map[string][]string{"solution": {"medium", "mail"}, "medium": {"solution", "x"}} {
		_, err = b.try(developer, desk.ActClose, fields...)
		wantField(t, err, field)
	}
	d := b.do(developer, desk.ActClose, "solution", "x", "medium", "phone", "call", "Con la usuaria, conforme.")
	if d.Events[0] != (desk.RequesterTold{Medium: desk.ByPhone}) || d.Texts["call"] == "" || d.Notices[0].Closing {
		t.Errorf("events %+v, texts %v, mail %+v", d.Events, d.Texts, d.Notices[0])
	}
}

func TestEscalationNeedsAReasonAndATeam(t *testing.T) {
	b := held85(t, userHQ)
	_, err := b.try(support, desk.ActEscalate, "level", "5")
	wantField(t, err, "reason")
	d := b.do(support, desk.ActEscalate, "level", "5", "reason", "Garantía del fabricante.")
	wantEvents(t, d, "LevelEntered")
	wantMails(t, d, "level-changed→servicios-internos level-changed→requester")
	if d.Notices[0].Data["reason"] == "" || d.Notices[1].Data["reason"] != "" || d.Texts["reason"] == "" {
		t.Errorf("mails %+v: the reason is for the level", d.Notices)
	}
	wantCalls(t, d, "resume escalation 1 level#2")
	if e := d.Events[0].(desk.LevelEntered); e.From != 2 || e.Level != 5 || e.Why != desk.BecauseEscalated || b.ticket.Assignee != "" {
		t.Errorf("event %+v, assignee %q", e, b.ticket.Assignee)
	}
	_, err = b.try(support, desk.ActEscalate, "level", "4", "reason", "x")
	wantRefused(t, err, desk.Forbidden, "")
	b.do(vendors, desk.ActTake)
	_, err = b.try(vendors, desk.ActEscalate, "level", "5", "reason", "x")
	wantField(t, err, "level")
	b.do(vendors, desk.ActEscalate, "level", "4", "reason", "Es de red.")

	b = held85(t, userHQ)
	b.teams = map[desk.Level]desk.TeamID{1: deskTeam, 2: supTeam}
	_, err = b.try(support, desk.ActEscalate, "level", "4", "reason", "x")
	wantRefused(t, err, desk.Refused, "7.5, R48")
}

// R50: a return goes to the last assignee of that level while still in the team.
func TestReturnGoesToTheLastHolderWhileInTheTeam(t *testing.T) {
	b := held85(t, userHQ)
	b.do(support, desk.ActEscalate, "level", "4", "reason", "x")
	b.do(network, desk.ActTake)
	_, err := b.try(network, desk.ActSendBack, "level", "2")
	wantField(t, err, "reason")
	for _, level := range []string{"3", "4", "5", "0", "x", "9"} {
		_, err = b.try(network, desk.ActSendBack, "level", level, "reason", "x")
		wantField(t, err, "level")
	}
	gone := b.clone()
	gone.members = members()
	gone.members[supTeam] = []desk.PersonID{supportTwo}
	d := b.do(network, desk.ActSendBack, "level", "2", "reason", "Ya hay red.")
	wantMails(t, d, "level-changed→soporte-1 level-changed→requester")
	if b.ticket.Assignee != support || b.ticket.State != desk.InProgress || d.Events[0].(desk.LevelEntered).Why != desk.BecauseReturned {
		t.Errorf("back at %q in %s: %+v", b.ticket.Assignee, b.ticket.State, d.Events)
	}
	d = gone.do(network, desk.ActSendBack, "level", "2", "reason", "Ya hay red.")
	wantMails(t, d, "level-changed→soporte level-changed→requester")
	if gone.ticket.Assignee != "" || gone.ticket.State != desk.Unassigned {
		t.Errorf("who left the team has it again: %q in %s", gone.ticket.Assignee, gone.ticket.State)
	}
	b.do(support, desk.ActSendBack, "level", "1", "reason", "Lo ve la mesa.")
	if b.ticket.Level != 1 || b.ticket.Team != deskTeam || b.ticket.Assignee != "" {
		t.Errorf("at level %d with %s", b.ticket.Level, b.ticket.Team)
	}
	b.do(deskOne, desk.ActTake)
	_, err = b.try(deskOne, desk.ActSendBack, "level", "1", "reason", "x")
	wantRefused(t, err, desk.Refused, "7.5, R50")
}

func TestExecutionGoesBackToTheTeamWhenTheDeveloperLeft(t *testing.T) {
	b := atLevel3(t, userUT)
	b.members = members()
	b.members[devTeam] = []desk.PersonID{devTwo}
	d := b.do(database, desk.ActExecutionOK, "interrupts", "no", "message", "Ejecutado.")
	wantMails(t, d, "execution-ok→desarrollo")
	wantState(t, b, desk.Unassigned)
	b.do(devTwo, desk.ActTake)
	b.do(devTwo, desk.ActClose, closing()...)
}

// A contact that came by mail passed L1: the case can be sent back there.
func TestContactTurnedTicketRemembersLevelOne(t *testing.T) {
	b := classified(t, userHQ, "antivirus", "8.5")
	hold(b)
	b.do(support, desk.ActSendBack, "level", "1", "reason", "No es de soporte.")
	if b.ticket.Team != deskTeam {
		t.Errorf("back with %s", b.ticket.Team)
	}
}

// UT 8.5 and 8.6 are one level; only Levels 4 and 5 are elsewhere.
func TestTerritorialUnitHasOneLevel(t *testing.T) {
	for name, make := range map[string]func(tester, desk.PersonID) *bench{"8.5": held85, "8.6": held86} {
		t.Run(name, func(t *testing.T) {
			b := make(t, userUT)
			if b.ticket.Level != 1 || b.ticket.Team != northTeam || b.ticket.Assignee != expertUT {
				t.Fatalf("held by %s at level %d", b.ticket.Assignee, b.ticket.Level)
			}
			d := b.do(expertUT, desk.ActAssign, "person", string(actingExp))
			wantEvents(t, d, "TicketAssigned")
			wantMails(t, d, "assigned→suplente-especialista")
			for _, who := range []desk.PersonID{support, assigner, expertSur} {
				_, err := b.try(expertUT, desk.ActAssign, "person", string(who))
				wantField(t, err, "person")
			}
			if d = b.do(actingExp, desk.ActTake); d.For != expertUT {
				t.Errorf("«X por Y»: acts for %q", d.For)
			}
			b.do(actingExp, desk.ActEscalate, "level", "4", "reason", "Enlace caído.")
			b.do(network, desk.ActTake)
			b.do(network, desk.ActSendBack, "level", "1", "reason", "Enlace repuesto.")
			if b.ticket.Assignee != actingExp || b.ticket.Team != northTeam {
				t.Errorf("back with %s of %s", b.ticket.Assignee, b.ticket.Team)
			}
			b.do(actingExp, desk.ActClose, closing()...)
		})
	}
}
