package flow_test

import (
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/flow"
)

// What went wrong in other desks, each as a test by its name.

func september(day int) calendar.Date {
	return calendar.Date{Year: 2026, Month: time.September, Day: day}
}

// pausedFrom is a P3 in soporte's hands since Tuesday 9:00, asked about at one
// moment and answered at another.
func pausedFrom(t tester, from, to time.Time) *bench {
	b := held85(t, userHQ)
	b.now = from
	b.do(support, desk.ActAsk, "question", "¿?")
	b.now = to
	b.do(userHQ, desk.ActComment, "message", "Sí.")
	return b
}

func TestPriorityChangedWhilePaused(t *testing.T) {
	b := held85(t, userHQ)
	b.now = tuesday(11, 0)
	b.do(support, desk.ActAsk, "question", "¿?")
	b.now = tuesday(15, 0)
	d := b.do(assigner, desk.ActSetPriority, "priority", "1") // 4 hours, 2 of them used
	wantState(t, b, desk.WaitingUser)
	if len(d.Open)+len(d.Move)+len(d.Settle) != 0 {
		t.Errorf("the pause moved: %+v", d)
	}
	b.now = tuesday(16, 0)
	b.do(userHQ, desk.ActComment, "message", "Sí.")
	wantDue(t, b, workday(1, 9, 0)) // 1 h 30 min today, the rest tomorrow
	wantTold(t, b, 75, tuesday(17, 0))
	wantTold(t, b, 100, workday(1, 9, 0))
}

// A level that fires at 00:00: no step of any target ever falls outside working
// time, on the closing of a day at most.
func TestNoLevelFiresAtMidnight(t *testing.T) {
	for _, priority := range []string{"1", "2", "3", "4"} {
		for start := tuesday(8, 30); start.Before(workday(5, 17, 30)); start = start.Add(97 * time.Minute) {
			b := newBench(t, userUT)
			b.now = start
			open85(b)
			b.do(expertUT, desk.ActSetPriority, "priority", priority)
			for range 5 {
				b.ring(desk.WaitLevel)
				if c := b.calendar; !c.IsWorking(b.now) && !c.IsWorking(b.now.Add(-time.Second)) {
					t.Fatalf("P%s of %v rang at %v", priority, start.In(desk.Lima), b.now.In(desk.Lima))
				}
			}
		}
	}
}

// Days against hours: 40 working hours are five days of eight, not forty hours
// and not five days of twenty-four.
func TestFortyHoursAreFiveWorkingDays(t *testing.T) {
	b := held85(t, userHQ)
	b.do(assigner, desk.ActSetPriority, "priority", "4")
	wantDue(t, b, workday(7, 9, 0)) // Tuesday to Tuesday
	if got := b.calendar.WorkingBetween(tuesday(9, 0), b.due()); got != 40*time.Hour {
		t.Errorf("%v of working time", got)
	}
}

// A merged ticket that still escalates: what goes with a mass incident waits for
// nothing of its own; separated it goes on with the time it had left.
func TestJoinedCaseDoesNotEscalate(t *testing.T) {
	b := held85(t, userHQ)
	id := b.wait(desk.WaitLevel).ID
	b.now = tuesday(11, 0)
	b.do(deskOne, desk.ActJoin, "parent", string(massIncident().Number))
	if len(b.waits) != 0 {
		t.Fatalf("joined, it waits for %s", waitNames(b.waits))
	}
	b.now = workday(4, 11, 0)
	if d := b.overdue(id); len(d.Events)+len(d.Notices) != 0 {
		t.Errorf("a late timer did %s", eventNames(d.Events))
	}
	if _, ok := flow.Count(b.ticket, b.facts(userHQ, nil)); ok {
		t.Error("joined, a target of its own counts down")
	}
	b.do(deskOne, desk.ActSeparate, "reason", "Es otra cosa.")
	wantDue(t, b, b.calendar.AddWorking(b.now, 14*time.Hour))
	wantTold(t, b, 50, b.calendar.AddWorking(workday(4, 11, 0), 6*time.Hour))
}

