package lambdaio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
)

var errBroken = errors.New("broken")

func TestQueueNamesOnlyTheMessagesThatFailed(t *testing.T) {
	var seen []string
	handle := Queue(func(_ context.Context, body []byte) error {
		seen = append(seen, string(body))
		if strings.HasPrefix(string(body), "bad") {
			return errBroken
		}
		return nil
	})
	batch := events.SQSEvent{Records: []events.SQSMessage{{MessageId: "1", Body: "bad one"}, {MessageId: "2", Body: "good"}, {MessageId: "3", Body: "bad two"}}}
	out, err := handle(t.Context(), batch)
	if err != nil {
		t.Fatalf("a failed message fails the batch: %v", err)
	}
	want := events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{{ItemIdentifier: "1"}, {ItemIdentifier: "3"}}}
	if diff := cmp.Diff(want, out); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"bad one", "good", "bad two"}, seen); diff != "" {
		t.Errorf("every message is handled, each once (-want +got):\n%s", diff)
	}
}

func TestQueueWithoutFailuresAnswersNone(t *testing.T) {
	handle := Queue(func(context.Context, []byte) error { return nil })
	out, err := handle(t.Context(), events.SQSEvent{Records: []events.SQSMessage{{MessageId: "1"}}})
	if err != nil || len(out.BatchItemFailures) > 0 {
		t.Errorf("got %+v, %v", out, err)
	}
}

// streamBatch is what the table's stream sends: one record per image.
func streamBatch(keys ...string) json.RawMessage {
	var records []string
	for i, key := range keys {
		records = append(records, fmt.Sprintf(`{"eventID":"e%d","eventSource":"aws:dynamodb","dynamodb":{"SequenceNumber":"%d00","NewImage":{"pk":{"S":%q}}}}`, i, i+1, key))
	}
	return json.RawMessage(`{"Records":[` + strings.Join(records, ",") + `]}`)
}

func TestStreamStopsAtTheFirstThatFails(t *testing.T) {
	var seen []string
	item := func(_ context.Context, image Image) error {
		key := image["pk"].String()
		seen = append(seen, key)
		if key == "bad" {
			return errBroken
		}
		return nil
	}
	job := func(context.Context, string) (any, error) { t.Error("a batch is no job"); return nil, nil }
	out, err := StreamOrJob(item, job)(t.Context(), streamBatch("a", "bad", "c", "bad"))
	if err != nil {
		t.Fatal(err)
	}
	want := events.DynamoDBEventResponse{BatchItemFailures: []events.DynamoDBBatchItemFailure{{ItemIdentifier: "200"}}}
	if diff := cmp.Diff(any(want), out); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a", "bad"}, seen); diff != "" {
		t.Errorf("handled (-want +got):\n%s", diff)
	}
}

func TestStreamWithoutFailuresAnswersNone(t *testing.T) {
	out, err := StreamOrJob(func(context.Context, Image) error { return nil }, nil)(t.Context(), streamBatch("a", "b"))
	answer, ok := out.(events.DynamoDBEventResponse)
	if err != nil || !ok || len(answer.BatchItemFailures) > 0 {
		t.Errorf("got %+v, %v", out, err)
	}
}

func TestScheduleRunsItsJob(t *testing.T) {
	item := func(context.Context, Image) error { t.Error("a job is no batch"); return nil }
	run := StreamOrJob(item, func(_ context.Context, name string) (any, error) {
		if name == "busy" {
			return nil, desk.NewProblem(desk.Busy, "", "Intente otra vez.")
		}
		return "did " + name, nil
	})
	if out, err := run(t.Context(), json.RawMessage(`{"job":"due"}`)); err != nil || out != "did due" {
		t.Errorf("got %v, %v", out, err)
	}
	if _, err := run(t.Context(), json.RawMessage(`{"job":"busy"}`)); typeOf(t, err) != "desk.Busy" {
		t.Errorf("got %v, want type desk.Busy", err)
	}
}

func TestCallsOfNobodyKnownFail(t *testing.T) {
	run := StreamOrJob(func(context.Context, Image) error { return nil }, func(context.Context, string) (any, error) { return nil, nil })
	for _, in := range []string{`{}`, `{"job":""}`, `{"job":1}`, `[]`, `null`, `{"Records":[]}`, `x`} {
		if out, err := run(t.Context(), json.RawMessage(in)); err == nil || typeOf(t, err) != "Internal" {
			t.Errorf("%s: got %v, %v", in, out, err)
		}
	}
}
