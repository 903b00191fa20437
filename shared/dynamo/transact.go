package dynamo

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// maxItems is how many items the service takes in one transaction.
const maxItems = 100

// transaction collects what is written together.
type transaction struct {
	table      string
	items      []types.TransactWriteItem
	keys       map[int]bool // places of idempotency keys: their refusal has another name
	repeatable bool         // the same content again is the same transaction
	nonce      string       // of the attempt: see token
}

func (s *Store) begin() *transaction { return &transaction{table: s.table, keys: map[int]bool{}} }

// put writes a whole item under a condition.
func (t *transaction) put(i item, when *update) {
	t.items = append(t.items, types.TransactWriteItem{Put: &types.Put{TableName: aws.String(t.table), Item: i,
		ConditionExpression: when.condition(), ExpressionAttributeNames: when.aliases(), ExpressionAttributeValues: when.placeholders()}})
}

// create writes an item that must not be there yet.
func (t *transaction) create(i item) { t.put(i, newUpdate().absent("pk")) }

// update changes an item under a condition.
func (t *transaction) update(key item, u *update) {
	t.items = append(t.items, types.TransactWriteItem{Update: &types.Update{TableName: aws.String(t.table), Key: key,
		UpdateExpression: u.expression(), ConditionExpression: u.condition(),
		ExpressionAttributeNames: u.aliases(), ExpressionAttributeValues: u.placeholders()}})
}

// check demands something of an item that is not written.
func (t *transaction) check(key item, when *update) {
	t.items = append(t.items, types.TransactWriteItem{ConditionCheck: &types.ConditionCheck{TableName: aws.String(t.table), Key: key,
		ConditionExpression: when.condition(), ExpressionAttributeNames: when.aliases(), ExpressionAttributeValues: when.placeholders()}})
}

// transact writes t, all or nothing: work.ErrKeyTaken, work.ErrConflict, or
// desk.Busy when neither we nor the service found a free moment.
func (s *Store) transact(ctx context.Context, operation string, t *transaction) error {
	if len(t.items) > maxItems {
		return fmt.Errorf("%s: %d items in one transaction, more than %d", operation, len(t.items), maxItems)
	}
	in := &dynamodb.TransactWriteItemsInput{TransactItems: t.items, ReturnConsumedCapacity: s.capacity()}
	if t.repeatable {
		token, err := t.token()
		if err != nil {
			return fmt.Errorf("%s: %w", operation, err)
		}
		in.ClientRequestToken = aws.String(token)
	}
	return s.again(ctx, operation, func() error {
		out, err := s.client.TransactWriteItems(ctx, in)
		if err != nil {
			return t.refusal(err)
		}
		s.consumed(operation, out.ConsumedCapacity...)
		return nil
	})
}

// token is the same for the same content of the same attempt. Who repeats a
// transaction whose answer was lost (F7) hears that it is in, and not that
// somebody was faster; one that differs in anything is another one, and so is an
// equal one of somebody else: two who look at a password at once must not both
// hear that they emptied it.
func (t *transaction) token() (string, error) {
	content, err := json.Marshal(t.items)
	if err != nil {
		return "", fmt.Errorf("transaction token: %w", err)
	}
	const longest = 36
	sum := sha256.Sum256(append(content, t.nonce...))
	return hex.EncodeToString(sum[:])[:longest], nil
}

// refusal names a cancellation: a condition that failed is final, whatever else
// went wrong beside it.
func (t *transaction) refusal(err error) error {
	canceled, ok := errors.AsType[*types.TransactionCanceledException](err)
	if !ok {
		return err
	}
	refused := false
	for i, reason := range canceled.CancellationReasons {
		if aws.ToString(reason.Code) != "ConditionalCheckFailed" {
			continue
		}
		if t.keys[i] {
			return work.ErrKeyTaken
		}
		refused = true
	}
	if refused {
		return work.ErrConflict
	}
	return err
}

// maxTries bounds how often the service's "not now" is answered with a pause.
const maxTries = 5

// again runs a write until it is done or refused. The SDK does not repeat what
// another transaction stood in the way of; this does, with full jitter.
func (s *Store) again(ctx context.Context, operation string, write func() error) error {
	for try := 1; ; try++ {
		err := write()
		switch {
		case err == nil, errors.Is(err, work.ErrConflict), errors.Is(err, work.ErrKeyTaken):
			return err
		case !passing(err):
			return fmt.Errorf("%s: %w", operation, err)
		case try == maxTries:
			return fmt.Errorf("%s, %d tries, last: %w: %w", operation, try, err, busy())
		}
		if err := s.sleep(ctx, s.jitter(try)); err != nil {
			return fmt.Errorf("%s: %w", operation, err)
		}
	}
}

func busy() *desk.Problem {
	return desk.NewProblem(desk.Busy, "", "Muchas personas están cambiando lo mismo a la vez. Intente otra vez en unos segundos.")
}

// jitter is a pause from nothing to 25 ms, doubled with each try.
func (s *Store) jitter(try int) time.Duration {
	const first = 25 * time.Millisecond
	return time.Duration(s.random() * float64(first<<try))
}

// passing tells whether the same write may succeed in a moment.
func passing(err error) bool {
	canceled, ok := errors.AsType[*types.TransactionCanceledException](err)
	if !ok {
		return momentary(err)
	}
	for _, reason := range canceled.CancellationReasons {
		switch aws.ToString(reason.Code) {
		case "", "None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded":
		default:
			return false
		}
	}
	return true
}

// momentary are the refusals of a single request that pass.
func momentary(err error) bool {
	var conflict *types.TransactionConflictException
	var running *types.TransactionInProgressException
	var throughput *types.ProvisionedThroughputExceededException
	var throttled *types.ThrottlingException
	var limit *types.RequestLimitExceeded
	return errors.As(err, &conflict) || errors.As(err, &running) || errors.As(err, &throughput) ||
		errors.As(err, &throttled) || errors.As(err, &limit)
}