// A holiday declared while the target runs moves it; the stored date rings, and
// nobody hears of it.
func TestHolidayAddedAfterwardsMovesTheDate(t *testing.T) {
	b := held85(t, userHQ)
	wantDue(t, b, workday(2, 9, 0))
	stored := b.wait(desk.WaitLevel)
	b.calendar = b.calendar.WithDaysOff(september(16))
	wantDue(t, b, workday(3, 9, 0))
	b.now = stored.WakeAt
	d := b.overdue(stored.ID)
	wantEvents(t, d, "")
	wantMails(t, d, "")
	wantTold(t, b, 50, workday(2, 9, 0)) // Thursday
}

// A holiday found out later, on a day on which work was stopped anyway, gives no
// time twice: what a stop was worth is not kept with it.
func TestHolidayAddedAfterwardsOnAPausedDay(t *testing.T) {
	b := pausedFrom(t, tuesday(11, 0), workday(2, 11, 0)) // Tuesday to Thursday
	wantDue(t, b, workday(6, 9, 0))                       // Monday
	b.calendar = b.calendar.WithDaysOff(september(16))
	wantDue(t, b, workday(6, 9, 0)) // the same: nobody worked on it that day
	b.calendar = calendar.Default().WithDaysOff(september(18))
	wantDue(t, b, workday(7, 9, 0))
}

// Another calendar, of a unit whose hours change: every date is counted by the
// hours that hold.
func TestCalendarChangedWhileTheTargetRuns(t *testing.T) {
	b := held85(t, userHQ)
	var week calendar.Week
	for day := time.Monday; day <= time.Friday; day++ {
		week[day] = []calendar.Interval{{Opens: calendar.At(9, 0), Closes: calendar.At(13, 0)}}
	}
	short, err := calendar.New(week)
	if err != nil {
		t.Fatal(err)
	}
	b.calendar = short // four hours a day
	b.do(support, desk.ActNote, "message", "x")
	wantDue(t, b, workday(3, 13, 0))
	b.calendar = calendar.Default()
	d := b.do(support, desk.ActNote, "message", "y")
	if waitNames(d.Move) != "level#2" { // earlier again: the machine hears of it
		t.Errorf("moved %q", waitNames(d.Move))
	}
	wantDue(t, b, workday(2, 9, 0))
}

// A change of the targets that loses the pause.
func TestChangeOfTargetKeepsThePause(t *testing.T) {
	b := pausedFrom(t, tuesday(11, 0), tuesday(16, 0)) // 2 hours used, 4 h stopped
	b.policy.Targets = map[desk.Priority]flow.Target{3: {Response: time.Hour, Solution: 8 * time.Hour}}
	wantDue(t, b, workday(1, 13, 0)) // 1 h 30 min + 4 h 30 min
	b.policy.LevelTargets = map[desk.Level]map[desk.Priority]flow.Target{2: {3: {Solution: 24 * time.Hour}}}
	wantDue(t, b, b.calendar.AddWorking(tuesday(16, 0), 22*time.Hour))
}

// What was told stays told when the target changes, and what was not is not lost.
func TestChangeOfTargetLosesNoStepAndTellsNoneTwice(t *testing.T) {
	b := held85(t, userHQ)
	wantTold(t, b, 50, workday(1, 9, 0)) // 8 of 16 hours
	d := b.do(assigner, desk.ActSetPriority, "priority", "1")
	wantCalls(t, d, "resume escalation 1 level#2") // its 4 hours are long over
	if d := b.overdue("level#2"); shareOf(d) != 100 || len(d.Notices) != 2 {
		t.Errorf("told %d %%, mails %q", shareOf(d), mailNames(d.Notices))
	}
	b.do(assigner, desk.ActSetPriority, "priority", "4")
	wantTold(t, b, 100, workday(7, 9, 0)) // it comes anew, and nothing is told before
	wantTold(t, b, 100, workday(8, 8, 30))
	b = held85(t, userHQ)
	wantTold(t, b, 50, workday(1, 9, 0))
	b.do(assigner, desk.ActSetPriority, "priority", "4")
	wantTold(t, b, 75, b.calendar.AddWorking(tuesday(9, 0), 30*time.Hour))
}

