package statemachines

import (
	"context"
	"errors"
	"testing"

	"github.com/aws/aws-lambda-go/lambda/messages"

	"mesa/shared/desk"
	"mesa/shared/lambdaio"
)

// TestFunctionsEmitTheNames asks the one place where a function's errors leave it: a Catch or Retry of a name that is not emitted
// there would never match.
func TestFunctionsEmitTheNames(t *testing.T) {
	cases := []struct {
		name string
		err  error
	}{
		{DeskBusy, desk.NewProblem(desk.Busy, "", "x")},
		{DeskInvalid, desk.NewProblem(desk.Invalid, "", "x")},
		{Internal, errors.New("x")},
		{TimedOut, context.DeadlineExceeded},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			emitted, ok := errors.AsType[messages.InvokeResponse_Error](lambdaio.Fail(t.Context(), c.err))
			if !ok || emitted.Type != c.name {
				t.Errorf("%v leaves the function as %q, want %q", c.err, emitted.Type, c.name)
			}
		})
	}
}
