package machines

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
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
	Road       Performer
	Now        func(ctx context.Context) (time.Time, error)
	Wall       func() time.Time // watermarks of executions count on the wall clock
}

// LateBy is how late a wait may be before the sweeper does what its machine did not.
const LateBy = 2 * time.Minute

// How healing is spaced, and how much one round looks at.
const (
	healInterval = 5 * time.Minute
	freeHeals    = 3
	sweepLimit   = 200
	nightlyLimit = 20_000         // nightly means all
	lookBack     = 24 * time.Hour // how long a failed execution is listed again
	watermark    = "executions"
)

// Report counts what one sweep found.
type Report struct {
	Overdue, Dates, Healed, Left int
}

// Sweep is one minute's work; nightly also looks at waits that are not late.
func (s *Sweeper) Sweep(ctx context.Context, nightly bool) (Report, error) {
	now, err := s.Now(ctx)
	if err != nil {
		return Report{}, err
	}
	var r Report
	errs := []error{s.failed(ctx, now, &r)}
	horizon, limit := now, sweepLimit
	if nightly {
		horizon, limit = now.Add(366*24*time.Hour), nightlyLimit
	}
	for shard := range Shards {
		errs = append(errs, s.shard(ctx, span{shard, horizon, limit}, now, &r))
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
}

// shard works the due index: dates without a machine are performed, waits whose
// machine should have spoken by now are looked into. At night all others are held
// against the calendar: a holiday taken back makes them due sooner.
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
		case m != "" && (w.Wait.WakeAt.Before(now.Add(-LateBy)) || part.horizon.After(now)):
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

// look checks the machine of a wait. What is late is done here, whatever became
// of its machine: healing keeps pauses, a date does not wait for them. A dead
// machine is started anew.
func (s *Sweeper) look(ctx context.Context, w work.TicketWait, m desk.Machine, now time.Time, r *Report) error {
	var late error
	if w.Wait.WakeAt.Before(now.Add(-LateBy)) {
		_, late = s.Road.Perform(ctx, OverdueAct(w.Ticket, w.Wait.ID, "sweeper", now))
	}
	stored, err := s.Store.Load(ctx, w.Ticket)
	if err != nil {
		return errors.Join(late, err)
	}
	generation := stored.Machines[m].Generation
	running, err := s.Executions.Running(ctx, m, desk.ExecutionName(w.Ticket, m, generation))
	if err == nil && !running {
		err = s.heal(ctx, w.Ticket, m, generation, now, r)
	}
	return errors.Join(late, err)
}

// heal starts the next generation, unless it is not needed, already under way,
// or was tried too often of late.
func (s *Sweeper) heal(ctx context.Context, id desk.TicketID, m desk.Machine, generation int, now time.Time, r *Report) error {
	stored, err := s.Store.Load(ctx, id)
	if desk.CodeOf(err) == desk.NotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("heal %s of %s: %w", m, id, err)
	}
	rec := stored.Machines[m]
	switch {
	case rec.Generation != generation:
		return nil
	case !waits(stored, m):
		return s.unlist(ctx, id, rec)
	}
	if ok, err := s.mayHeal(ctx, id, rec, now); err != nil || !ok {
		r.Left++
		return errors.Join(err, s.list(ctx, id, rec))
	}
	switch err := s.Store.Heal(ctx, id, m, generation, startEffect(stored.Ticket, m, generation+1, now), now); {
	case errors.Is(err, work.ErrConflict):
		return nil
	case err != nil:
		return fmt.Errorf("heal %s of %s: %w", m, id, err)
	}
	r.Healed++
	slog.WarnContext(ctx, "machine healed", "ticket", id, "machine", m, "generation", generation+1)
	return s.Executions.Stop(ctx, m, desk.ExecutionName(id, m, generation), "superseded")
}

// list stands a machine that died after every free heal on the operations page,
// with «Reintentar»; it is tried again all the same, ever more seldom.
func (s *Sweeper) list(ctx context.Context, id desk.TicketID, rec desk.MachineRecord) error {
	if rec.Heals < freeHeals || rec.Cause != "" {
		return nil
	}
	why, err := s.Executions.Why(ctx, rec.Machine, desk.ExecutionName(id, rec.Machine, rec.Generation))
	if err != nil {
		return fmt.Errorf("list %s of %s: %w", rec.Machine, id, err)
	}
	cause := fmt.Sprintf("Se inició otra vez %d veces y cada vez se detuvo", rec.Heals)
	if why != "" {
		cause += ": " + why
	}
	return s.mark(ctx, id, rec, cause)
}

// unlist takes a machine off the page that nothing waits for any more.
func (s *Sweeper) unlist(ctx context.Context, id desk.TicketID, rec desk.MachineRecord) error {
	if rec.Cause == "" {
		return nil
	}
	return s.mark(ctx, id, rec, "")
}

// mark writes why a generation stands stuck; one that is over needs no mark.
func (s *Sweeper) mark(ctx context.Context, id desk.TicketID, rec desk.MachineRecord, cause string) error {
	err := s.Store.MarkStuck(ctx, id, rec.Machine, rec.Generation, cause)
	if errors.Is(err, work.ErrConflict) {
		return nil
	}
	return err
}

// startEffect starts a healed generation. Its number stands apart from those an
// act writes, so that each generation's item exists once.
func startEffect(t desk.Ticket, m desk.Machine, generation int, now time.Time) desk.Effect {
	const offset = 50
	machine := slices.Index(desk.Machines(), m)
	return desk.Effect{Ticket: t.ID, Seq: t.Version, N: offset + generation*len(desk.Machines()) + machine, Op: desk.OpStart,
		Call: &desk.MachineCall{Machine: m, Generation: generation}, State: desk.EffectPending, DueAt: now, CreatedAt: now}
}

func waits(s work.Stored, m desk.Machine) bool {
	for _, w := range s.Waits {
		if w.ID.Kind().Machine() == m {
			return true
		}
	}
	return false
}

// mayHeal: not while its start effect is not done, not twice in five minutes,
// and ever more seldom after three.
func (s *Sweeper) mayHeal(ctx context.Context, id desk.TicketID, rec desk.MachineRecord, now time.Time) (bool, error) {
	if rec.StartItem != "" {
		e, err := s.Store.Effect(ctx, id, rec.StartItem)
		if err != nil && desk.CodeOf(err) != desk.NotFound {
			return false, err
		}
		if err == nil && e.State != desk.EffectDone {
			return false, nil
		}
	}
	return rec.HealedAt.IsZero() || !now.Before(rec.HealedAt.Add(healAfter(rec.Heals))), nil
}

// healAfter is the pause before heal n+1: 5 minutes, then 5, 30, 60, then hourly.
func healAfter(heals int) time.Duration {
	switch {
	case heals <= freeHeals:
		return healInterval
	case heals == freeHeals+1:
		return 30 * time.Minute
	default:
		return time.Hour
	}
}

// ParseExecution reads a name made by desk.ExecutionName.
func ParseExecution(name string, m desk.Machine) (desk.TicketID, int, bool) {
	var generation int
	const ulidLength = 26
	if len(name) <= ulidLength {
		return "", 0, false
	}
	n, err := fmt.Sscanf(name[ulidLength:], "-"+string(m)+"-%d", &generation)
	return desk.TicketID(name[:ulidLength]), generation, err == nil && n == 1
}
