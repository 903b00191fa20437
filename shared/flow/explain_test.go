package flow_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/flow"
)

// explained are the stretches in the short form in which the tests read.
func explained(t *testing.T, b *bench) []string {
	t.Helper()
	e, ok := flow.Explain(b.ticket, b.facts(userHQ, nil), b.records)
	if !ok {
		t.Fatal("nothing to explain")
	}
	const layout = "02/01 15:04"
	var lines []string
	for _, s := range e.Stretches {
		line := fmt.Sprintf("%s %s", s.Kind, s.From.In(desk.Lima).Format(layout))
		if !s.To.IsZero() {
			line += " a " + s.To.In(desk.Lima).Format(layout)
		}
		switch s.Kind {
		case flow.StretchWork:
			line += fmt.Sprintf(" %v %v", s.Worked, s.Total)
		case flow.StretchStop:
			line += fmt.Sprintf(" %s %d-%d", s.Stop.Why, s.Stop.Seq, s.Stop.End)
		case flow.StretchOff:
			line += " " + s.Off
		}
		lines = append(lines, strings.TrimSpace(line))
	}
	return lines
}

func wantExplained(t *testing.T, b *bench, want ...string) {
	t.Helper()
	if got := strings.Join(explained(t, b), "\n"); got != strings.Join(want, "\n") {
		t.Errorf("explained as\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

func TestExplainWalksEveryHourOfATarget(t *testing.T) {
	b := held85(t, userHQ) // P3: 16 hours since Tuesday 15 September, 9:00
	b.now = tuesday(10, 30)
	wantExplained(t, b,
		"work 15/09 09:00 a 15/09 13:00 4h0m0s 4h0m0s",
		"work 15/09 14:00 a 15/09 17:30 3h30m0s 7h30m0s",
		"work 16/09 08:30 a 16/09 13:00 4h30m0s 12h0m0s",
		"work 16/09 14:00 a 16/09 17:30 3h30m0s 15h30m0s",
		"work 17/09 08:30 a 17/09 09:00 30m0s 16h0m0s")
	e, _ := flow.Explain(b.ticket, b.facts(userHQ, nil), b.records)
	if e.Why != desk.BecauseOpened || e.Began != 1 || e.Goal.Kind != flow.GoalSolution || len(e.Steps) != 3 || !e.Due.Equal(workday(2, 9, 0)) {
		t.Errorf("explanation %+v", e)
	}
}

func TestExplainNamesHolidaysWeekendsAndStops(t *testing.T) {
	b := held85(t, userHQ)
	b.now = tuesday(11, 0)
	b.do(support, desk.ActAsk, "question", "¿?")
	b.now = tuesday(16, 0)
	b.do(userHQ, desk.ActComment, "message", "Sí.")
	b.calendar = b.calendar.WithDaysOff(calendar.Date{Year: 2026, Month: time.September, Day: 17}, calendar.Date{Year: 2026, Month: time.September, Day: 18})
	wantExplained(t, b,
		"work 15/09 09:00 a 15/09 11:00 2h0m0s 2h0m0s",
		"stop 15/09 11:00 a 15/09 16:00 waiting-requester 4-5",
		"work 15/09 16:00 a 15/09 17:30 1h30m0s 3h30m0s",
		"work 16/09 08:30 a 16/09 13:00 4h30m0s 8h0m0s",
		"work 16/09 14:00 a 16/09 17:30 3h30m0s 11h30m0s",
		"off 17/09 00:00 a 19/09 00:00 Día no laborable",
		"off 19/09 00:00 a 21/09 00:00",
		"work 21/09 08:30 a 21/09 13:00 4h30m0s 16h0m0s")
}

func TestExplainWhileItWaitsTellsWhatWasUsed(t *testing.T) {
	b := held85(t, userHQ)
	b.now = tuesday(11, 0)
	b.do(support, desk.ActAsk, "question", "¿?")
	b.now = workday(3, 11, 0)
	wantExplained(t, b, "work 15/09 09:00 a 15/09 11:00 2h0m0s 2h0m0s", "stop 15/09 11:00 waiting-requester 4-0")
	e, _ := flow.Explain(b.ticket, b.facts(userHQ, nil), b.records)
	if !e.Stopped || e.Left != 14*time.Hour || len(e.Steps) != 0 || !e.Due.IsZero() {
		t.Errorf("explanation %+v", e)
	}
}

func TestExplainSaysHowItBegan(t *testing.T) {
	tests := map[string]struct {
		make func(tester) *bench
		why  desk.LevelReason
		act  int
		kind flow.GoalKind
	}{
		"a request, not taken": {func(t tester) *bench { b := newBench(t, userUT); open85(b); return b }, desk.BecauseOpened, 1, flow.GoalResponse},
		"a contact":            {func(t tester) *bench { return contact(t, userHQ) }, desk.BecauseOpened, 1, flow.GoalResponse},
		"assigned upwards, response": {func(t tester) *bench {
			b := newBench(t, userHQ)
			open85(b)
			b.do(assigner, desk.ActAssign, "person", string(support))
			return b
		}, desk.BecauseAssigned, 2, flow.GoalResponse},
		"approved": {func(t tester) *bench { return atLevel3(t, userUT) }, desk.BecauseApproved, 3, flow.GoalSolution},
		"reopened": {func(t tester) *bench {
			b := held85(t, userHQ)
			b.do(support, desk.ActClose, closing()...)
			b.now = workday(9, 9, 0)
			b.do(userHQ, desk.ActReopen, "message", "Sigue fallando.")
			return b
		}, desk.BecauseReopened, 5, flow.GoalSolution},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			b := test.make(t)
			e, ok := flow.Explain(b.ticket, b.facts(userHQ, nil), b.records)
			if !ok || e.Why != test.why || e.Began != test.act || e.Goal.Kind != test.kind {
				t.Errorf("explained %v: began by %q in act %d, %s", ok, e.Why, e.Began, e.Goal.Kind)
			}
		})
	}
}

// The oracle counts minutes one by one; it knows neither AddWorking nor the way
// in which an explanation is made.
func TestTheExplanationIsTheDateOnTheClockAndTheMinutesCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := stoppedSomehow(t)
		f := b.facts(userHQ, nil)
		e, ok := flow.Explain(b.ticket, f, b.records)
		if !ok {
			t.Fatal("nothing to explain")
		}
		sum, last := time.Duration(0), e.Goal.Since
		for _, s := range e.Stretches {
			sum += s.Worked
			if s.Total != sum || s.From.Before(last) && s.Kind != flow.StretchOff {
				t.Fatalf("stretch %+v after %v with %v so far", s, last, sum)
			}
			if s.Kind != flow.StretchOff {
				last = s.To
			}
		}
		if !e.Due.Equal(flow.LevelDue(b.ticket, f)) || sum != e.Goal.Time || !last.Equal(e.Due) {
			t.Fatalf("%v counted until %v; the target is %v until %v, the clock says %v", sum, last, e.Goal.Time, e.Due, flow.LevelDue(b.ticket, f))
		}
		if want := countMinutes(b.calendar, e.Goal, flow.Stops(b.records)); !want.Equal(e.Due) {
			t.Fatalf("counting minutes it is due at %v, not %v", want.In(desk.Lima), e.Due.In(desk.Lima))
		}
		if b.ticket.Warned < desk.WholeTarget && b.ticket.LevelAt.Open() {
			if w := b.wait(desk.WaitLevel).WakeAt; w.After(e.Due) && e.Due.After(b.ticket.LevelAt.At) {
				t.Fatalf("the clock sleeps until %v over a target that ends at %v", w, e.Due)
			}
		}
	})
}

