package dynamo_test

import (
	"testing"
	"time"

	"mesa/shared/desk"
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

// Whose desk it is is believed for a minute, too.
func TestInstitutionIsReadOnceAMinute(t *testing.T) {
	l := &line{}
	table := mustMakeTable(t)
	s, writer := dynamo.New(newClient(t, l), table), dynamo.New(newClient(t, nil), table)
	at := desktest.Wednesday()
	phone := func(at time.Time) string {
		t.Helper()
		i, err := s.Institution(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		return i.Phone
	}
	first := phone(at)
	changed := desk.PNAEQW()
	changed.Phone = "anexo 999"
	if err := writer.SetInstitution(t.Context(), changed, at.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got := phone(at.Add(59 * time.Second)); got != first || l.count("Query") != 1 {
		t.Errorf("within the minute: %s after %d queries", got, l.count("Query"))
	}
	if got := phone(at.Add(time.Minute)); got != changed.Phone {
		t.Errorf("after the minute: %s", got)
	}
	changed.Phone = "anexo 111"
	if err := s.SetInstitution(t.Context(), changed, at); err != nil {
		t.Fatal(err)
	}
	if got := phone(at.Add(61 * time.Second)); got != changed.Phone {
		t.Errorf("who sets it sees it at once, not %s", got)
	}
}
