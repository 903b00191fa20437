package main

import (
	"strings"
	"testing"
	"time"

	"mesa/shared/desktest"
	"mesa/shared/flow"
)

func TestSignInIsAskedFromItsMomentOn(t *testing.T) {
	b := desktest.NewBench(t)
	from := b.Time().Add(24 * time.Hour)
	if err := requireSignIn(t.Context(), b.Store, []string{"apps-sigo"}, b.Time(), from); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Time]bool{b.Time(): false, from.Add(-time.Second): false, from: true, from.Add(time.Hour): true} {
		policy, err := b.Store.Policy(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		if policy.NeedsSignIn("apps-sigo") != want || policy.NeedsSignIn("apps-spij") || policy.LinkLife != flow.DefaultPolicy().LinkLife {
			t.Errorf("at %s: %+v, want sign-in %t", at, policy, want)
		}
	}
	if err := requireSignIn(t.Context(), b.Store, nil, b.Time(), from.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if policy, err := b.Store.Policy(t.Context(), from.Add(2*time.Hour)); err != nil || policy.NeedsSignIn("apps-sigo") {
		t.Errorf("an empty list does not end it: %+v, %v", policy.SignIn, err)
	}
}

func TestSignInRefusesWhatWouldMislead(t *testing.T) {
	b := desktest.NewBench(t)
	now := b.Time()
	if err := requireSignIn(t.Context(), b.Store, []string{"apps-sigo"}, now, now.Add(48*time.Hour)); err != nil {
		t.Fatal(err)
	}
	for says, try := range map[string]struct {
		services []string
		from     time.Time
	}{
		"no está en el catálogo 01":       {[]string{"apps-sigo", "apps-nada"}, now.Add(72 * time.Hour)},
		"no cambia lo que ya pasó":        {[]string{"apps-sigo"}, now.Add(-time.Minute)},
		"Ya hay una política fijada para": {nil, now},
	} {
		if err := requireSignIn(t.Context(), b.Store, try.services, now, try.from); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want «%s»", err, says)
		}
	}
}

func TestCapsOfMailsAreSetOneByOne(t *testing.T) {
	b := desktest.NewBench(t)
	before, err := capMails(t.Context(), b.Store, 0, 5, b.Time(), b.Time())
	if err != nil || before.TicketMails != 5 || before.SenderMails != flow.DefaultPolicy().SenderMails {
		t.Errorf("policy %+v, %v", before, err)
	}
	from := b.Time().Add(time.Hour)
	if _, err := capMails(t.Context(), b.Store, 9, 0, b.Time(), from); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Time]int{b.Time(): flow.DefaultPolicy().SenderMails, from: 9} {
		if p, err := b.Store.Policy(t.Context(), at); err != nil || p.SenderMails != want || p.TicketMails != 5 {
			t.Errorf("at %s: %d of a sender, %d to a case, %v", at, p.SenderMails, p.TicketMails, err)
		}
	}
	for _, wrong := range [][2]int{{0, 0}, {-1, 5}, {5, -1}} {
		if _, err := capMails(t.Context(), b.Store, wrong[0], wrong[1], b.Time(), from.Add(time.Hour)); err == nil {
			t.Errorf("%v was taken", wrong)
		}
	}
}

func TestTheSixtyMinutesAreCountedAsSetFromItsMomentOn(t *testing.T) {
	b := desktest.NewBench(t)
	from := b.Time().Add(time.Hour)
	if err := countDiagnosis(t.Context(), b.Store, true, b.Time(), from); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Time]bool{b.Time(): false, from.Add(-time.Second): false, from: true} {
		if p, err := b.Store.Policy(t.Context(), at); err != nil || p.DiagnosisWorking != want || p.Diagnosis != time.Hour {
			t.Errorf("at %s: working time %t of %s, %v; want %t", at, p.DiagnosisWorking, p.Diagnosis, err, want)
		}
	}
	if err := countDiagnosis(t.Context(), b.Store, false, b.Time(), b.Time()); err == nil {
		t.Error("a change that the later one would undo unseen was taken")
	}
}
