package storms_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sfn"

	"mesa/infra/scenarios/rig"
	"mesa/shared/desk"
)

// hourRace is one piece of equipment at the end of its 60 minutes.
type hourRace struct {
	name   string
	people bool                           // fifty callers declare it long or close it, at the second it is over
	breaks func(t *testing.T, c rig.Case) // what dies just then
	rig.Case
	due time.Time
}

// R113, F12–F14: timer, technician and close at once, and deaths across the due
// time. Each ends in one outcome, a transfer or a closing, with its one mail.
func TestTheHourEndsOnceWhateverRaces(t *testing.T) {
	ctx := t.Context()
	must(t, running.Morning(ctx))
	abort := func(t *testing.T, c rig.Case) { must(t, abortExecution(t.Context(), c, desk.MachineHardware)) }
	kill := func(t *testing.T, _ rig.Case) { _ = running.Control(t.Context(), "functions/mesa-workflow/kill") } // there may be none to kill
	for _, races := range [][]*hourRace{                                                                        // fifty callers at a time are as many as a small machine answers
		{{name: "the timer alone"}, {name: "the timer, and the function it asks dies", breaks: kill},
			{name: "its execution is aborted before its time", breaks: abort}, {name: "fifty people and the timer", people: true}},
		{{name: "fifty people, the timer, and the function it asks dies", people: true, breaks: kill}},
		{{name: "fifty people, and its execution is aborted", people: true, breaks: abort}},
	} {
		raceHours(t, races)
	}
}

// raceHours lets several hours end at about the same second.
func raceHours(t *testing.T, races []*hourRace) {
	t.Helper()
	ctx := t.Context()
	for _, r := range races {
		r.begin(t)
	}
	now, err := running.Now(ctx)
	must(t, err)
	_, err = running.Advance(ctx, races[0].due.Sub(now)-4*time.Second)
	must(t, err)
	must(t, together(len(races), len(races), func(i int) error { return races[i].run(t) }))
	_, err = running.Advance(ctx, 10*time.Minute) // retries, healing
	must(t, err)
	for _, r := range races {
		t.Run(r.name, r.judge)
	}
}

const hourAsker, hourHands = desk.PersonID("usuaria-ut-junin-1"), desk.PersonID("especialista-ut-junin")

// begin starts a diagnosis.
func (r *hourRace) begin(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	var err error
	r.Case, err = running.Submit(ctx, hourAsker, rig.NewKey(), map[string]string{"flow": "8.6", "service": "hardware-computers", "subject": "Una hora: " + r.name, "description": "x",
		"no_asset": "yes", "equipment": "Laptop", "goods": "laptop", "office": "Piso 1"})
	must(t, err)
	for _, act := range []string{"take", "diagnose"} {
		r.Case, err = running.Act(ctx, hourHands, r.Number, act, nil)
		must(t, err)
	}
	must(t, rig.Until(ctx, waitLimit, func() error { // the timer is set
		s, err := running.Store.Load(ctx, r.ID)
		if err != nil {
			return err
		}
		for _, w := range s.Waits {
			if w.ID.Kind() == desk.WaitDiagnosis && w.Token != "" {
				r.due = w.WakeAt
				return nil
			}
		}
		return errors.New("the diagnosis has no timer yet")
	}))
}

// run lets everything happen about the second in which the hour is over.
func (r *hourRace) run(t *testing.T) error {
	ctx := t.Context()
	now, err := running.Now(ctx)
	if err != nil {
		return err
	}
	left := r.due.Sub(now)
	if !r.people {
		r.interrupt(t, left)
		return nil
	}
	return together(50, 50, func(i int) error {
		if i == 0 {
			r.interrupt(t, left)
			return nil
		}
		time.Sleep(left + time.Duration(rand.IntN(300)-100)*time.Millisecond)
		act, fields := "declare-long", map[string]string(nil)
		if i%2 == 0 {
			act, fields = "close", map[string]string{"solution": "Se limpió.", "medium": "mail"}
		}
		return actUntilHeard(ctx, r.Case, act, fields)
	})
}

// actUntilHeard asks again while the desk is busy, not at once, as people do; who
// was beaten is told so, and that is an answer.
func actUntilHeard(ctx context.Context, c rig.Case, act string, fields map[string]string) error {
	for until := time.Now().Add(time.Minute); ; time.Sleep(time.Duration(200+rand.IntN(600)) * time.Millisecond) {
		_, err := running.ActOn(ctx, hourHands, c, act, fields)
		if err = heard(err); err == nil || time.Now().After(until) {
			return err
		}
	}
}

// interrupt breaks what is to break, a moment before the timer or after.
func (r *hourRace) interrupt(t *testing.T, left time.Duration) {
	t.Helper()
	if r.breaks == nil {
		return
	}
	time.Sleep(left - time.Duration(rand.IntN(400))*time.Millisecond)
	r.breaks(t, r.Case)
	time.Sleep(300 * time.Millisecond)
	r.breaks(t, r.Case)
}

// heard takes the answers of a race lost in good order for no error.
func heard(err error) error {
	refusal, ok := errors.AsType[*rig.Refusal](err)
	if ok && (refusal.Code == "stale" || refusal.Code == "refused") {
		return nil
	}
	return err
}

// judge: a transfer announced once, or a closing told once; never both.
func (r *hourRace) judge(t *testing.T) {
	allDone(t, waitLimit, []rig.Case{r.Case})
	ctx := t.Context()
	moved, err := running.Mails(ctx, rig.Letter{Case: r.Number, Subject: "Su equipo será trasladado"})
	must(t, err)
	closed, err := running.Mails(ctx, rig.Letter{Case: r.Number, Subject: "Su caso fue atendido y cerrado"})
	must(t, err)
	after, err := running.Case(ctx, rig.Reader, r.Number)
	must(t, err)
	state := map[bool]desk.State{true: desk.TransferPending, false: desk.Closed}[len(moved) == 1]
	if len(moved)+len(closed) != 1 || after.State.Code != state {
		t.Errorf("%d transfer mails, %d closing mails, the case is «%s»", len(moved), len(closed), after.State.Name)
	}
	if !r.people && len(moved) != 1 {
		t.Error("nobody closed it, and its transfer was not announced")
	}
	t.Logf("transfer %d, closed %d", len(moved), len(closed))
	r.shut(t, len(moved) == 1)
}

// shut leaves no open case behind.
func (r *hourRace) shut(t *testing.T, moved bool) {
	t.Helper()
	if !moved {
		return
	}
	for _, s := range []struct {
		act    string
		fields map[string]string
	}{{"not-moved", map[string]string{"reason": "Se reparó en el sitio."}}, {"close", map[string]string{"solution": "Se limpió.", "medium": "mail"}}} {
		_, err := running.Act(t.Context(), hourHands, r.Number, s.act, s.fields)
		must(t, err)
	}
}

// abortExecution ends the newest execution of a machine, as an operator may.
func abortExecution(ctx context.Context, c rig.Case, m desk.Machine) error {
	s, err := running.Store.Load(ctx, c.ID)
	if err != nil {
		return err
	}
	arn, err := running.ExecutionARN(ctx, c.ID, m)
	if err != nil || arn == "" {
		return errors.Join(err, fmt.Errorf("%s has no execution of %s", c.Number, m))
	}
	status, err := running.Execution(ctx, c.ID, m)
	if err != nil || status != "RUNNING" || s.Ticket.State.Ended() {
		return err
	}
	_, err = sfn.NewFromConfig(running.AWS).StopExecution(ctx, &sfn.StopExecutionInput{ExecutionArn: aws.String(arn), Cause: aws.String("a test")})
	return err
}
