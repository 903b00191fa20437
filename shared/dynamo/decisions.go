package dynamo

import (
	"context"
	"errors"

	"mesa/shared/desk"
	"mesa/shared/work"
)

func pkDecider(p desk.PersonID) string { return "H#" + string(p) }

// listDecision stands a decision in the requester index, under who made it. The
// record never changes, so its place there is written once.
func listDecision(i item, r desk.Record) {
	if work.IsDecision(r) && fits(string(r.Actor.Person)) {
		i.text("rpk", pkDecider(r.Actor.Person))
		i.text("rsk", dueKey(r.At, string(r.Ticket)))
	}
}

// Decisions lists what a person decided, newest first, with the tickets as they
// stand now.
func (s *Store) Decisions(ctx context.Context, person desk.PersonID, limit int) ([]work.Decided, error) {
	if !fits(string(person)) {
		return nil, nil
	}
	limit = min(max(limit, 1), batchLimit)
	var records, texts, tickets []item
	_, err := s.find(ctx, search{operation: "decisions", index: indexRequester, pk: pkDecider(person), newest: true, limit: int32(limit), //nolint:gosec // bounded above
		take: func(i item) bool {
			pk, sk := i.getText("pk"), i.getText("sk")
			records, texts = append(records, i.key()), append(texts, keyOf(pk, "X"+sk[1:]))
			tickets = append(tickets, keyOf(pk, skTicket))
			return len(records) < limit
		}})
	if err != nil || len(records) == 0 {
		return nil, err
	}
	items, err := s.batch(ctx, "decisions", records)
	if err != nil {
		return nil, err
	}
	said, err := s.byKey(ctx, texts)
	if err != nil {
		return nil, err
	}
	about, err := s.byKey(ctx, tickets)
	if err != nil {
		return nil, err
	}
	return decided(items, said, about)
}

// byKey reads items, each key once.
func (s *Store) byKey(ctx context.Context, keys []item) (map[string]item, error) {
	seen, unique := map[string]item{}, []item(nil)
	for _, k := range keys {
		if id := k.getText("pk") + k.getText("sk"); seen[id] == nil {
			seen[id], unique = k, append(unique, k)
		}
	}
	items, err := s.batch(ctx, "decisions", unique)
	found := map[string]item{}
	for _, i := range items {
		found[i.getText("pk")+i.getText("sk")] = i
	}
	return found, err
}

// decided joins records with their texts and tickets.
func decided(records []item, texts, tickets map[string]item) ([]work.Decided, error) {
	var list []work.Decided
	var errs []error
	for _, i := range records {
		pk, sk := i.getText("pk"), i.getText("sk")
		r, err := desk.ParseRecord(i.getText("b"), i.getText("p"), i.getText("h"))
		errs = append(errs, err, texts[pk+"X"+sk[1:]].getJSON("t", &r.Texts))
		t, err := ticketFrom(tickets[pk+skTicket])
		errs = append(errs, err)
		list = append(list, work.Decided{Ticket: t, Record: r})
	}
	return list, errors.Join(errs...)
}
