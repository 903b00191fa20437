package flow

import (
	"time"

	"mesa/shared/desk"
)

// Waits returns every date the ticket waits for, a pure function of the
// ticket, the calendar and the policy. An open wait always has a date: after a
// policy's last step it is the next working day's opening.
func Waits(t desk.Ticket, f Facts) []desk.Wait {
	var waits []desk.Wait
	add := func(kind desk.WaitKind, m desk.Mark, wake time.Time, w desk.Wait) {
		w.ID, w.Round, w.WakeAt = desk.NewWaitID(kind, m.Seq), m.Round, wholeSecond(wake)
		waits = append(waits, w)
	}
	if t.StageAt.Open() {
		add(desk.WaitApproval, t.StageAt, approvalWake(t, f), desk.Wait{Stage: t.Stage, Asked: t.Asked})
	}
	if t.LevelAt.Open() {
		add(desk.WaitLevel, t.LevelAt, levelWake(t, f), desk.Wait{Level: t.Level})
	}
	if t.PauseAt.Open() {
		add(desk.WaitPaused, t.PauseAt, pauseWake(t, f), desk.Wait{Level: t.Level, Vendor: t.State == desk.WaitingVendor})
	}
	if t.GearAt.Open() {
		kind, wake := gearWait(t, f)
		add(kind, t.GearAt, wake, desk.Wait{})
	}
	if t.RegularAt.Open() {
		add(desk.WaitRegularise, t.RegularAt, f.Calendar.NextDayOpening(last(t.RegularAt)), desk.Wait{})
	}
	if t.DataAt.Open() {
		add(desk.WaitData, t.DataAt, repeated(t.DataAt, f, f.Policy.MissingData), desk.Wait{})
	}
	if t.VerifyAt.Open() {
		add(desk.WaitVerification, t.VerifyAt, VerifyUntil(t, f), desk.Wait{})
	}
	return waits
}

// VerifyUntil is when the window of verification ends: a local policy (R87).
func VerifyUntil(t desk.Ticket, f Facts) time.Time {
	return f.Calendar.AddWorking(t.VerifyAt.At, f.Policy.Verification)
}

// wholeSecond rounds up, so that a stored date is never before the real one.
func wholeSecond(t time.Time) time.Time {
	if r := t.Truncate(time.Second); !r.Equal(t) {
		return r.Add(time.Second).UTC()
	}
	return t.UTC()
}

// last is when the wait was last touched.
func last(m desk.Mark) time.Time {
	if m.StepAt.After(m.At) {
		return m.StepAt
	}
	return m.At
}

// approvalWake: the policy's steps count from the opening of the stage; Round
// is one more than the steps done or passed over.
func approvalWake(t desk.Ticket, f Facts) time.Time {
	done := t.StageAt.Round - 1
	if len(t.Asked) > 0 && done < len(f.Policy.Approval) {
		if due := f.Calendar.AddWorking(t.StageAt.At, f.Policy.Approval[done].After); due.After(last(t.StageAt)) {
			return due
		}
	}
	return f.Calendar.NextDayOpening(last(t.StageAt))
}

// repeated: after some working time, then each working day.
func repeated(m desk.Mark, f Facts, every time.Duration) time.Time {
	if m.Round == 1 {
		return f.Calendar.AddWorking(m.At, every)
	}
	return f.Calendar.NextDayOpening(last(m))
}

// pauseWake: a question is repeated after some working time, a provider's answer
// is asked for when they said it would come.
func pauseWake(t desk.Ticket, f Facts) time.Time {
	if t.State == desk.WaitingVendor {
		return vendorWake(t, f)
	}
	return repeated(t.PauseAt, f, f.Policy.Questions)
}
