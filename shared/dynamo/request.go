package dynamo

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// get reads one item consistently; nil if it is absent.
func (s *Store) get(ctx context.Context, operation string, key item) (item, error) {
	out, err := s.client.GetItem(ctx, &dynamodb.GetItemInput{TableName: aws.String(s.table), Key: key,
		ConsistentRead: aws.Bool(true), ReturnConsumedCapacity: s.capacity()})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", operation, err)
	}
	s.consumedBy(operation, out.ConsumedCapacity)
	return out.Item, nil
}

// put writes one item; work.ErrConflict if the condition fails.
func (s *Store) put(ctx context.Context, operation string, i item, when *update) error {
	return s.again(ctx, operation, func() error {
		out, err := s.client.PutItem(ctx, &dynamodb.PutItemInput{TableName: aws.String(s.table), Item: i,
			ConditionExpression: when.condition(), ExpressionAttributeNames: when.aliases(), ExpressionAttributeValues: when.placeholders(),
			ReturnConsumedCapacity: s.capacity()})
		if err != nil {
			return refused(err)
		}
		s.consumedBy(operation, out.ConsumedCapacity)
		return nil
	})
}

// update changes one item and returns it, as it was or as it is; work.ErrConflict
// if the condition fails.
func (s *Store) update(ctx context.Context, operation string, key item, u *update, answer types.ReturnValue) (item, error) {
	var found item
	err := s.again(ctx, operation, func() error {
		out, err := s.client.UpdateItem(ctx, &dynamodb.UpdateItemInput{TableName: aws.String(s.table), Key: key,
			UpdateExpression: u.expression(), ConditionExpression: u.condition(),
			ExpressionAttributeNames: u.aliases(), ExpressionAttributeValues: u.placeholders(),
			ReturnValues: answer, ReturnConsumedCapacity: s.capacity()})
		if err != nil {
			return refused(err)
		}
		s.consumedBy(operation, out.ConsumedCapacity)
		found = out.Attributes
		return nil
	})
	return found, err
}

// refused names a failed condition.
func refused(err error) error {
	if _, ok := errors.AsType[*types.ConditionalCheckFailedException](err); ok {
		return work.ErrConflict
	}
	return err
}

// search is a query of the table or an index.
type search struct {
	index     string // "" is the table, read consistently
	pk        string
	sort      string          // operator on the sort key: "", "between", "begins", "<=", ">"
	low, high string          // its operands
	newest    bool            // from the end
	start     item            // exclusive
	limit     int32           // entries looked at in one request; 0: as many as fit
	take      func(item) bool // false ends the search
	operation string
}

// find runs a query, page after page, until take has enough. It returns where
// it stopped, nil at the end.
func (s *Store) find(ctx context.Context, q search) (item, error) {
	in := s.query(q)
	for {
		out, err := s.client.Query(ctx, in)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", q.operation, err)
		}
		s.consumedBy(q.operation, out.ConsumedCapacity)
		for _, found := range out.Items {
			if !q.take(found) {
				return found, nil
			}
		}
		if len(out.LastEvaluatedKey) == 0 {
			return nil, nil
		}
		in.ExclusiveStartKey = out.LastEvaluatedKey
	}
}

func (s *Store) query(q search) *dynamodb.QueryInput {
	hash, order := "pk", "sk"
	in := &dynamodb.QueryInput{TableName: aws.String(s.table), ScanIndexForward: aws.Bool(!q.newest),
		ReturnConsumedCapacity: s.capacity(), ExclusiveStartKey: q.start}
	if q.index == "" {
		in.ConsistentRead = aws.Bool(true)
	} else {
		in.IndexName = aws.String(q.index)
		hash, order = q.index[:1]+"pk", q.index[:1]+"sk"
	}
	if q.limit > 0 {
		in.Limit = aws.Int32(q.limit)
	}
	in.ExpressionAttributeNames = map[string]string{"#h": hash}
	in.ExpressionAttributeValues = item{":h": text(q.pk)}
	condition := "#h = :h"
	if q.sort != "" {
		in.ExpressionAttributeNames["#o"] = order
		in.ExpressionAttributeValues[":l"] = text(q.low)
	}
	switch q.sort {
	case "between":
		condition += " AND #o BETWEEN :l AND :u"
		in.ExpressionAttributeValues[":u"] = text(q.high)
	case "begins":
		condition += " AND begins_with(#o, :l)"
	case "<=", ">":
		condition += " AND #o " + q.sort + " :l"
	}
	in.KeyConditionExpression = aws.String(condition)
	return in
}

// all reads every item of a query.
func (s *Store) all(ctx context.Context, q search) ([]item, error) {
	var list []item
	q.take = func(i item) bool { list = append(list, i); return true }
	_, err := s.find(ctx, q)
	return list, err
}

// batchLimit is how many items the service reads in one request.
const batchLimit = 100

// batch reads items by key consistently, in the order of the keys; those that
// are absent are left out.
func (s *Store) batch(ctx context.Context, operation string, keys []item) ([]item, error) {
	found := map[string]item{}
	for from := 0; from < len(keys); from += batchLimit {
		if err := s.batchPage(ctx, operation, keys[from:min(from+batchLimit, len(keys))], found); err != nil {
			return nil, err
		}
	}
	list := make([]item, 0, len(keys))
	for _, k := range keys {
		if i, ok := found[k.getText("pk")+"\n"+k.getText("sk")]; ok {
			list = append(list, i)
		}
	}
	return list, nil
}

func (s *Store) batchPage(ctx context.Context, operation string, keys []item, found map[string]item) error {
	wanted := types.KeysAndAttributes{ConsistentRead: aws.Bool(true)}
	for _, k := range keys {
		wanted.Keys = append(wanted.Keys, k)
	}
	for try := 1; len(wanted.Keys) > 0; try++ {
		out, err := s.client.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{ReturnConsumedCapacity: s.capacity(),
			RequestItems: map[string]types.KeysAndAttributes{s.table: wanted}})
		if err != nil {
			return fmt.Errorf("%s: %w", operation, err)
		}
		s.consumed(operation, out.ConsumedCapacity...)
		for _, i := range out.Responses[s.table] {
			found[item(i).getText("pk")+"\n"+item(i).getText("sk")] = i
		}
		wanted = out.UnprocessedKeys[s.table]
		if len(wanted.Keys) == 0 {
			return nil
		}
		if try == maxTries {
			return fmt.Errorf("%s: %d items not read after %d tries: %w", operation, len(wanted.Keys), try, busy())
		}
		if err := s.sleep(ctx, s.jitter(try)); err != nil {
			return fmt.Errorf("%s: %w", operation, err)
		}
	}
	return nil
}

// absent is the problem of what is not there; what names it for the log.
func absent(format string, args ...any) error {
	return fmt.Errorf(format+": %w", append(args, desk.NewProblem(desk.NotFound, "", "No encontramos lo que busca."))...)
}
