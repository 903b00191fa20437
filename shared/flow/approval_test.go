package flow_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// asked are the persons asked now, each with the round their link is valid in.
func asked(b *bench) []desk.Asked { return b.ticket.Asked }

// openedAt puts a ticket of 8.1 before its first approver at that moment.
func openedAt(t *testing.T, requester desk.PersonID, at time.Time) *bench {
	b := newBench(t, requester)
	b.now = at
	open81(b)
	return b
}

func TestReminderAfterFourWorkingHours(t *testing.T) {
	b := openedAt(t, userUT, tuesday(9, 30))
	if want := tuesday(14, 30); !b.wait(desk.WaitApproval).WakeAt.Equal(want) { // 9:30–13:00, 14:00–14:30
		t.Fatalf("first wait wakes at %v, want %v", b.wait(desk.WaitApproval).WakeAt, want)
	}
	d := b.ring(desk.WaitApproval)
	if got := eventNames(d.Events); got != "ApprovalReminded" {
		t.Fatalf("events %q", got)
	}
	if e := d.Events[0].(desk.ApprovalReminded); e != (desk.ApprovalReminded{Round: 2}) {
		t.Errorf("event %+v, want round 2 and nothing skipped", e)
	}
	w := b.wait(desk.WaitApproval)
	if w.ID != "approval#1" || w.Round != 2 || !w.WakeAt.Equal(workday(1, 9, 30)) || !slices.Equal(w.Asked, []desk.Asked{{Person: headUT, Round: 2}}) {
		t.Errorf("wait %+v: the same wait, next step at 8 working hours, links of round 2", w)
	}
	if got := mailNames(d.Notices); got != "decide-again→jefa-ut" {
		t.Errorf("mails %q, want one", got)
	}
	if n := d.Notices[0]; n.Round != 2 || n.Wait != "approval#1" || n.Stage != desk.StageUT {
		t.Errorf("reminder %+v does not carry a fresh link", n)
	}
	if len(d.Calls)+len(d.Open)+len(d.Settle) != 0 {
		t.Errorf("the machine that asked hears the answer, no effect: %+v", d.Calls)
	}
}

func TestPassedOnAfterEightWorkingHours(t *testing.T) {
	b := openedAt(t, userUT, tuesday(9, 30))
	b.ring(desk.WaitApproval)
	d := b.ring(desk.WaitApproval)
	want := []desk.Event{desk.ApprovalReminded{Round: 3}, desk.ApprovalPassedOn{Round: 3, Asked: []desk.Asked{{Person: headUO, Round: 3}}}}
	if diff := cmp.Diff(want, d.Events); diff != "" {
		t.Fatalf("events (-want +got):\n%s", diff)
	}
	wantMails(t, d, "decide-again→jefa-ut decide→jefa-uo")
	w := b.wait(desk.WaitApproval)
	if want := []desk.Asked{{Person: headUT, Round: 3}, {Person: headUO, Round: 3}}; w.ID != "approval#1" || !slices.Equal(w.Asked, want) {
		t.Errorf("wait %+v: same wait, both may decide, each by the link of round 3", w)
	}
	wantMails(t, b.ring(desk.WaitApproval), "decide-again→jefa-ut decide-again→jefa-uo decide→jefa-uti") // after 16 working hours
	for _, who := range []desk.PersonID{headUT, headUO, headUTI} {
		if d := b.clone().do(who, desk.ActApprove); d.Events[0].EventName() != "StageApproved" {
			t.Errorf("%s: events %q", who, eventNames(d.Events))
		}
	}
}

// R27: whoever begins to stand in while the decision waits is asked with the next
// step, before anybody above.
func TestSubstituteInForceSinceIsAskedBeforeTheSuperior(t *testing.T) {
	b := openedAt(t, userUT, tuesday(9, 30))
	b.ring(desk.WaitApproval)
	b.standsIn(desk.StageUT, actingUT, headUT)
	d := b.ring(desk.WaitApproval)
	wantMails(t, d, "decide-again→jefa-ut decide→suplente-ut")
	if n := d.Notices[1]; n.Audience.For != headUT || n.Round != 3 {
		t.Errorf("mail %+v does not say for whom, or which round", n)
	}
	wantMails(t, b.ring(desk.WaitApproval), "decide-again→jefa-ut decide-again→suplente-ut decide→jefa-uo decide→jefa-uti")
	if d := b.do(actingUT, desk.ActApprove); d.For != headUT {
		t.Errorf("the substitute decided for %q", d.For)
	}
}

