package flow_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

func TestFormPostIsBornClassified(t *testing.T) {
	tests := []struct {
		name   string
		fields []string
		want   desk.TicketOpened
		events string
	}{
		{"8.1 waits for approval, the impact suggests the priority", []string{"service", "sigo", "flow", "8.1", "impact", "stopped"},
			desk.TicketOpened{Flow: desk.Flow81, Service: "sigo", Kind: desk.Incident, Suggested: 1}, "TicketOpened ApprovalRequested"},
		{"8.5 of the same service goes to Level 1", []string{"service", "sigo", "flow", "8.5"},
			desk.TicketOpened{Flow: desk.Flow85, Service: "sigo", Kind: desk.Requirement, Suggested: 3}, "TicketOpened LevelEntered"},
		{"a service with one flow names it", []string{"service", "antivirus"},
			desk.TicketOpened{Flow: desk.Flow85, Service: "antivirus", Kind: desk.Requirement, Suggested: 3}, "TicketOpened LevelEntered"},
		{"8.6 asks what is missing", []string{"service", "impresora", "equipment", "Impresora"},
			desk.TicketOpened{Flow: desk.Flow86, Service: "impresora", Kind: desk.Incident, Suggested: 3}, "TicketOpened DataRequested LevelEntered"},
		{"out of a contact", []string{"service", "sigo", "flow", "8.1", "impact", "guidance", "from", "01J00000000000000000000009"},
			desk.TicketOpened{Flow: desk.Flow81, Service: "sigo", Kind: desk.Incident, Suggested: 4, From: "01J00000000000000000000009"}, "TicketOpened ApprovalRequested"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t, userHQ)
			b.channel = desk.ChannelForm
			d := b.do(userHQ, desk.ActOpen, append(test.fields, "subject", "Asunto", "description", "Descripción", "phone", "anexo 1")...)
			wantEvents(t, d, test.events)
			want := test.want
			want.Number, want.Rules, want.Requester, want.Unit, want.Sede, want.Channel = "2026-004217", flow.Version, userHQ, "OA", "SC", desk.ChannelForm
			if d.Events[0] != want {
				t.Errorf("event %+v, want %+v", d.Events[0], want)
			}
			if d.Texts["subject"] != "Asunto" || d.Texts["description"] != "Descripción" || d.Texts["phone"] != "anexo 1" || d.Texts["service"]+d.Texts["flow"]+d.Texts["from"]+d.Texts["impact"] != "" {
				t.Errorf("texts %v: free text only", d.Texts)
			}
			if d.Notices[0].Message != desk.MailReceived {
				t.Errorf("mails %q: no acuse first", mailNames(d.Notices))
			}
		})
	}
}

func TestFormsThatNameNoFlowAreRefused(t *testing.T) {
	open := func(fields ...string) error {
		b := newBench(t, userHQ)
		_, err := b.try(userHQ, desk.ActOpen, append(fields, "subject", "x", "description", "y", "impact", "slow")...)
		return err
	}
	wantRefused(t, open("service", "sigo"), desk.Refused, "VIII") // two flows, none named
	wantRefused(t, open("service", "sigo", "flow", "8.9"), desk.Refused, "VIII")
	wantRefused(t, open("service", "sigo", "flow", "<b>"), desk.Refused, "VIII")
	wantRefused(t, open("service", "nada"), desk.Refused, "VIII")
	err := open("service", "impresora", "flow", "8.1")
	wantField(t, err, "service")
	if p, ok := errors.AsType[*desk.Problem](open("service", "sigo", "flow", "<script>")); !ok || p.Text != "El procedimiento no prevé esta acción para este caso (flujo por definir)." {
		t.Errorf("the refusal repeats what was typed: %q", p.Text)
	}
}

func TestOpeningTwiceIsRefused(t *testing.T) {
	for name, b := range map[string]*bench{"open": held85(t, userHQ), "closed": closed85(t), "contact": contact(t, userHQ)} {
		for _, kind := range []desk.ActKind{desk.ActOpen, desk.ActContact} {
			_, err := b.try(assigner, kind, validFields(b, kind)...)
			if desk.CodeOf(err) != desk.Refused {
				t.Errorf("%s on a ticket that is %s: %v", kind, name, err)
			}
		}
	}
}

