package flow_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// passedOnToTheUnitHead is a case whose UT stage the head of the organic unit
// may decide, because nobody of the UT answered.
func passedOnToTheUnitHead(t *testing.T) *bench {
	b := openedAt(t, userUT, tuesday(9, 30))
	for range 2 {
		b.ring(desk.WaitApproval)
	}
	return b
}

// Design of approvals: nobody is asked twice.
func TestWhoApprovedAStageIsNotAskedAtTheNext(t *testing.T) {
	b := passedOnToTheUnitHead(t)
	d := b.do(headUO, desk.ActApprove)
	wantEvents(t, d, "StageApproved StageSkipped LevelEntered")
	if diff := cmp.Diff(desk.StageSkipped{Stage: desk.StageUO, Person: headUO, Approved: true}, d.Events[1]); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	wantMails(t, d, "decided→jefa-uo")
	wantCalls(t, d, "resume approval 1 approval#1, start escalation 1")
	if b.ticket.Level != 2 || b.ticket.State != desk.Unassigned {
		t.Errorf("level %d, state %s: both stages are decided, so Desarrollo has it", b.ticket.Level, b.ticket.State)
	}
}

func TestWhoApprovedSparesTheOthersAskedBesideThem(t *testing.T) {
	b := openedAt(t, userUT, tuesday(9, 30))
	b.approval[desk.StageUO] = flow.Candidates{AtOnce: []desk.Asked{{Person: headUO}, {Person: headUT, For: headUO}}}
	wantEvents(t, b.do(headUT, desk.ActApprove), "StageApproved StageSkipped LevelEntered")
}

func TestASubstituteOrSuperiorOfTheNextStageIsNoReasonToSkipIt(t *testing.T) {
	b := openedAt(t, userUT, tuesday(9, 30))
	b.approval[desk.StageUO] = flow.Candidates{AtOnce: []desk.Asked{{Person: headUO}}, Superiors: []desk.Asked{{Person: actingUT}}, Last: []desk.Asked{{Person: headUT}}}
	d := b.do(headUT, desk.ActApprove)
	wantEvents(t, d, "StageApproved ApprovalRequested")
	wantMails(t, d, "decided→jefa-ut decide→jefa-uo")
}

// Somebody else of the stage was asked, but did not decide.
func TestOnlyADecisionSparesTheNextStage(t *testing.T) {
	b := passedOnToTheUnitHead(t)
	d := b.do(headUT, desk.ActApprove)
	wantEvents(t, d, "StageApproved ApprovalRequested")
	wantMails(t, d, "decided→jefa-ut decide→jefa-uo")
}

// An approval is of one procedure: a case that leaves it and comes back is asked
// about from the beginning.
func TestAnApprovalIsNotCarriedToAnotherProcedure(t *testing.T) {
	b := openedAt(t, userUT, tuesday(9, 30))
	b.do(headUT, desk.ActApprove)
	b.do(deskOne, desk.ActReclassify, "service", "sigo", "flow", "8.5", "reason", "Es un pedido.")
	if len(b.ticket.Approved) != 0 {
		t.Errorf("%v approved an 8.5, which nobody approves", b.ticket.Approved)
	}
	b.approval[desk.StageUO] = flow.Candidates{AtOnce: []desk.Asked{{Person: headUO}, {Person: headUT}}}
	b.do(deskOne, desk.ActReclassify, "service", "sigo", "flow", "8.1", "reason", "Sí era un incidente.")
	if b.ticket.Stage != desk.StageUO || b.ticket.State != desk.PendingApproval {
		t.Errorf("stage %s, state %s: who approved before decides again", b.ticket.Stage, b.ticket.State)
	}
}

// Once work begins nobody is asked any more, and the ticket forgets who was:
// its records keep it.
func TestWhoApprovedIsForgottenWhenWorkBeginsOrTheCaseEnds(t *testing.T) {
	approved := openedAt(t, userUT, tuesday(9, 30))
	approved.do(headUT, desk.ActApprove)
	for name, act := range map[string]func(b *bench){
		"approved":  func(b *bench) { b.do(headUO, desk.ActApprove) },
		"rejected":  func(b *bench) { b.do(headUO, desk.ActReject, "reason", "No.") },
		"withdrawn": func(b *bench) { b.do(userUT, desk.ActWithdraw) },
	} {
		t.Run(name, func(t *testing.T) {
			b := approved.clone()
			if len(b.ticket.Approved) != 1 {
				t.Fatalf("approved by %v", b.ticket.Approved)
			}
			if act(b); len(b.ticket.Approved) != 0 {
				t.Errorf("%v still stand in the ticket", b.ticket.Approved)
			}
		})
	}
}

// Whoever would decide both stages is told so before they decide.
func TestWhoDecidesBothStagesIsToldSo(t *testing.T) {
	b := openedAt(t, userUT, tuesday(9, 30))
	told := map[desk.PersonID]string{}
	for range 3 {
		for _, n := range b.ring(desk.WaitApproval).Notices {
			told[n.Audience.Person] = n.Data["both"]
		}
	}
	if diff := cmp.Diff(map[desk.PersonID]string{headUT: "", headUO: "yes", headUTI: ""}, told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}
