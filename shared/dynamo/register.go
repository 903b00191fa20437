package dynamo

import (
	"context"
	"errors"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// addRow writes the act's row of Anexo 01. Its number is the counter's next,
// and the counter moves in the same transaction, so numbers have no gap and no
// two rows the same. A row written again keeps its number and its ticket. Its
// state may move alone: attribute st, over what the body says.
func addRow(t *transaction, c work.Commit) error {
	if c.Row == nil {
		moveRow(t, c)
		return nil
	}
	i := keyOf(pkMonth(c.Row.Sede, c.Row.Period), skRow(c.Row.N))
	i.text("t", string(c.Row.Ticket))
	if err := i.json("b", c.Row); err != nil {
		return err
	}
	if c.Rewrite {
		t.put(i, newUpdate().when("t", "=", text(string(c.Row.Ticket))))
		return nil
	}
	t.create(i)
	u := newUpdate().set("n", number(int64(c.Row.N)))
	if c.Row.N == 1 {
		u.absent("n")
	} else {
		u.when("n", "=", number(int64(c.Row.N-1)))
	}
	t.update(keyOf(pkMonth(c.Row.Sede, c.Row.Period), skCounter), u)
	return nil
}

// moveRow changes the state of the row a ticket has; all else of it stays as it
// was written.
func moveRow(t *transaction, c work.Commit) {
	if c.RowState == "" {
		return
	}
	u := newUpdate().when("t", "=", text(string(c.After.ID))).set("st", text(c.RowState))
	t.update(keyOf(pkMonth(c.After.Sede, c.After.RowMonth), skRow(c.After.Row)), u)
}

// NextRow is the register's next number for a sede and month. Somebody else may
// take it; then the commit is refused and the act is decided again.
func (s *Store) NextRow(ctx context.Context, sede desk.SedeID, period string) (int, error) {
	i, err := s.get(ctx, "next row", keyOf(pkMonth(sede, period), skCounter))
	return i.getNumber("n") + 1, err
}

// Register reads the rows of a sede and month, by number.
func (s *Store) Register(ctx context.Context, sede desk.SedeID, period string) ([]desk.Row, error) {
	items, err := s.all(ctx, search{operation: "register", pk: pkMonth(sede, period), sort: "between", low: "0", high: "9~"})
	if err != nil {
		return nil, err
	}
	var rows []desk.Row
	var errs []error
	for _, i := range items {
		var r desk.Row
		errs = append(errs, i.getJSON("b", &r))
		if moved := i.getText("st"); moved != "" {
			r.State = moved
		}
		rows = append(rows, r)
	}
	return rows, errors.Join(errs...)
}
