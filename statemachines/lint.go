package statemachines

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Lint names every place where a definition breaks the rules that all our machines keep. Empty means clean.
//
// The rules: JSONata; a life of at most a year; every state a comment with its clause and a reader's name; every target exists,
// every state is reached and can end; every task a timeout, a jittered retry of transient errors only and a last Catch of
// everything; no error name that nobody raises; the task token only in the call that opens a wait; no clock inside a machine.
func Lint(d Definition) []string {
	var found []string
	report := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	lintTop(d, report)
	for _, s := range d.States {
		lintState(d, s, report)
		if s.Type == "Task" {
			lintTask(s, report)
		}
	}
	return found
}

type reporter func(format string, args ...any)

var (
	clause     = regexp.MustCompile(`(7\.5|8\.\d(\.\d)?).*\bR\d+`)
	pascalCase = regexp.MustCompile(`^[A-Z][a-z]+([A-Z][a-z]*|\d)*$`)
)

func lintTop(d Definition, report reporter) {
	if d.QueryLanguage != "JSONata" {
		report("QueryLanguage is %q, not JSONata", d.QueryLanguage)
	}
	if d.TimeoutSeconds < 1 || d.TimeoutSeconds > lifeSeconds {
		report("TimeoutSeconds is %d, not 1 to %d", d.TimeoutSeconds, lifeSeconds)
	}
	if !strings.Contains(d.Comment, "Budget:") {
		report("the top Comment names no budget")
	}
	if _, ok := d.States.Named(d.StartAt); !ok {
		report("StartAt %s does not exist", d.StartAt)
	}
}

func lintState(d Definition, s State, report reporter) {
	if !pascalCase.MatchString(s.Name) {
		report("%s: the name is not in PascalCase", s.Name)
	}
	if !clause.MatchString(s.Comment) {
		report("%s: the Comment cites no clause", s.Name)
	}
	for _, e := range s.edges() {
		if _, ok := d.States.Named(e.To); !ok {
			report("%s: %s leads to %s, which does not exist", s.Name, e.Why, e.To)
		}
	}
	if !d.Reaches(d.StartAt)[s.Name] {
		report("%s: no path leads here", s.Name)
	}
	if !canEnd(d, s.Name) {
		report("%s: no path leads to an end", s.Name)
	}
	if s.Type == "Choice" && s.Default == "" {
		report("%s: a Choice without Default", s.Name)
	}
}

func canEnd(d Definition, from string) bool {
	for name := range d.Reaches(from) {
		if s, ok := d.States.Named(name); ok && s.Ends() {
			return true
		}
	}
	return false
}

func lintTask(s State, report reporter) {
	waits := strings.HasSuffix(s.Resource, ".waitForTaskToken")
	lintTimeout(s, waits, report)
	lintArguments(s, waits, report)
	if len(s.Retry) == 0 {
		report("%s: a Task without Retry", s.Name)
	}
	for _, r := range s.Retry {
		if r.JitterStrategy != "FULL" {
			report("%s: a Retry without full jitter", s.Name)
		}
		for _, name := range r.ErrorEquals {
			if !slices.Contains(Transient(), name) {
				report("%s: retries %s, which is not transient", s.Name, name)
			}
		}
	}
	lintCatch(s, waits, report)
}

func lintTimeout(s State, waits bool, report reporter) {
	switch timeout := s.TimeoutSeconds.(type) {
	case nil:
		report("%s: a Task without TimeoutSeconds", s.Name)
	case string:
		if !waits || timeout != "{% $states.input.wait.seconds %}" {
			report("%s: TimeoutSeconds is not the seconds of the wait: %s", s.Name, timeout)
		}
	default:
		if waits {
			report("%s: a wait with the fixed timeout %v", s.Name, timeout)
		}
	}
}

func lintArguments(s State, waits bool, report reporter) {
	if s.Arguments == nil {
		report("%s: a Task without Arguments", s.Name)
		return
	}
	if hasToken := s.Arguments.Payload.Token != ""; hasToken != waits {
		report("%s: waits=%t but hands a token over=%t", s.Name, waits, hasToken)
	}
	for _, clock := range []string{"$millis(", "$now("} {
		if text := fmt.Sprint(s); strings.Contains(text, clock) || strings.Contains(fmt.Sprint(*s.Arguments), clock) {
			report("%s: reads the clock by %s)", s.Name, clock)
		}
	}
}

func lintCatch(s State, waits bool, report reporter) {
	last := len(s.Catch) - 1
	if last < 0 || !slices.Equal(s.Catch[last].ErrorEquals, []string{StatesAll}) {
		report("%s: the last Catch is not States.ALL alone", s.Name)
	}
	caught := []string{}
	for i, c := range s.Catch {
		caught = append(caught, c.ErrorEquals...)
		for _, name := range c.ErrorEquals {
			if !slices.Contains(Catchable(), name) {
				report("%s: catches %s, which nothing raises", s.Name, name)
			}
			if name == StatesAll && i != last {
				report("%s: States.ALL stands before another Catch", s.Name)
			}
		}
	}
	if waits && !slices.Contains(caught, StatesTimeout) {
		report("%s: a wait that does not catch its own end, States.Timeout", s.Name)
	}
}
