package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	deskword "mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/flow"
)

func TestTargetsAreSetFromTheirMomentOn(t *testing.T) {
	b := desktest.NewBench(t)
	from := b.Time().Add(24 * time.Hour)
	if _, err := setTarget(t.Context(), b.Store, policyTargetsCmd{Priority: 1, Response: 30 * time.Minute}, b.Time(), from); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Time]time.Duration{b.Time(): time.Hour, from.Add(-time.Second): time.Hour, from: 30 * time.Minute} {
		policy, err := b.Store.Policy(t.Context(), at)
		if err != nil || policy.Targets[1].Response != want || policy.Targets[1].Solution != 4*time.Hour {
			t.Errorf("at %s: %+v, %v", at, policy.Targets[1], err)
		}
	}
	later := from.Add(time.Hour)
	own, err := setTarget(t.Context(), b.Store, policyTargetsCmd{Priority: 1, Level: 4, Solution: 8 * time.Hour}, b.Time(), later)
	if err != nil || own.LevelTargets[4][1].Solution != 8*time.Hour || own.Targets[1].Response != 30*time.Minute {
		t.Errorf("%+v, %v", own.LevelTargets, err)
	}
	gone, err := setTarget(t.Context(), b.Store, policyTargetsCmd{Priority: 1, Level: 4, Remove: true}, b.Time(), later.Add(time.Hour))
	if err != nil || len(gone.LevelTargets) != 0 {
		t.Errorf("%+v, %v", gone.LevelTargets, err)
	}
	_, err = setTarget(t.Context(), b.Store, policyTargetsCmd{Priority: 1, Solution: time.Minute}, b.Time(), later.Add(2*time.Hour))
	if err == nil || !strings.HasPrefix(err.Error(), "Escriba la meta en horas hábiles") {
		t.Errorf("a slip of the hand: %v", err)
	}
}

func TestTargetsAreWrittenAsPeopleReadThem(t *testing.T) {
	p, err := flow.DefaultPolicy().WithTarget(2, 4, flow.Target{Solution: 150 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	p, _ = p.WithRule(flow.TargetRule{Priority: 1, Flow: deskword.Flow85, Level: 2, Do: flow.RemindHolder})
	p, _ = p.WithRule(flow.TargetRule{Do: flow.TellLead})
	var out bytes.Buffer
	if err := writeTargets(&out, p, desktest.Tuesday(9, 0)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"desde el 15/09/2026 09:00", "no son parte del procedimiento", "P1 Pérdida del servicio", "respuesta 1 h        solución 4 h\n",
		"en el Nivel 4", "respuesta igual      solución 2 h 30 min\n", "se avisa al 50, 75 %", "P1, 8.5, Nivel 2: remind", "todos los casos: tell-lead"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("lacks %q:\n%s", want, out.String())
		}
	}
	p.Warnings = nil
	out.Reset()
	if err := writeTargets(&out, p, desktest.Tuesday(9, 0)); err != nil || !strings.Contains(out.String(), "no se avisa antes") {
		t.Errorf("%v\n%s", err, out.String())
	}
	if got := hours(10 * time.Minute); got != "10 min" {
		t.Errorf("ten minutes are %q", got)
	}
}
