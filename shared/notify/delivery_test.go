package notify

import (
	"strings"
	"testing"

	"mesa/shared/desk"
)

func bounced() desk.Delivery {
	return desk.Delivery{State: desk.DeliveryBounced, At: opened, Cause: desk.CauseNoAddress, Status: "5.1.1"}
}

func TestCallersStandInLine(t *testing.T) {
	failed := mustSeal(t, mustSample(t, "closed"))
	held := incident()
	held.Assignee, held.Team = "dev", "desarrollo"
	own := failed
	own.Person = "dev"
	for name, test := range map[string]struct {
		failed desk.Mail
		first  string
	}{
		"the assignee first":                         {failed, "dev@qw.gob.pe"},
		"not the assignee about the assignee's mail": {own, ""},
	} {
		callers := Callers(test.failed, Trouble{Cause: CauseRefused}, about(held, ""))
		var to []string
		for _, m := range callers {
			to = append(to, m.To)
			if m.Message != desk.MailNotDelivered || m.Closing || m.Wait != "" || m.Data[keyClause] != "7.3" {
				t.Errorf("%s: %+v", name, m)
			}
		}
		if len(to) == 0 || test.first != "" && to[0] != test.first || test.first == "" && to[0] == "dev@qw.gob.pe" {
			t.Errorf("%s: %v", name, to)
		}
	}
}

// Every cause has words of its own, and an unknown one says so.
func TestEveryCauseHasWords(t *testing.T) {
	seen := map[string]desk.DeliveryCause{}
	unknown := WhyNot(desk.Delivery{Cause: "never heard of"})
	for _, c := range []desk.DeliveryCause{desk.CauseNoAddress, desk.CauseSuppressed, desk.CauseUnsubscribed, desk.CauseMailboxFull, desk.CauseTooLarge, desk.CauseContent,
		desk.CauseServer, desk.CauseSpam, desk.CauseRendering} {
		words := WhyNot(desk.Delivery{Cause: c})
		if other, there := seen[words]; there || words == unknown {
			t.Errorf("%s and %s say the same: %s", c, other, words)
		}
		seen[words] = c
	}
	if got := WhyNot(bounced()); !strings.HasSuffix(got, "(5.1.1)") {
		t.Errorf("without its code: %s", got)
	}
}
