package dynamo

import (
	"context"

	"mesa/shared/work"
)

func lostMailKey() item { return keyOf("S#mail", "LOST") }

// MailsRecorded tells which received mails have a record, read consistently.
func (s *Store) MailsRecorded(ctx context.Context, ids []string) (map[string]bool, error) {
	keys := make([]item, 0, len(ids))
	byPK := map[string]string{}
	for _, id := range ids {
		k := mailKey(id)
		keys, byPK[k.getText("pk")] = append(keys, k), id
	}
	items, err := s.batch(ctx, "mail records", keys)
	if err != nil {
		return nil, err
	}
	recorded := map[string]bool{}
	for _, i := range items {
		recorded[byPK[i.getText("pk")]] = true
	}
	return recorded, nil
}

// SetLostMails replaces what the last nightly comparison found.
func (s *Store) SetLostMails(ctx context.Context, list []work.LostMail) error {
	i := lostMailKey()
	if err := i.json("b", list); err != nil {
		return err
	}
	return s.put(ctx, "set lost mails", i, newUpdate())
}

// LostMails lists what the last nightly comparison found and still has no
// record, oldest first.
func (s *Store) LostMails(ctx context.Context) ([]work.LostMail, error) {
	i, err := s.get(ctx, "lost mails", lostMailKey())
	if err != nil || i == nil {
		return nil, err
	}
	var found, lost []work.LostMail
	if err := i.getJSON("b", &found); err != nil || len(found) == 0 {
		return nil, err
	}
	ids := make([]string, 0, len(found))
	for _, m := range found {
		ids = append(ids, m.ID)
	}
	recorded, err := s.MailsRecorded(ctx, ids)
	for _, m := range found {
		if err == nil && !recorded[m.ID] {
			lost = append(lost, m)
		}
	}
	return lost, err
}
