package dynamo

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"mesa/shared/desk"
)

// Queue lists the open tickets of a team and level: most urgent first, then
// oldest. The index may be a moment late; the tickets are true, and one that
// has left meanwhile is left out.
func (s *Store) Queue(ctx context.Context, team desk.TeamID, level desk.Level, cursor string, limit int) ([]desk.Ticket, string, error) {
	return s.page(ctx, list{index: indexQueue, pk: pkQueue(team, level), cursor: cursor, limit: limit,
		holds: func(t desk.Ticket) bool { return t.Team == team && t.Level == level && !t.State.Ended() }})
}

// ByRequester lists the tickets of who asked, newest first.
func (s *Store) ByRequester(ctx context.Context, person desk.PersonID, cursor string, limit int) ([]desk.Ticket, string, error) {
	return s.page(ctx, list{index: indexRequester, pk: pkPerson(person), newest: true, cursor: cursor, limit: limit,
		holds: func(t desk.Ticket) bool { return t.Requester == person && person != "" }})
}

// Undecided lists every ticket that waits for a decision, oldest first.
//
// A ticket that waits for approval stands in no team's queue, so its entry in
// that index is free for this list. It holds what the whole institution has
// undecided, some dozens; a list of one's own for each person asked would cost
// two writes for each of them and never be longer to read than this is.
func (s *Store) Undecided(ctx context.Context) ([]desk.Ticket, error) {
	keys, err := s.all(ctx, search{operation: "undecided", index: indexQueue, pk: partUndecided})
	if err != nil {
		return nil, err
	}
	return s.tickets(ctx, keys, func(t desk.Ticket) bool { return t.State == desk.PendingApproval })
}

// Unregularised lists the tickets whose authorisation by mail the Jefatura has yet
// to regularise: the wait for it stands in the queue index, where no wait else does.
func (s *Store) Unregularised(ctx context.Context) ([]desk.Ticket, error) {
	waits, err := s.all(ctx, search{operation: "unregularised", index: indexQueue, pk: partRegular})
	if err != nil {
		return nil, err
	}
	keys := make([]item, 0, len(waits))
	for _, w := range waits {
		keys = append(keys, keyOf(w.getText("pk"), skTicket))
	}
	return s.tickets(ctx, keys, func(t desk.Ticket) bool { return t.Regular == desk.RegularPending && !t.State.Ended() })
}

// PendingApprovals lists the tickets that a person is asked to decide, oldest
// first, whoever else was asked before or beside them.
func (s *Store) PendingApprovals(ctx context.Context, person desk.PersonID) ([]desk.Ticket, error) {
	all, err := s.Undecided(ctx)
	var asked []desk.Ticket
	for _, t := range all {
		if _, ok := t.AskedPerson(person); ok {
			asked = append(asked, t)
		}
	}
	return asked, err
}

// list is one page of an index.
type list struct {
	index, pk, cursor string
	newest            bool
	limit             int
	holds             func(desk.Ticket) bool
}

func (s *Store) page(ctx context.Context, l list) ([]desk.Ticket, string, error) {
	start, err := l.start()
	if err != nil || !fits(l.pk) {
		return nil, "", err
	}
	limit := min(max(l.limit, 1), batchLimit)
	var keys []item
	last, err := s.find(ctx, search{operation: l.index, index: l.index, pk: l.pk, newest: l.newest, start: start, limit: int32(limit + 1), //nolint:gosec // bounded above
		take: func(i item) bool { keys = append(keys, i); return len(keys) <= limit }})
	if err != nil {
		return nil, "", err
	}
	next := ""
	if last != nil { // one more than asked for: there is a next page
		keys = keys[:limit]
		next = encodeCursor(keys[limit-1].getText(l.index[:1]+"sk"), keys[limit-1].getText("pk"))
	}
	tickets, err := s.tickets(ctx, keys, l.holds)
	return tickets, next, err
}

// start is the place a cursor names. It is a place within the list asked for
// and in no other: the partition is never taken from the cursor.
func (l list) start() (item, error) {
	if l.cursor == "" {
		return nil, nil
	}
	order, pk, err := decodeCursor(l.cursor)
	if err != nil || !strings.HasPrefix(pk, "T#") {
		return nil, errCursor()
	}
	start := keyOf(pk, skTicket)
	start[l.index[:1]+"pk"], start[l.index[:1]+"sk"] = text(l.pk), text(order)
	return start, nil
}

// tickets reads the tickets behind index entries, leaving out what an index
// that is late still shows.
func (s *Store) tickets(ctx context.Context, keys []item, holds func(desk.Ticket) bool) ([]desk.Ticket, error) {
	seen := map[string]bool{}
	var unique []item
	for _, k := range keys {
		if pk := k.getText("pk"); !seen[pk] {
			seen[pk] = true
			unique = append(unique, k.key())
		}
	}
	items, err := s.batch(ctx, "tickets", unique)
	if err != nil {
		return nil, err
	}
	var tickets []desk.Ticket
	var errs []error
	for _, i := range items {
		t, err := ticketFrom(i)
		errs = append(errs, err)
		if err == nil && holds(t) {
			tickets = append(tickets, t)
		}
	}
	return tickets, errors.Join(errs...)
}

// scan reads one page of the whole table, META items only.
func (s *Store) scan(ctx context.Context, start item, limit int32) ([]item, item, error) {
	u := newUpdate().when("sk", "=", text(skTicket))
	out, err := s.client.Scan(ctx, &dynamodb.ScanInput{TableName: aws.String(s.table), ConsistentRead: aws.Bool(true), Limit: aws.Int32(limit),
		ExclusiveStartKey: start, FilterExpression: u.condition(), ExpressionAttributeNames: u.aliases(), ExpressionAttributeValues: u.placeholders(),
		ReturnConsumedCapacity: s.capacity()})
	if err != nil {
		return nil, nil, err
	}
	s.consumedBy("scan", out.ConsumedCapacity)
	items := make([]item, 0, len(out.Items))
	for _, i := range out.Items {
		items = append(items, i)
	}
	return items, out.LastEvaluatedKey, nil
}

// encodeCursor makes a place in a list a word for an address line.
func encodeCursor(a, b string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(a + "\n" + b))
}

func decodeCursor(cursor string) (a, b string, err error) {
	data, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return "", "", err
	}
	a, b, ok := strings.Cut(string(data), "\n")
	if !ok || a == "" || b == "" || len(data) > 1024 {
		return "", "", errCursor()
	}
	return a, b, nil
}

func errCursor() *desk.Problem {
	return desk.InvalidField("cursor", "Vuelva a abrir la lista desde el principio.")
}