// Whose substitute somebody is, the directory says when they decide: the post may
// have changed hands since they were asked, or become their own (F17).
func TestADecisionIsForWhoHoldsThePostNow(t *testing.T) {
	for name, test := range map[string]struct {
		now  []desk.Asked
		want desk.PersonID
	}{
		"another holder":           {[]desk.Asked{{Person: headUTI}, {Person: actingUT, For: headUTI}}, headUTI},
		"the post is their own":    {[]desk.Asked{{Person: actingUT}}, ""},
		"the holder is as before":  {[]desk.Asked{{Person: headUT}, {Person: actingUT, For: headUT}}, headUT},
		"a vacant post, acted for": {[]desk.Asked{{Person: actingUT}}, ""},
	} {
		b := newBench(t, userUT)
		b.standsIn(desk.StageUT, actingUT, headUT)
		open81(b)
		b.approval[desk.StageUT] = flow.Candidates{AtOnce: test.now}
		for _, n := range b.clone().ring(desk.WaitApproval).Notices {
			if n.Audience.Person == actingUT && n.Audience.For != test.want {
				t.Errorf("%s: reminded as substitute of %q, want %q", name, n.Audience.For, test.want)
			}
		}
		if d := b.do(actingUT, desk.ActApprove); d.For != test.want {
			t.Errorf("%s: decided for %q, want %q", name, d.For, test.want)
		}
	}
}

// What a step of the policy asks besides reminding.
func TestWhomAStepAsks(t *testing.T) {
	for kind, want := range map[flow.StepKind]string{
		flow.Remind: "decide-again→jefa-ut", flow.AskNext: "decide-again→jefa-ut decide→jefa-uo", flow.AskSuperiors: "decide-again→jefa-ut decide→jefa-uo decide→jefa-uti",
	} {
		b := newBench(t, userUT)
		b.policy.Approval = []flow.ApprovalStep{{After: time.Hour, Do: kind}}
		open81(b)
		if d := b.ring(desk.WaitApproval); mailNames(d.Notices) != want {
			t.Errorf("%s mails %q, want %q", kind, mailNames(d.Notices), want)
		}
		if d := b.ring(desk.WaitApproval); strings.Contains(mailNames(d.Notices), "decide→") {
			t.Errorf("%s: the next working day's reminder asks further: %q", kind, mailNames(d.Notices))
		}
	}
}

func TestNobodyLeftToPassOnToIsRemindedEachWorkingDay(t *testing.T) {
	b := openedAt(t, userUT, tuesday(9, 30))
	for range 3 {
		b.ring(desk.WaitApproval)
	}
	for day := 3; day <= 6; day++ { // Thursday evening on: Friday 18, Monday 21 …
		d := b.ring(desk.WaitApproval)
		if got := eventNames(d.Events); got != "ApprovalReminded" || len(d.Notices) != 3 {
			t.Errorf("day %d: events %q, mails %q; want all three reminded", day, got, mailNames(d.Notices))
		}
		if lima := b.now.In(desk.Lima); lima.Hour() != 8 || lima.Minute() != 30 || lima.Weekday() == time.Saturday || lima.Weekday() == time.Sunday {
			t.Errorf("reminded at %v, want a working day's opening", lima)
		}
		for _, a := range asked(b) {
			if a.Round != b.wait(desk.WaitApproval).Round {
				t.Errorf("link of %s is of round %d, wait of %d", a.Person, a.Round, b.wait(desk.WaitApproval).Round)
			}
		}
	}
	if b.ticket.State != desk.PendingApproval {
		t.Errorf("the clock brought the ticket to %s", b.ticket.State)
	}
}

func TestOnlyTheFurthestStepIsDoneAndTheSkippedCounted(t *testing.T) {
	tests := []struct {
		name   string
		late   time.Time
		round  int
		missed int
		mails  string
		next   time.Time
	}{
		{"the reminder slept through: passed on at once", workday(1, 10, 0),
			3, 1, "decide-again→jefa-ut decide→jefa-uo", workday(2, 9, 30)},
		{"everything slept through: all who are left", workday(6, 10, 0),
			4, 2, "decide-again→jefa-ut decide→jefa-uo decide→jefa-uti", workday(7, 8, 30)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := openedAt(t, userUT, tuesday(9, 30))
			b.now = test.late
			d := b.overdue("approval#1")
			if diff := cmp.Diff(desk.ApprovalReminded{Round: test.round, Skipped: test.missed}, d.Events[0]); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
			if got := mailNames(d.Notices); got != test.mails {
				t.Errorf("mails %q, want %q", got, test.mails)
			}
			if got := b.wait(desk.WaitApproval).WakeAt; !got.Equal(test.next) {
				t.Errorf("next date %v, want %v", got, test.next)
			}
		})
	}
}

