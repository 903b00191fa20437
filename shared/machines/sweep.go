package machines

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// SweepStore is the table as the sweeper needs it.
type SweepStore interface {
	Store
	// DueWaits lists open waits of a shard whose date is before t, oldest first.
	DueWaits(ctx context.Context, shard int, before time.Time, limit int) ([]work.TicketWait, error)
	// Heal starts the next generation in one transaction if from is current:
	// machine record, its open waits and the start effect. work.ErrConflict if not.
	Heal(ctx context.Context, id desk.TicketID, m desk.Machine, from int, start desk.Effect, now time.Time) error
	// Effect reads one outbox item.
	Effect(ctx context.Context, id desk.TicketID, ref string) (desk.Effect, error)
	// Watermark and SetWatermark keep how far failed executions were listed.
	Watermark(ctx context.Context, name string) (time.Time, error)
	SetWatermark(ctx context.Context, name string, at time.Time) error
}

// Execution is a run of a machine that ended badly.
type Execution struct {
	Name    string
	Machine desk.Machine
	Status  string // FAILED, TIMED_OUT, ABORTED
	StopAt  time.Time
}

// Executions looks at running and ended machines.
type Executions interface {
	// Failed lists executions of m that ended badly since t.
	Failed(ctx context.Context, m desk.Machine, since time.Time) ([]Execution, error)
	// Running tells whether the named execution runs.
	Running(ctx context.Context, m desk.Machine, name string) (bool, error)
	// Why is how the named execution ended and what it said of it; "" if it is not there.
	Why(ctx context.Context, m desk.Machine, name string) (string, error)
	// Stop ends the named execution; one that does not run is no error.
	Stop(ctx context.Context, m desk.Machine, name, cause string) error
}

// Shards is how many partitions the due index has.
const Shards = 8

// Sweeper looks for what no event reported: waits overdue, machines that died,
// dates without a machine. It performs no effect itself: the outbox does.
type Sweeper struct {
	Store      SweepStore
	Executions Executions
	Settings   Settings
	Road       Performer
	Now        func(ctx context.Context) (time.Time, error)
	Wall       func() time.Time // watermarks of executions count on the wall clock
}

// LateBy is how late a wait may be before the sweeper does what its machine did not.
const LateBy = 2 * time.Minute

// How much one round looks at.
const (
	sweepLimit   = 200
	nightlyLimit = 20_000         // nightly means all
	lookBack     = 24 * time.Hour // how long a failed execution is listed again
	watermark    = "executions"
)

// Report counts what one sweep found.
type Report struct {
	Overdue, Dates, Healed, Left int
}

// Sweep is one minute's work; nightly, and once after the settings changed, it
// also looks at waits that are not late.
func (s *Sweeper) Sweep(ctx context.Context, nightly bool) (Report, error) {
	now, err := s.Now(ctx)
	if err != nil {
		return Report{}, err
	}
	var r Report
	moved, err := s.moved(ctx, now)
	errs := []error{err, s.failed(ctx, now, &r)}
	horizon, limit := now, sweepLimit
	if nightly || !moved.IsZero() {
		horizon, limit = now.Add(366*24*time.Hour), nightlyLimit
	}
	for shard := range Shards {
		errs = append(errs, s.shard(ctx, span{shard, horizon, limit, nightly}, now, &r))
	}
	if !moved.IsZero() { // what failed now, the night looks at again
		errs = append(errs, s.Store.SetWatermark(ctx, settingsMark, moved))
	}
	return r, errors.Join(errs...)
}

// failed heals executions that ended badly since the watermark. One that may not
// be healed yet, or could not be, holds the watermark, so that it is listed again;
// it keeps none of the others waiting.
func (s *Sweeper) failed(ctx context.Context, now time.Time, r *Report) error {
	since, err := s.Store.Watermark(ctx, watermark)
	if err != nil {
		return fmt.Errorf("sweep watermark: %w", err)
	}
	next := s.Wall().Add(-time.Minute) // listing is eventually consistent: look at the last minute again
	var errs []error
	for _, m := range desk.Machines() {
		failed, err := s.Executions.Failed(ctx, m, since)
		if err != nil {
			return fmt.Errorf("list failed %s: %w", m, err)
		}
		for _, e := range failed {
			ticket, generation, ok := ParseExecution(e.Name, m)
			if !ok {
				continue
			}
			left := r.Left
			err := s.heal(ctx, ticket, m, generation, now, r)
			errs = append(errs, err)
			if (err != nil || r.Left > left) && e.StopAt.Before(next) && e.StopAt.After(next.Add(-lookBack)) {
				next = e.StopAt
			}
		}
	}
	return errors.Join(append(errs, s.Store.SetWatermark(ctx, watermark, next))...)
}

// span is a part of the due index: one shard until a date.
type span struct {
	shard   int
	horizon time.Time
	limit   int
	nightly bool // ask after the machine of each wait
}

// shard works the due index: dates without a machine are performed, waits whose
// machine should have spoken by now are looked into. A round that looks at all
// holds the others against the settings: a holiday taken back, or a shorter
// target, makes them due sooner.
func (s *Sweeper) shard(ctx context.Context, part span, now time.Time, r *Report) error {
	due, err := s.Store.DueWaits(ctx, part.shard, part.horizon, part.limit)
	if err != nil {
		return fmt.Errorf("due waits of shard %d: %w", part.shard, err)
	}
	var errs []error
	for _, w := range due {
		switch m := w.Wait.ID.Kind().Machine(); {
		case m == "" && !w.Wait.WakeAt.After(now):
			r.Dates++
			_, err = s.Road.Perform(ctx, OverdueAct(w.Ticket, w.Wait.ID, "sweeper", now))
		case m != "" && (w.Wait.WakeAt.Before(now.Add(-LateBy)) || part.nightly):
			r.Overdue++
			err = s.look(ctx, w, m, now, r)
		default:
			err = nil
		}
		if err == nil && part.horizon.After(now) && w.Wait.WakeAt.After(now) {
			_, err = s.Road.Perform(ctx, OverdueAct(w.Ticket, w.Wait.ID, "sweeper", now)) // not due: sets its date right if the calendar moved since
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("sweep %s of %s: %w", w.Wait.ID, w.Ticket, err))
		}
	}
	return errors.Join(errs...)
}
