package statemachines

import (
	"fmt"
	"strings"
)

// Diagram draws a definition for the README as a Mermaid state diagram: one arrow for each pair of states, its reasons on it.
func Diagram(d Definition) string {
	var out strings.Builder
	out.WriteString("stateDiagram-v2\n")
	fmt.Fprintf(&out, "    [*] --> %s\n", d.StartAt)
	for _, arrow := range arrows(d) {
		fmt.Fprintf(&out, "    %s --> %s%s\n", arrow.From, arrow.To, label(arrow.Why))
	}
	for _, s := range d.States {
		if s.Ends() {
			fmt.Fprintf(&out, "    %s --> [*]\n", s.Name)
		}
	}
	return out.String()
}

// arrows joins the edges between the same two states, keeping their order.
func arrows(d Definition) []Edge {
	var joined []Edge
	at := map[[2]string]int{}
	for _, e := range d.Edges() {
		pair := [2]string{e.From, e.To}
		if i, ok := at[pair]; ok {
			joined[i].Why += ", " + e.Why
			continue
		}
		at[pair] = len(joined)
		joined = append(joined, e)
	}
	return joined
}

func label(why string) string {
	if why == "next" {
		return ""
	}
	words := strings.NewReplacer("answer ", "", "next", "answered", "error States.Timeout", "time over", "error States.ALL", "cannot ask").Replace(why)
	return ": " + words
}

// between returns what stands between the first two marks, or the whole text without them.
func between(text, mark string) string {
	parts := strings.SplitN(text, mark, 3)
	if len(parts) < 3 {
		return text
	}
	return parts[1]
}
