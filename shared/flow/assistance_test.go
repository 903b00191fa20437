package flow_test

import (
	"slices"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

func open87(b *bench) flow.Decision {
	b.channel = desk.ChannelForm
	return b.do(b.requester, desk.ActOpen, "service", "consultas", "subject", "Traslado de equipo", "description", "Al segundo piso.", "phone", "anexo 210")
}

// held87 is in the hands of a professional of Level 2 at headquarters, of the
// specialist in a UT.
func held87(t tester, requester desk.PersonID) *bench {
	b := newBench(t, requester)
	open87(b)
	return hold(b)
}

// called87 is a mail classified as 8.7 that brings no telephone.
func called87(t tester, requester desk.PersonID) *bench {
	return classified(t, requester, "consultas", "8.7")
}

func situations87() []situation {
	return []situation{
		{"8.7 headquarters nobody's at Level 1", func(t tester) *bench { b := newBench(t, userHQ); open87(b); return b }, `
			usuaria-sede: comment withdraw
			especialista-mesa: DESK assign take log-contact WORDS
			informatica-mesa: DESK take log-contact WORDS`},
		{"8.7 headquarters in progress", func(t tester) *bench { return held87(t, userHQ) }, `
			usuaria-sede: comment
			soporte-1: ask escalate send-back close log-contact workaround WORDS
			soporte-2: take WORDS
			especialista-mesa: DESK assign WORDS
			informatica-mesa: DESK WORDS`},
		{"8.7 headquarters without a telephone", func(t tester) *bench { return hold(called87(t, userHQ)) }, `
			usuaria-sede: comment provide-data
			soporte-1: ask escalate send-back log-contact workaround provide-data WORDS
			soporte-2: take provide-data WORDS
			especialista-mesa: DESK assign provide-data WORDS
			informatica-mesa: DESK provide-data WORDS`},
		{"8.7 UT in progress", func(t tester) *bench { return held87(t, userUT) }, `
			usuaria-ut: comment
			especialista-ut: DESK assign ask escalate close log-contact workaround WORDS
			suplente-especialista: DESK assign take log-contact WORDS
			informatica-ut: take log-contact WORDS
			especialista-mesa: DESK WORDS
			informatica-mesa: DESK WORDS`},
		{"8.7 closed", func(t tester) *bench { b := held87(t, userHQ); b.do(support, desk.ActClose, closing()...); return b }, `
			usuaria-sede: comment reopen
			soporte-1: log-contact WORDS
			soporte-2: WORDS
			especialista-mesa: reopen WORDS
			informatica-mesa: reopen WORDS`},
	}
}

// 8.7.1: the form insists on the telephone.
func TestAssistanceIsNotAskedForWithoutATelephone(t *testing.T) {
	b := newBench(t, userHQ)
	_, err := b.try(userHQ, desk.ActOpen, "service", "consultas", "subject", "Traslado", "description", "Al segundo piso.", "phone", "  ")
	wantField(t, err, "phone")
	b = newBench(t, userHQ)
	d := open87(b)
	wantEvents(t, d, "TicketOpened LevelEntered")
	if d.Texts["phone"] != "anexo 210" || len(b.ticket.Missing) > 0 || b.ticket.Team != deskTeam {
		t.Errorf("texts %v, ticket %+v", d.Texts, b.ticket)
	}
}

// R119: a mail may leave the telephone out: it is asked back, blocks no work,
// and the closing is where it must be known.
func TestAssistanceByMailAsksTheTelephoneBack(t *testing.T) {
	b := called87(t, userHQ)
	if !slices.Equal(b.ticket.Missing, []string{"phone"}) || b.wait(desk.WaitData).Round != 1 {
		t.Fatalf("missing %v, waits %q", b.ticket.Missing, waitNames(b.waits))
	}
	hold(b)
	_, err := b.try(support, desk.ActClose, closing()...)
	wantRefused(t, err, desk.Refused, "8.7.1, R119")
	b.do(userHQ, desk.ActProvideData, "phone", "987 654 321")
	d := b.do(support, desk.ActClose, closing()...)
	wantEvents(t, d, "RequesterTold TicketClosed RowRegistered")
	if d.Register.Typology != "Apoyo / asistencia técnica diversos" {
		t.Errorf("row %+v", d.Register)
	}
}

func TestTelephoneThatIsKnownIsNotAskedAgain(t *testing.T) {
	for _, test := range []struct {
		name          string
		given, fields []string
	}{
		{"it came with the contact", []string{"description", "phone"}, []string{"service", "consultas", "priority", "3"}},
		{"who classifies writes it", nil, []string{"service", "consultas", "priority", "3", "phone", "anexo 1"}},
		{"the flow does not want one", nil, []string{"service", "antivirus", "priority", "3"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := contact(t, userHQ)
			b.given = test.given
			wantEvents(t, b.do(deskOne, desk.ActClassify, test.fields...), "TicketClassified")
		})
	}
}

// 8.7.2: the mesa de ayuda gives it to a professional of Level 2; in a UT its
// specialist, or who does their turn, attends it on one level (R123).
func TestAssistanceAtHeadquartersAndInAUT(t *testing.T) {
	hq := newBench(t, userHQ)
	open87(hq)
	_, err := hq.try(deskOne, desk.ActAssign, "person", string(support))
	wantRefused(t, err, desk.Forbidden, "8.7.2, R120, R123")
	d := hq.do(assigner, desk.ActAssign, "person", string(support))
	wantEvents(t, d, "LevelEntered")
	wantMails(t, d, "assigned→soporte-1")
	if hq.ticket.Level != 2 || hq.ticket.Team != supTeam {
		t.Errorf("stands at %d with %s", hq.ticket.Level, hq.ticket.Team)
	}
	ut := newBench(t, userUT)
	open87(ut)
	d = ut.do(actingExp, desk.ActAssign, "person", string(helperUT))
	wantEvents(t, d, "TicketAssigned")
	if ut.ticket.Level != 1 || ut.ticket.Team != northTeam || d.For != expertUT {
		t.Errorf("stands at %d with %s, assigned for %q", ut.ticket.Level, ut.ticket.Team, d.For)
	}
	ut.do(helperUT, desk.ActLogContact, "tool", "visit", "modality", "onsite", "reached", "yes", "result", "Se revisó.")
	ut.do(helperUT, desk.ActClose, "solution", "Se atendió.", "medium", "phone", "call", "Conforme.")
}

func TestAssistanceNobodyTookClimbsAtHeadquartersOnly(t *testing.T) {
	hq := newBench(t, userHQ)
	open87(hq)
	wantEvents(t, hq.ringTarget(), "LevelEntered")
	if hq.ticket.Level != 2 || hq.ticket.Team != supTeam {
		t.Errorf("headquarters: level %d with %s", hq.ticket.Level, hq.ticket.Team)
	}
	ut := newBench(t, userUT)
	open87(ut)
	wantEvents(t, ut.ringTarget(), "WaitReminded")
}

func TestAssistanceSaysItsOwnClauses(t *testing.T) {
	b := newBench(t, userHQ)
	open87(b)
	for _, step := range []struct {
		do   func()
		want string
	}{
		{func() {}, "8.7.2"},
		{func() { b.do(assigner, desk.ActAssign, "person", string(support)) }, "8.7.3"},
		{func() { b.do(support, desk.ActTake) }, "8.7.3, 8.7.4"},
	} {
		step.do()
		if got := flow.Next(b.ticket).Clause; got != step.want {
			t.Errorf("in state %s goes on with %s, want %s", b.ticket.State, got, step.want)
		}
	}
	if row, ok := flow.RowFor(b.ticket, desk.ActClose); !ok || row.Clause != "8.7.4, R122" {
		t.Errorf("closes by %+v", row.Clause)
	}
}
