package work

import (
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
)

// Candidates are who may decide a stage of a party's request by the directory as
// it stands, in asking order, and the places of the chain that yield nobody.
func Candidates(d *directory.Directory, stage desk.Stage, p flow.Party, rule directory.Policy, at time.Time) (flow.Candidates, []directory.Skipped) {
	approvers, skipped := d.Approvers(stage, p.Person, p.Unit, rule, at)
	return candidates(approvers, skipped), skipped
}

// candidates are in asking order.
func candidates(approvers []directory.Approver, skipped []directory.Skipped) flow.Candidates {
	var c flow.Candidates
	for _, a := range approvers {
		asked := desk.Asked{Person: a.Person, For: a.For}
		switch {
		case a.AtOnce: // a substitute in force too
			c.AtOnce = append(c.AtOnce, asked)
		case a.Rung == directory.OnUTI:
			c.Last = append(c.Last, asked)
		default:
			c.Superiors = append(c.Superiors, asked)
		}
	}
	for _, s := range skipped {
		c.Skipped = append(c.Skipped, desk.Skipped{Person: s.Person, Reason: string(s.Reason)})
	}
	return c
}
