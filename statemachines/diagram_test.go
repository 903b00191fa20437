package statemachines

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDiagramJoinsReasonsOnOneArrow(t *testing.T) {
	d := Definition{StartAt: "Ask", States: States{
		{Name: "Ask", Type: "Choice", Default: "Lost", Choices: []Choice{
			{Condition: "{% $states.input.next = 'done' %}", Next: "Over"},
			{Condition: "{% $states.input.next = 'lost' %}", Next: "Lost"},
		}},
		{Name: "Lost", Type: "Task", Next: "Over", Catch: []Catcher{{ErrorEquals: []string{StatesTimeout, StatesAll}, Next: "Ask"}}},
		{Name: "Over", Type: "Succeed"},
	}}
	const want = `stateDiagram-v2
    [*] --> Ask
    Ask --> Over: done
    Ask --> Lost: lost, otherwise
    Lost --> Over
    Lost --> Ask: time over, cannot ask
    Over --> [*]
`
	if diff := cmp.Diff(want, Diagram(d)); diff != "" {
		t.Errorf("diagram (-want +got)\n%s", diff)
	}
}

func TestReachesFollowsEveryWayOut(t *testing.T) {
	d := mustParseFile(t, "approval")
	cases := []struct {
		name, from, to string
		want           bool
	}{
		{"by a choice", FollowAnswer, "AwaitUtHead", true},
		{"by an error", "AwaitUtHead", AskWhatIsDue, true},
		{"by the default", FollowAnswer, RecordStuck, true},
		{"around the loop", "AwaitUtiHead", "AwaitUtHead", true},
		{"never out of an end", Stuck, FollowAnswer, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := d.Reaches(c.from)[c.to]; got != c.want {
				t.Errorf("%s reaches %s: %t, want %t", c.from, c.to, got, c.want)
			}
		})
	}
}
