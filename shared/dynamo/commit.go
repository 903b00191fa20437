package dynamo

import (
	"context"
	"fmt"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// Commit writes one act in one transaction, all of it or nothing. The table
// itself refuses what another act overtook: the ticket's version, a wait that
// was settled, a machine that was started anew, a register number that was
// taken, a room's day that was written, a right that was changed.
func (s *Store) Commit(ctx context.Context, c work.Commit) error {
	t := s.begin()
	t.repeatable, t.nonce = true, c.Nonce
	operation := fmt.Sprintf("commit %s of %s", c.Record.Act, c.After.ID)
	for _, add := range []func(*transaction, work.Commit) error{
		addTicket, addRecord, addWaits, addMachines, addEffects, addRow, addRoomDays, addKeys, addChecks, addVault, addFamily,
	} {
		if err := add(t, c); err != nil {
			return fmt.Errorf("%s: %w", operation, err)
		}
	}
	return s.transact(ctx, operation, t)
}

func addTicket(t *transaction, c work.Commit) error {
	i, err := ticketItem(c.After, c.Record.Hash, openAfter(c))
	if err != nil {
		return err
	}
	if c.Before.Ticket.Version > 0 {
		t.put(i, newUpdate().when("v", "=", number(int64(c.Before.Ticket.Version))))
		return nil
	}
	t.create(i)
	if c.After.Number != "" {
		found := keyOf(pkNumber(c.After.Number), skKey)
		found.text("t", string(c.After.ID))
		t.create(found)
	}
	return nil
}

func addRecord(t *transaction, c work.Commit) error {
	i, err := recordItem(c.Record)
	if err != nil {
		return err
	}
	t.create(i)
	if len(c.Record.Texts) == 0 {
		return nil
	}
	x, err := textsItem(c.Record)
	t.create(x)
	return err
}

func addWaits(t *transaction, c work.Commit) error {
	for _, w := range c.Open {
		i, err := waitItem(c.After.ID, w)
		if err != nil {
			return err
		}
		t.create(i)
	}
	for _, w := range c.Move {
		u, err := moveWait(c.After.ID, waitBefore(c, w.ID), w)
		if err != nil {
			return err
		}
		t.update(keyOf(pkTicket(c.After.ID), skWait(w.ID)), u)
	}
	for _, w := range c.Settle {
		t.update(keyOf(pkTicket(c.After.ID), skWait(w.ID)), settleWait())
	}
	return nil
}

// waitBefore is the wait as it was read; an unknown one is as if it woke late,
// so that its place in the index is written.
func waitBefore(c work.Commit, id desk.WaitID) desk.Wait {
	for _, w := range c.Before.Waits {
		if w.ID == id {
			return w
		}
	}
	return desk.Wait{WakeAt: c.After.OpenedAt.AddDate(1000, 0, 0)}
}

func addMachines(t *transaction, c work.Commit) error {
	for _, m := range c.Machines {
		before := c.Before.Machines[m.Machine].Generation
		if before == 0 {
			t.create(machineItem(c.After.ID, m))
			continue
		}
		t.put(machineItem(c.After.ID, m), newUpdate().when("g", "=", number(int64(before))))
	}
	return nil
}

func addEffects(t *transaction, c work.Commit) error {
	for _, e := range c.Effects {
		i, err := effectItem(e)
		if err != nil {
			return err
		}
		t.create(i)
	}
	for _, event := range c.Record.Events {
		if resent, ok := event.(desk.MailResent); ok { // the failed one has an heir
			if key, ok := effectKey(c.After.ID, resent.Ref); ok {
				t.update(key, newUpdate().present("pk").remove("dpk", "dsk"))
			}
		}
	}
	return nil
}

func addKeys(t *transaction, c work.Commit) error {
	for _, k := range c.Keys {
		if k.Key == "" {
			return fmt.Errorf("an idempotency key of scope %q is empty", k.Scope)
		}
		i := keyOf(pkKey(k.Scope, k.Key), skKey)
		i.text("r", k.Request)
		i.text("t", string(k.Ticket))
		i.number("q", k.Seq)
		i.instant("ttl", k.Until)
		t.keys[len(t.items)] = true
		t.put(i, newUpdate().absentOrPassed("ttl", c.Record.At))
	}
	return nil
}

func addChecks(t *transaction, c work.Commit) error {
	for _, check := range c.Checks {
		when := newUpdate().when("rev", "=", number(int64(check.Revision)))
		if check.Revision == 0 {
			when = newUpdate().absent("rev")
		}
		t.check(keyOf(pkDirectory(kindPerson), string(check.Person)), when)
	}
	return nil
}
