package dynamo

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// NextNumber counts the tickets of a year. It stands outside the transaction of
// the ticket: a ticket that is not made leaves a gap, and nobody waits for
// somebody else's number.
func (s *Store) NextNumber(ctx context.Context, year int) (int, error) {
	i, err := s.update(ctx, "next number", keyOf(pkYear(year), skCounter), newUpdate().increment("n"), types.ReturnValueUpdatedNew)
	if err != nil {
		return 0, err
	}
	return i.getNumber("n"), nil
}

// ByNumber finds a ticket by what people call it. The item is written with the
// ticket, so whoever was told a number finds it at once.
func (s *Store) ByNumber(ctx context.Context, n desk.Number) (desk.TicketID, error) {
	if !fits(string(n)) {
		return "", absent("ticket number of %d characters", len(n))
	}
	i, err := s.get(ctx, "by number", keyOf(pkNumber(n), skKey))
	if err != nil {
		return "", err
	}
	if i == nil {
		return "", absent("ticket number %q", n)
	}
	return desk.TicketID(i.getText("t")), nil
}

// FindKey returns the record of a key in force at now. The service deletes what
// is over days late, so the time is compared here too.
func (s *Store) FindKey(ctx context.Context, scope, key string, now time.Time) (work.Key, bool, error) {
	if key == "" {
		return work.Key{}, false, fmt.Errorf("find key of scope %q: the key is empty", scope)
	}
	i, err := s.get(ctx, "find key", keyOf(pkKey(scope, key), skKey))
	if err != nil || i == nil {
		return work.Key{}, false, err
	}
	k := work.Key{Scope: scope, Key: key, Request: i.getText("r"), Ticket: desk.TicketID(i.getText("t")), Seq: i.getNumber("q"), Until: i.getInstant("ttl")}
	return k, k.Until.IsZero() || k.Until.After(now), nil
}
