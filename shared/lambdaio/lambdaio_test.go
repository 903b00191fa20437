package lambdaio

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda/messages"

	"mesa/shared/desk"
)

// typeOf is the name under which an error reaches a state machine.
func typeOf(t *testing.T, err error) string {
	t.Helper()
	reported, ok := err.(messages.InvokeResponse_Error) //nolint:errorlint // the runtime looks at the outermost type too
	if !ok {
		t.Fatalf("the runtime would report the Go type of %T: %v", err, err)
	}
	return reported.Type
}

// captureLog collects what is logged meanwhile.
func captureLog(t *testing.T) *bytes.Buffer {
	t.Helper()
	var log bytes.Buffer
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{ReplaceAttr: rename})))
	t.Cleanup(func() { slog.SetDefault(old) })
	return &log
}

func TestErrorLeavesUnderTheNameOfItsCode(t *testing.T) {
	tests := []struct {
		err  error
		want string
	}{
		{desk.NewProblem(desk.Invalid, "", "x"), "desk.Invalid"}, {desk.NewProblem(desk.NotFound, "", "x"), "desk.NotFound"},
		{desk.NewProblem(desk.Forbidden, "", "x"), "desk.Forbidden"}, {desk.NewProblem(desk.Refused, "", "x"), "desk.Refused"},
		{desk.NewProblem(desk.Stale, "", "x"), "desk.Stale"}, {desk.NewProblem(desk.Repeated, "", "x"), "desk.Repeated"},
		{desk.NewProblem(desk.Busy, "", "x"), "desk.Busy"},
		{fmt.Errorf("open: %w", desk.NewProblem(desk.Busy, "", "x")), "desk.Busy"},
		{errors.New("table mesa is gone"), "Internal"},
		{fmt.Errorf("load: %w", context.DeadlineExceeded), "TimedOut"},
	}
	for _, test := range tests {
		t.Run(test.want, func(t *testing.T) {
			log := captureLog(t)
			err := Fail(t.Context(), test.err)
			if got := typeOf(t, err); got != test.want {
				t.Errorf("%v leaves as %s, want %s", test.err, got, test.want)
			}
			if strings.Contains(err.Error(), "mesa") {
				t.Errorf("the inside leaks: %v", err)
			}
			if n := strings.Count(log.String(), "\n"); n != 1 || !strings.Contains(log.String(), test.err.Error()) {
				t.Errorf("logged %d lines: %s", n, log)
			}
		})
	}
}

func TestNoErrorIsNoFailure(t *testing.T) {
	log := captureLog(t)
	if err := Fail(t.Context(), nil); err != nil || log.Len() > 0 {
		t.Errorf("got %v, log %s", err, log)
	}
}

func TestLogLinesAreAsLambdaReadsThem(t *testing.T) {
	log := captureLog(t)
	slog.Info("hola", slog.Group("inner", "time", 1))
	var line map[string]any
	if err := json.Unmarshal(log.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	inner, _ := line["inner"].(map[string]any)
	if line["timestamp"] == nil || line["time"] != nil || line["level"] != "INFO" || inner["time"] == nil {
		t.Errorf("line %v", line)
	}
}

func TestLogNamesTheFunction(t *testing.T) {
	old := slog.Default()
	t.Cleanup(func() { slog.SetDefault(old) })
	if Log("outbox") == old || slog.Default() == old {
		t.Error("Log does not set the default logger")
	}
}

// offset is a business clock moved by hand.
type offset struct {
	by  time.Duration
	err error
}

func (o offset) Offset(context.Context) (time.Duration, error) { return o.by, o.err }

func TestBusinessClock(t *testing.T) {
	tests := []struct {
		name   string
		local  bool
		offset offset
		ahead  time.Duration
		want   error
	}{
		{"the wall clock, whatever the offset", false, offset{by: time.Hour, err: errBroken}, 0, nil},
		{"the local clock stands ahead", true, offset{by: 61 * time.Minute}, 61 * time.Minute, nil},
		{"the local clock not moved yet", true, offset{}, 0, nil},
		{"an offset that cannot be read", true, offset{err: errBroken}, 0, errBroken},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before := Wall()
			got, err := Clock(test.local, test.offset)(t.Context())
			if !errors.Is(err, test.want) {
				t.Fatalf("error %v, want %v", err, test.want)
			}
			if ahead := got.Sub(before); err == nil && (ahead < test.ahead || ahead > test.ahead+time.Minute) {
				t.Errorf("the clock stands %v ahead, want %v", ahead, test.ahead)
			}
			if err == nil && got.Location() != time.UTC {
				t.Errorf("the clock is of %v, want UTC", got.Location())
			}
		})
	}
}

func TestPauseEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 { // jitter may be nothing at all
		if err := Pause(ctx, 100); errors.Is(err, context.Canceled) {
			return
		}
	}
	t.Error("Pause never notices that its context is over")
}

func TestPauseIsShortAndBounded(t *testing.T) {
	start := time.Now()
	for attempt := range 3 {
		if err := Pause(t.Context(), attempt); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("three pauses took %v; the longest may be 20+40+80 ms", took)
	}
}
