package dynamo

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"mesa/shared/work"
)

// keyOfAddress is where a suppressed address stands; the key is a hash, so no
// address is ever part of a key or a log.
func keyOfAddress(key string) item { return keyOf("A#"+key, "SUPPRESSED") }

// Suppression reads what is known of an address by its key; ok is false if no
// mail to it ever came back.
func (s *Store) Suppression(ctx context.Context, key string) (r work.Suppression, ok bool, err error) {
	i, err := s.get(ctx, "suppression", keyOfAddress(key))
	if err != nil || i == nil {
		return work.Suppression{}, false, err
	}
	r, err = suppressionFrom(i)
	return r, err == nil, err
}

// GlanceSuppression reads the same at half the price, and perhaps a moment late:
// every mail asks, and the mail service has a list of its own.
func (s *Store) GlanceSuppression(ctx context.Context, key string) (work.Suppression, error) {
	out, err := s.client.GetItem(ctx, &dynamodb.GetItemInput{TableName: aws.String(s.table), Key: keyOfAddress(key), ReturnConsumedCapacity: s.capacity()})
	if err != nil {
		return work.Suppression{}, fmt.Errorf("glance at suppression: %w", err)
	}
	s.consumedBy("suppression", out.ConsumedCapacity)
	return suppressionFrom(out.Item)
}

// PutSuppression writes a changed record over the version it was made from, 0 for
// none; work.ErrConflict if somebody else was faster.
func (s *Store) PutSuppression(ctx context.Context, r work.Suppression) error {
	i := keyOfAddress(work.AddressKey(r.Address))
	if err := i.json("b", r); err != nil {
		return err
	}
	i.number("v", r.Version+1)
	when := newUpdate().absent("pk")
	if r.Version > 0 {
		when = newUpdate().when("v", "=", number(int64(r.Version)))
	}
	if r.Active() {
		i.text("dpk", partSuppressed)
		i.text("dsk", dueKey(r.At, strconv.Itoa(r.Times)))
	}
	return s.put(ctx, "put suppression", i, when)
}

// Suppressions lists the addresses that take no mail now, the latest first.
func (s *Store) Suppressions(ctx context.Context, limit int) ([]work.Suppression, error) {
	var keys []item
	_, err := s.find(ctx, search{operation: "suppressions", index: indexDue, pk: partSuppressed, newest: true,
		take: func(i item) bool { keys = append(keys, i.key()); return len(keys) < limit }})
	if err != nil {
		return nil, err
	}
	items, err := s.batch(ctx, "suppressions", keys)
	if err != nil {
		return nil, err
	}
	var list []work.Suppression
	var errs []error
	for _, i := range items {
		r, err := suppressionFrom(i)
		errs = append(errs, err)
		if r.Active() {
			list = append(list, r)
		}
	}
	return list, errors.Join(errs...)
}

func suppressionFrom(i item) (work.Suppression, error) {
	var r work.Suppression
	err := i.getJSON("b", &r)
	r.Version = i.getNumber("v")
	return r, err
}
