package statemachines

import (
	"slices"
	"strings"
	"testing"
)

func TestFilesAreClean(t *testing.T) {
	for _, m := range All() {
		for _, finding := range Lint(mustParseFile(t, m.Name)) {
			t.Errorf("%s: %s", m.Name, finding)
		}
	}
}

// TestLintFinds breaks a good machine in one place at a time: a rule that finds nothing there is no rule.
func TestLintFinds(t *testing.T) {
	cases := []struct {
		name  string
		spoil func(*Definition)
		want  string
	}{
		{"another query language", func(d *Definition) { d.QueryLanguage = "JSONPath" }, "not JSONata"},
		{"a life without end", func(d *Definition) { d.TimeoutSeconds = 0 }, "TimeoutSeconds is 0"},
		{"a life of more than a year", func(d *Definition) { d.TimeoutSeconds++ }, "TimeoutSeconds is 31536001"},
		{"no budget", func(d *Definition) { d.Comment = "A machine." }, "no budget"},
		{"a start that does not exist", func(d *Definition) { d.StartAt = "Nowhere" }, "StartAt Nowhere"},
		{"a name nobody reads", func(d *Definition) { named(d, Stuck).Name = "stuck_state" }, "not in PascalCase"},
		{"a comment without clause", func(d *Definition) { named(d, AskWhatIsDue).Comment = "Asks." }, "cites no clause"},
		{"a target that does not exist", func(d *Definition) { named(d, AskWhatIsDue).Next = "Elsewhere" }, "Elsewhere, which does not exist"},
		{"a state off every path", func(d *Definition) { named(d, FollowAnswer).Choices = named(d, FollowAnswer).Choices[1:] }, "AwaitUtHead: no path leads here"},
		{"a loop without end", func(d *Definition) { closeLoop(d) }, "no path leads to an end"},
		{"a Choice without Default", func(d *Definition) { named(d, FollowAnswer).Default = "" }, "Choice without Default"},
		{"a task without timeout", func(d *Definition) { named(d, RecordStuck).TimeoutSeconds = nil }, "Task without TimeoutSeconds"},
		{"a wait of fixed length", func(d *Definition) { named(d, "AwaitUtHead").TimeoutSeconds = 60 }, "a wait with the fixed timeout 60"},
		{"a call that waits for the wait's time", func(d *Definition) { named(d, AskWhatIsDue).TimeoutSeconds = "{% 60 %}" }, "not the seconds of the wait"},
		{"a task without retry", func(d *Definition) { named(d, AskWhatIsDue).Retry = nil }, "Task without Retry"},
		{"a retry in step with all others", func(d *Definition) { named(d, AskWhatIsDue).Retry[0].JitterStrategy = "NONE" }, "without full jitter"},
		{"a retried wait", func(d *Definition) { named(d, "AwaitUtHead").Retry[0].ErrorEquals = []string{StatesTimeout} }, "retries States.Timeout"},
		{"an error without way out", func(d *Definition) { named(d, AskWhatIsDue).Catch = nil }, "last Catch is not States.ALL"},
		{"a catch-all before the rest", func(d *Definition) { slices.Reverse(named(d, "AwaitUtHead").Catch) }, "States.ALL stands before"},
		{"a wait that fails when it ends", func(d *Definition) { named(d, "AwaitUtHead").Catch = named(d, "AwaitUtHead").Catch[1:] }, "does not catch its own end"},
		{"an error nobody raises", func(d *Definition) { named(d, "AwaitUtHead").Catch[0].ErrorEquals = []string{"NotFound"} }, "catches NotFound"},
		{"a task without arguments", func(d *Definition) { named(d, AskWhatIsDue).Arguments = nil }, "without Arguments"},
		{"a token given away", func(d *Definition) { named(d, AskWhatIsDue).Arguments.Payload.Token = "t" }, "hands a token over=true"},
		{"a machine with a clock", func(d *Definition) { named(d, AskWhatIsDue).Arguments.Payload.Cause = "{% $millis() %}" }, "reads the clock"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := mustParseFile(t, "approval")
			c.spoil(&d)
			got := Lint(d)
			if !strings.Contains(strings.Join(got, "\n"), c.want) {
				t.Errorf("Lint found %q, want something with %q", got, c.want)
			}
		})
	}
}

// TestOnlyTheWaitsDiffer compares the three files with the waits taken out: what is shared must be the same everywhere.
func TestOnlyTheWaitsDiffer(t *testing.T) {
	for _, m := range All() {
		d := mustParseFile(t, m.Name)
		if got, want := len(d.States), len(m.Awaits)+6; got != want {
			t.Errorf("%s has %d states, want its %d waits and the 6 shared ones", m.Name, got, len(m.Awaits))
		}
		first, _ := d.States.Named(m.Awaits[0].State)
		for _, a := range m.Awaits {
			s, _ := d.States.Named(a.State)
			if !strings.HasPrefix(s.Name, "Await") {
				t.Errorf("%s: the wait %s is not called Await…", m.Name, s.Name)
			}
			if s.Arguments == nil || *s.Arguments != *first.Arguments || s.Output != first.Output || s.Next != first.Next {
				t.Errorf("%s: %s is not shaped like %s", m.Name, s.Name, first.Name)
			}
			if s.Arguments.Payload.Machine != m.Name {
				t.Errorf("%s: %s speaks as %s", m.Name, s.Name, s.Arguments.Payload.Machine)
			}
		}
	}
}

func named(d *Definition, name string) *State {
	for i := range d.States {
		if d.States[i].Name == name {
			return &d.States[i]
		}
	}
	return &State{}
}

// closeLoop makes AskWhatIsDue lead only to itself.
func closeLoop(d *Definition) {
	s := named(d, AskWhatIsDue)
	s.Next, s.Catch = s.Name, nil
}
