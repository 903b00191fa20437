package flow

import (
	"fmt"
	"time"

	"mesa/shared/desk"
)

// Reply is what a state machine does next: the JSON of its input, of a
// callback's output and of the overdue answer.
type Reply struct {
	Next string     `json:"next"`
	Wait *ReplyWait `json:"wait,omitempty"`
}

// ReplyWait is the wait a machine is to keep. Seconds is for the machine's
// TimeoutSeconds; WakeAt says when, so that a late hand-over loses nothing.
type ReplyWait struct {
	ID      desk.WaitID `json:"id"`
	WakeAt  time.Time   `json:"wakeAt"`
	Seconds int64       `json:"seconds"`
}

// The two answers that end a machine, and the longest wait handed over: 364
// days, under the year an execution may last.
const (
	NextDone       = "done"
	NextSuperseded = "superseded"
	MaxSeconds     = 31_449_600
)

// Answer says what machine m of a ticket does next, from the open waits as
// stored at this moment. It is called when the machine speaks or is spoken to,
// so nobody carries an old truth.
func Answer(waits []desk.Wait, current desk.MachineRecord, m desk.Machine, generation int, now time.Time) Reply {
	if current.Generation != generation {
		return Reply{Next: NextSuperseded}
	}
	for _, w := range waits {
		if w.Settled || w.ID.Kind().Machine() != m {
			continue
		}
		return Reply{Next: AwaitState(w), Wait: &ReplyWait{ID: w.ID, WakeAt: w.WakeAt, Seconds: secondsUntil(w.WakeAt, now)}}
	}
	return Reply{Next: NextDone}
}

// secondsUntil is ⌈wakeAt − now⌉ within what a machine accepts.
func secondsUntil(wake, now time.Time) int64 {
	s := int64((wake.Sub(now) + time.Second - 1) / time.Second)
	return min(max(s, 1), MaxSeconds)
}

// AwaitState is the name of the state that keeps a wait.
func AwaitState(w desk.Wait) string {
	switch w.ID.Kind() {
	case desk.WaitApproval:
		return map[desk.Stage]string{desk.StageUT: "AwaitUtHead", desk.StageUO: "AwaitOrganicUnitHead", desk.StageUTI: "AwaitUtiHead"}[w.Stage]
	case desk.WaitLevel:
		return fmt.Sprintf("AwaitLevel%d", w.Level)
	case desk.WaitPaused:
		if w.Vendor {
			return "AwaitVendor"
		}
		return "AwaitRequester"
	case desk.WaitDiagnosis:
		return "AwaitDiagnosis"
	case desk.WaitCustody:
		return "AwaitCustody"
	case desk.WaitReturn:
		return "AwaitReturn"
	default:
		return ""
	}
}
