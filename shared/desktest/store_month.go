package desktest

import (
	"context"
	"slices"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// Month reads how many rows a sede's month has and what was done to it.
func (s *Store) Month(_ context.Context, sede desk.SedeID, period string) (desk.Month, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := month{sede, period}
	return desk.Month{Rows: s.counters[m], Acts: slices.Clone(s.acts[m])}, nil
}

// AddMonthAct writes the act that is next in a sede's month, and its mails.
func (s *Store) AddMonthAct(_ context.Context, sede desk.SedeID, period string, a desk.MonthAct, checks []work.RightsCheck, mails []desk.Effect) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := month{sede, period}
	if a.N != len(s.acts[m])+1 {
		return work.ErrConflict
	}
	for _, check := range checks {
		if s.rights[check.Person] != check.Revision {
			return work.ErrConflict
		}
	}
	for _, e := range mails {
		if _, there := s.effects[e.Ticket][e.Ref()]; there {
			return work.ErrConflict
		}
	}
	a.At = a.At.UTC()
	s.acts[m] = append(s.acts[m], a)
	for _, e := range mails {
		s.addEffect(e)
	}
	return nil
}

// moveRow changes the state of the row that the ticket has.
func (s *Store) moveRow(c work.Commit) {
	if c.RowState == "" {
		return
	}
	rows := s.rows[month{c.After.Sede, c.After.RowMonth}]
	row := rows[c.After.Row]
	row.Before = said(row)
	row.State, row.ChangedAt = c.RowState, c.Record.At
	rows[c.After.Row] = row
}

// said is a row and all it said before, newest first.
func said(r desk.Row) []desk.Row {
	before := r.Before
	r.Before = nil
	return append([]desk.Row{r}, before...)
}