func closed85(t tester) *bench {
	b := held85(t, userHQ)
	b.do(support, desk.ActClose, closing()...)
	return b
}

func TestMachineTokenMayOnlyCreateNamingARequester(t *testing.T) {
	b := newBench(t, userHQ)
	f := b.facts(userHQ, pairs("service", "antivirus"))
	f.Rights = flow.Rights{Client: true, Person: "cliente-rrhh"}
	a := b.act("cliente-rrhh", desk.ActOpen, pairs("service", "antivirus", "subject", "x", "description", "y"))
	a.Actor.Assurance = desk.AssuredClient
	if _, err := flow.Decide(b.ticket, f, a); err != nil {
		t.Fatalf("a client creates: %v", err)
	}
	f.Party = flow.Party{}
	_, err := flow.Decide(b.ticket, f, a)
	wantField(t, err, "requester")
	open85(b)
	f = b.facts(userHQ, nil)
	f.Rights = flow.Rights{Client: true, Known: true, Person: userHQ, Desk: true, Assigner: true, Teams: []flow.Membership{{Team: deskTeam}}}
	for _, kind := range allActs() {
		a := b.act(userHQ, kind, pairs(validFields(b, kind)...))
		if _, err := flow.Decide(b.ticket, f, a); desk.CodeOf(err) != desk.Forbidden && desk.CodeOf(err) != desk.Refused {
			t.Errorf("a client may %s: %v", kind, err)
		}
	}
}

func TestUnprovedActorsHaveNoPower(t *testing.T) {
	b := newBench(t, userHQ)
	open81(b)
	for who, kinds := range map[desk.PersonID][]desk.ActKind{userHQ: {desk.ActWithdraw, desk.ActComment}, headUO: {desk.ActApprove}, assigner: {desk.ActNote}} {
		for _, kind := range kinds {
			a := b.act(who, kind, pairs(validFields(b, kind)...))
			a.Actor.Assurance = desk.AssuredNone
			_, err := flow.Decide(b.ticket, b.facts(who, nil), a)
			wantRefused(t, err, desk.Forbidden, "")
			f := b.facts(who, nil)
			f.Rights.Known = false
			a.Actor.Assurance = desk.AssuredSession
			_, err = flow.Decide(b.ticket, f, a)
			wantRefused(t, err, desk.Forbidden, "")
		}
	}
}

func TestContactByMail(t *testing.T) {
	b := newBench(t, userUT)
	d := b.do("", desk.ActContact, "subject", "No abre", "description", "Desde las 9.", "mail_id", "ses-1", "from_address", "u@qw.gob.pe")
	wantEvents(t, d, "ContactOpened")
	wantMails(t, d, "received→requester")
	wantCalls(t, d, "start escalation 1")
	if e := d.Events[0].(desk.ContactOpened); e.Team != northTeam || e.Unverified || e.Suggested != 3 || e.Channel != desk.ChannelMail || !e.Territorial {
		t.Errorf("event %+v", e)
	}
	if flow.StateLabel(b.ticket) != "Por clasificar" || b.ticket.Flow != "" || d.Texts["mail_id"] != "ses-1" {
		t.Errorf("ticket %+v, texts %v", b.ticket, d.Texts)
	}
	empty := newBench(t, userHQ)
	empty.do("", desk.ActContact) // an unreadable mail is a contact all the same
}

