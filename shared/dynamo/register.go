package dynamo

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// addRow writes the act's row of Anexo 01. Its number is the counter's next,
// and the counter moves in the same transaction, so numbers have no gap and no
// two rows the same. A row written again keeps its number, its ticket and all it
// ever said: b<seq> and s<seq> are what b and st were before the act of that number.
// Its state may move alone: attribute st, over what the body says, and sa, when.
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
		seq := strconv.Itoa(c.After.Version)
		t.update(i.key(), newUpdate().when("t", "=", i["t"]).keep("b"+seq, "b").keep("s"+seq, "st").set("b", i["b"]).remove("st", "sa"))
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
	u := newUpdate().when("t", "=", text(string(c.After.ID))).keep("s"+strconv.Itoa(c.After.Version), "st").set("st", text(c.RowState)).set("sa", instant(c.Record.At))
	t.update(keyOf(pkMonth(c.After.Sede, c.After.RowMonth), skRow(c.After.Row)), u)
}

// NextRow is the register's next number for a sede and month. Somebody else may
// take it; then the commit is refused and the act is decided again.
func (s *Store) NextRow(ctx context.Context, sede desk.SedeID, period string) (int, error) {
	i, err := s.get(ctx, "next row", keyOf(pkMonth(sede, period), skCounter))
	return i.getNumber("n") + 1, err
}

// Register reads the rows of a sede and month, by number, each with what it said
// before.
func (s *Store) Register(ctx context.Context, sede desk.SedeID, period string) ([]desk.Row, error) {
	items, err := s.all(ctx, search{operation: "register", pk: pkMonth(sede, period), sort: "between", low: "0", high: "9~"})
	if err != nil {
		return nil, err
	}
	var rows []desk.Row
	var errs []error
	for _, i := range items {
		r, err := rowFrom(i)
		errs = append(errs, err)
		rows = append(rows, r)
	}
	return rows, errors.Join(errs...)
}

// rowFrom reads a row and, going back from change to change, all it said before.
func rowFrom(i item) (desk.Row, error) {
	var changes []int
	for name := range i {
		if seq, err := strconv.Atoi(strings.TrimPrefix(name, "s")); err == nil && name[0] == 's' {
			changes = append(changes, seq)
		}
	}
	slices.SortFunc(changes, func(a, b int) int { return b - a })
	body, state := "b", i.getText("st")
	r, err := rowSaid(i, body, state)
	if state != "" {
		r.ChangedAt = i.getInstant("sa")
	}
	errs := []error{err}
	for _, seq := range changes {
		if before := "b" + strconv.Itoa(seq); i.getText(before) != "" {
			body = before
		}
		said, err := rowSaid(i, body, i.getText("s"+strconv.Itoa(seq)))
		errs = append(errs, err)
		r.Before = append(r.Before, said)
	}
	return r, errors.Join(errs...)
}

// rowSaid is a row by one of its bodies, with the state that moved over it.
func rowSaid(i item, body, state string) (desk.Row, error) {
	var r desk.Row
	err := i.getJSON(body, &r)
	if state != "" {
		r.State = state
	}
	return r, err
}
