package dynamo

import (
	"context"
	"errors"
	"fmt"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// The acts on a sede's month of the register stand beside its rows and counter,
// V#<number>, and none is ever rewritten: b the act, t the reason of a reopening,
// apart so that it can be erased. The number that is next is the lock: of two who
// decide on the same month, one creates it and the other decides again.

func skMonthAct(n int) string { return fmt.Sprintf("V#%06d", n) }

// Month reads how many rows a sede's month has and what was done to it, in one
// query: SEQ stands right before V#.
func (s *Store) Month(ctx context.Context, sede desk.SedeID, period string) (desk.Month, error) {
	items, err := s.all(ctx, search{operation: "month", pk: pkMonth(sede, period), sort: "between", low: skCounter, high: "V#~"})
	if err != nil {
		return desk.Month{}, err
	}
	var m desk.Month
	var errs []error
	for _, i := range items {
		if i.getText("sk") == skCounter {
			m.Rows = i.getNumber("n")
			continue
		}
		a := desk.MonthAct{N: len(m.Acts) + 1}
		errs = append(errs, i.getJSON("b", &a))
		a.Reason = i.getText("t")
		m.Acts = append(m.Acts, a)
	}
	return m, errors.Join(errs...)
}

// AddMonthAct writes the act that is next in a sede's month and the mails about
// it, together. work.ErrConflict: that number is taken, or the rights it rests on
// were changed.
func (s *Store) AddMonthAct(ctx context.Context, sede desk.SedeID, period string, a desk.MonthAct, checks []work.RightsCheck, mails []desk.Effect) error {
	i := keyOf(pkMonth(sede, period), skMonthAct(a.N))
	if err := i.json("b", a); err != nil {
		return err
	}
	i.text("t", a.Reason)
	t := s.begin()
	t.create(i)
	c := work.Commit{Checks: checks, Effects: mails}
	if err := errors.Join(addEffects(t, c), addChecks(t, c)); err != nil {
		return fmt.Errorf("act on a month: %w", err)
	}
	return s.transact(ctx, "act on a month", t)
}