func TestUnverifiedContactGetsNoMailUntilConfirmed(t *testing.T) {
	b := newBench(t, userHQ)
	b.via = flow.ViaUnverified
	wantMails(t, b.do("", desk.ActContact, "subject", "Urgente", "description", "No abre."), "")
	b.given = []string{"subject", "description"}
	for _, kind := range []desk.ActKind{desk.ActClassify, desk.ActNeedTicket, desk.ActClose, desk.ActReply} {
		_, err := b.try(deskOne, kind, validFields(b, kind)...)
		wantRefused(t, err, desk.Refused, "R9")
	}
	_, err := b.try(deskOne, desk.ActConfirmSender)
	wantField(t, err, "how")
	d := b.do(deskOne, desk.ActConfirmSender, "how", "Le llamé a su anexo.")
	wantEvents(t, d, "SenderConfirmed")
	wantMails(t, d, "received→requester")
	_, err = b.try(deskOne, desk.ActConfirmSender, "how", "x")
	wantRefused(t, err, desk.Refused, "R29, R104")
	b.do(deskOne, desk.ActClassify, "service", "antivirus", "priority", "3")
}

// R30: a call is registered by L1 on behalf of somebody of the directory.
func TestPhoneContact(t *testing.T) {
	call := func(who, requester desk.PersonID, fields ...string) error {
		b := newBench(t, requester)
		b.channel = desk.ChannelPhone
		_, err := b.try(who, desk.ActContact, fields...)
		return err
	}
	what := []string{"description", "No imprime"}
	for who, requester := range map[desk.PersonID]desk.PersonID{assigner: userHQ, deskOne: userUT, expertUT: userUT, actingExp: userUT, helperUT: userUT, expertSur: userUT} {
		if err := call(who, requester, what...); err != nil {
			t.Errorf("%s registers the call of %s: %v", who, requester, err)
		}
	}
	for _, who := range []desk.PersonID{userHQ, support, developer, headUT, headUTI, network, helperUT} {
		wantRefused(t, call(who, userHQ, what...), desk.Forbidden, "8.1.1, R61–R62")
	}
	wantField(t, call(deskOne, userHQ), "description")
	wantField(t, call(deskOne, "", what...), "caller")
	b := newBench(t, userHQ)
	if _, err := b.try("", desk.ActContact, "subject", "x"); err != nil {
		t.Errorf("a mail: %v", err)
	}
	f, a := b.facts("", nil), b.act("", desk.ActContact, pairs("description", "x"))
	a.Channel = desk.ChannelPhone // only a mail comes by itself
	_, err := flow.Decide(desk.Ticket{}, f, a)
	wantRefused(t, err, desk.Forbidden, "")
}

func TestClassify(t *testing.T) {
	b := contact(t, userHQ)
	for field, fields := range map[string][]string{
		"service":  {"priority", "3"},
		"priority": {"service", "antivirus"},
		"flow":     {"service", "sigo", "priority", "3"}, // two flows: say which
	} {
		_, err := b.try(deskOne, desk.ActClassify, fields...)
		wantField(t, err, field)
	}
	_, err := b.try(deskOne, desk.ActClassify, "service", "nada", "priority", "3")
	wantField(t, err, "service")
	_, err = b.try(deskOne, desk.ActClassify, "service", "impresora", "flow", "8.1", "priority", "3")
	wantField(t, err, "flow")
	_, err = b.try(deskOne, desk.ActClassify, "service", "antivirus", "priority", "5")
	wantField(t, err, "priority")
	d := b.do(deskOne, desk.ActClassify, "service", "impresora", "priority", "2", "equipment", "Impresora", "goods", "printer")
	wantEvents(t, d, "TicketClassified DataRequested")
	if b.ticket.Contact || b.ticket.Flow != desk.Flow86 || b.ticket.Priority != 2 || b.ticket.Suggested || b.ticket.State != desk.Unassigned || b.ticket.Level != 1 {
		t.Errorf("ticket %+v", b.ticket)
	}
	if e := d.Events[1].(desk.DataRequested); len(e.Fields) != 2 || e.Fields[0] != "asset" || e.Fields[1] != "office" {
		t.Errorf("missing %v, want asset and office", e.Fields)
	}
	b.do(assigner, desk.ActAssign, "person", string(support)) // missing data never block work
}

func TestTakingAnUnclassifiedContactSaysClassifyFirst(t *testing.T) {
	b := contact(t, userHQ)
	for _, kind := range []desk.ActKind{desk.ActTake, desk.ActClose} {
		_, err := b.try(deskOne, kind, validFields(b, kind)...)
		wantRefused(t, err, desk.Refused, "7.4, R36")
	}
}

