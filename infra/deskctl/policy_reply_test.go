package main

import (
	"strings"
	"testing"
	"time"

	"mesa/shared/desktest"
)

func TestRepliesDecideFromTheirMomentOn(t *testing.T) {
	b := desktest.NewBench(t)
	from := b.Time().Add(24 * time.Hour)
	if err := allowReplies(t.Context(), b.Store, []string{"apps-sigo"}, b.Time(), from); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Time]bool{b.Time(): false, from.Add(-time.Second): false, from: true, from.Add(time.Hour): true} {
		policy, err := b.Store.Policy(t.Context(), at)
		if err != nil || policy.TakesReply("apps-sigo") != want || policy.TakesReply("apps-spij") || policy.TakesReply("") {
			t.Errorf("at %s: %v, %v; want %t", at, policy.ReplyDecisions, err, want)
		}
	}
	if err := allowReplies(t.Context(), b.Store, nil, b.Time(), from.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if policy, err := b.Store.Policy(t.Context(), from.Add(2*time.Hour)); err != nil || policy.TakesReply("apps-sigo") {
		t.Errorf("an empty list does not end it: %v, %v", policy.ReplyDecisions, err)
	}
}

func TestRepliesAreRefusedWhereTheyMayNotDecide(t *testing.T) {
	b := desktest.NewBench(t)
	now := b.Time()
	if err := requireSignIn(t.Context(), b.Store, []string{"apps-sigo"}, now, now); err != nil {
		t.Fatal(err)
	}
	for says, services := range map[string][]string{
		"no está en el catálogo 01":                 {"apps-nada"},
		"«apps-sigo» se decide con sesión iniciada": {"apps-spij", "apps-sigo"},
		"no sigue un procedimiento con aprobación":  {"hardware-computers"},
	} {
		if err := allowReplies(t.Context(), b.Store, services, now, now.Add(time.Hour)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v: got %v, want «%s»", services, err, says)
		}
	}
}

// A service that begins to take signing in is not decided by reply any more.
func TestSigningInEndsDecisionsByReply(t *testing.T) {
	b := desktest.NewBench(t)
	if err := allowReplies(t.Context(), b.Store, []string{"apps-sigo", "apps-spij"}, b.Time(), b.Time()); err != nil {
		t.Fatal(err)
	}
	later := b.Time().Add(time.Hour)
	if err := requireSignIn(t.Context(), b.Store, []string{"apps-sigo"}, b.Time(), later); err != nil {
		t.Fatal(err)
	}
	policy, err := b.Store.Policy(t.Context(), later)
	if err != nil || policy.TakesReply("apps-sigo") || !policy.TakesReply("apps-spij") || len(policy.ReplyDecisions) != 1 {
		t.Errorf("policy %v and %v, %v", policy.ReplyDecisions, policy.SignIn, err)
	}
	if before, err := b.Store.Policy(t.Context(), b.Time()); err != nil || !before.TakesReply("apps-sigo") {
		t.Errorf("before it: %v, %v", before.ReplyDecisions, err)
	}
}
