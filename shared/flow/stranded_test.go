package flow_test

import (
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// stranded81 is an incident of a unit whose post is vacant, with nobody above.
func stranded81(t tester) *bench {
	b := newBench(t, userUT)
	b.approval[desk.StageUT] = flow.Candidates{Skipped: []desk.Skipped{{Reason: "vacant"}}}
	open81(b)
	return b
}

func TestLookingAgainAsksWhoeverTheDirectoryNamesByNow(t *testing.T) {
	b := stranded81(t)
	b.approval[desk.StageUT] = approvers(userUT)[desk.StageUT]
	d := b.do(assigner, desk.ActLookAgain)
	wantEvents(t, d, "ApprovalPassedOn")
	wantMails(t, d, "decide→jefa-ut")
	if w := b.wait(desk.WaitApproval); w.ID != "approval#1" || w.Round != 1 || len(w.Asked) != 1 || w.Asked[0] != (desk.Asked{Person: headUT, Round: 1}) {
		t.Errorf("wait %+v: the same wait, no step of the policy", w)
	}
	_, err := b.try(assigner, desk.ActLookAgain)
	wantRefused(t, err, desk.Refused, "8.1.4, R27")
	b.do(headUT, desk.ActApprove)
}

func TestLookingAgainInVainWritesNothing(t *testing.T) {
	b := stranded81(t)
	_, err := b.try(assigner, desk.ActLookAgain)
	wantRefused(t, err, desk.Refused, "8.1.4, R27")
	if !strings.Contains(err.Error(), "corrija la jefatura") || b.ticket.Version != 1 {
		t.Errorf("refused with %v at version %d", err, b.ticket.Version)
	}
}

func TestWhoSaidItIsNotTheirsIsNotAskedByLookingAgain(t *testing.T) {
	b := newBench(t, userUT)
	b.approval[desk.StageUT] = flow.Candidates{AtOnce: []desk.Asked{{Person: headUT}}}
	open81(b)
	b.do(headUT, desk.ActNotMine, "reason", "Es de otra UT.")
	if _, err := b.try(assigner, desk.ActLookAgain); desk.CodeOf(err) != desk.Refused {
		t.Errorf("the same person was asked again: %v", err)
	}
}

func TestStranded(t *testing.T) {
	named := approvers(userUT)[desk.StageUT]
	asked := newBench(t, userUT)
	open81(asked)
	decided := asked.clone()
	decided.do(headUT, desk.ActReject, "reason", "x")
	for name, test := range map[string]struct {
		ticket desk.Ticket
		may    flow.Candidates
		want   bool
	}{
		"nobody was found":           {stranded81(t).ticket, flow.Candidates{}, true},
		"found since, not asked yet": {stranded81(t).ticket, named, true},
		"asked, and may decide":      {asked.ticket, named, false},
		"asked, lost the post since": {asked.ticket, flow.Candidates{AtOnce: []desk.Asked{{Person: headUO}}}, true},
		"decided":                    {decided.ticket, flow.Candidates{}, false},
	} {
		if got := flow.Stranded(test.ticket, test.may); got != test.want {
			t.Errorf("%s: stranded %t", name, got)
		}
	}
}