// 8.1.2: solvable at L1 it is attended, registered and closed there.
func TestContactSolvedAtLevelOne(t *testing.T) {
	b := classified(t, userUT, "sigo", "8.1")
	if !b.ticket.Contact || b.ticket.Stage != "" {
		t.Errorf("ticket %+v: an 8.1 contact stays an L1 contact", b.ticket)
	}
	d := b.do(actingExp, desk.ActClose, "solution", "Se orientó.", "medium", "phone", "call", "Conforme.")
	wantEvents(t, d, "RequesterTold TicketClosed RowRegistered")
	if d.Register == nil || d.Register.Sede != "UTN" || d.For != expertUT {
		t.Errorf("row %+v for %q", d.Register, d.For)
	}
	d = b.do(userUT, desk.ActReopen, "message", "Otra vez.")
	wantEvents(t, d, "TicketReopened LevelEntered")
	wantMails(t, d, "reopened→ut-norte")
	wantCalls(t, d, "start escalation 2")
	if b.ticket.Level != 1 || b.ticket.Team != northTeam || !b.ticket.Contact {
		t.Errorf("reopened at %d with %s", b.ticket.Level, b.ticket.Team)
	}
}

// 8.1.3, R64: told to take a PAU ticket; contact and ticket are linked.
func TestNeedTicketAndLink(t *testing.T) {
	b := contact(t, userHQ)
	d := b.do(deskOne, desk.ActNeedTicket, "service", "sigo")
	wantEvents(t, d, "RequesterTold TicketRedirected")
	wantMails(t, d, "need-ticket→requester")
	wantCalls(t, d, "resume escalation 1 level#1")
	if d.Notices[0].Data["service"] != "sigo" || d.Notices[0].Data["service_name"] != "SIGO" || d.Register != nil {
		t.Errorf("mail %+v, row %+v", d.Notices[0], d.Register)
	}
	d = b.do(userHQ, desk.ActLink, "other", "01J00000000000000000000002")
	wantEvents(t, d, "TicketLinked")
	if d = b.do(userHQ, desk.ActLink, "other", "01J00000000000000000000002"); len(d.Events) != 0 {
		t.Errorf("linked twice: %q", eventNames(d.Events))
	}
	_, err := classified(t, userHQ, "antivirus", "8.5").try(deskOne, desk.ActNeedTicket)
	wantRefused(t, err, desk.Refused, "VIII")
}

func TestProvideData(t *testing.T) {
	b := newBench(t, userHQ)
	b.do(userHQ, desk.ActOpen, "service", "impresora", "subject", "x", "description", "y")
	if len(b.ticket.Missing) != 4 {
		t.Fatalf("missing %v", b.ticket.Missing)
	}
	_, err := b.try(userHQ, desk.ActProvideData, "phone", "123")
	wantField(t, err, "equipment")
	d := b.do(userHQ, desk.ActProvideData, "office", "Piso 3", "equipment", "Impresora")
	if e := d.Events[0].(desk.DataProvided); len(e.Fields) != 2 || d.Texts["office"] != "Piso 3" || len(d.Settle) != 0 || b.wait(desk.WaitData).ID != "data#1" {
		t.Errorf("event %+v, texts %v, waits %q", e, d.Texts, waitNames(b.waits))
	}
	b.do(deskOne, desk.ActProvideData, "no_asset", "yes", "goods", "printer")
	if len(b.ticket.Missing) != 0 {
		t.Errorf("still missing %v", b.ticket.Missing)
	}
	_, err = b.try(userHQ, desk.ActProvideData, "asset", "1")
	wantRefused(t, err, desk.Refused, "R104, R110")
}