// A pause between two steps repeats none of them.
func TestPauseTellsNoStepTwice(t *testing.T) {
	b := held85(t, userHQ)
	wantTold(t, b, 50, workday(1, 9, 0))
	b.now = workday(1, 10, 0)
	b.do(support, desk.ActAsk, "question", "¿?")
	b.now = workday(1, 15, 0)
	b.do(userHQ, desk.ActComment, "message", "Sí.")
	wantTold(t, b, 75, b.calendar.AddWorking(b.now, 3*time.Hour))
}

func TestReopenedTicketBeginsItsTargetAnew(t *testing.T) {
	b := pausedFrom(t, tuesday(11, 0), tuesday(16, 0))
	b.ringTarget()
	b.do(support, desk.ActClose, closing()...)
	b.now = workday(9, 9, 0)
	b.do(userHQ, desk.ActReopen, "message", "Sigue fallando.")
	if b.ticket.Warned != 0 || b.ticket.Stops != 0 {
		t.Errorf("reopened with %d %% told and %d stops", b.ticket.Warned, b.ticket.Stops)
	}
	wantDue(t, b, workday(13, 9, 0)) // 16 hours, nothing given back for the old pause
	wantTold(t, b, 50, workday(10, 9, 0))
}

// An approval that a case comes to need while it is worked on stops its time.
func TestApprovalStopsTheTarget(t *testing.T) {
	b := held85(t, userHQ)
	b.now = tuesday(11, 0)
	b.do(deskOne, desk.ActReclassify, "service", "sigo", "flow", "8.1", "reason", "Es un incidente.")
	b.now = workday(3, 11, 0)
	b.do(headUO, desk.ActApprove)
	b.do(developer, desk.ActTake)
	stops := flow.Stops(b.records)
	if len(stops) != 1 || stops[0].Why != desk.PendingApproval || !stops[0].From.Equal(tuesday(11, 0)) || !stops[0].To.Equal(workday(3, 11, 0)) {
		t.Errorf("stops %+v", stops)
	}
	wantDue(t, b, b.calendar.AddWorking(b.now, 14*time.Hour))
}

// A provider stops it too, however long; so does a stop that follows another.
func TestEveryStopIsLeftOut(t *testing.T) {
	b := atLevel5(t)
	b.policy.Warnings = nil
	began := b.ticket.WorkAt
	left := flow.GoalOf(b.ticket, b.policy).Time - b.calendar.WorkingBetween(began, b.now)
	b.do(vendors, desk.ActVendorCase, vendorCase()...)
	b.now = b.now.Add(40 * 24 * time.Hour)
	b.do(vendors, desk.ActVendorAnswer, "result", "Cambiaron la pieza.")
	b.do(vendors, desk.ActAsk, "question", "¿Funciona?")
	b.now = b.now.Add(40 * 24 * time.Hour)
	b.do(b.requester, desk.ActComment, "message", "Sí.")
	wantDue(t, b, b.calendar.AddWorking(b.now, left))
	if got := flow.Stops(b.records); len(got) != 2 || got[0].Why != desk.WaitingVendor || got[1].Why != desk.WaitingUser {
		t.Errorf("stops %+v", got)
	}
}

// The clock beyond the end of a year: New Year's Day is no working day of the next.
func TestTargetBeyondTheEndOfTheYear(t *testing.T) {
	b := newBench(t, userHQ)
	b.now = time.Date(2026, 12, 31, 16, 30, 0, 0, desk.Lima).UTC() // a Thursday
	open85(b)
	hold(b)
	b.do(assigner, desk.ActSetPriority, "priority", "1")
	wantDue(t, b, time.Date(2027, 1, 4, 11, 30, 0, 0, desk.Lima))
	wantExplained(t, b,
		"work 31/12 16:30 a 31/12 17:30 1h0m0s 1h0m0s",
		"off 01/01 00:00 a 02/01 00:00 Año Nuevo",
		"off 02/01 00:00 a 04/01 00:00",
		"work 04/01 08:30 a 04/01 11:30 3h0m0s 4h0m0s")
}
