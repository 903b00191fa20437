package dynamo_test

import (
	"testing"
	"time"

	"mesa/shared/desktest"
	"mesa/shared/dynamo"
	"mesa/shared/flow"
)

// Catalogue and policies are believed for a minute of the asker's clock.
func TestSettingsAreReadOnceAMinute(t *testing.T) {
	l := &line{}
	table := mustMakeTable(t)
	s, writer := dynamo.New(newClient(t, l), table), dynamo.New(newClient(t, nil), table)
	at := desktest.Wednesday()
	questions := func(at time.Time) time.Duration {
		t.Helper()
		p, err := s.Policy(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		return p.Questions
	}
	first := questions(at)
	changed := flow.DefaultPolicy()
	changed.Questions = first + time.Hour
	if err := writer.SetPolicy(t.Context(), changed, at.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got := questions(at.Add(59 * time.Second)); got != first || l.count("Query") != 2 {
		t.Errorf("within the minute: %s after %d queries", got, l.count("Query"))
	}
	if got := questions(at.Add(time.Minute)); got != changed.Questions {
		t.Errorf("after the minute: %s", got)
	}
	if err := s.SetPolicy(t.Context(), flow.DefaultPolicy(), at); err != nil {
		t.Fatal(err)
	}
	if got := questions(at.Add(61 * time.Second)); got != first {
		t.Errorf("who sets it sees it at once, not %s", got)
	}
}