func TestCommentsKeepTheMailTheyCameIn(t *testing.T) {
	b := held85(t, userHQ)
	d := b.do("", desk.ActComment, "message", "x", "sender", string(userHQ), "mail_id", "ses-7")
	if !cmp.Equal(d.Events[0], desk.Event(desk.CommentAdded{Sender: userHQ, MailID: "ses-7"})) {
		t.Errorf("event %+v", d.Events[0])
	}
	d = b.do(userHQ, desk.ActComment, "message", "x", "mail_id", "forged", "sender", string(headUO))
	if !cmp.Equal(d.Events[0], desk.Event(desk.CommentAdded{Sender: userHQ})) {
		t.Errorf("event %+v: a page cannot name a mail or another sender", d.Events[0])
	}
	wantMails(t, d, "answered→soporte-1")
	wantMails(t, b.do(support, desk.ActComment, "message", "x"), "")
}

// A mail whose link would open on «reemplazado» is not sent again: the later one is.
func TestAMailWithADeadLinkIsNotSentAgain(t *testing.T) {
	decide := func(person desk.PersonID, round int) *desk.Mail {
		return &desk.Mail{Message: desk.MailDecide, To: "j@qw.gob.pe", Person: person, Wait: "approval#1", Round: round}
	}
	tests := map[string]struct {
		prepare func(*bench)
		mail    *desk.Mail
		dead    bool
	}{
		"the decision waits":                  {func(*bench) {}, decide(headUT, 1), false},
		"a reminder brought a later link":     {func(b *bench) { b.ring(desk.WaitApproval) }, decide(headUT, 1), true},
		"it is the reminder's own":            {func(b *bench) { b.ring(desk.WaitApproval) }, decide(headUT, 2), false},
		"the stage was decided":               {func(b *bench) { b.do(headUT, desk.ActApprove) }, decide(headUT, 1), true},
		"it is not theirs":                    {func(b *bench) { b.do(headUT, desk.ActNotMine, "reason", "x") }, decide(headUT, 1), true},
		"the person was never asked":          {func(*bench) {}, decide(support, 1), true},
		"a question that waits no more":       {func(*bench) {}, &desk.Mail{Message: desk.MailQuestion, To: "u@qw.gob.pe", Wait: "paused#9", Round: 1}, true},
		"a mail without a link, whatever now": {func(b *bench) { b.do(headUT, desk.ActApprove) }, &desk.Mail{Message: desk.MailReceived, To: "u@qw.gob.pe"}, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			b := openedAt(t, userUT, tuesday(9, 30))
			tt.prepare(b)
			b.failed = tt.mail
			_, err := b.try(assigner, desk.ActResend, "ref", "1.1")
			if dead := desk.CodeOf(err) == desk.Refused; dead != tt.dead || err != nil && !dead {
				t.Errorf("refused %v, want %v: %v", dead, tt.dead, err)
			}
		})
	}
	b := held85(t, userHQ)
	asked := b.do(support, desk.ActAsk, "question", "¿Qué versión?")
	b.failed = &desk.Mail{Message: desk.MailQuestion, To: "u@qw.gob.pe", Wait: asked.Notices[0].Wait, Round: 1}
	if _, err := b.try(support, desk.ActResend, "ref", "1.1"); err != nil {
		t.Errorf("a question that waits: %v", err)
	}
	b.do(userHQ, desk.ActAnswer, "message", "La 5")
	if _, err := b.try(support, desk.ActResend, "ref", "1.1"); desk.CodeOf(err) != desk.Refused {
		t.Errorf("a question that was answered: %v", err)
	}
}

func TestResendNeedsAMailThatDidNotGo(t *testing.T) {
	b := held85(t, userHQ)
	_, err := b.try(support, desk.ActResend, "ref", "1.1")
	wantField(t, err, "ref")
	b.failed = &desk.Mail{Message: desk.MailReceived, To: "u@qw.gob.pe"}
	d := b.do(support, desk.ActResend, "ref", "1.1")
	if d.Events[0] != (desk.MailResent{Ref: "1.1"}) || len(d.Copies) != 1 || d.Copies[0].To != "u@qw.gob.pe" || len(d.Notices) != 0 {
		t.Errorf("events %+v, copies %+v", d.Events, d.Copies)
	}
}
