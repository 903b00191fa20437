package httpapi_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"testing"

	"mesa/shared/directory"
	"mesa/shared/work"
)

// TestMain keeps the handlers' log out of the tests' output.
func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	os.Exit(m.Run())
}

// cachedDirectory is the directory as the table's adapter gives it: read anew
// only when its revision moved, so what is measured is the handler.
type cachedDirectory struct{ snapshot work.Snapshot }

func (c cachedDirectory) Directory(context.Context) (work.Snapshot, error) { return c.snapshot, nil }

func newBench(b *testing.B) *fixture {
	b.Helper()
	f := newFixture(b)
	if err := f.store.PublishCatalogue(b.Context(), directory.First()); err != nil {
		b.Fatal(err)
	}
	snapshot, err := f.store.Directory(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	f.useAll(f.store, cachedDirectory{snapshot}, f.store)
	return f
}

// bench repeats one request; aims are CPU per operation without a network.
func (f *fixture) bench(b *testing.B, want int, q func(i int) request) {
	b.Helper()
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		i++
		if r := f.raw(b, q(i)); r.status != want {
			b.Fatalf("%d %s", r.status, r.body)
		}
	}
}

// BenchmarkCreate: aim ≤ 2 ms.
func BenchmarkCreate(b *testing.B) {
	newBench(b).bench(b, http.StatusCreated, func(i int) request {
		return request{method: "POST", target: "/v1/tickets", who: requester, body: form85, header: map[string]string{"Idempotency-Key": fmt.Sprint(i)}}
	})
}

// BenchmarkRead: aim ≤ 0.5 ms.
func BenchmarkRead(b *testing.B) {
	f := newBench(b)
	s := f.closed(b, "closed")
	f.bench(b, http.StatusOK, func(int) request {
		return request{method: "GET", target: "/v1/tickets/" + s.Number, who: assigner}
	})
}

// BenchmarkList50: aim ≤ 2 ms.
func BenchmarkList50(b *testing.B) {
	f := newBench(b)
	f.openMany(b, requester, 50)
	f.bench(b, http.StatusOK, func(int) request {
		return request{method: "GET", target: "/v1/tickets?queue=mesa-de-ayuda:1&limit=50", who: assigner}
	})
}
