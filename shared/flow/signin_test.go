package flow_test

import (
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// F22: link and digits are not enough where the policy asks for signing in,
// whichever edge brings the decision.
func TestServicesThatRequireSignInRefuse(t *testing.T) {
	acts := map[desk.ActKind][]string{desk.ActApprove: nil, desk.ActReject: {"reason", "No procede."}, desk.ActNotMine: {"reason", "Lo ve otra jefatura."}}
	for kind, fields := range acts {
		for assurance, enough := range map[desk.Assurance]bool{desk.AssuredSession: true, desk.AssuredToken: true, desk.AssuredCode: false, desk.AssuredLink: false, desk.AssuredDMARC: false} {
			t.Run(string(kind)+" by "+string(assurance), func(t *testing.T) {
				b := newBench(t, userUT)
				open81(b)
				b.policy.SignIn = []desk.ServiceID{"apps-spij", b.ticket.Service}
				act := b.act(headUT, kind, pairs(fields...))
				act.Actor.Assurance = assurance
				_, err := flow.Decide(b.ticket, b.facts(headUT, act.Fields), act)
				if enough {
					if err != nil {
						t.Fatalf("refused: %v", err)
					}
					return
				}
				wantRefused(t, err, desk.Refused, "R9")
				if !strings.Contains(err.Error(), "con sesión iniciada: entre a PAU > Aprobaciones.") {
					t.Errorf("the refusal does not say where to decide: %v", err)
				}
			})
		}
	}
}

func TestOtherServicesAreDecidedWithTheDigits(t *testing.T) {
	b := newBench(t, userUT)
	open81(b)
	b.policy.SignIn = []desk.ServiceID{"apps-spij"}
	act := b.act(headUT, desk.ActApprove, nil)
	act.Actor.Assurance = desk.AssuredCode
	if _, err := flow.Decide(b.ticket, b.facts(headUT, act.Fields), act); err != nil {
		t.Errorf("refused: %v", err)
	}
	if p := flow.DefaultPolicy(); p.NeedsSignIn(b.ticket.Service) || p.NeedsSignIn("") {
		t.Error("by default a service takes signing in")
	}
}

func TestTheMailOfADecisionKnowsWhetherItTakesSigningIn(t *testing.T) {
	for name, services := range map[string][]desk.ServiceID{"asked for": {"sigo"}, "": nil} {
		b := newBench(t, userUT)
		b.policy.SignIn = services
		d := open81(b)
		want := ""
		if name != "" {
			want = "yes"
		}
		for _, n := range d.Notices {
			if n.Message == desk.MailDecide && n.Data["sign_in"] != want {
				t.Errorf("sign-in %q: the mail says %q", name, n.Data["sign_in"])
			}
		}
		if d = b.ring(desk.WaitApproval); d.Notices[0].Data["sign_in"] != want {
			t.Errorf("sign-in %q: the reminder says %q", name, d.Notices[0].Data["sign_in"])
		}
	}
}
