package dynamo

import (
	"cmp"
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

// effectKey is the primary key of an outbox item; false if there can be none.
func effectKey(id desk.TicketID, ref string) (item, bool) {
	seq, n, ok := refOf(ref)
	return keyOfEffect(id, seq, n), ok && fits(string(id))
}

// Effect reads one outbox item.
func (s *Store) Effect(ctx context.Context, id desk.TicketID, ref string) (desk.Effect, error) {
	key, ok := effectKey(id, ref)
	if !ok {
		return desk.Effect{}, absent("outbox item %s %q", id, ref)
	}
	i, err := s.get(ctx, "effect", key)
	if err != nil {
		return desk.Effect{}, err
	}
	if i == nil {
		return desk.Effect{}, absent("outbox item %s %s", id, ref)
	}
	return effectFrom(i)
}

// Effects reads the outbox items of a ticket, in order, without what its fan-outs
// were expanded into.
func (s *Store) Effects(ctx context.Context, id desk.TicketID) ([]desk.Effect, error) {
	items, err := s.all(ctx, search{operation: "effects", pk: pkTicket(id), sort: "begins", low: "O#"})
	if err != nil {
		return nil, err
	}
	list, err := effectsFrom(items)
	slices.SortFunc(list, func(a, b desk.Effect) int { return cmp.Or(a.Seq-b.Seq, a.N-b.N) })
	return list, err
}

func effectsFrom(items []item) ([]desk.Effect, error) {
	var list []desk.Effect
	var errs []error
	for _, i := range items {
		e, err := effectFrom(i)
		errs = append(errs, err)
		list = append(list, e)
	}
	return list, errors.Join(errs...)
}

// AddEffects writes items that are not there yet, one by one: a fan-out's page
// may be written again after half of it, and what is there stays as it is.
func (s *Store) AddEffects(ctx context.Context, effects []desk.Effect) error {
	for _, e := range effects {
		i, err := effectItem(e)
		if err != nil {
			return err
		}
		err = s.put(ctx, fmt.Sprintf("add outbox item %s %s", e.Ticket, e.Ref()), i, newUpdate().absent("pk"))
		if err != nil && !errors.Is(err, work.ErrConflict) {
			return err
		}
	}
	return nil
}

// ClaimEffect takes an item for one attempt until now + lease: it must be
// pending or uncertain, due, and under nobody's lease. It comes back as it was
// found, with the number of this attempt. A lease in it is one that ran out:
// whoever held it died, and that attempt is taken over, not counted again.
// Seeing that takes a second look only in that rare case.
func (s *Store) ClaimEffect(ctx context.Context, id desk.TicketID, ref string, now time.Time, lease time.Duration) (desk.Effect, bool, error) {
	key, ok := effectKey(id, ref)
	if !ok {
		return desk.Effect{}, false, nil
	}
	fresh := claimable(now).absent("le").set("le", instant(now.Add(lease))).increment("n")
	found, err := s.update(ctx, "claim", key, fresh, types.ReturnValueAllOld)
	counted := 1
	if errors.Is(err, work.ErrConflict) {
		lapsed := claimable(now).present("le").set("le", instant(now.Add(lease)))
		found, err = s.update(ctx, "claim again", key, lapsed, types.ReturnValueAllOld)
		counted = 0
	}
	if errors.Is(err, work.ErrConflict) {
		return desk.Effect{}, false, nil
	}
	if err != nil {
		return desk.Effect{}, false, fmt.Errorf("claim %s %s: %w", id, ref, err)
	}
	e, err := effectFrom(found)
	e.Attempts += counted
	return e, err == nil, err
}

// FinishEffect writes how an attempt ended and ends the lease. work.ErrConflict:
// the item was ended already, or a later attempt has it.
func (s *Store) FinishEffect(ctx context.Context, e desk.Effect) error {
	key, ok := effectKey(e.Ticket, e.Ref())
	if !ok {
		return absent("outbox item %s %q", e.Ticket, e.Ref())
	}
	u := unfinished().absentOr("n", "<=", number(int64(e.Attempts))).
		set("st", text(string(e.State))).set("n", number(int64(e.Attempts))).remove("le").
		setText("er", e.LastError).setText("id", e.SentID)
	if e.FanOut != nil { // how far its pages got
		body, err := effectBody(e)
		if err != nil {
			return err
		}
		u.set("b", body)
	}
	pk, sk := effectList(e)
	u.setText("dpk", pk).setText("dsk", sk)
	if !e.DoneAt.IsZero() {
		u.set("ok", instant(e.DoneAt))
	}
	_, err := s.update(ctx, "finish", key, u, types.ReturnValueNone)
	return err
}

// DueEffects lists items of a shard that may be claimed now, longest due first.
func (s *Store) DueEffects(ctx context.Context, shard int, now time.Time, limit int) ([]desk.Effect, error) {
	keys, err := s.due(ctx, shard, now, limit, "O#")
	if err != nil {
		return nil, err
	}
	items, err := s.batch(ctx, "due effects", keys)
	if err != nil {
		return nil, err
	}
	list, err := effectsFrom(items)
	return slices.DeleteFunc(list, func(e desk.Effect) bool {
		return !waiting(e.State) || e.DueAt.After(now) || e.LeaseUntil.After(now)
	}), err
}

// FailedMails lists the mails that failed, or of which nobody knows whether they
// left, newest first, until a person has them sent again.
func (s *Store) FailedMails(ctx context.Context, limit int) ([]desk.Effect, error) {
	var keys []item
	_, err := s.find(ctx, search{operation: "failed mails", index: indexDue, pk: partLetters, newest: true,
		take: func(i item) bool { keys = append(keys, i.key()); return len(keys) < limit }})
	if err != nil {
		return nil, err
	}
	items, err := s.batch(ctx, "failed mails", keys)
	if err != nil {
		return nil, err
	}
	return effectsFrom(items)
}

// due finds the keys of what stands in a shard of the due index until a time.
func (s *Store) due(ctx context.Context, shard int, until time.Time, limit int, prefix string) ([]item, error) {
	var keys []item
	_, err := s.find(ctx, search{operation: "due", index: indexDue, pk: shardName(shard), sort: "<=", low: dueUntil(until),
		take: func(i item) bool {
			if strings.HasPrefix(i.getText("sk"), prefix) {
				keys = append(keys, i.key())
			}
			return len(keys) < limit
		}})
	return keys, err
}
