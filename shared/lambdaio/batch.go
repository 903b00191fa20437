package lambdaio

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"

	"github.com/aws/aws-lambda-go/events"
)

// Image is an item as a table's stream shows it.
type Image = map[string]events.DynamoDBAttributeValue

// Queue handles each message of an SQS batch and names those to deliver again;
// the others are done, whatever becomes of them.
func Queue(handle func(ctx context.Context, body []byte) error) func(ctx context.Context, batch events.SQSEvent) (events.SQSEventResponse, error) {
	return func(ctx context.Context, batch events.SQSEvent) (events.SQSEventResponse, error) {
		out := events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{}} // «null» is no list
		for _, m := range batch.Records {
			if err := handle(ctx, []byte(m.Body)); err != nil {
				slog.ErrorContext(ctx, "message not handled", "message", m.MessageId, "error", err.Error())
				out.BatchItemFailures = append(out.BatchItemFailures, events.SQSBatchItemFailure{ItemIdentifier: m.MessageId})
			}
		}
		return out, nil
	}
}

// ErrCall is an invocation that is neither a stream batch nor a known job.
var ErrCall = errors.New("neither a stream batch nor a known job")

// StreamOrJob tells a function's two callers apart: the table's stream and a
// schedule, whose input is {"job":NAME}.
func StreamOrJob(item func(ctx context.Context, image Image) error, job func(ctx context.Context, name string) (any, error)) func(ctx context.Context, in json.RawMessage) (any, error) {
	return func(ctx context.Context, in json.RawMessage) (any, error) {
		var batch events.DynamoDBEvent
		if err := json.Unmarshal(in, &batch); err == nil && len(batch.Records) > 0 {
			return stream(ctx, batch, item), nil
		}
		var order struct {
			Job string `json:"job"`
		}
		if err := json.Unmarshal(in, &order); err != nil || order.Job == "" {
			return nil, Fail(ctx, ErrCall)
		}
		out, err := job(ctx, order.Job)
		return out, Fail(ctx, err)
	}
}

// stream stops at the first record that could not be handled: Lambda retries
// from the lowest number, later successes included.
func stream(ctx context.Context, batch events.DynamoDBEvent, item func(ctx context.Context, image Image) error) events.DynamoDBEventResponse {
	for _, r := range batch.Records {
		if err := item(ctx, r.Change.NewImage); err != nil {
			slog.ErrorContext(ctx, "stream record not handled", "event", r.EventID, "error", err.Error())
			return events.DynamoDBEventResponse{BatchItemFailures: []events.DynamoDBBatchItemFailure{{ItemIdentifier: r.Change.SequenceNumber}}}
		}
	}
	return events.DynamoDBEventResponse{BatchItemFailures: []events.DynamoDBBatchItemFailure{}}
}
