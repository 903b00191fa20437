package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"

	"mesa/shared/deliver"
	deskword "mesa/shared/desk"
	"mesa/shared/machines"
	"mesa/shared/work"
)

// mover moves the local clock from one due time to the next, each time until
// the desk is quiet, so that every act of the clock carries its own hour.
type mover struct {
	desk  *desk
	out   io.Writer
	stops int
}

// quietWithin is how long the desk may take to do what is due of a moment.
const quietWithin = 10 * time.Second

// to moves the clock to target.
func (m *mover) to(ctx context.Context, target time.Time) error {
	for {
		if err := m.quiet(ctx); err != nil {
			return err
		}
		next, found, err := m.nextDue(ctx, target)
		if err != nil {
			return err
		}
		if passed, err := m.night(ctx, target, next); err != nil || passed {
			if err != nil {
				return err
			}
			continue
		}
		if !found {
			break
		}
		m.stops++
		if err := m.awaitEvents(ctx, next); err != nil {
			return err
		}
		if err := m.set(ctx, next); err != nil {
			return err
		}
	}
	if err := m.set(ctx, target); err != nil {
		return err
	}
	return m.quiet(ctx)
}

// eventsWithin is how long the mail service's events may take, by the wall clock.
const eventsWithin = 3 * time.Second

// awaitEvents lets the event of a mail whose sending is uncertain come before the
// date at which it is sent a second time: ten minutes are enough for that, and a
// jump takes none.
func (m *mover) awaitEvents(ctx context.Context, next time.Time) error {
	for deadline := time.Now().Add(eventsWithin); time.Now().Before(deadline); {
		waits, err := m.uncertain(ctx, next)
		if err != nil || !waits {
			return err
		}
		if err := pause(ctx, 150*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

// uncertain tells whether a mail of which nobody knows is due until then.
func (m *mover) uncertain(ctx context.Context, until time.Time) (bool, error) {
	for shard := range deliver.Shards {
		effects, _, err := m.open(ctx, shard, until)
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(effects, func(e deskword.Effect) bool { return e.State == deskword.EffectUncertain }) {
			return true, nil
		}
	}
	return false, nil
}

// set moves the offset so that the business clock reads at least t.
func (m *mover) set(ctx context.Context, t time.Time) error {
	offset := time.Until(t).Truncate(time.Second) + time.Second
	now, err := m.desk.Now(ctx)
	if err != nil || !t.After(now) {
		return err
	}
	return m.desk.Store.SetOffset(ctx, offset)
}

// quiet waits until nothing is due: the schedules' work is done here, at once,
// as the minute would do it. Machines wake by themselves, on the same clock.
func (m *mover) quiet(ctx context.Context) error {
	deadline := time.Now().Add(quietWithin)
	for {
		if err := m.runSchedules(ctx); err != nil {
			return err
		}
		busy, err := m.busy(ctx)
		if err != nil || busy == "" {
			return err
		}
		if time.Now().After(deadline) {
			fmt.Fprintf(m.out, "Sigue pendiente: %s. Continúo.\n", busy)
			return nil
		}
		if err := pause(ctx, 150*time.Millisecond); err != nil {
			return err
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// runSchedules calls the two functions that work by the clock.
func (m *mover) runSchedules(ctx context.Context) error {
	if err := m.invoke(ctx, "OutboxFunctionName", "due"); err != nil {
		return err
	}
	return m.invoke(ctx, "SweeperFunctionName", "minute")
}

// invoke calls a function as a schedule does.
func (m *mover) invoke(ctx context.Context, output, job string) error {
	name := m.desk.Outputs[output]
	out, err := lambda.NewFromConfig(m.desk.AWS).Invoke(ctx, &lambda.InvokeInput{FunctionName: aws.String(name), Payload: []byte(`{"job":"` + job + `"}`)})
	if err != nil {
		return fmt.Errorf("invoke %s: %w", name, err)
	}
	if out.FunctionError != nil {
		return fmt.Errorf("%s: %s", name, out.Payload)
	}
	return nil
}

// busy names something that must end before the clock moves on, "" if there is
// nothing: an effect due or being performed (a jump would end its lease), a date
// that came, or a wait whose machine has not handed over its token yet (it would
// count its time from the wrong hour).
func (m *mover) busy(ctx context.Context) (string, error) {
	now, err := m.desk.Now(ctx)
	if err != nil {
		return "", err
	}
	for shard := range deliver.Shards {
		effects, waits, err := m.open(ctx, shard, now.AddDate(1, 0, 0))
		if err != nil {
			return "", err
		}
		for _, e := range effects {
			if !e.DueAt.After(now) {
				return nameEffect(e), nil
			}
		}
		for _, w := range waits {
			if !w.Wait.WakeAt.After(now) || w.Wait.Token == "" && w.Wait.ID.Kind().Machine() != "" {
				return nameWait(w), nil
			}
		}
	}
	return "", nil
}

// open are the effects and waits of a shard with a date until then.
func (m *mover) open(ctx context.Context, shard int, until time.Time) ([]deskword.Effect, []work.TicketWait, error) {
	const most = 200
	effects, err := m.desk.Store.DueEffects(ctx, shard, until, most)
	if err != nil {
		return nil, nil, err
	}
	waits, err := m.desk.Store.DueWaits(ctx, shard, until, most)
	return effects, waits, err
}

func nameEffect(e deskword.Effect) string { return "envío " + e.Ref() + " de " + string(e.Ticket) }
func nameWait(w work.TicketWait) string {
	return "espera " + string(w.Wait.ID) + " de " + string(w.Ticket)
}

// nextDue is the earliest date after now and up to target.
func (m *mover) nextDue(ctx context.Context, target time.Time) (time.Time, bool, error) {
	now, err := m.desk.Now(ctx)
	if err != nil {
		return time.Time{}, false, err
	}
	first, err := m.earliest(ctx, now, target)
	if err != nil || first.IsZero() || first.After(target) {
		return time.Time{}, false, err
	}
	return first, true, nil
}

// earliest is the first open date after now and up to a moment, or the opening of
// a working day. Of a wait whose machine did not speak it is the minute in which
// the sweeper does its work.
func (m *mover) earliest(ctx context.Context, now, until time.Time) (first time.Time, err error) {
	take := func(t time.Time) {
		if t.After(now) && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	snapshot, err := m.desk.Store.Directory(ctx)
	if err != nil {
		return first, err
	}
	take(nextOpening(snapshot.Directory, now))
	for shard := range deliver.Shards {
		effects, waits, err := m.open(ctx, shard, until)
		if err != nil {
			return first, err
		}
		for _, e := range effects {
			take(e.DueAt)
		}
		for _, w := range waits {
			take(w.Wait.WakeAt)
			take(w.Wait.WakeAt.Add(machines.LateBy + time.Minute))
		}
	}
	return first, nil
}
