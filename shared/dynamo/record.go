package dynamo

import (
	"context"
	"errors"

	"mesa/shared/desk"
)

// recordItem is E#: b the body byte for byte as it was hashed, p the hash
// before, h its own.
func recordItem(r desk.Record) (item, error) {
	body, err := r.Body()
	if err != nil {
		return nil, err
	}
	i := keyOf(pkTicket(r.Ticket), skRecord(r.Seq))
	i.text("b", body)
	i.text("p", r.Prev)
	i.text("h", r.Hash)
	listDecision(i, r)
	return i, nil
}

// textsItem is X#: t the free texts, s the salt of their digest. It is apart
// from the record so that it can be erased and the chain still verifies.
func textsItem(r desk.Record) (item, error) {
	i := keyOf(pkTicket(r.Ticket), skTexts(r.Seq))
	i.text("s", r.Salt)
	return i, i.json("t", r.Texts)
}

// Records reads the records after seq, oldest first, with their texts.
func (s *Store) Records(ctx context.Context, id desk.TicketID, after int) ([]desk.Record, error) {
	items, err := s.all(ctx, search{operation: "records", pk: pkTicket(id), sort: "between", low: skRecord(after + 1), high: "E#~"})
	if err != nil || len(items) == 0 {
		return nil, err
	}
	texts, err := s.all(ctx, search{operation: "texts", pk: pkTicket(id), sort: "between", low: skTexts(after + 1), high: "X#~"})
	if err != nil {
		return nil, err
	}
	bySeq := map[string]item{}
	for _, x := range texts {
		bySeq[x.getText("sk")] = x
	}
	list := make([]desk.Record, 0, len(items))
	var errs []error
	for _, i := range items {
		r, err := desk.ParseRecord(i.getText("b"), i.getText("p"), i.getText("h"))
		if err == nil {
			x := bySeq[skTexts(r.Seq)]
			r.Salt = x.getText("s")
			err = x.getJSON("t", &r.Texts)
		}
		errs = append(errs, err)
		list = append(list, r)
	}
	return list, errors.Join(errs...)
}

// Texts reads the free texts of one act; none if it had none or they were erased.
func (s *Store) Texts(ctx context.Context, id desk.TicketID, seq int) (desk.Texts, error) {
	i, err := s.get(ctx, "texts", keyOf(pkTicket(id), skTexts(seq)))
	if err != nil {
		return nil, err
	}
	var texts desk.Texts
	return texts, i.getJSON("t", &texts)
}
