package endure

import (
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/flow"
)

// judged replays a ticket of a bench, after somebody changed its records.
func judged(b *desktest.Bench, id desk.TicketID, change func([]desk.Record)) ([]Firing, int) {
	b.T.Helper()
	records, err := b.Store.Records(b.T.Context(), id, 0)
	if err != nil {
		b.T.Fatal(err)
	}
	snapshot, err := b.Store.Directory(b.T.Context())
	if err != nil {
		b.T.Fatal(err)
	}
	if change != nil {
		change(records)
	}
	return firings(id, records, flow.DefaultPolicy(), snapshot.CalendarOf(b.Load(id).Ticket.Unit, b.Time()))
}

// A history in which every date was kept to the second, judged as it is and as
// somebody might have spoiled it.
func TestJudgeFindsDatesThatFiredEarlyOrLate(t *testing.T) {
	tests := []struct {
		name   string
		change func([]desk.Record)
		late   time.Duration // of the second firing
		wrong  string
	}{
		{"on time", nil, 0, ""},
		{"within its tolerance", func(r []desk.Record) { r[2].At = r[2].At.Add(Tolerance) }, Tolerance, ""},
		{"later", func(r []desk.Record) { r[2].At = r[2].At.Add(Tolerance + time.Second) }, Tolerance + time.Second, "1 fired later than 3m30s"},
		{"a second early", func(r []desk.Record) { r[2].At = r[2].At.Add(-time.Second) }, -time.Second, "1 fired early"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := desktest.NewBench(t)
			id := b.Open81()
			b.Overdue(id, "approval#1") // 4 working hours
			b.Overdue(id, "approval#1") // 8
			list, unclear := judged(b, id, test.change)
			if len(list) != 2 || unclear != 0 || list[1].Wait != "approval#1" || list[1].Late() != test.late {
				t.Fatalf("%d unclear, firings %+v", unclear, list)
			}
			var f Figures
			f.count(list)
			if f.Wrong() != test.wrong {
				t.Errorf("wrong %q, want %q", f.Wrong(), test.wrong)
			}
		})
	}
}

func TestJudgeFindsWhatNoDateExplains(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open81()
	b.Overdue(id, "approval#1")
	list, unclear := judged(b, id, func(r []desk.Record) { r[1].Events = []desk.Event{desk.NoteAdded{}} })
	if len(list) != 0 || unclear != 1 {
		t.Errorf("%d unclear, firings %+v", unclear, list)
	}
}

func TestFiguresCountEachFaultOnce(t *testing.T) {
	due := desktest.Tuesday(10, 0)
	var f Figures
	f.count(nil)
	f.count([]Firing{{"level#1", due, due}, {"level#1", due, due.Add(time.Second)}})
	f.Lost, f.Unclear, f.Missing, f.Surplus = 1, 1, 1, 1
	sum := f.Add(f)
	for _, want := range []string{"2 waits never fired", "2 fired twice", "2 dates lost", "2 acts of the clock", "2 mails missing", "2 mails sent more often"} {
		if !strings.Contains(sum.Wrong(), want) {
			t.Errorf("%q does not say %q", sum.Wrong(), want)
		}
	}
	if len(sum.Firings) != 4 || sum.late(100) != time.Second || sum.late(50) != time.Second || (Figures{}).late(50) != 0 {
		t.Errorf("figures %s", sum)
	}
}

// The same seed makes the same waits and moments, so that a failure can be played again.
func TestARunCanBeRepeated(t *testing.T) {
	dates := []time.Time{desktest.Tuesday(10, 0), desktest.Tuesday(12, 0), desktest.Tuesday(15, 30)}
	first, again := newRun(nil, Options{Waits: 1, Restarts: 9, Seed: 7}), newRun(nil, Options{Waits: 1, Restarts: 9, Seed: 7})
	a, b := first.moments(dates[0], dates), again.moments(dates[0], dates)
	if len(a) != 9 || kinds(first.random).name != kinds(again.random).name {
		t.Errorf("moments %v", a)
	}
	for i := range a {
		if !a[i].Equal(b[i]) || a[i].Before(dates[0]) || i > 0 && a[i].Before(a[i-1]) {
			t.Errorf("moment %d: %v and %v", i, a[i], b[i])
		}
	}
}
