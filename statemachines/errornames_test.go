package statemachines

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/aws/aws-lambda-go/lambda/messages"
	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/lambdaio"
)

// TestEveryErrorNameIsExplained: the README's list is the list of what may be caught.
func TestEveryErrorNameIsExplained(t *testing.T) {
	var names []string
	for _, e := range ErrorNames() {
		names = append(names, e.Name)
		if e.Raised == "" || e.Then == "" || slices.Contains(Transient(), e.Name) != (e.Then == "asks again") {
			t.Errorf("%+v", e)
		}
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(Catchable())), slices.Sorted(slices.Values(names))); diff != "" {
		t.Errorf("names (-may be caught +explained)\n%s", diff)
	}
}

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
