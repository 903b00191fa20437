package dynamo_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
	"mesa/shared/dynamo"
)

// many is the small directory with people enough for several transactions.
func many(unit desk.UnitID) directory.Records {
	r := desktest.Records()
	for n := range 150 {
		r.People = append(r.People, directory.Person{ID: desk.PersonID(fmt.Sprintf("P-9%03d", n)), Name: "Persona", Unit: unit, Emails: []string{fmt.Sprintf("p%d@qw.gob.pe", n)}})
	}
	return r
}

// An import that dies between two transactions has changed nothing; the next
// one, of other records, is what it says and nothing of the dead one.
func TestImportThatDiesChangesNothing(t *testing.T) {
	table := mustMakeTable(t)
	healthy := dynamo.New(newClient(t, nil), table)
	before := many(desktest.TheUT)
	if err := healthy.SaveDirectory(t.Context(), before, 0); err != nil {
		t.Fatal(err)
	}
	l := &line{answer: dieFrom(2)} //nolint:bodyclose // a line that fails has none
	if err := dynamo.New(newClient(t, l), table, dynamo.WithSleep(new(naps).sleep)).SaveDirectory(t.Context(), many(desktest.TheUnit), 1); err == nil {
		t.Fatal("the import did not die")
	}
	for name, s := range map[string]*dynamo.Store{"a reader that knew the directory": healthy, "a reader that begins now": dynamo.New(newClient(t, nil), table)} {
		got, revision, err := s.LoadDirectory(t.Context())
		if changes := directory.Compare(before, got); len(changes) > 0 || revision != 1 || err != nil {
			t.Errorf("%s sees revision %d, %v: %d changes", name, revision, err, len(changes))
		}
	}
	next := many(desktest.TheUT)
	next.People = next.People[:100]
	if err := healthy.SaveDirectory(t.Context(), next, 1); err != nil {
		t.Fatal(err)
	}
	got, revision, err := healthy.LoadDirectory(t.Context())
	if changes := directory.Compare(next, got); len(changes) > 0 || revision != 2 || err != nil {
		t.Errorf("after the next import: revision %d, %v: %v", revision, err, changes)
	}
}

// dieFrom breaks the line at the n-th transaction and for ever after.
func dieFrom(n int) func(string, int, string) (*http.Response, error) {
	return func(operation string, call int, _ string) (*http.Response, error) {
		if operation == "TransactWriteItems" && call >= n {
			return nil, errors.New("the process died here")
		}
		return nil, nil
	}
}

// Asking who is who costs one read of the revision until it moves.
func TestDirectoryIsReadAgainOnlyWhenItMoved(t *testing.T) {
	l := &line{}
	table := mustMakeTable(t)
	s, writer := dynamo.New(newClient(t, l), table), dynamo.New(newClient(t, nil), table)
	if err := writer.SaveDirectory(t.Context(), desktest.Records(), 0); err != nil {
		t.Fatal(err)
	}
	ask := func() (queries int) {
		t.Helper()
		was := l.count("Query")
		if _, err := s.Directory(t.Context()); err != nil {
			t.Fatal(err)
		}
		return l.count("Query") - was
	}
	if ask() == 0 || ask() != 0 {
		t.Errorf("queries: %v", l.calls)
	}
	r := desktest.Records()
	r.People[0].Phone = "1234"
	if err := writer.SaveDirectory(t.Context(), r, 1); err != nil {
		t.Fatal(err)
	}
	if ask() == 0 {
		t.Error("a directory that moved was not read")
	}
}
