package flow_test

import (
	"slices"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// mailed is a decision by a proved mail, as package intake makes it.
func (b *bench) mailed(who desk.PersonID, kind desk.ActKind, fields desk.Fields) desk.Act {
	act := b.act(who, kind, fields)
	act.Channel, act.Actor.Assurance = desk.ChannelMail, desk.AssuredDMARC
	return act
}

// A mail decides only where the policy lets it, only proved, and only by who is
// asked now (8.1.4, F33).
func TestDecisionByReplyIsGuardedByItsRow(t *testing.T) {
	tests := map[string]struct {
		change func(b *bench, a *desk.Act)
		code   desk.Code
		clause string
	}{
		"asked, proved, the service lets it": {func(*bench, *desk.Act) {}, "", ""},
		"the service does not let it":        {func(b *bench, _ *desk.Act) { b.policy.ReplyDecisions = []desk.ServiceID{"apps-spij"} }, desk.Refused, "8.1.4, R9"},
		"by default no service does":         {func(b *bench, _ *desk.Act) { b.policy = flow.DefaultPolicy() }, desk.Refused, "8.1.4, R9"},
		"a service that takes signing in":    {func(b *bench, _ *desk.Act) { b.policy.SignIn = b.policy.ReplyDecisions }, desk.Refused, "R9"},
		"a mail that proves nobody":          {func(_ *bench, a *desk.Act) { a.Actor.Assurance = desk.AssuredNone }, desk.Forbidden, ""},
		"the desk itself":                    {func(_ *bench, a *desk.Act) { a.Actor.Assurance = desk.AssuredSelf }, desk.Refused, "8.1.4, R9"},
		"proved by mail, by another way in":  {func(_ *bench, a *desk.Act) { a.Channel = desk.ChannelLink }, desk.Refused, "8.1.4, R9"},
		"somebody who is not asked":          {func(_ *bench, a *desk.Act) { a.Actor.Person = headUO }, desk.Forbidden, ""},
		"who asked":                          {func(_ *bench, a *desk.Act) { a.Actor.Person = userUT }, desk.Forbidden, ""},
		"«no me corresponde» is no mail's act": {func(_ *bench, a *desk.Act) {
			a.Kind, a.Fields = desk.ActNotMine, pairs("reason", "Lo ve otra jefatura.")
		}, desk.Refused, "8.1.4, R27"},
		"nor is a withdrawal": {func(_ *bench, a *desk.Act) { a.Actor.Person, a.Kind = userUT, desk.ActWithdraw }, desk.Refused, "8.1.4, R150"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, userUT)
			b.policy.ReplyDecisions = []desk.ServiceID{"sigo"}
			open81(b)
			act := b.mailed(headUT, desk.ActApprove, nil)
			test.change(b, &act)
			_, err := flow.Decide(b.ticket, b.facts(act.Actor.Person, act.Fields), act)
			if test.code == "" {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			if desk.CodeOf(err) != test.code {
				t.Fatalf("got %v, want %s", err, test.code)
			}
			if test.clause != "" {
				wantRefused(t, err, test.code, test.clause)
			}
		})
	}
}

func TestAServiceThatTakesSigningInTakesNoReply(t *testing.T) {
	p := flow.DefaultPolicy()
	if p.TakesReply("sigo") {
		t.Error("by default a reply decides")
	}
	p.ReplyDecisions = []desk.ServiceID{"sigo", ""}
	if !p.TakesReply("sigo") || p.TakesReply("apps-spij") || p.TakesReply("") {
		t.Errorf("the list is %v", p.ReplyDecisions)
	}
	if p.SignIn = p.ReplyDecisions; p.TakesReply("sigo") {
		t.Error("a service that takes signing in takes replies")
	}
}

// Only the mail about a service that may be decided so says how.
func TestTheMailSaysWhetherItMayBeAnswered(t *testing.T) {
	for name, services := range map[string][]desk.ServiceID{"yes": {"sigo"}, "": {"apps-spij"}} {
		b := newBench(t, userUT)
		b.policy.ReplyDecisions = services
		d := open81(b)
		i := slices.IndexFunc(d.Notices, func(n desk.Notice) bool { return n.Message == desk.MailDecide })
		if d.Notices[i].Data["by_reply"] != name {
			t.Errorf("%v: the mail says %q", services, d.Notices[i].Data["by_reply"])
		}
		if d = b.ring(desk.WaitApproval); d.Notices[0].Data["by_reply"] != name {
			t.Errorf("%v: the reminder says %q", services, d.Notices[0].Data["by_reply"])
		}
		b.policy.SignIn = services
		if d = b.ring(desk.WaitApproval); d.Notices[0].Data["by_reply"] != "" {
			t.Errorf("%v, signed in: the mail says %q", services, d.Notices[0].Data["by_reply"])
		}
	}
}

// A mail that decided nothing is answered with the link only of who is asked and
// may still decide; what a person types names nobody.
func TestTheLinkGoesAgainOnlyToWhoIsAsked(t *testing.T) {
	tests := map[string]struct {
		told     desk.PersonID
		typed    bool // by a person, signed in
		replaced bool // their post is another's by now
		link     bool
		mails    int
	}{
		"who is asked":                  {headUT, false, false, true, 1},
		"who is asked and was replaced": {headUT, false, true, false, 1},
		"who is not":                    {headUO, false, false, false, 1},
		"who asked":                     {userUT, false, false, false, 1},
		"nobody named":                  {"", false, false, false, 0},
		"named by a person: no effect":  {headUT, true, false, false, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, userUT)
			open81(b)
			act := b.act(headUT, desk.ActComment, pairs("message", "Aprobado, creo", "told", string(test.told), "why", "falta algo"))
			act.Channel = desk.ChannelMail
			if !test.typed {
				act.Actor = desk.Actor{Via: "mail", Assurance: desk.AssuredSelf}
			}
			facts := b.facts(headUT, act.Fields)
			if test.replaced {
				facts.Approval = map[desk.Stage]flow.Candidates{desk.StageUT: {AtOnce: []desk.Asked{{Person: actingUT}}}}
			}
			d, err := flow.Decide(b.ticket, facts, act)
			if err != nil {
				t.Fatal(err)
			}
			var told []desk.Notice
			for _, n := range d.Notices {
				if n.Message == desk.MailNotUnderstood {
					told = append(told, n)
				}
			}
			if len(told) != test.mails {
				t.Fatalf("told %+v, want %d", told, test.mails)
			}
			if len(told) > 0 && (told[0].Audience.Person != test.told || (told[0].Wait != "") != test.link || told[0].Data["why"] != "falta algo") {
				t.Errorf("told %+v, want a link: %t", told[0], test.link)
			}
		})
	}
}