func TestRejectedAtStageTwo(t *testing.T) {
	b := openedAt(t, userUT, tuesday(9, 30))
	b.do(headUT, desk.ActApprove)
	d := b.do(headUO, desk.ActReject, "reason", "No es prioridad del área.")
	if got := eventNames(d.Events); got != "StageRejected TicketRejected" {
		t.Errorf("events %q", got)
	}
	if got := mailNames(d.Notices); got != "decided→jefa-uo rejected→requester rejected→ut-norte" {
		t.Errorf("mails %q, want constancia, requester and L1", got)
	}
	for _, n := range d.Notices {
		if n.Data["reason"] != "No es prioridad del área." {
			t.Errorf("%s does not say why: %+v", n.Message, n.Data)
		}
	}
	if got := callNames(d.Calls); got != "resume approval 1 approval#2" {
		t.Errorf("calls %q: approval is resumed, escalation never starts", got)
	}
	if b.ticket.State != desk.Rejected || d.Register != nil || b.ticket.Row != 0 || d.Texts["reason"] == "" {
		t.Errorf("ticket %+v, row %+v", b.ticket, d.Register)
	}
	if got := flow.Answer(b.waits, b.machines[desk.MachineApproval], desk.MachineApproval, 1, b.now); got.Next != flow.NextDone {
		t.Errorf("the approval machine is told %+v, want done", got)
	}
}

func TestRejectedAtStageOneIsAsFinal(t *testing.T) {
	b := openedAt(t, userUT, tuesday(9, 30))
	if _, err := b.try(headUT, desk.ActReject); desk.CodeOf(err) != desk.Invalid {
		t.Fatalf("rejecting without a reason: %v", err)
	}
	b.do(headUT, desk.ActReject, "reason", "No.")
	if b.ticket.State != desk.Rejected {
		t.Fatalf("state %s", b.ticket.State)
	}
	for _, kind := range []desk.ActKind{desk.ActApprove, desk.ActReject, desk.ActNotMine} {
		if _, err := b.try(headUT, kind, "reason", "x"); desk.CodeOf(err) != desk.Forbidden && desk.CodeOf(err) != desk.Invalid {
			t.Errorf("%s after the end: %v", kind, err)
		}
	}
}

// R66, R69: stage 2 is not asked before stage 1 accepts.
func TestStageTwoIsNotAskedBeforeStageOneAccepts(t *testing.T) {
	b := openedAt(t, userUT, tuesday(9, 30))
	for _, who := range []desk.PersonID{headUO, actingUT, actingUO, headUTI} {
		if _, err := b.try(who, desk.ActApprove); desk.CodeOf(err) != desk.Forbidden {
			t.Errorf("%s decides stage 1: %v", who, err)
		}
	}
	b.do(headUT, desk.ActApprove)
	if _, err := b.try(headUT, desk.ActApprove); desk.CodeOf(err) != desk.Forbidden {
		t.Errorf("the UT head decides stage 2: %v", err)
	}
}

func TestNobodyDecidesTheirOwnRequest(t *testing.T) {
	b := openedAt(t, headUT, tuesday(9, 30))
	if got := eventNames(b.records[0].Events); got != "TicketOpened StageSkipped ApprovalRequested" {
		t.Errorf("events %q: the next in line stands in stage 2 too, so stage 1 is skipped", got)
	}
	if len(asked(b)) != 1 || asked(b)[0].Person != headUO || b.ticket.Stage != desk.StageUO || len(b.ticket.More) != 0 {
		t.Errorf("asked %+v at stage %s", asked(b), b.ticket.Stage)
	}
	// Even if the directory named the requester, the rule holds.
	b.approval[desk.StageUO] = flow.Candidates{AtOnce: []desk.Asked{{Person: headUT}, {Person: headUO}}}
	b.ticket.Asked = append(b.ticket.Asked, desk.Asked{Person: headUT, Round: 1})
	if _, err := b.try(headUT, desk.ActApprove); desk.CodeOf(err) != desk.Forbidden {
		t.Errorf("the requester approved: %v", err)
	}
	if flow.Offered(flow.Offers(b.ticket, b.facts(headUT, nil)), desk.ActApprove) {
		t.Error("the requester is offered to approve")
	}
}

