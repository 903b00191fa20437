package statemachines

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPathsAreLegal checks every row of the README against the files without running them.
func TestPathsAreLegal(t *testing.T) {
	for _, p := range mustReadPaths(t) {
		t.Run(p.Case, func(t *testing.T) {
			if !mustParseFile(t, p.Machine).Walks(p.States) {
				t.Errorf("%s cannot go %s", p.Machine, strings.Join(p.States, " "))
			}
			if got, want := calls(p.States), final(p.Answers); got != want {
				t.Errorf("the path asks the workflow function %d times, but the row gives %d answers", got, want)
			}
		})
	}
}

// TestPathsEnterEveryState keeps the table complete when a wait is added.
func TestPathsEnterEveryState(t *testing.T) {
	entered := map[string]bool{}
	for _, p := range mustReadPaths(t) {
		for _, s := range p.States {
			entered[p.Machine+" "+s] = true
		}
	}
	for _, m := range All() {
		for _, s := range mustParseFile(t, m.Name).States {
			if !entered[m.Name+" "+s.Name] {
				t.Errorf("no row enters %s of %s", s.Name, m.Name)
			}
		}
	}
}

// TestPathsTakeEveryWay asks more: every arrow of every machine is taken by a row,
// each Catch of each task too.
func TestPathsTakeEveryWay(t *testing.T) {
	for _, m := range All() {
		d, taken := mustParseFile(t, m.Name), map[Edge]bool{}
		for _, p := range mustReadPaths(t) {
			if p.Machine == m.Name {
				for _, e := range ways(d, p) {
					taken[e] = true
				}
			}
		}
		for _, e := range d.Edges() {
			if !taken[e] {
				t.Errorf("%s: no row goes from %s to %s by %s", m.Name, e.From, e.To, e.Why)
			}
		}
	}
}

// ways are the arrows that a row takes: what each state was answered says which.
func ways(d Definition, p Path) []Edge {
	var taken []Edge
	answers := p.Answers
	for i := range len(p.States) - 1 {
		e := Edge{From: p.States[i], To: p.States[i+1]}
		if e.From == FollowAnswer {
			s, _ := d.States.Named(FollowAnswer)
			for _, way := range s.edges() {
				if way.To == e.To {
					e.Why = way.Why
				}
			}
		} else {
			for len(answers) > 0 && slices.Contains(Transient(), answers[0].Fails) { // retried
				answers = answers[1:]
			}
			if len(answers) == 0 {
				return taken
			}
			e.Why = "next"
			switch {
			case answers[0].Silent:
				e.Why = "error " + StatesTimeout
			case answers[0].Fails != "":
				e.Why = "error " + StatesAll
			}
			answers = answers[1:]
		}
		taken = append(taken, e)
	}
	return taken
}

func TestReadPaths(t *testing.T) {
	const head = "| case | machine | next | answers | path of states |\n|---|---|---|---|---|\n"
	cases := []struct {
		name, text, wantErr string
		want                []Path
	}{
		{"no table", "# Title\n", "no table found", nil},
		{"an answer in other words", head + "| a | approval | done | open perhaps maybe not | FollowAnswer |\n", "cannot read the answer", nil},
		{"a row without answers", head + "| a | `approval` | done | | FollowAnswer WaitingOver |\n", "",
			[]Path{{Case: "a", Machine: "approval", Next: "done", States: []string{"FollowAnswer", "WaitingOver"}}}},
		{"every kind of answer", head + "| a | m | X | open silent; overdue Y; stuck fails desk.NotFound | Z |\n\n| other | table | with | five | columns |\n", "",
			[]Path{{Case: "a", Machine: "m", Next: "X", States: []string{"Z"}, Answers: []Answer{
				{Op: "open", Silent: true}, {Op: "overdue", Next: "Y"}, {Op: "stuck", Fails: "desk.NotFound"}}}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := ReadPaths(strings.NewReader(c.text))
			if (err == nil) != (c.wantErr == "") || err != nil && !strings.Contains(err.Error(), c.wantErr) {
				t.Fatalf("error = %v, want %q", err, c.wantErr)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("paths (-want +got)\n%s", diff)
			}
		})
	}
}

func TestWalksRefuses(t *testing.T) {
	d := mustParseFile(t, "approval")
	cases := []struct {
		name string
		path []string
		want bool
	}{
		{"an empty path", nil, false},
		{"a path from the middle", []string{"AwaitUtHead", FollowAnswer, WaitingOver}, false},
		{"a leap", []string{FollowAnswer, Stuck}, false},
		{"a path that stops on the way", []string{FollowAnswer, "AwaitUtHead"}, false},
		{"an unknown state", []string{FollowAnswer, "Nowhere"}, false},
		{"a whole path", []string{FollowAnswer, WaitingOver}, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := d.Walks(c.path); got != c.want {
				t.Errorf("Walks(%v) = %t, want %t", c.path, got, c.want)
			}
		})
	}
}

// calls counts the states of a path that ask the workflow function.
func calls(path []string) int {
	n := 0
	for _, s := range path {
		if strings.HasPrefix(s, "Await") || s == AskWhatIsDue || s == RecordStuck {
			n++
		}
	}
	return n
}

// final counts the answers that no retry follows.
func final(answers []Answer) int {
	n := 0
	for _, a := range answers {
		if !slices.Contains(Transient(), a.Fails) {
			n++
		}
	}
	return n
}

func mustReadPaths(t *testing.T) []Path {
	t.Helper()
	paths, err := ReadPaths(bytes.NewReader(mustReadFile(t, "README.md")))
	if err != nil {
		t.Fatal(err)
	}
	return paths
}
