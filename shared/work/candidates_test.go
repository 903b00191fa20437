package work_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// The chain of the directory, as the policy of reminders asks it: the post at
// once, whoever stands in for it too; then the unit above; the Jefatura of the
// UTI last (8.1.4, R27).
func TestCandidatesAreAskedRungByRung(t *testing.T) {
	b := desktest.NewBench(t)
	snapshot, err := b.Store.Directory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	one := func(p desk.PersonID) []desk.Asked { return []desk.Asked{{Person: p}} }
	for name, test := range map[string]struct {
		stage desk.Stage
		who   desk.PersonID
		unit  desk.UnitID
		want  flow.Candidates
	}{
		"a territorial unit": {desk.StageUT, "usuaria-ut-piura-1", "UT-PIURA", flow.Candidates{AtOnce: one("jefa-ut-piura"), Superiors: one("jefa-supervision"), Last: one("jefa-uti")}},
		"its head's own request goes to the unit above at once": {desk.StageUT, "jefa-ut-piura", "UT-PIURA",
			flow.Candidates{AtOnce: one("jefa-supervision"), Last: one("jefa-uti"), Skipped: []desk.Skipped{{Person: "jefa-ut-piura", Reason: "requester"}}}},
		"the Jefatura of the UTI is not the end of its own chain": {desk.StageUTI, "desarrollo-2", "UTI", flow.Candidates{AtOnce: one("jefa-uti"), Superiors: one("jefa-direccion")}},
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := work.Candidates(snapshot.Directory, test.stage, flow.Party{Person: test.who, Unit: test.unit}, directory.Policy{}, b.Time())
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