func TestNotMineFindsWhoDecides(t *testing.T) {
	b := openedAt(t, userUT, tuesday(9, 30))
	d := b.do(headUT, desk.ActNotMine, "reason", "Es de otra UT.")
	if got := eventNames(d.Events); got != "ApprovalDeclined ApprovalPassedOn" {
		t.Fatalf("events %q", got)
	}
	if got := mailNames(d.Notices); got != "not-mine→ut-norte decide→jefa-uo" {
		t.Errorf("mails %q", got)
	}
	if _, err := b.try(headUT, desk.ActApprove); desk.CodeOf(err) != desk.Forbidden {
		t.Errorf("who declined decides all the same: %v", err)
	}
	if w := b.wait(desk.WaitApproval); w.Round != 1 || !w.WakeAt.Equal(tuesday(14, 30)) || len(d.Calls) != 0 {
		t.Errorf("wait %+v: the first reminder comes when it would have", w)
	}
	d = b.do(headUO, desk.ActNotMine, "reason", "Tampoco.")
	if got := mailNames(d.Notices); got != "not-mine→ut-norte decide→jefa-uti" {
		t.Errorf("mails %q, want the end of the chain", got)
	}
	d = b.do(headUTI, desk.ActNotMine, "reason", "Tampoco.")
	if got := mailNames(d.Notices); got != "not-mine→ut-norte no-approver→ut-norte" || len(asked(b)) != 0 {
		t.Errorf("mails %q, asked %+v: nobody is left", got, asked(b))
	}
	d = b.ring(desk.WaitApproval)
	if got := eventNames(d.Events) + " " + mailNames(d.Notices); got != "WaitReminded no-approver→ut-norte" {
		t.Errorf("next working day: %q; who declined is not asked again", got)
	}
	b.approval[desk.StageUT] = flow.Candidates{AtOnce: []desk.Asked{{Person: actingUO}}}
	if d = b.ring(desk.WaitApproval); mailNames(d.Notices) != "decide→suplente-uo" {
		t.Errorf("the directory was put right: %q", mailNames(d.Notices))
	}
	b.do(actingUO, desk.ActApprove)
}

func TestNotMineOfOneLeavesTheOthers(t *testing.T) {
	b := newBench(t, userUT)
	b.approval[desk.StageUT] = flow.Candidates{AtOnce: []desk.Asked{{Person: headUT}, {Person: actingUT, For: headUT}}}
	open81(b)
	if d := b.do(actingUT, desk.ActNotMine, "reason", "Decide la jefa."); mailNames(d.Notices) != "not-mine→ut-norte" {
		t.Errorf("mails %q", mailNames(d.Notices))
	}
	b.approval[desk.StageUT] = flow.Candidates{AtOnce: []desk.Asked{{Person: headUT}, {Person: actingUT, For: headUT}}, Superiors: []desk.Asked{{Person: headUO}}}
	b.ring(desk.WaitApproval)
	if d := b.ring(desk.WaitApproval); mailNames(d.Notices) != "decide-again→jefa-ut decide→jefa-uo" {
		t.Errorf("passed on to %q; who declined is not asked again", mailNames(d.Notices))
	}
}

func TestNoApproverStandsOnTheDesksList(t *testing.T) {
	b := newBench(t, userHQ)
	b.approval = map[desk.Stage]flow.Candidates{desk.StageUO: {Skipped: []desk.Skipped{{Reason: "vacant"}}}}
	d := open81(b)
	if got := mailNames(d.Notices); got != "received→requester no-approver→mesa-de-ayuda" {
		t.Errorf("mails %q", got)
	}
	if e := d.Events[1].(desk.ApprovalRequested); len(e.Asked) != 0 || len(e.Skipped) != 1 {
		t.Errorf("event %+v does not record who was skipped", e)
	}
	if w := b.wait(desk.WaitApproval); !w.WakeAt.Equal(workday(1, 8, 30)) {
		t.Errorf("looked at again at %v", w.WakeAt)
	}
	for range 3 {
		b.ring(desk.WaitApproval)
	}
	b.approval = approvers(userHQ)
	wantMails(t, b.ring(desk.WaitApproval), "decide→jefa-uo")
	if w := b.wait(desk.WaitApproval); !w.WakeAt.After(b.now) { // every step of the policy is past by now
		t.Errorf("found at %v, reminded at %v", b.now, w.WakeAt)
	}
}

