package dynamo_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/dynamo"
	"mesa/shared/work"
)

// line is a transport that lets a test stand between store and table. answer
// may speak for the service (a response), break the line (an error), or let the
// request through (neither).
type line struct {
	mu     sync.Mutex
	calls  []string // operations that were sent
	answer func(operation string, call int, body string) (*http.Response, error)
	after  func(operation string, call int, r *http.Response) error // the answer may be lost
}

func (l *line) RoundTrip(r *http.Request) (*http.Response, error) {
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	l.mu.Lock()
	l.calls = append(l.calls, operation)
	call := l.count(operation)
	l.mu.Unlock()
	if l.answer != nil {
		if response, err := l.answer(operation, call, string(body)); response != nil || err != nil {
			return response, err
		}
	}
	response, err := whole{}.RoundTrip(r)
	if err == nil && l.after != nil {
		if err := l.after(operation, call, response); err != nil {
			_ = response.Body.Close()
			return nil, err
		}
	}
	return response, err
}

// count is how many calls of an operation there were, this one included.
func (l *line) count(operation string) int {
	n := 0
	for _, c := range l.calls {
		if c == operation {
			n++
		}
	}
	return n
}

// says is an answer of the service.
func says(status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}}, Body: io.NopCloser(strings.NewReader(body))}
}

// canceled is a transaction refused for these reasons, item by item.
func canceled(reasons ...string) *http.Response {
	var list []string
	for _, r := range reasons {
		list = append(list, fmt.Sprintf(`{"Code":%q,"Message":"injected"}`, r))
	}
	return says(400, `{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"Transaction cancelled","CancellationReasons":[`+strings.Join(list, ",")+`]}`)
}

// naps records pauses instead of making them.
type naps []time.Duration

func (n *naps) sleep(_ context.Context, d time.Duration) error {
	*n = append(*n, d)
	return nil
}

func mustNewFaulty(t *testing.T, l *line) (*dynamo.Store, *naps) {
	t.Helper()
	pauses := &naps{}
	return dynamo.New(newClient(t, l), mustMakeTable(t), dynamo.WithSleep(pauses.sleep), dynamo.WithRandom(func() float64 { return 0.5 })), pauses
}

// F5, F6: what the service refuses for a moment is tried again, with a longer
// pause each time, and at the end in good order.
func TestCommitRefusedForAMoment(t *testing.T) {
	tests := []struct {
		name      string
		reasons   []string
		refusals  int
		wantCalls int
		want      string
	}{
		{"one of the items throttled: the retry completes", []string{"None", "ThrottlingError", "None"}, 1, 2, "done"},
		{"conflict four times: the fifth completes", []string{"TransactionConflict", "None"}, 4, 5, "done"},
		{"throughput exceeded: the retry completes", []string{"ProvisionedThroughputExceeded"}, 2, 3, "done"},
		{"conflict without end: a clean error after five tries", []string{"None", "TransactionConflict"}, 99, 5, "busy"},
		{"a condition failed beside a conflict: final at once", []string{"TransactionConflict", "ConditionalCheckFailed"}, 99, 1, "conflict"},
		{"nothing but our mistake: an internal error at once", []string{"None", "ValidationError"}, 99, 1, "internal"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := &line{answer: func(operation string, call int, _ string) (*http.Response, error) {
				if operation == "TransactWriteItems" && call <= test.refusals {
					return canceled(test.reasons...), nil
				}
				return nil, nil
			}}
			s, pauses := mustNewFaulty(t, l)
			err := s.Commit(t.Context(), desktest.Open(desktest.ID(1), "2026-000001", desktest.Wednesday()))
			if got := verdictOf(err); got != test.want {
				t.Errorf("got %q (%v), want %q", got, err, test.want)
			}
			if n := l.count("TransactWriteItems"); n != test.wantCalls {
				t.Errorf("%d calls, want %d", n, test.wantCalls)
			}
			if want := jitters(test.wantCalls - 1); !slices.Equal(want, *pauses) {
				t.Errorf("pauses %v, want %v", *pauses, want)
			}
			if _, lerr := s.Load(t.Context(), desktest.ID(1)); (err == nil) != (lerr == nil) {
				t.Errorf("the commit said %v, the table says %v", err, lerr)
			}
		})
	}
}

// verdictOf is what a caller makes of a commit's error.
func verdictOf(err error) string {
	switch {
	case err == nil:
		return "done"
	case errors.Is(err, work.ErrConflict):
		return "conflict"
	case desk.CodeOf(err) == desk.Busy:
		return "busy"
	default:
		return "internal"
	}
}

// jitters are n pauses at half of a limit that doubles from 50 ms.
func jitters(n int) []time.Duration {
	var list []time.Duration
	for i := range n {
		list = append(list, 25*time.Millisecond<<i)
	}
	return list
}

