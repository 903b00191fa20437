package flow_test

import (
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

const pauseReason = "La/el usuaria/o salió con la llave de la oficina."

// R114: the 60 minutes stop for a recorded reason only; what was left of them is
// kept, and the timer runs on with exactly that.
func TestDiagnosisStopsForAReasonAndRunsOnWithWhatWasLeft(t *testing.T) {
	b := held86(t, userHQ)
	b.do(support, desk.ActDiagnose)
	b.now = b.now.Add(37*time.Minute + 20*time.Second)
	_, err := b.try(support, desk.ActPauseDiagnosis)
	wantField(t, err, "reason")
	d := b.do(support, desk.ActPauseDiagnosis, "reason", pauseReason)
	wantEvents(t, d, "DiagnosisPaused")
	wantCalls(t, d, "resume hardware-diagnosis 1 diagnosis#4")
	if left := d.Events[0].(desk.DiagnosisPaused).Left; left != 22*60+40 || d.Texts["reason"] != pauseReason {
		t.Errorf("%d seconds left, texts %v", left, d.Texts)
	}
	if got := waitNames(b.waits); got != "diagnosis-paused#5 level#2" {
		t.Errorf("waits %q", got)
	}
	if step := flow.Next(b.ticket); step.Acts[0] != desk.ActResumeDiagnosis || step.Text != "Los 60 minutos están detenidos y faltan 23: reanúdelos cuando continúe el diagnóstico." {
		t.Errorf("next step %+v", step)
	}
	b.now = b.now.Add(3 * 24 * time.Hour)
	d = b.do(support, desk.ActResumeDiagnosis)
	wantEvents(t, d, "DiagnosisResumed")
	wantCalls(t, d, "start hardware-diagnosis 2")
	if w := b.wait(desk.WaitDiagnosis); w.ID != "diagnosis#6" || !w.WakeAt.Equal(b.now.Add(22*time.Minute+40*time.Second)) {
		t.Errorf("wait %+v, want 22 min 40 s from now", w)
	}
	d = b.ring(desk.WaitDiagnosis)
	wantMails(t, d, "transfer→requester")
	if b.ticket.GearLeft != 0 || b.ticket.Gear != desk.GearToMove {
		t.Errorf("equipment %q, %d seconds left", b.ticket.Gear, b.ticket.GearLeft)
	}
}

// However often it stops, the minutes that ran are 60.
func TestPausesOfADiagnosisAddUp(t *testing.T) {
	for name, working := range map[string]bool{"wall clock": false, "working time": true} {
		t.Run(name, func(t *testing.T) {
			b := held86(t, userHQ)
			b.policy.DiagnosisWorking = working
			b.now = tuesday(12, 50)
			b.do(support, desk.ActDiagnose)
			for range 5 {
				b.now = b.now.Add(2 * time.Minute)
				b.do(support, desk.ActPauseDiagnosis, "reason", pauseReason)
				b.now = b.now.Add(7 * time.Minute)
				b.do(support, desk.ActResumeDiagnosis)
			}
			// 12:50–12:52, 12:59–13:01, 13:08–13:10, 13:17–13:19, 13:26–13:28; resumed at 13:35.
			want := tuesday(13, 35).Add(50 * time.Minute)
			if working { // only three minutes were before lunch
				want = tuesday(14, 57)
			}
			if w := b.wait(desk.WaitDiagnosis); !w.WakeAt.Equal(want) {
				t.Errorf("wakes at %v, want %v", w.WakeAt.In(desk.Lima), want.In(desk.Lima))
			}
		})
	}
}

func TestPauseOfADiagnosisThatIsOverIsRefused(t *testing.T) {
	b := held86(t, userHQ)
	b.do(support, desk.ActDiagnose)
	b.now = b.now.Add(60 * time.Minute)
	_, err := b.try(support, desk.ActPauseDiagnosis, "reason", pauseReason)
	wantRefused(t, err, desk.Refused, "8.6.4, R113")
	b.now = b.now.Add(-time.Second)
	if d := b.do(support, desk.ActPauseDiagnosis, "reason", pauseReason); d.Events[0].(desk.DiagnosisPaused).Left != 1 {
		t.Errorf("a second before its end: %+v", d.Events[0])
	}
}

// A pause is no way out: who holds the case is reminded, each working day.
func TestPausedDiagnosisIsReminded(t *testing.T) {
	b := held86(t, userHQ)
	b.do(support, desk.ActDiagnose)
	b.do(support, desk.ActPauseDiagnosis, "reason", pauseReason)
	for round := 2; round <= 3; round++ {
		d := b.ring(desk.WaitDiagnosisPaused)
		wantEvents(t, d, "WaitReminded")
		wantMails(t, d, "gear-due→soporte-1")
		wantCalls(t, d, "")
		if w := b.wait(desk.WaitDiagnosisPaused); d.Notices[0].Data["step"] != "paused" || w.Round != round {
			t.Errorf("mail %+v, wait %+v", d.Notices[0], w)
		}
	}
}

// While the 60 minutes stand still, the case may still be announced long, solved,
// reclassified or asked about; the timer of before says nothing any more.
func TestWhatHappensDuringAPause(t *testing.T) {
	paused := func(t *testing.T) *bench {
		b := held86(t, userHQ)
		b.do(support, desk.ActDiagnose)
		b.do(support, desk.ActPauseDiagnosis, "reason", pauseReason)
		return b
	}
	t.Run("the old timer changes nothing", func(t *testing.T) {
		b := paused(t)
		b.now = b.now.Add(2 * time.Hour)
		if d := b.overdue("diagnosis#4"); len(d.Events)+len(d.Notices) != 0 {
			t.Errorf("the timer of before ordered %q", mailNames(d.Notices))
		}
	})
	t.Run("declared long: one transfer mail", func(t *testing.T) {
		b := paused(t)
		d := b.do(support, desk.ActDeclareLong)
		wantMails(t, d, "transfer→requester")
		wantCalls(t, d, "start hardware-diagnosis 2")
		if b.ticket.GearLeft != 0 {
			t.Errorf("%d seconds left", b.ticket.GearLeft)
		}
	})
	t.Run("solved: closed, and nothing waits", func(t *testing.T) {
		b := paused(t)
		b.do(support, desk.ActClose, closing()...)
		if len(b.waits) != 0 {
			t.Errorf("waits %q", waitNames(b.waits))
		}
	})
	t.Run("reopened: a new diagnosis has its whole hour", func(t *testing.T) {
		b := paused(t)
		b.do(support, desk.ActClose, closing()...)
		b.do(userHQ, desk.ActReopen, "message", "Sigue igual.")
		b.do(support, desk.ActDiagnose)
		if w := b.wait(desk.WaitDiagnosis); !w.WakeAt.Equal(b.now.Add(time.Hour)) {
			t.Errorf("wakes at %v", w.WakeAt)
		}
	})
	t.Run("a question does not start it again", func(t *testing.T) {
		b := paused(t)
		b.do(support, desk.ActAsk, "question", "¿Cuándo vuelve?")
		b.do(support, desk.ActResumeDiagnosis) // while the question is open
		wantState(t, b, desk.WaitingUser)
		b.do(support, desk.ActPauseDiagnosis, "reason", pauseReason)
		b.do(userHQ, desk.ActAnswer, "message", "Mañana.")
		if b.ticket.Gear != desk.GearPaused {
			t.Errorf("equipment %q", b.ticket.Gear)
		}
	})
}
