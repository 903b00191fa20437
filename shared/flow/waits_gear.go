package flow

import (
	"fmt"
	"time"

	"mesa/shared/desk"
)

// gearWait: the 60 minutes of 8.6.4 and their pause, then custody and return.
func gearWait(t desk.Ticket, f Facts) (desk.WaitKind, time.Time) {
	switch t.Gear {
	case desk.GearToMove:
		return desk.WaitCustody, repeated(t.GearAt, f, f.Policy.Custody)
	case desk.GearCustody:
		return desk.WaitReturn, repeated(t.GearAt, f, f.Policy.Custody)
	case desk.GearPaused:
		return desk.WaitDiagnosisPaused, repeated(t.GearAt, f, f.Policy.Custody)
	default:
		return desk.WaitDiagnosis, diagnosisDue(t, f)
	}
}

// diagnosisDue is when the 60 minutes are over: of the wall clock, or of working
// time where the policy says so (R114). One resumed has what was left of it.
func diagnosisDue(t desk.Ticket, f Facts) time.Time {
	lasts := f.Policy.Diagnosis
	if t.GearLeft > 0 {
		lasts = time.Duration(t.GearLeft) * time.Second
	}
	if f.Policy.DiagnosisWorking {
		return f.Calendar.AddWorking(t.GearAt.At, lasts)
	}
	return t.GearAt.At.Add(lasts)
}

// DiagnosisLeft is what remains of a running diagnosis, in whole seconds of the
// clock it counts on; nothing once it is over.
func DiagnosisLeft(t desk.Ticket, f Facts) time.Duration {
	due := diagnosisDue(t, f)
	if !f.Now.Before(due) {
		return 0
	}
	left := due.Sub(f.Now)
	if f.Policy.DiagnosisWorking {
		left = f.Calendar.WorkingBetween(f.Now, due)
	}
	return (left + time.Second - 1).Truncate(time.Second)
}

// stoppedHour is the step of a diagnosis whose 60 minutes stand still.
func stoppedHour(t desk.Ticket) Step {
	left := (time.Duration(t.GearLeft)*time.Second + time.Minute - 1) / time.Minute
	return Step{"8.6.4, R114", fmt.Sprintf("Los 60 minutos están detenidos y faltan %d: reanúdelos cuando continúe el diagnóstico.", left),
		[]desk.ActKind{desk.ActResumeDiagnosis, desk.ActClose, desk.ActDeclareLong}}
}
