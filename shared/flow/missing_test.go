package flow_test

import (
	"slices"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// A proved mail of who asked completes data as the link does, and is a message of
// the case besides; nobody else's mail does (R104, F33).
func TestAMailCompletesMissingData(t *testing.T) {
	b := newBench(t, userHQ)
	open86(b)
	b.do(assigner, desk.ActAssign, "person", string(support))
	b.do(support, desk.ActAsk, "question", "¿Desde cuándo?")
	fields := pairs("asset", "740-1", "message", "Desde ayer.\nCódigo patrimonial: 740-1", "mail_id", "r1@qw.gob.pe")
	act := b.mailed(userHQ, desk.ActProvideData, fields)
	d, err := flow.Decide(b.ticket, b.facts(userHQ, act.Fields), act)
	if err != nil {
		t.Fatal(err)
	}
	wantEvents(t, d, "CommentAdded QuestionAnswered DataProvided")
	wantMails(t, d, "answered→soporte-1")
	if n := d.Notices[0]; n.Data["read"] != "Código patrimonial: 740-1" || n.Data["message"] != act.Field("message") {
		t.Errorf("told %+v", n.Data)
	}
	if d.Texts["message"] != act.Field("message") || d.Texts["mail_id"] != "" || d.Texts["asset"] != "740-1" {
		t.Errorf("texts %+v", d.Texts)
	}
	for name, change := range map[string]func(*desk.Act){
		"of somebody else": func(a *desk.Act) { a.Actor.Person = headUO },
		"not proved":       func(a *desk.Act) { a.Actor.Assurance = desk.AssuredNone },
	} {
		other := b.mailed(userHQ, desk.ActProvideData, fields)
		change(&other)
		if _, err := flow.Decide(b.ticket, b.facts(other.Actor.Person, other.Fields), other); desk.CodeOf(err) != desk.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Signed in or by the link it is no message, whatever fields are sent along.
func TestDataByOtherWaysAreNoMessage(t *testing.T) {
	b := newBench(t, userHQ)
	open86(b)
	d := b.do(userHQ, desk.ActProvideData, "asset", "740-1", "message", "x", "mail_id", "y")
	wantEvents(t, d, "DataProvided")
	wantMails(t, d, "")
}

// What a plain mail can bring: what is written, but for Anexo 02 and the files.
func TestWhatAMailCanBring(t *testing.T) {
	tests := map[string]struct {
		ticket desk.Ticket
		want   []string
	}{
		"hardware":        {desk.Ticket{Flow: desk.Flow86, State: desk.Unassigned, Missing: []string{"asset", "office"}}, []string{"asset", "office"}},
		"a contact":       {desk.Ticket{Contact: true, State: desk.ToClassify, Missing: []string{"subject", "description"}}, []string{"subject", "description"}},
		"Anexo 02":        {desk.Ticket{Flow: desk.Flow88, State: desk.Unassigned, Missing: []string{flow.Annex02, "phone"}}, []string{"phone"}},
		"the two files":   {desk.Ticket{Flow: desk.Flow84, State: desk.Unassigned, Missing: []string{string(desk.AccessForm), string(desk.CommitmentAnnex)}}, nil},
		"nothing missing": {desk.Ticket{Flow: desk.Flow86, State: desk.Unassigned}, nil},
		"an ended case":   {desk.Ticket{Flow: desk.Flow86, State: desk.Withdrawn, Missing: []string{"asset"}}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range flow.Wanted(test.ticket) {
				got = append(got, f.Name)
			}
			if slices.Sort(got); !slices.Equal(got, slices.Sorted(slices.Values(test.want))) {
				t.Errorf("a mail can bring %v, want %v", got, test.want)
			}
		})
	}
}

// The mail's own lines are the labels that are read: one cannot be cut in two.
func TestLabelsOfDataHaveNoComma(t *testing.T) {
	for _, missing := range [][]string{{"subject", "description", "asset", "goods", "office", "equipment", "phone", "sgd_document"}} {
		ticket := desk.Ticket{Flow: desk.Flow86, State: desk.Unassigned, Missing: missing}
		for _, f := range flow.Wanted(ticket) {
			if label := flow.DataLabels([]string{f.Name}); label != f.Label || label == "" || slices.Contains([]byte(label), ',') || slices.Contains([]byte(label), ':') {
				t.Errorf("%s is called %q", f.Name, label)
			}
		}
	}
}

// Whose mail said too little and could not be proved is asked back once somebody
// confirms who it was (R104).
func TestAConfirmedSenderIsAskedForWhatTheMailDidNotSay(t *testing.T) {
	for name, given := range map[string][]string{"both said": {"subject", "description"}, "no description": {"subject"}} {
		b := newBench(t, userHQ)
		act := b.act("", desk.ActContact, pairs("subject", "No abre"))
		act.Channel, act.Actor = desk.ChannelMail, desk.Actor{Via: flow.ViaUnverified, Assurance: desk.AssuredSelf}
		d, err := flow.Decide(desk.Ticket{}, b.facts("", act.Fields), act)
		if err != nil {
			t.Fatal(err)
		}
		b.ticket = d.After
		facts := b.facts(deskOne, pairs("how", "Por teléfono"))
		facts.Given = given
		d, err = flow.Decide(b.ticket, facts, b.act(deskOne, desk.ActConfirmSender, pairs("how", "Por teléfono")))
		if err != nil {
			t.Fatal(err)
		}
		asked := name == "no description"
		if wantMails(t, d, "received→requester"); slices.Equal(d.After.Missing, []string{"description"}) != asked || (d.Notices[0].Wait != "") != asked {
			t.Errorf("%s: missing %v, asked by %q", name, d.After.Missing, d.Notices[0].Wait)
		}
	}
}
