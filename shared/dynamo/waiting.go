package dynamo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// OpenWait keeps the task token of whoever waits, by one conditional write: the
// wait is open, no later generation has it, and it is not to wake earlier than
// the date it was handed. false: one of these does not hold, and the caller
// answers the token itself.
func (s *Store) OpenWait(ctx context.Context, id desk.TicketID, wait desk.WaitID, generation int, wakeAt time.Time, token string) (bool, error) {
	u := newUpdate().present("pk").absent("x").absentOr("g", "<=", number(int64(generation))).when("at", ">=", instant(wakeAt)).
		set("g", number(int64(generation))).set("k", text(token))
	_, err := s.update(ctx, "open wait", keyOf(pkTicket(id), skWait(wait)), u, types.ReturnValueNone)
	if errors.Is(err, work.ErrConflict) {
		return false, nil
	}
	return err == nil, err
}

// WaitToken reads the task token of a wait, settled or not; "" if none was kept.
func (s *Store) WaitToken(ctx context.Context, id desk.TicketID, wait desk.WaitID) (string, error) {
	i, err := s.get(ctx, "wait token", keyOf(pkTicket(id), skWait(wait)))
	return i.getText("k"), err
}

// DueWaits lists open waits of a shard whose date is not after before, oldest
// first. A wait that was put off still stands at its old date in the index; it
// is moved here, when somebody looks, and not by each act that puts it off.
func (s *Store) DueWaits(ctx context.Context, shard int, before time.Time, limit int) ([]work.TicketWait, error) {
	keys, err := s.due(ctx, shard, before, limit, "W#")
	if err != nil {
		return nil, err
	}
	items, err := s.batch(ctx, "due waits", keys)
	if err != nil {
		return nil, err
	}
	var list []work.TicketWait
	for _, i := range items {
		w, err := waitFrom(i)
		if err != nil {
			return nil, err
		}
		switch {
		case w.Settled:
		case w.WakeAt.After(before):
			err = s.putOff(ctx, i, w)
		default:
			list = append(list, work.TicketWait{Ticket: ticketOf(i.getText("pk")), Wait: w})
		}
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(list, func(a, b work.TicketWait) int { return a.Wait.WakeAt.Compare(b.Wait.WakeAt) })
	return list, nil
}

// putOff moves a wait to its date in the due index, unless it changes just now.
func (s *Store) putOff(ctx context.Context, i item, w desk.Wait) error {
	u := stillOpen(w.WakeAt).set("dsk", text(dueKey(w.WakeAt, skWait(w.ID))))
	_, err := s.update(ctx, "put off", i.key(), u, types.ReturnValueNone)
	if errors.Is(err, work.ErrConflict) {
		return nil
	}
	return err
}

// Redate moves an open wait to another date, in the due index too.
func (s *Store) Redate(ctx context.Context, id desk.TicketID, w desk.Wait, to time.Time) error {
	u := stillOpen(w.WakeAt).present("pk").set("at", instant(to)).set("dsk", text(dueKey(to, skWait(w.ID))))
	_, err := s.update(ctx, "redate", keyOf(pkTicket(id), skWait(w.ID)), u, types.ReturnValueNone)
	return err
}

// Heal gives a machine its next generation, in one transaction: the record, if
// from is still current; its open waits, which lose the dead execution's token;
// and the effect that starts it. It leaves the list of those that stand stuck.
// work.ErrConflict: somebody was faster.
func (s *Store) Heal(ctx context.Context, id desk.TicketID, m desk.Machine, from int, start desk.Effect, now time.Time) error {
	waits, err := s.openWaits(ctx, id)
	if err != nil {
		return err
	}
	effect, err := effectItem(start)
	if err != nil {
		return err
	}
	t := s.begin()
	t.update(keyOf(pkTicket(id), skMachine(m)), newUpdate().when("g", "=", number(int64(from))).
		set("g", number(int64(from+1))).increment("n").set("at", instant(now)).set("i", text(start.Ref())).remove("c", "dpk", "dsk"))
	for _, w := range waits {
		if w.ID.Kind().Machine() == m {
			t.update(keyOf(pkTicket(id), skWait(w.ID)), newUpdate().present("pk").absent("x").set("g", number(int64(from+1))).remove("k"))
		}
	}
	t.create(effect)
	return s.transact(ctx, fmt.Sprintf("heal %s of %s", m, id), t)
}

// MarkStuck writes why a generation stands still, for the operations page; an
// empty cause takes it off. work.ErrConflict: another generation is current.
func (s *Store) MarkStuck(ctx context.Context, id desk.TicketID, m desk.Machine, generation int, cause string) error {
	u := newUpdate().when("g", "=", number(int64(generation)))
	if cause == "" {
		u.remove("c", "dpk", "dsk")
	} else {
		const longest = 300 // the item stays under 1 KB
		u.set("c", text(strings.ToValidUTF8(cause[:min(len(cause), longest)], ""))).set("dpk", text(partStuck)).set("dsk", text(pkTicket(id)+"#"+skMachine(m)))
	}
	_, err := s.update(ctx, "mark stuck", keyOf(pkTicket(id), skMachine(m)), u, types.ReturnValueNone)
	return err
}

// StuckMachines lists the machines that stand still and why. A machine that a
// later act starts anew leaves the list by itself.
func (s *Store) StuckMachines(ctx context.Context) ([]work.TicketMachine, error) {
	keys, err := s.all(ctx, search{operation: "stuck", index: indexDue, pk: partStuck})
	if err != nil {
		return nil, err
	}
	for n := range keys {
		keys[n] = keys[n].key()
	}
	items, err := s.batch(ctx, "stuck machines", keys)
	if err != nil {
		return nil, err
	}
	var list []work.TicketMachine
	for _, i := range items {
		if m := machineFrom(i); m.Cause != "" {
			list = append(list, work.TicketMachine{Ticket: ticketOf(i.getText("pk")), Machine: m})
		}
	}
	return list, nil
}
