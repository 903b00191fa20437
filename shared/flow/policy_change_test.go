package flow_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

func TestTargetsAreChangedWithoutTouchingTheOldPolicy(t *testing.T) {
	before := flow.DefaultPolicy()
	after, err := before.WithTarget(1, 0, flow.Target{Response: 30 * time.Minute})
	if err != nil || after.Targets[1] != (flow.Target{Response: 30 * time.Minute, Solution: 4 * time.Hour}) {
		t.Errorf("targets %+v, %v", after.Targets[1], err)
	}
	own, err := after.WithTarget(1, 4, flow.Target{Solution: 8 * time.Hour})
	if err != nil || own.LevelTargets[4][1] != (flow.Target{Solution: 8 * time.Hour}) || own.Targets[1].Solution != 4*time.Hour {
		t.Errorf("level's own %+v, %v", own.LevelTargets, err)
	}
	more, err := own.WithTarget(2, 4, flow.Target{Solution: 9 * time.Hour})
	if err != nil || len(more.LevelTargets[4]) != 2 || len(own.LevelTargets[4]) != 1 {
		t.Errorf("another priority at the level %+v, %v", more.LevelTargets, err)
	}
	if gone := more.WithoutLevel(1, 4).WithoutLevel(2, 4); len(gone.LevelTargets) != 0 || len(more.LevelTargets[4]) != 2 {
		t.Errorf("taken away %+v, before %+v", gone.LevelTargets, more.LevelTargets)
	}
	if diff := cmp.Diff(flow.DefaultPolicy(), before); diff != "" {
		t.Errorf("the policy before changed:\n%s", diff)
	}
}

// Days against hours: a target is typed in working hours, and two ways to read
// «two days» are refused.
func TestTargetsThatWouldMislead(t *testing.T) {
	p := flow.DefaultPolicy()
	tests := []struct {
		name, field string
		priority    desk.Priority
		level       desk.Level
		target      flow.Target
	}{
		{"no priority", "priority", 0, 0, flow.Target{Response: time.Hour}},
		{"a fifth priority", "priority", 5, 0, flow.Target{Response: time.Hour}},
		{"a sixth level", "level", 1, 6, flow.Target{Response: time.Hour}},
		{"no time at all", "response", 1, 0, flow.Target{}},
		{"a slip of the hand", "response", 1, 0, flow.Target{Response: time.Minute}},
		{"a negative time", "solution", 1, 0, flow.Target{Solution: -time.Hour}},
		{"years", "solution", 1, 0, flow.Target{Solution: 2001 * time.Hour}},
		{"seconds", "response", 1, 0, flow.Target{Response: time.Hour + time.Second}},
		{"solved before it is begun", "solution", 1, 0, flow.Target{Solution: 30 * time.Minute}},
		{"a response longer than the solution it has", "solution", 1, 2, flow.Target{Response: 5 * time.Hour}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := p.WithTarget(test.priority, test.level, test.target)
			wantField(t, err, test.field)
		})
	}
}

func TestWarningsAreSetAndTurnedOff(t *testing.T) {
	p, err := flow.DefaultPolicy().WithWarnings([]int{90, 60, 90})
	if diff := cmp.Diff([]int{60, 90}, p.Warnings); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	if p, err = p.WithWarnings(nil); err != nil || p.Warnings == nil || len(p.Warnings) != 0 {
		t.Errorf("turned off: %v, %v", p.Warnings, err)
	}
	for _, wrong := range [][]int{{0}, {100}, {-1}, {1, 2, 3, 4, 5, 6}} {
		_, err := p.WithWarnings(wrong)
		wantField(t, err, "warnings")
	}
}

func TestRulesReplaceTheirOwnKind(t *testing.T) {
	p, err := flow.DefaultPolicy().WithRule(flow.TargetRule{Flow: desk.Flow85, Do: flow.TellLead})
	if err != nil || len(p.AtTarget) != 1 {
		t.Fatalf("%+v, %v", p.AtTarget, err)
	}
	p, _ = p.WithRule(flow.TargetRule{Priority: 1, Do: flow.RemindHolder})
	p, _ = p.WithRule(flow.TargetRule{Flow: desk.Flow85, Do: flow.RemindHolder})
	if diff := cmp.Diff([]flow.TargetRule{{Priority: 1, Do: flow.RemindHolder}, {Flow: desk.Flow85, Do: flow.RemindHolder}}, p.AtTarget); diff != "" {
		t.Error(diff)
	}
	if p, err = p.WithRule(flow.TargetRule{Priority: 1}); err != nil || len(p.AtTarget) != 1 {
		t.Errorf("taken away: %+v, %v", p.AtTarget, err)
	}
	for field, wrong := range map[string]flow.TargetRule{
		"priority": {Priority: 5, Do: flow.Climb}, "level": {Level: 6, Do: flow.Climb}, "flow": {Flow: "8.9", Do: flow.Climb}, "do": {Do: "close"},
	} {
		_, err := p.WithRule(wrong)
		wantField(t, err, field)
	}
}