// F7: the transaction is in, its answer is lost.
func TestCommitWhoseAnswerIsLost(t *testing.T) {
	for _, test := range []struct {
		name string
		lost int // answers
		ok   bool
	}{
		{"once: the client asks again and hears that it is in", 1, true},
		{"each time: an error, and the same commit again finds it in", 3, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := &line{after: func(operation string, call int, _ *http.Response) error {
				if operation == "TransactWriteItems" && call <= test.lost {
					return errors.New("connection reset by peer")
				}
				return nil
			}}
			s, _ := mustNewFaulty(t, l)
			c := desktest.Open(desktest.ID(1), "2026-000001", desktest.Wednesday())
			c.Keys = []work.Key{desktest.FormKey(c, "k1")}
			if err := s.Commit(t.Context(), c); (err == nil) != test.ok {
				t.Fatalf("got %v", err)
			}
			if err := s.Commit(t.Context(), c); err != nil {
				t.Errorf("the same commit again: %v", err)
			}
			if k, ok, err := s.FindKey(t.Context(), c.Keys[0].Scope, "k1", c.Record.At); !ok || err != nil || k.Ticket != c.After.ID {
				t.Errorf("the key finds %+v, %v, %v", k, ok, err)
			}
			other := desktest.Open(desktest.ID(2), "2026-000002", desktest.Wednesday())
			other.Keys = []work.Key{desktest.FormKey(other, "k1")}
			if err := s.Commit(t.Context(), other); !errors.Is(err, work.ErrKeyTaken) {
				t.Errorf("another act with the key: %v", err)
			}
			if records, err := s.Records(t.Context(), c.After.ID, 0); len(records) != 1 || err != nil {
				t.Errorf("%d records, %v", len(records), err)
			}
		})
	}
}

// A single write that meets a running transaction is repeated too: the SDK does not.
func TestUpdateThatMeetsATransaction(t *testing.T) {
	l := &line{answer: func(operation string, call int, _ string) (*http.Response, error) {
		if operation == "UpdateItem" && call <= 2 {
			return says(400, `{"__type":"com.amazonaws.dynamodb.v20120810#TransactionConflictException","message":"injected"}`), nil
		}
		return nil, nil
	}}
	s, pauses := mustNewFaulty(t, l)
	n, err := s.NextNumber(t.Context(), 2026)
	if n != 1 || err != nil || len(*pauses) != 2 {
		t.Errorf("got %d, %v after %d pauses", n, err, len(*pauses))
	}
}

// A reader may see a transaction half: the ticket new, its waits old.
func TestLoadReadsAgainWhatItSawHalf(t *testing.T) {
	l := &line{}
	s, pauses := mustNewFaulty(t, l)
	want := desktest.MustCommit(t, s, desktest.Open(desktest.ID(1), "2026-000001", desktest.Wednesday()))
	halves := 0
	l.answer = func(operation string, _ int, body string) (*http.Response, error) {
		if operation == "Query" && strings.Contains(body, `"W#"`) && halves < 2 {
			halves++
			return says(200, `{"Count":0,"Items":[],"ScannedCount":0}`), nil
		}
		return nil, nil
	}
	got := desktest.MustLoad(t, s, desktest.ID(1))
	if diff := cmp.Diff(want, got); diff != "" || len(*pauses) != 2 {
		t.Errorf("after %d pauses (-want +got)\n%s", len(*pauses), diff)
	}
}

// The service may leave keys of a batch unread.
func TestListReadsWhatABatchLeftOut(t *testing.T) {
	l := &line{}
	s, pauses := mustNewFaulty(t, l)
	for n := range 3 {
		desktest.MustCommit(t, s, desktest.Open(desktest.ID(n), desk.Number(fmt.Sprintf("2026-%06d", n)), desktest.Wednesday()))
	}
	first := true
	l.answer = func(operation string, _ int, body string) (*http.Response, error) {
		if operation != "BatchGetItem" || !first {
			return nil, nil
		}
		first = false
		_, items, _ := strings.Cut(body, `"RequestItems":`)
		items = items[:strings.LastIndex(items, "}")]
		if end := strings.Index(items, `,"ReturnConsumed`); end > 0 {
			items = items[:end]
		}
		return says(200, `{"Responses":{},"UnprocessedKeys":`+items+`}`), nil
	}
	list, err := s.PendingApprovals(t.Context(), desktest.UTHead)
	if len(list) != 3 || err != nil || len(*pauses) != 1 {
		t.Errorf("%d tickets, %v after %d pauses", len(list), err, len(*pauses))
	}
}

// Whoever stops waiting is let go between tries.
func TestCommitStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	l := &line{answer: func(operation string, _ int, _ string) (*http.Response, error) {
		if operation != "TransactWriteItems" {
			return nil, nil
		}
		cancel()
		return canceled("TransactionConflict"), nil
	}}
	s := dynamo.New(newClient(t, l), mustMakeTable(t)) // pauses for real
	err := s.Commit(ctx, desktest.Open(desktest.ID(1), "2026-000001", desktest.Wednesday()))
	if !errors.Is(err, context.Canceled) || l.count("TransactWriteItems") != 1 {
		t.Errorf("got %v after %d calls", err, l.count("TransactWriteItems"))
	}
}
