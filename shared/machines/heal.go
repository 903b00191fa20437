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

// How healing is spaced.
const (
	healInterval = 5 * time.Minute
	freeHeals    = 3
)

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
