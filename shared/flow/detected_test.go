package flow_test

import (
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// Flow 8.3: what the specialists of the UTI detect.

func open83(b *bench) flow.Decision {
	b.channel = desk.ChannelForm
	return b.do(b.requester, desk.ActOpen, "service", "sigo", "flow", "8.3", "subject", "El SIGO responde con error 500", "description", "Desde el respaldo de anoche.", "detected", "fault")
}

// atHelpDesk is an authorised 8.3, with the mesa de ayuda.
func atHelpDesk(t tester) *bench {
	b := newBench(t, detector)
	open83(b)
	b.do(headUTI, desk.ActApprove)
	return b
}

// routed is an 8.3 that the mesa de ayuda sent to a level, in somebody's hands there.
func routed(t tester, level string, who desk.PersonID) *bench {
	b := atHelpDesk(t)
	b.do(assigner, desk.ActRoute, "level", level, "reason", "Corresponde a ese nivel.")
	b.do(who, desk.ActTake)
	return b
}

// solvedByInfrastructure stands at Level 3, to be acknowledged.
func solvedByInfrastructure(t tester) *bench {
	b := routed(t, "4", network)
	b.do(network, desk.ActInfraSolved, "solution", "Se cambió el módulo de red.", "verification", "Prueba de diez minutos.")
	return b
}

func situations83() []situation {
	return []situation{
		{"8.3 waits for the Jefatura UTI", func(t tester) *bench { b := newBench(t, detector); open83(b); return b }, `
			especialista-uti: comment withdraw
			jefa-uti: approve reject not-mine comment
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.3 with the mesa de ayuda", atHelpDesk, `
			especialista-uti: comment withdraw
			especialista-mesa: DESK route take log-contact WORDS
			informatica-mesa: DESK take log-contact WORDS`},
		{"8.3 with Desarrollo", func(t tester) *bench { return routed(t, "2", developer) }, `
			especialista-uti: comment
			desarrollo-1: assign ask hand-over escalate send-back close log-contact workaround WORDS
			desarrollo-2: assign take WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.3 with BD", func(t tester) *bench { return routed(t, "3", database) }, `
			especialista-uti: comment
			bd-1: assign interruption execution-ok execution-error ask escalate send-back log-contact workaround WORDS
			bd-2: assign take interruption execution-ok execution-error WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.3 with Infraestructura", func(t tester) *bench { return routed(t, "4", network) }, `
			especialista-uti: comment
			infra-1: infra-solved assign ask escalate send-back log-contact workaround WORDS
			infra-2: assign take WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.3 solved by Infraestructura, with BD", solvedByInfrastructure, `
			especialista-uti: comment
			bd-1: assign take acknowledge interruption WORDS
			bd-2: assign take acknowledge interruption WORDS
			infra-1: WORDS
			infra-2: WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.3 solved by Infraestructura, with Desarrollo", func(t tester) *bench {
			b := solvedByInfrastructure(t)
			b.do(database, desk.ActAcknowledge)
			b.do(developer, desk.ActTake)
			return b
		}, `
			especialista-uti: comment
			desarrollo-1: acknowledge assign ask escalate send-back log-contact workaround WORDS
			desarrollo-2: acknowledge assign take WORDS
			bd-1: WORDS
			bd-2: WORDS
			infra-1: WORDS
			infra-2: WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.3 authorised by mail, to be regularised", func(t tester) *bench { b := newBench(t, detector); openMailed(b); return b }, `
			especialista-uti: comment withdraw
			jefa-uti: regularise deny
			especialista-mesa: DESK route take log-contact WORDS
			informatica-mesa: DESK take log-contact WORDS`},
		{"8.3 rejected", func(t tester) *bench {
			b := newBench(t, detector)
			open83(b)
			b.do(headUTI, desk.ActReject, "reason", "x")
			return b
		}, `
			especialista-uti: comment
			especialista-mesa: WORDS
			informatica-mesa: WORDS`},
	}
}

func TestOnlyASpecialistOfTheUTIOpens83(t *testing.T) {
	for _, who := range []desk.PersonID{userHQ, userUT, headUO, support} {
		b := newBench(t, who)
		_, err := b.try(who, desk.ActOpen, "service", "sigo", "flow", "8.3", "subject", "x", "description", "y", "detected", "slow")
		wantRefused(t, err, desk.Forbidden, "8.3.1, R88")
	}
	b := newBench(t, detector)
	_, err := b.try(detector, desk.ActOpen, "service", "", "flow", "8.3", "subject", "x", "description", "y", "detected", "slow")
	wantField(t, err, "service")
	d := open83(b)
	wantEvents(t, d, "TicketOpened ApprovalRequested")
	wantMails(t, d, "received→requester decide→jefa-uti")
	if b.ticket.Priority != 3 || !b.ticket.Suggested || b.ticket.Stage != desk.StageUTI {
		t.Errorf("opened as %+v", b.ticket)
	}
}

// R91, R92: Desarrollo solves it, tells the specialist and closes with a row.
func TestDetectedIncidentStraightThroughLevel2(t *testing.T) {
	b := newBench(t, detector)
	open83(b)
	d := b.do(headUTI, desk.ActApprove)
	wantEvents(t, d, "StageApproved LevelEntered")
	if b.ticket.Level != 1 || b.ticket.Team != deskTeam || flow.Next(b.ticket).Clause != "8.3.3" {
		t.Errorf("authorised, it stands at level %d of %s", b.ticket.Level, b.ticket.Team)
	}
	d = b.do(assigner, desk.ActRoute, "level", "2", "reason", "Es un error de la aplicación.")
	wantEvents(t, d, "LevelEntered")
	wantMails(t, d, "level-changed→desarrollo level-changed→requester")
	if !b.ticket.RespondedAt.IsZero() {
		t.Error("Desarrollo has not begun, but counts as having answered")
	}
	b.do(developer, desk.ActTake)
	d = b.do(developer, desk.ActClose, closing()...)
	wantEvents(t, d, "RequesterTold TicketClosed VerificationRequested RowRegistered")
	wantMails(t, d, "verify→requester")
}

// R93–R96: pase, execution error, again, success; the error is counted.
func TestDetectedIncidentThroughLevel3(t *testing.T) {
	b := routed(t, "2", developer)
	b.do(developer, desk.ActHandOver, pase()...)
	b.do(database, desk.ActTake)
	d := b.do(database, desk.ActExecutionError, "interrupts", "no", "message", "ORA-00942")
	wantMails(t, d, "execution-failed→desarrollo-1")
	b.do(developer, desk.ActHandOver, pase()...)
	d = b.do(database, desk.ActExecutionOK, "interrupts", "no")
	wantMails(t, d, "execution-ok→desarrollo-1")
	if b.ticket.Failures != 1 || b.ticket.Pases != 2 || b.ticket.Level != 2 || flow.Next(b.ticket).Acts[0] != desk.ActClose {
		t.Errorf("after the second execution the case is %+v", b.ticket)
	}
	_, err := b.try(database, desk.ActClose, closing()...)
	wantRefused(t, err, desk.Forbidden, "")
	b.do(developer, desk.ActClose, closing()...)
	wantState(t, b, desk.Closed)
}

// A case sent to Level 3 directly returns to Desarrollo, who never had it.
func TestDetectedIncidentSentToLevel3Directly(t *testing.T) {
	b := routed(t, "3", database)
	_, err := b.try(database, desk.ActClose, closing()...)
	wantRefused(t, err, desk.Refused, "8.3.3, R96–R97")
	d := b.do(database, desk.ActExecutionOK, "interrupts", "no")
	wantMails(t, d, "execution-ok→desarrollo")
	wantState(t, b, desk.Unassigned)
}

// R97: Level 4 tells Level 3, Level 3 tells Desarrollo, each confirms, and only
// then Desarrollo closes.
func TestInfrastructureIsAcknowledgedStepByStep(t *testing.T) {
	b := routed(t, "4", network)
	d := b.do(network, desk.ActInfraSolved, "solution", "Se cambió el módulo de red.", "verification", "Prueba de diez minutos.")
	wantEvents(t, d, "SolutionReported LevelEntered")
	wantMails(t, d, "infra-solved→base-de-datos")
	_, err := b.try(database, desk.ActExecutionOK, "interrupts", "no")
	wantRefused(t, err, desk.Refused, "8.3.3, R97")
	d = b.do(database, desk.ActAcknowledge)
	wantEvents(t, d, "SolutionAcknowledged LevelEntered")
	wantMails(t, d, "infra-solved→desarrollo")
	b.do(developer, desk.ActTake)
	_, err = b.try(developer, desk.ActClose, closing()...)
	wantRefused(t, err, desk.Refused, "8.3.3, R97")
	wantDemand(t, b, "Recepción de la solución de Infraestructura", false)
	d = b.do(developer, desk.ActAcknowledge)
	wantEvents(t, d, "SolutionAcknowledged")
	wantMails(t, d, "")
	wantDemand(t, b, "Recepción de la solución de Infraestructura", true)
	b.do(developer, desk.ActClose, closing()...)
	b.do(b.requester, desk.ActStillFailing, "message", "Sigue fallando.")
	if b.ticket.Chain != desk.ChainNone {
		t.Errorf("reopened, the case still holds the old chain %q", b.ticket.Chain)
	}
}

func TestWhoConfirmsACaseOfNobodysHasIt(t *testing.T) {
	b := solvedByInfrastructure(t)
	b.do(databaseB, desk.ActAcknowledge)
	d := b.do(devTwo, desk.ActAcknowledge)
	wantEvents(t, d, "SolutionAcknowledged TicketTaken")
	if b.ticket.Assignee != devTwo {
		t.Errorf("the case is %q's", b.ticket.Assignee)
	}
}

// What infrastructure did was not enough: the case goes back to it, and the
// chain begins again.
func TestASolutionThatDoesNotHoldGoesBack(t *testing.T) {
	b := solvedByInfrastructure(t)
	b.do(database, desk.ActTake)
	b.do(database, desk.ActEscalate, "level", "4", "reason", "La prueba falló.")
	if b.ticket.Chain != desk.ChainNone || b.ticket.Level != 4 {
		t.Errorf("at level %d with chain %q", b.ticket.Level, b.ticket.Chain)
	}
	_, err := b.try(databaseB, desk.ActAcknowledge)
	wantRefused(t, err, desk.Forbidden, "")
}

func TestWhatIsDetectedIsNoContact(t *testing.T) {
	b := contact(t, userHQ)
	_, err := b.try(deskOne, desk.ActClassify, "service", "sigo", "flow", "8.3", "priority", "3")
	wantField(t, err, "flow")
}

func wantDemand(t *testing.T, b *bench, text string, done bool) {
	t.Helper()
	for _, d := range flow.Closing(b.ticket) {
		if d.Text == text && !d.Not && d.Done == done {
			return
		}
	}
	t.Errorf("checklist %+v, want «%s» %t", flow.Closing(b.ticket), text, done)
}
