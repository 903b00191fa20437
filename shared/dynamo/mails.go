package dynamo

import (
	"context"
	"errors"

	"mesa/shared/work"
)

func mailKey(id string) item { return keyOf("B"+pkKey("", id)[1:], "MAIL") }

// MailRecord reads what became of a received mail; ok is false if it is new.
func (s *Store) MailRecord(ctx context.Context, id string) (r work.MailRecord, ok bool, err error) {
	i, err := s.get(ctx, "mail record", mailKey(id))
	if err != nil || i == nil {
		return work.MailRecord{}, false, err
	}
	err = i.getJSON("b", &r)
	return r, err == nil, err
}

// PutMailRecord writes what became of a mail. The first record of a reception
// stands; a held one is replaced once, by the one that settles it:
// work.ErrNotHeld if that is over.
func (s *Store) PutMailRecord(ctx context.Context, r work.MailRecord) error {
	i := mailKey(r.ID)
	if err := i.json("b", r); err != nil {
		return err
	}
	if r.Held && r.Outcome == "" {
		i.text("dpk", partHeld)
		i.text("dsk", dueKey(r.At, r.ID))
	}
	settles := r.Outcome != ""
	when := newUpdate().absent("pk")
	if settles {
		when = newUpdate().present("dpk")
	}
	switch err := s.put(ctx, "put mail record", i, when); {
	case !errors.Is(err, work.ErrConflict):
		return err
	case settles:
		return work.ErrNotHeld
	default:
		return nil
	}
}

// HeldMails lists the mails that wait for a person after a place in the list,
// oldest first, no more than limit.
func (s *Store) HeldMails(ctx context.Context, after work.MailMark, limit int) ([]work.MailRecord, error) {
	var keys []item
	_, err := s.find(ctx, search{operation: "held mails", index: indexDue, pk: partHeld, sort: ">", low: dueKey(after.At, after.ID), limit: int32(limit),
		take: func(i item) bool { keys = append(keys, i.key()); return len(keys) < limit }})
	if err != nil {
		return nil, err
	}
	items, err := s.batch(ctx, "held mails", keys)
	if err != nil {
		return nil, err
	}
	var list []work.MailRecord
	var errs []error
	for _, i := range items {
		var r work.MailRecord
		errs = append(errs, i.getJSON("b", &r))
		if r.Outcome == "" {
			list = append(list, r)
		}
	}
	return list, errors.Join(errs...)
}
