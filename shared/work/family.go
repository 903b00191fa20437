package work

import (
	"context"
	"fmt"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// family is the mass incident an act is about: the one that a case joins, by
// its number, or the one it goes with. None, or one that is no more, is empty.
func (r *Road) family(ctx context.Context, w world, t desk.Ticket, act desk.Act) (flow.Family, error) {
	id := t.Parent
	if number := act.Field("parent"); number != "" {
		var err error
		if id, err = r.Store.ByNumber(ctx, desk.Number(number)); err != nil {
			return flow.Family{}, ignoreAbsent(err)
		}
	}
	if id == "" {
		return flow.Family{}, nil
	}
	parent, err := r.Store.Load(ctx, id)
	if err != nil {
		return flow.Family{}, ignoreAbsent(err)
	}
	f := flow.Family{Parent: parent.Ticket, By: w.directory.Name(parent.Ticket.Assignee)}
	if act.Kind == desk.ActFollow && parent.Ticket.State == desk.Closed {
		f.Solution, err = r.closingText(ctx, id)
	}
	return f, err
}

func ignoreAbsent(err error) error {
	if desk.CodeOf(err) == desk.NotFound {
		return nil
	}
	return err
}

// closingText is how a closed case was solved: the text of its last closing.
func (r *Road) closingText(ctx context.Context, id desk.TicketID) (string, error) {
	records, err := r.Store.Records(ctx, id, 0)
	if err != nil {
		return "", fmt.Errorf("closing of %s: %w", id, err)
	}
	solution := ""
	for _, rec := range records {
		for _, e := range rec.Events {
			if _, closed := e.(desk.TicketClosed); closed {
				solution = rec.Texts["solution"]
			}
		}
	}
	return solution, nil
}

// parentCheck: whoever joins does so while the mass incident is as it was read.
func parentCheck(d flow.Decision, f flow.Family) *ParentCheck {
	for _, e := range d.Events {
		if joined, ok := e.(desk.TicketJoined); ok {
			return &ParentCheck{joined.Parent, f.Parent.Version}
		}
	}
	return nil
}

// register adds what a closing writes into Anexo 01: R132, R137.
func (r *Road) register(ctx context.Context, f *flow.Facts, w world, t desk.Ticket, act desk.Act) (err error) {
	if f.Row, err = r.rowOf(ctx, w, t, act); err != nil {
		return err
	}
	if f.Family.By != "" { // who attended the incident attended this case
		f.Row.Staff = f.Family.By
	}
	if t.Row == 0 {
		f.NextRow, err = r.Store.NextRow(ctx, t.Sede, desk.Period(act.At))
	}
	return err
}
