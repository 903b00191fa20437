package scenarios_test

import (
	"testing"

	"mesa/infra/scenarios/cost"
)

// The standard ticket of design 14 stays within its budget: units counted from
// what each request consumed, transitions from the histories of a ticket that
// went the same way on the running stack.
func TestStandardTicketCost(t *testing.T) {
	ctx := t.Context()
	must(t, running.Morning(ctx))
	c, err := running.StandardTicket(ctx)
	must(t, err)
	transitions, err := running.Transitions(ctx, c.ID)
	must(t, err)
	bill, err := cost.Run(ctx, running.AWS)
	must(t, err)
	for _, s := range bill.Steps {
		t.Logf("%-14s %4.0f WRU %5.1f RRU", s.Act, s.Writes, s.Reads)
	}
	t.Logf("%.0f WRU, %.1f RRU (and %.1f for the pages of links), %d mails, %d calls of machines, %d transitions, USD %.6f", bill.Writes, bill.Reads, bill.Pages, bill.Mails, bill.Calls, transitions, bill.Dollars(transitions))
	if bill.Writes > cost.MaxWrites || bill.Reads > cost.MaxReads || transitions > cost.MaxTransitions || bill.Dollars(transitions) > cost.MaxDollars {
		t.Errorf("over the budget of %d WRU, %d RRU, %d transitions, USD %g", cost.MaxWrites, cost.MaxReads, cost.MaxTransitions, cost.MaxDollars)
	}
	if bill.Mails != 8 || bill.Calls != 7 || transitions != 14 {
		t.Errorf("%d mails, %d starts and resumes, %d transitions; design 14 has 8, 7 and 14", bill.Mails, bill.Calls, transitions)
	}
}
