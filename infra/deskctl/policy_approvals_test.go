package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	deskword "mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/flow"
)

func TestApprovalStepsHoldFromTheirMomentOn(t *testing.T) {
	b := desktest.NewBench(t)
	from := b.Time().Add(time.Hour)
	if _, err := setApprovals(t.Context(), b.Store, []string{"90m=remind", "3h=ask-superiors"}, 5, b.Time(), from); err != nil {
		t.Fatal(err)
	}
	ours := []flow.ApprovalStep{{After: 90 * time.Minute, Do: flow.Remind}, {After: 3 * time.Hour, Do: flow.AskSuperiors}}
	for at, want := range map[time.Time][]flow.ApprovalStep{from.Add(-time.Second): flow.DefaultPolicy().Approval, from: ours} {
		policy, err := b.Store.Policy(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, policy.Approval); diff != "" || (policy.Digest == 5) != (at == from) {
			t.Errorf("at %s, digest from %d:\n%s", at, policy.Digest, diff)
		}
	}
	if policy, err := setApprovals(t.Context(), b.Store, nil, 0, b.Time(), from); err != nil || policy.Digest != 0 || len(policy.Approval) != 2 {
		t.Errorf("only the digest: %+v, %v", policy, err)
	}
	if policy, err := setApprovals(t.Context(), b.Store, []string{"4h=remind"}, -1, b.Time(), from); err != nil || policy.Digest != 0 || len(policy.Approval) != 1 {
		t.Errorf("only the steps: %+v, %v", policy, err)
	}
}

// TestAnOpenStageFollowsTheNewSteps: its next date is the new policy's.
func TestAnOpenStageFollowsTheNewSteps(t *testing.T) {
	b := desktest.NewBench(t)
	if _, err := setApprovals(t.Context(), b.Store, []string{"1h=remind", "2h=ask-superiors"}, -1, b.Time(), b.Time()); err != nil {
		t.Fatal(err)
	}
	id := b.Open81()
	if got, want := b.Load(id).Waits[0].WakeAt, b.Time().Add(time.Hour); !got.Equal(want) {
		t.Fatalf("first reminder at %s, want %s", got, want)
	}
	for _, want := range []string{"decide-again→jefa-ut-piura", "decide→jefa-supervision"} {
		b.SetTime(b.Load(id).Waits[0].WakeAt)
		b.Overdue(id, "approval#1")
		if got := b.Outbox(id, b.Load(id).Ticket.Version); !strings.Contains(got, want) {
			t.Errorf("outbox %q, want %s", got, want)
		}
	}
	if state := b.Load(id).Ticket.State; state != deskword.PendingApproval {
		t.Errorf("state %s: time decided", state)
	}
}

func TestStepsThatWouldMisleadAreRefused(t *testing.T) {
	b := desktest.NewBench(t)
	for says, try := range map[string]struct {
		steps  []string
		digest int
	}{
		"escriba los pasos":           {nil, -1},
		"desde 0":                     {nil, -2},
		"escriba las horas hábiles":   {[]string{"cuatro=remind"}, -1},
		"como 4h o 90m":               {[]string{"0h=remind"}, -1},
		"escriba qué se hace":         {[]string{"4h=approve"}, -1},
		"después del anterior":        {[]string{"4h=remind", "4h=ask-next"}, -1},
		"«-4h=remind»: escriba las h": {[]string{"-4h=remind"}, -1},
	} {
		if _, err := setApprovals(t.Context(), b.Store, try.steps, try.digest, b.Time(), b.Time()); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v: %v, want «%s»", try.steps, err, says)
		}
	}
	if policy, err := b.Store.Policy(t.Context(), b.Time()); err != nil || !cmp.Equal(policy.Approval, flow.DefaultPolicy().Approval) {
		t.Errorf("something was written: %+v, %v", policy.Approval, err)
	}
}

func TestPolicySaysItsStepsInWords(t *testing.T) {
	const want = "a las 4 h hábiles se recuerda con un enlace nuevo; a las 8 h hábiles se recuerda y se pide también a quien sigue: quien suple desde entonces o, si nadie, la jefatura superior; " +
		"a las 16 h hábiles se recuerda y se pide también a todas las jefaturas superiores que faltan; después se recuerda cada día de trabajo; con 2 o más pendientes, un resumen al día"
	if got := approvalSteps(flow.DefaultPolicy()); got != want {
		t.Errorf("%q", got)
	}
	if got := approvalSteps(flow.Policy{Approval: []flow.ApprovalStep{{After: 90 * time.Minute, Do: flow.Remind}}}); got != "a las 1 h 30 min hábiles se recuerda con un enlace nuevo; después se recuerda cada día de trabajo" {
		t.Errorf("%q", got)
	}
}
