package dynamo

import (
	"context"
	"errors"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// Load reads ticket, open waits and machines. A query may pass between the
// items of a transaction that is being written; META says which waits belong to
// it, and if others are seen the ticket is read again.
func (s *Store) Load(ctx context.Context, id desk.TicketID) (work.Stored, error) {
	if !fits(string(id)) {
		return work.Stored{}, absent("ticket of %d characters", len(id))
	}
	for try := 1; ; try++ {
		stored, whole, err := s.load(ctx, id)
		if err != nil || whole || try == maxTries {
			return stored, err
		}
		if err := s.sleep(ctx, s.jitter(try)); err != nil {
			return work.Stored{}, err
		}
	}
}

func (s *Store) load(ctx context.Context, id desk.TicketID) (stored work.Stored, whole bool, err error) {
	head, err := s.all(ctx, search{operation: "load", pk: pkTicket(id), sort: "between", low: "M", high: "M~"})
	if err != nil {
		return work.Stored{}, false, err
	}
	stored.Machines = map[desk.Machine]desk.MachineRecord{}
	var expected string
	found := false
	for _, i := range head {
		if i.getText("sk") != skTicket {
			m := machineFrom(i)
			stored.Machines[m.Machine] = m
			continue
		}
		found, expected, stored.Hash = true, i.getText("w"), i.getText("h")
		if stored.Ticket, err = ticketFrom(i); err != nil {
			return work.Stored{}, false, err
		}
	}
	if !found {
		return work.Stored{}, false, absent("ticket %s", id)
	}
	stored.Waits, err = s.openWaits(ctx, id)
	return stored, joinWaits(idsOf(stored.Waits)) == expected, err
}

// openWaits reads the waits of a ticket that are not settled.
func (s *Store) openWaits(ctx context.Context, id desk.TicketID) ([]desk.Wait, error) {
	items, err := s.all(ctx, search{operation: "waits", pk: pkTicket(id), sort: "begins", low: "W#"})
	if err != nil {
		return nil, err
	}
	var open []desk.Wait
	var errs []error
	for _, i := range items {
		w, err := waitFrom(i)
		errs = append(errs, err)
		if !w.Settled {
			open = append(open, w)
		}
	}
	return open, errors.Join(errs...)
}

func idsOf(waits []desk.Wait) []desk.WaitID {
	ids := make([]desk.WaitID, 0, len(waits))
	for _, w := range waits {
		ids = append(ids, w.ID)
	}
	return ids
}

// Tickets lists the ids of all tickets, in no order that means anything: for
// verifying the whole table. It reads every item, so it is an operator's tool.
func (s *Store) Tickets(ctx context.Context, cursor string, limit int) ([]desk.TicketID, string, error) {
	start, err := scanStart(cursor)
	if err != nil {
		return nil, "", err
	}
	var ids []desk.TicketID
	for len(ids) < limit {
		items, last, err := s.scan(ctx, start, int32(min(max(limit-len(ids), 1), 1000))) //nolint:gosec // bounded
		if err != nil {
			return nil, "", err
		}
		for _, i := range items {
			if pk := i.getText("pk"); strings.HasPrefix(pk, "T#") { // others have a META too: the directory's revision
				ids = append(ids, ticketOf(pk))
			}
		}
		if start = last; start == nil {
			return ids, "", nil
		}
	}
	return ids, encodeCursor(start.getText("pk"), start.getText("sk")), nil
}

func scanStart(cursor string) (item, error) {
	if cursor == "" {
		return nil, nil
	}
	pk, sk, err := decodeCursor(cursor)
	if err != nil || !strings.Contains(pk, "#") {
		return nil, errCursor()
	}
	return keyOf(pk, sk), nil
}
