package flow_test

import (
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

func open82(b *bench) flow.Decision {
	b.channel = desk.ChannelForm
	return b.do(b.requester, desk.ActOpen, "service", "sgd", "flow", "8.2", "subject", "No deriva el expediente", "description", "Sale un error.", "impact", "stopped")
}

// held82 is in the hands of the administration of the SGD.
func held82(t tester, requester desk.PersonID) *bench {
	b := newBench(t, requester)
	open82(b)
	b.do(sgdOne, desk.ActTake)
	return b
}

// contact82 is a contact that Level 1 of the place classified as 8.2.
func contact82(t tester, requester desk.PersonID) *bench {
	return classified(t, requester, "sgd", "8.2")
}

func typed() []string {
	return []string{"detail", "la contraseña", "solution", "Error de digitación.", "medium", "phone", "call", "Ya pudo ingresar."}
}

func situations82() []situation {
	return []situation{
		{"contact of 8.2 from headquarters", func(t tester) *bench { return contact82(t, userHQ) }, `
			usuaria-sede: comment withdraw link
			sgd-1: classify typing-error need-ticket take log-contact WORDS
			sgd-2: classify typing-error need-ticket take log-contact WORDS
			especialista-mesa: set-priority join WORDS
			informatica-mesa: set-priority join WORDS`},
		{"contact of 8.2 from a UT", func(t tester) *bench { return contact82(t, userUT) }, `
			usuaria-ut: comment withdraw link
			sgd-1: classify typing-error need-ticket take log-contact WORDS
			sgd-2: classify typing-error need-ticket take log-contact WORDS
			especialista-ut: WORDS
			suplente-especialista: WORDS
			informatica-ut: WORDS
			especialista-mesa: set-priority join WORDS
			informatica-mesa: set-priority join WORDS`},
		{"contact of 8.2 that was a typing error", func(t tester) *bench {
			b := contact82(t, userHQ)
			b.do(sgdOne, desk.ActTypingError, typed()...)
			return b
		}, `
			usuaria-sede: comment reopen link
			sgd-1: reopen log-contact WORDS
			sgd-2: reopen log-contact WORDS
			especialista-mesa: reopen WORDS
			informatica-mesa: reopen WORDS`},
		{"8.2 nobody's", func(t tester) *bench { b := newBench(t, userUT); open82(b); return b }, `
			usuaria-ut: comment withdraw
			sgd-1: take assign log-contact WORDS
			sgd-2: take assign log-contact WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.2 in hands", func(t tester) *bench { return held82(t, userUT) }, `
			usuaria-ut: comment
			sgd-1: assign ask escalate close log-contact workaround WORDS
			sgd-2: take assign log-contact WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.2 at Level 4", func(t tester) *bench {
			b := held82(t, userHQ)
			b.do(sgdOne, desk.ActEscalate, "level", "4", "reason", "x")
			b.do(network, desk.ActTake)
			return b
		}, `
			usuaria-sede: comment
			infra-1: ask escalate send-back log-contact workaround WORDS
			infra-2: take WORDS
			sgd-1: WORDS
			sgd-2: WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
	}
}

// 8.2.1, R80: whoever received it, a contact about the SGD goes to its administration;
// who received it may read on.
func TestContactAboutTheSGDGoesToItsAdministration(t *testing.T) {
	for _, who := range []desk.PersonID{userHQ, userUT} {
		b := contact(t, who)
		first := firstLevelOf(b)
		d := b.do(first, desk.ActClassify, "service", "sgd", "flow", "8.2", "priority", "4")
		wantEvents(t, d, "TicketClassified LevelEntered")
		wantMails(t, d, "level-changed→administradores-sgd")
		wantCalls(t, d, "resume escalation 1 level#1")
		if b.ticket.Team != sgdTeam || b.ticket.Level != 1 || !b.ticket.Contact || b.ticket.State != desk.Unassigned {
			t.Errorf("stands at %d with %s, %s", b.ticket.Level, b.ticket.Team, b.ticket.State)
		}
		if !flow.MayRead(b.ticket, rights(first)) {
			t.Errorf("%s, who received it, may not read it any more", first)
		}
	}
	b := contact82(t, userUT)
	d := b.do(sgdOne, desk.ActClassify, "service", "antivirus", "priority", "3") // it was none after all
	wantMails(t, d, "level-changed→ut-norte")
	if b.ticket.Team != northTeam || b.ticket.Flow != desk.Flow85 || b.ticket.Contact {
		t.Errorf("sent back it stands with %s as %s", b.ticket.Team, b.ticket.Flow)
	}
}

// 8.2.1: a call that the administration of the SGD gets is born with it.
func TestCallAboutTheSGDIsBornWithItsAdministration(t *testing.T) {
	for _, who := range []desk.PersonID{userHQ, userUT} {
		b := newBench(t, who)
		b.channel = desk.ChannelPhone
		d := b.do(sgdOne, desk.ActContact, "description", "No entra al SGD")
		if e := d.Events[0].(desk.ContactOpened); e.Team != sgdTeam || e.Territorial != (who == userUT) {
			t.Errorf("event %+v", e)
		}
		b.do(sgdOne, desk.ActClassify, "service", "sgd", "flow", "8.2", "priority", "4")
	}
	b := newBench(t, userHQ)
	b.channel = desk.ChannelPhone
	d := b.do(deskOne, desk.ActContact, "description", "No entra al SGD")
	if e := d.Events[0].(desk.ContactOpened); e.Team != deskTeam {
		t.Errorf("a call of the mesa de ayuda goes to %s", e.Team)
	}
	b = newBench(t, userHQ) // a mail reaches Level 1 of the place, whoever opens it
	if d = b.do("", desk.ActContact, "subject", "SGD"); d.Events[0].(desk.ContactOpened).Team != deskTeam {
		t.Errorf("a mail goes to %+v", d.Events[0])
	}
}

// 8.2.2, R82–R83: told, registered and closed at once.
func TestTypingErrorIsToldRegisteredAndClosedAtOnce(t *testing.T) {
	b := contact82(t, userUT)
	_, err := b.try(sgdOne, desk.ActTypingError, "solution", "x", "medium", "mail")
	wantField(t, err, "detail")
	_, err = b.try(sgdOne, desk.ActTypingError, "detail", "la contraseña", "solution", "x", "medium", "phone")
	wantField(t, err, "call")
	d := b.do(sgdOne, desk.ActTypingError, typed()...)
	wantEvents(t, d, "RequesterTold TicketClosed RowRegistered")
	wantMails(t, d, "typing-error→requester")
	if d.Register == nil || d.Register.State != "Atendido" || d.Register.Sede != "UTN" || d.Register.Solution != "Error de digitación." {
		t.Errorf("row %+v", d.Register)
	}
	if d.Texts["detail"] != "la contraseña" || d.Notices[0].Data["detail"] != "la contraseña" || d.Notices[0].Closing {
		t.Errorf("texts %v, mail %+v", d.Texts, d.Notices[0])
	}
	row, ok := flow.RowFor(desk.Ticket{Contact: true, Flow: desk.Flow82}, desk.ActTypingError)
	for _, f := range row.Fields {
		if wanted := f.Name != "call"; wanted != (f.Default != "") || !ok {
			t.Errorf("field %s begins with %q", f.Name, f.Default)
		}
		if _, problems := flow.Validate([]flow.Field{f}, desk.Fields{f.Name: f.Default}); len(problems) > 0 {
			t.Errorf("what %s begins with is refused: %v", f.Name, problems)
		}
	}
}

// 8.2.2, R81: evaluated at Level 1, which closes nothing else about the SGD: it needs a ticket (R84).
func TestOtherOriginNeedsATicket(t *testing.T) {
	b := contact82(t, userHQ)
	_, err := b.try(sgdOne, desk.ActClose, closing()...)
	wantRefused(t, err, desk.Refused, "VIII")
	d := b.do(sgdOne, desk.ActNeedTicket)
	wantEvents(t, d, "RequesterTold TicketRedirected")
	if data := d.Notices[0].Data; data["flow"] != "8.2" || data["service"] != "sgd" {
		t.Errorf("the link opens %v", data)
	}
	if row, _ := flow.RowFor(desk.Ticket{Contact: true, Flow: desk.Flow82}, desk.ActNeedTicket); row.Clause != "8.2.2, R84" {
		t.Errorf("cites %s", row.Clause)
	}
}

// R86: nobody approves; 8.2.4: the administration of the SGD attends and closes.
func TestTicketOfTheSGDIsAttendedByItsAdministration(t *testing.T) {
	b := newBench(t, userUT)
	d := open82(b)
	wantEvents(t, d, "TicketOpened LevelEntered")
	if b.ticket.Team != sgdTeam || b.ticket.Level != 1 || b.ticket.Priority != 1 {
		t.Errorf("stands at %d with %s, P%d", b.ticket.Level, b.ticket.Team, b.ticket.Priority)
	}
	d = b.do(sgdTwo, desk.ActAssign, "person", string(sgdOne))
	wantEvents(t, d, "TicketAssigned")
	b.do(sgdOne, desk.ActTake)
	b.do(sgdOne, desk.ActEscalate, "level", "4", "reason", "Red.")
	b.do(network, desk.ActTake)
	_, err := b.try(network, desk.ActClose, closing()...)
	wantRefused(t, err, desk.Refused, "8.2.4, R87")
	b.do(network, desk.ActSendBack, "level", "1", "reason", "Listo.")
	if b.ticket.Assignee != sgdOne {
		t.Errorf("comes back to %q", b.ticket.Assignee)
	}
	d = b.do(sgdOne, desk.ActClose, closing()...)
	if d.Register == nil || d.Register.Sede != "UTN" {
		t.Errorf("row %+v", d.Register)
	}
}

func TestNobodyTakesATicketOfTheSGDTheClockOnlyReminds(t *testing.T) {
	b := newBench(t, userHQ)
	open82(b)
	wantEvents(t, b.ring(desk.WaitLevel), "WaitReminded")
}

func TestStepsOfTheSGD(t *testing.T) {
	high := held82(t, userHQ)
	high.do(sgdOne, desk.ActEscalate, "level", "4", "reason", "x")
	high.do(network, desk.ActTake)
	fresh := newBench(t, userHQ)
	open82(fresh)
	for _, test := range []struct {
		b    *bench
		want string
	}{{contact82(t, userHQ), "8.2.2"}, {fresh, "8.2.4"}, {held82(t, userHQ), "8.2.4"}, {high, "7.5, 8.2.4"}} {
		if got := flow.Next(test.b.ticket).Clause; got != test.want {
			t.Errorf("%s at %d goes on with %s, want %s", test.b.ticket.State, test.b.ticket.Level, got, test.want)
		}
	}
}
