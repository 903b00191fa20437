// Package lambdaio is the edge between the Lambda runtime and the desk:
// logging, the business clock, and the one function that turns an error into
// the name a state machine can catch.
//
// Error context lives inside as wrapped errors; it is logged once, here, and
// does not cross: a caller sees a code, a person a Spanish sentence.
package lambdaio

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda/messages"

	"mesa/shared/desk"
)

// Log sends structured JSON lines to the function's log: level and timestamp
// as Lambda expects them, no personal data by habit of the callers.
func Log(function string) *slog.Logger {
	l := slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: rename})).With("function", function)
	slog.SetDefault(l)
	return l
}

// rename gives the time its Lambda name.
func rename(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey {
		a.Key = "timestamp"
	}
	return a
}

// OffsetReader reads how far the local business clock stands ahead.
type OffsetReader interface {
	Offset(ctx context.Context) (time.Duration, error)
}

// Clock is the business clock: the wall clock, plus the offset of item S#clock
// where a person may move it (config.Values.Local).
func Clock(local bool, r OffsetReader) func(ctx context.Context) (time.Time, error) {
	if !local {
		return func(context.Context) (time.Time, error) { return time.Now().UTC(), nil }
	}
	return func(ctx context.Context) (time.Time, error) {
		offset, err := r.Offset(ctx)
		return time.Now().UTC().Add(offset), err
	}
}

// Wall is the true time: for tokens, sessions and the listing of executions.
func Wall() time.Time { return time.Now().UTC() }

// Pause waits between attempts of a lost race: full jitter, doubling from
// 20 ms, or until ctx ends.
func Pause(ctx context.Context, attempt int) error {
	limit := 20 * time.Millisecond << min(attempt, 6)
	t := time.NewTimer(time.Duration(rand.Int64N(int64(limit) + 1)))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// Fail logs err once and returns what the runtime reports: the type is the
// code, since aws-lambda-go would report the outermost Go type, which no Catch
// could name.
func Fail(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	kind := "Internal"
	if code := desk.CodeOf(err); code != "" {
		kind = ErrorType(code)
	}
	slog.ErrorContext(ctx, "failed", "type", kind, "error", err.Error())
	if errors.Is(err, context.DeadlineExceeded) {
		kind = "TimedOut"
	}
	return messages.InvokeResponse_Error{Type: kind, Message: kind}
}

// ErrorType is the name under which a code leaves a function: "desk.NotFound".
func ErrorType(code desk.Code) string {
	names := map[desk.Code]string{desk.Invalid: "Invalid", desk.NotFound: "NotFound", desk.Forbidden: "Forbidden", desk.Refused: "Refused",
		desk.Stale: "Stale", desk.Repeated: "Repeated", desk.Busy: "Busy"}
	return "desk." + names[code]
}
