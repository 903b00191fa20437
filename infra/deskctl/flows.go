package main

import (
	"fmt"
	"io"
	"strings"

	deskword "mesa/shared/desk"
	"mesa/shared/flow"
)

type flowsCmd struct{}

// Run prints the table of the procedure: what the guards, the portal and the
// help page read.
func (flowsCmd) Run(out io.Writer) error { //nolint:unparam // the command's form
	for _, r := range flow.Rows() {
		fmt.Fprintf(out, "%s  %s  (%s)\n", scopeOf(r), r.Label, r.Clause)
		fmt.Fprintf(out, "    quién: %s\n    desde: %s\n    pide:  %s\n    queda: %s\n", names(r.Who, flow.RoleName), guards(r.From), fields(r.Fields), r.To)
	}
	return nil
}

func scopeOf(r flow.Row) string {
	if len(r.Flows) == 0 {
		return "todos"
	}
	return names(r.Flows, func(f deskword.FlowCode) string { return string(f) })
}

func names[T any](list []T, name func(T) string) string {
	out := make([]string, 0, len(list))
	for _, x := range list {
		out = append(out, name(x))
	}
	return strings.Join(out, ", ")
}

func guards(list []flow.Guard) string {
	if len(list) == 0 {
		return "siempre"
	}
	return names(list, func(g flow.Guard) string { return g.Text })
}

func fields(list []flow.Field) string {
	var out []string
	for _, f := range list {
		switch {
		case f.Kind == flow.Hidden:
		case f.Optional || f.Later:
			out = append(out, f.Label+" (opcional)")
		default:
			out = append(out, f.Label)
		}
	}
	if len(out) == 0 {
		return "nada"
	}
	return strings.Join(out, ", ")
}
