package main

import (
	"fmt"
	"io"

	"mesa/shared/flow"
)

type flowsCmd struct{}

// Run prints the table of the procedure: what the guards, the portal and the
// help page read.
func (flowsCmd) Run(out io.Writer) error { //nolint:unparam // the command's form
	for _, s := range flow.Sections() {
		fmt.Fprintf(out, "%s  %s\n", s.Code, s.Title)
		for _, l := range s.Entries {
			fmt.Fprintf(out, "  %s  (%s)\n    quién: %s\n    desde: %s\n    exige: %s\n    lleva: %s\n", l.Label, l.Clause, l.Who, l.From, l.Demands, l.To)
		}
		fmt.Fprintln(out)
	}
	return nil
}