func TestPostFallenVacantIsToldToTheDesk(t *testing.T) {
	b := openedAt(t, userUT, tuesday(9, 30))
	b.approval[desk.StageUT] = flow.Candidates{Skipped: []desk.Skipped{{Reason: "vacant"}}}
	wantMails(t, b.ring(desk.WaitApproval), "no-approver→ut-norte") // and no fresh link to the former head
	b.approval[desk.StageUT] = flow.Candidates{AtOnce: []desk.Asked{{Person: headUO}}}
	wantMails(t, b.ring(desk.WaitApproval), "decide→jefa-uo")
}

// An approver found late has until the next working day, whatever the policy's
// steps, counted from the opening, would say.
func TestApproverFoundLateIsNotRemindedAtOnce(t *testing.T) {
	b := newBench(t, userHQ)
	b.approval = map[desk.Stage]flow.Candidates{desk.StageUO: {}}
	open81(b)
	b.approval, b.now = approvers(userHQ), workday(6, 10, 0)
	wantMails(t, b.overdue("approval#1"), "decide→jefa-uo")
	if w := b.wait(desk.WaitApproval); !w.WakeAt.Equal(workday(7, 8, 30)) || w.Round != 2 {
		t.Errorf("wait %+v, want the next working day's opening", w)
	}
}

func TestWithdrawnTellsThoseAsked(t *testing.T) {
	b := openedAt(t, userUT, tuesday(9, 30))
	b.ring(desk.WaitApproval)
	b.ring(desk.WaitApproval)
	d := b.do(userUT, desk.ActWithdraw, "reason", "Ya no.")
	wantEvents(t, d, "TicketWithdrawn")
	wantMails(t, d, "withdrawn→jefa-ut withdrawn→jefa-uo")
	wantCalls(t, d, "resume approval 1 approval#1")
}

// More people than one transaction can tell are a fault of the directory, and
// no refusal that a person could do something about.
func TestTooManyItemsAreAnInternalError(t *testing.T) {
	b := newBench(t, userHQ)
	crowd := make([]desk.Asked, flow.MaxItems)
	for i := range crowd {
		crowd[i].Person = desk.PersonID(fmt.Sprint("jefa-", i))
	}
	b.approval = map[desk.Stage]flow.Candidates{desk.StageUO: {AtOnce: crowd}}
	_, err := b.try(userHQ, desk.ActOpen, "service", "sigo", "flow", "8.1", "subject", "x", "description", "y", "impact", "slow")
	if err == nil || desk.CodeOf(err) != "" {
		t.Errorf("asking %d people: %v", len(crowd), err)
	}
}

// F17: the holder changed after the mail.
func TestApproverReplacedAfterTheMail(t *testing.T) {
	b := openedAt(t, userUT, tuesday(9, 30))
	b.approval[desk.StageUT] = flow.Candidates{AtOnce: []desk.Asked{{Person: headUTI}}, Superiors: []desk.Asked{{Person: headUO}}}
	if _, err := b.try(headUT, desk.ActApprove); desk.CodeOf(err) != desk.Forbidden {
		t.Errorf("the former head decides: %v", err)
	}
	if d := b.ring(desk.WaitApproval); mailNames(d.Notices) != "decide→jefa-uti" {
		t.Errorf("mails %q: the new head is asked, the former gets no fresh link", mailNames(d.Notices))
	}
	b.approval[desk.StageUT] = flow.Candidates{AtOnce: []desk.Asked{{Person: headUTI}, {Person: actingUT}}, Superiors: []desk.Asked{{Person: headUO}}}
	if d := b.ring(desk.WaitApproval); mailNames(d.Notices) != "decide-again→jefa-uti decide→suplente-ut" {
		t.Errorf("mails %q: a substitute in force since is asked beside the holder", mailNames(d.Notices))
	}
	b.ring(desk.WaitApproval)
	if d := b.ring(desk.WaitApproval); mailNames(d.Notices) != "decide-again→jefa-uti decide-again→suplente-ut decide-again→jefa-uo" {
		t.Errorf("reminded are %q", mailNames(d.Notices))
	}
	b.do(headUTI, desk.ActApprove)
}