// stoppedSomehow is a case in somebody's hands with any number of questions
// behind it, other priorities and other days off.
func stoppedSomehow(t *rapid.T) *bench {
	b := newBench(t, rapid.SampledFrom([]desk.PersonID{userHQ, userUT}).Draw(t, "requester"))
	b.now = b.now.Add(time.Duration(rapid.IntRange(0, 10*24*60).Draw(t, "opened")) * time.Minute)
	open85(b)
	hold(b)
	holder := b.ticket.Assignee
	for range rapid.IntRange(0, 4).Draw(t, "questions") {
		pass(t, b)
		b.do(holder, desk.ActAsk, "question", "¿?")
		pass(t, b)
		b.do(b.requester, desk.ActComment, "message", "Sí.")
	}
	if p := rapid.SampledFrom([]string{"1", "2", "4"}).Draw(t, "priority"); rapid.Bool().Draw(t, "other priority") {
		b.do(assigner, desk.ActSetPriority, "priority", p)
	}
	if rapid.Bool().Draw(t, "holiday") {
		b.calendar = b.calendar.WithDaysOff(calendar.DateOf(b.now).AddDays(rapid.IntRange(-5, 5).Draw(t, "day off")))
		b.do(holder, desk.ActNote, "message", "x")
	}
	return b
}

func pass(t *rapid.T, b *bench) {
	b.now = b.now.Add(time.Duration(rapid.IntRange(1, 2*24*60).Draw(t, "minutes")) * time.Minute)
}

// countMinutes is when so many working minutes have passed outside every stop.
func countMinutes(c calendar.Calendar, g flow.Goal, stops []flow.Stop) time.Time {
	at := g.Since
	for left := g.Time; left > 0; at = at.Add(time.Minute) {
		stopped := false
		for _, s := range stops {
			stopped = stopped || !at.Before(s.From) && (s.To.IsZero() || at.Before(s.To))
		}
		if c.IsWorking(at) && !stopped {
			left -= time.Minute
		}
	}
	return at
}
