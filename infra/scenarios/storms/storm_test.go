package storms_test

import (
	"context"
	"fmt"
	"strconv"
	"testing"
	"time"

	"mesa/infra/scenarios/rig"
	"mesa/shared/desk"
)

// The outbox dies at each step of a send (F8), or the mail service misbehaves
// (F11). Nothing is lost; a mail is repeated at most once, and only when the
// death or the loss was inside the call.
func TestOutboxDiesAtEachStep(t *testing.T) {
	ctx := t.Context()
	must(t, running.Morning(ctx))
	kill := func() error { return running.Control(ctx, "functions/mesa-outbox/kill") }
	tests := []struct {
		name   string
		before func() error
		during func(c rig.Case) error // after the form was posted
		most   int                    // mails that may arrive
	}{
		{"before the item reaches it: once", kill, nil, 1},
		{"the moment the item is written: once or, inside the call, twice", nil, func(rig.Case) error { return kill() }, 2},
		{"inside the call, before the service took it: once", fault(ctx, "delay"), func(c rig.Case) error {
			if err := claimed(ctx, c); err != nil {
				return err
			}
			return kill()
		}, 2},
		{"the service took it and the answer was lost: once, for its event tells", fault(ctx, "lose"), nil, 1},
		{"the service asks to wait: once", fault(ctx, "throttle"), nil, 1},
		{"after the answer: once", nil, func(c rig.Case) error {
			if err := acknowledged(ctx, c, 1); err != nil {
				return err
			}
			return kill()
		}, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.before != nil {
				must(t, test.before())
			}
			c, err := running.Submit(ctx, "usuaria-contrataciones-1", rig.NewKey(), map[string]string{"flow": "8.5", "service": "apps-antivirus", "subject": "Muere el envío", "description": "x"})
			must(t, err)
			if test.during != nil {
				must(t, test.during(c))
			}
			recovers(t, c, test.most)
			withdraw(t, c)
		})
	}
}

func fault(ctx context.Context, kind string) func() error {
	return func() error { return running.Control(ctx, "mail-faults/"+kind+"/1") }
}

// claimed waits until an attempt to send the acknowledgement has begun.
func claimed(ctx context.Context, c rig.Case) error {
	return rig.Until(ctx, waitLimit, func() error {
		e, err := running.Store.Effect(ctx, c.ID, "1.1")
		if err == nil && e.Attempts == 0 {
			err = fmt.Errorf("%s: no attempt yet", c.Number)
		}
		return err
	})
}

// acknowledged waits for that many acknowledgements.
func acknowledged(ctx context.Context, c rig.Case, n int) error {
	return rig.Until(ctx, waitLimit, func() error {
		mails, err := running.Mails(ctx, rig.Letter{Case: c.Number, Subject: "Recibimos su solicitud"})
		if err == nil && len(mails) < n {
			err = fmt.Errorf("%s: %d acknowledgements", c.Number, len(mails))
		}
		return err
	})
}

// recovers lets the desk recover: leases end, uncertain ends are due again. Then
// the mail has arrived, at most so often, and a second time only with a second
// attempt that the item counts.
func recovers(t *testing.T, c rig.Case, most int) {
	t.Helper()
	ctx := t.Context()
	for range 2 {
		_, err := running.Advance(ctx, 12*time.Minute)
		must(t, err)
	}
	allDone(t, waitLimit, []rig.Case{c})
	must(t, acknowledged(ctx, c, 1))
	mails, err := running.Mails(ctx, rig.Letter{Case: c.Number, Subject: "Recibimos su solicitud"})
	must(t, err)
	e, err := running.Store.Effect(ctx, c.ID, "1.1")
	must(t, err)
	t.Logf("%d mails, %d attempts, %s", len(mails), e.Attempts, e.State)
	if len(mails) > most || len(mails) > e.Attempts || e.State != desk.EffectDone {
		t.Errorf("%d mails of %d attempts, state %s; want 1 to %d, done", len(mails), e.Attempts, e.State, most)
	}
	if execution, err := running.Execution(ctx, c.ID, desk.MachineEscalation); err != nil || execution == "" {
		t.Errorf("its machine stands %q, %v", execution, err)
	}
}

func withdraw(t *testing.T, c rig.Case) {
	t.Helper()
	_, err := running.Act(t.Context(), "usuaria-contrataciones-1", c.Number, "withdraw", nil)
	must(t, err)
}

// Killed again and again under load, the outbox loses nothing and repeats
// nothing but what died inside a call.
func TestOutboxDiesUnderLoad(t *testing.T) {
	ctx := t.Context()
	must(t, running.Morning(ctx))
	subject := "Tormenta " + rig.NewKey()[:8]
	stop := make(chan struct{})
	ended := make(chan int)
	go func() {
		kills := 0
		for {
			select {
			case <-stop:
				ended <- kills
				return
			case <-time.After(200 * time.Millisecond):
				_ = running.Control(ctx, "functions/mesa-outbox/kill") // there may be none to kill
				kills++
			}
		}
	}()
	cases := make([]rig.Case, 30)
	err := together(len(cases), 4, func(i int) (err error) {
		cases[i], err = running.Submit(ctx, "usuaria-contrataciones-1", rig.NewKey(), map[string]string{"flow": "8.5", "service": "apps-antivirus",
			"subject": subject + " n.º " + strconv.Itoa(i), "description": "x"})
		return err
	})
	time.Sleep(time.Second)
	close(stop)
	t.Logf("outbox killed %d times", <-ended)
	must(t, err)
	for range 2 {
		_, err := running.Advance(ctx, 12*time.Minute)
		must(t, err)
	}
	allDone(t, waitLimit, cases)
	repeated := 0
	for _, c := range cases {
		mails, err := running.Mails(ctx, rig.Letter{Case: c.Number, Subject: "Recibimos su solicitud"})
		must(t, err)
		e, err := running.Store.Effect(ctx, c.ID, "1.1")
		must(t, err)
		if len(mails) < 1 || len(mails) > 2 || len(mails) > e.Attempts {
			t.Errorf("%s: %d mails of %d attempts (%s)", c.Number, len(mails), e.Attempts, e.State)
		}
		repeated += len(mails) - 1
		withdraw(t, c)
	}
	t.Logf("%d of %d mails repeated", repeated, len(cases))
}
