package flow_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/flow"
)

// redate stores the dates that an act without an event set right.
func (b *bench) redate(moved []desk.Wait) {
	b.t.Helper()
	for _, w := range moved {
		for i, old := range b.waits {
			if old.ID != w.ID {
				continue
			}
			b.waits[i].WakeAt = w.WakeAt
			if diff := cmp.Diff(b.waits[i], w); diff != "" {
				b.t.Fatalf("dated anew, more than the date changed (-want +got):\n%s", diff)
			}
		}
	}
}

// holidays of September 2026, declared while something waits.
func holidays(days ...int) []calendar.Date {
	var list []calendar.Date
	for _, d := range days {
		list = append(list, calendar.Date{Year: 2026, Month: time.September, Day: d})
	}
	return list
}

// A holiday declared while a date waits: what was due on it, or counted over it,
// is not due yet. Nobody is reminded early, nothing is written of the ticket, and
// the stored date moves to the true one, at which all happens as ever.
func TestAHolidayAddedAfterwardsFiresNothingEarly(t *testing.T) {
	for name, test := range map[string]struct {
		make func(t *testing.T) *bench
		kind desk.WaitKind
		then string
	}{
		"a stage, at its second step": {func(t *testing.T) *bench {
			b := openedAt(t, userUT, tuesday(9, 30))
			b.ring(desk.WaitApproval)
			return b
		}, desk.WaitApproval, "ApprovalReminded ApprovalPassedOn"},
		"a level": {func(t *testing.T) *bench { return held85(t, userHQ) }, desk.WaitLevel, "WaitReminded"},
		"a level that climbs": {func(t *testing.T) *bench {
			b := newBench(t, userHQ)
			b.policy.Warnings = nil
			open85(b)
			return b
		}, desk.WaitLevel, "LevelEntered"},
		"a question": {func(t *testing.T) *bench {
			b := held85(t, userHQ)
			b.do(support, desk.ActAsk, "question", "¿Cuál?")
			return b
		}, desk.WaitPaused, "WaitReminded"},
	} {
		t.Run(name, func(t *testing.T) {
			b := test.make(t)
			before, id := b.wait(test.kind).WakeAt, b.wait(test.kind).ID
			b.calendar = b.calendar.WithDaysOff(calendar.DateOf(before))
			b.now = before
			d := b.overdue(id)
			if len(d.Events)+len(d.Notices) != 0 {
				t.Fatalf("on the day that became a holiday: %v, mails %q", d.Events, mailNames(d.Notices))
			}
			after := b.wait(test.kind).WakeAt
			if !after.After(before) || !calendar.DateOf(before).Before(calendar.DateOf(after)) || !b.calendar.IsWorking(after.Add(-time.Second)) && !b.calendar.IsWorking(after) {
				t.Errorf("the date moved from %v to %v", before, after)
			}
			b.now = after.Add(-time.Second)
			if d = b.overdue(id); len(d.Events) != 0 || !b.wait(test.kind).WakeAt.Equal(after) {
				t.Errorf("a second too early: %v", d.Events)
			}
			wantEvents(t, b.ring(test.kind), test.then)
		})
	}
}

// A holiday taken back: who looks in time finds the nearer date.
func TestAHolidayTakenBackMovesDatesNearer(t *testing.T) {
	b := newBench(t, userHQ)
	b.policy.Warnings = nil
	plain := b.calendar
	b.calendar = plain.WithDaysOff(holidays(15, 16)...)
	open85(b)
	late := b.wait(desk.WaitLevel)
	b.calendar = plain
	if d := b.overdue(late.ID); len(d.Events) != 0 {
		t.Fatalf("found to be nearer, it already happened: %v", d.Events)
	}
	near := b.wait(desk.WaitLevel).WakeAt
	if want := flow.LevelDue(b.ticket, b.facts(desk.Clock, nil)); !near.Before(late.WakeAt) || !near.Equal(want) {
		t.Errorf("the date moved from %v to %v, want %v", late.WakeAt, near, want)
	}
	wantEvents(t, b.ring(desk.WaitLevel), "LevelEntered")
}

// What turns out to have been due already happens in working time, not at the
// hour of the night at which it is found out.
func TestWhatWasDueBeforeItIsFoundOutWaitsForTheOpening(t *testing.T) {
	b := newBench(t, userHQ)
	b.policy.Warnings = nil
	plain := b.calendar
	b.calendar = plain.WithDaysOff(holidays(15, 16, 17, 18)...)
	open85(b)
	id := b.wait(desk.WaitLevel).ID
	b.calendar = plain
	b.now = workday(2, 2, 0)
	if d := b.overdue(id); len(d.Events) != 0 {
		t.Fatalf("at two in the morning: %v", d.Events)
	}
	if got, want := b.wait(desk.WaitLevel).WakeAt, plain.NextOpening(b.now); !got.Equal(want) {
		t.Errorf("dated %v, want the opening %v", got, want)
	}
	wantEvents(t, b.ring(desk.WaitLevel), "LevelEntered")
}
