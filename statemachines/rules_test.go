package statemachines

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// TestWaitsAreTheRules compares the machines with the rules that send tickets into them: the same machines, and for every wait that
// the rules know a state of its name in the machine that owns it, and no other.
func TestWaitsAreTheRules(t *testing.T) {
	want := map[string]map[string]bool{}
	for _, m := range desk.Machines() {
		want[string(m)] = map[string]bool{}
	}
	for _, w := range everyWait() {
		want[string(w.ID.Kind().Machine())][flow.AwaitState(w)] = true
	}
	got := map[string]map[string]bool{}
	for _, m := range All() {
		got[m.Name] = map[string]bool{}
		for _, a := range m.Awaits {
			got[m.Name][a.State] = true
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("waits (-rules +machines)\n%s", diff)
	}
}

func TestAnswersAreTheRules(t *testing.T) {
	if flow.NextDone != NextDone || flow.NextSuperseded != NextSuperseded {
		t.Errorf("the rules end a machine by %q or %q, the machines by %q or %q", flow.NextDone, flow.NextSuperseded, NextDone, NextSuperseded)
	}
	if longestWait != flow.MaxSeconds {
		t.Errorf("the longest wait is %d s here and %d s in the rules", longestWait, flow.MaxSeconds)
	}
	const day = 24 * time.Hour
	if longest, life := flow.MaxSeconds*time.Second, lifeSeconds*time.Second; longest+day > life {
		t.Errorf("a wait of %s does not fit into a machine of %s with a day to spare", longest, life)
	}
}

// everyWait lists a wait of every kind, stage and level that a machine keeps.
func everyWait() []desk.Wait {
	var waits []desk.Wait
	for _, stage := range []desk.Stage{desk.StageUT, desk.StageUO, desk.StageUTI} {
		waits = append(waits, desk.Wait{ID: desk.NewWaitID(desk.WaitApproval, 1), Stage: stage})
	}
	for level := range desk.Level(5) {
		waits = append(waits, desk.Wait{ID: desk.NewWaitID(desk.WaitLevel, 1), Level: level + 1})
	}
	for i, kind := range []desk.WaitKind{desk.WaitPaused, desk.WaitPaused, desk.WaitDiagnosis, desk.WaitCustody, desk.WaitReturn} {
		waits = append(waits, desk.Wait{ID: desk.WaitID(fmt.Sprintf("%s#1", kind)), Vendor: i == 1})
	}
	return waits
}
