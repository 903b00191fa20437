package statemachines

import (
	"fmt"
	"strings"
)

// budgetTable is the README's table of how long anything in a machine may take,
// made of the numbers that stand in the files.
func budgetTable() string {
	retry := retryCall()[0]
	pauses, pause := 0, retry.IntervalSeconds
	for range retry.MaxAttempts {
		pauses += min(pause, retry.MaxDelaySeconds)
		pause *= int(retry.BackoffRate)
	}
	var out strings.Builder
	out.WriteString("| what | seconds | in words |\n|---|---|---|\n")
	row := func(what string, seconds int, words string) {
		fmt.Fprintf(&out, "| %s | %d | %s |\n", what, seconds, words)
	}
	row("a wait, at most", longestWait, "364 days; it comes with the answer, and a longer one is handed over again")
	row("one call of the workflow function", callSeconds, "twice the function's own timeout, so that its own is seen first")
	row("pauses between its "+fmt.Sprint(retry.MaxAttempts+1)+" tries, at most", pauses, "full jitter: each is anything from nothing to its length")
	row("a call that never succeeds, at most", callSeconds*(retry.MaxAttempts+1)+pauses, "then the cause is recorded")
	row("an execution", lifeSeconds, "a year; an older ticket gets the next generation")
	return out.String()
}

// errorTable is the README's table of error names.
func errorTable() string {
	var out strings.Builder
	out.WriteString("| name | raised by | then the machine |\n|---|---|---|\n")
	for _, e := range ErrorNames() {
		fmt.Fprintf(&out, "| `%s` | %s | %s |\n", e.Name, e.Raised, e.Then)
	}
	return out.String()
}

// block is what stands in the README between a mark and its end.
func block(mark, text string) string { return "<!-- " + mark + " -->\n" + text + "<!-- end -->" }
