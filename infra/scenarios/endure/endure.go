// Package endure lets many waits run out on a running local desk while the cloud
// under it is restarted again and again, and judges from the histories, the rules
// and the mailbox whether each date fired once, not early and not too late.
//
// The desk's clock is moved from date to date, as deskctl does; restarts come at
// random moments of that way, between two dates or in the midst of the work of one.
package endure

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"mesa/infra/scenarios/rig"
	"mesa/shared/desk"
)

// Options is how much a run does. The same seed gives the same tickets, pauses
// and moments of restart.
type Options struct {
	Waits, Restarts int
	Seed            uint64
	Progress        io.Writer
}

// group is how many tickets begin at about one moment.
const group = 5

// run is one run under way.
type run struct {
	Options
	desk    *rig.Desk
	random  *rand.Rand
	subject string
	waiters []waiter
	figures Figures
	began   time.Time
}

// Run makes the waits, lets the first date of each come, and judges. It leaves
// no open ticket behind.
func Run(ctx context.Context, d *rig.Desk, o Options) (Figures, error) {
	r := newRun(d, o)
	for _, part := range []func(context.Context) error{r.begin, r.live, r.settle, r.judge, r.end} {
		if err := part(ctx); err != nil {
			return r.figures, err
		}
	}
	r.figures.Took = time.Since(r.began)
	return r.figures, nil
}

func newRun(d *rig.Desk, o Options) *run {
	random := rand.New(rand.NewPCG(o.Seed, 1)) //nolint:gosec // no secret: a run can be repeated
	return &run{Options: o, desk: d, began: time.Now(), random: random, subject: "Espera " + rig.NewKey()[:8], figures: Figures{Waits: o.Waits, Restarts: o.Restarts}}
}

func (r *run) tell(format string, args ...any) {
	if r.Progress != nil {
		_, _ = fmt.Fprintf(r.Progress, format+"\n", args...)
	}
}

// begin opens the tickets in groups, a random while apart.
func (r *run) begin(ctx context.Context) error {
	if err := r.desk.Morning(ctx); err != nil {
		return err
	}
	for _, p := range people() {
		if _, err := r.desk.Token(ctx, p); err != nil {
			return err
		}
	}
	for len(r.waiters) < r.Waits {
		n := min(group, r.Waits-len(r.waiters))
		made, chosen := make([]waiter, n), make([]kind, n)
		for i := range chosen {
			chosen[i] = kinds(r.random)
		}
		err := each(n, func(i int) (err error) {
			made[i], err = chosen[i].open(ctx, r.desk, r.subject)
			return err
		})
		if err != nil {
			return err
		}
		r.waiters = append(r.waiters, made...)
		if err := r.moveBy(ctx, time.Duration(30+r.random.IntN(600))*time.Second); err != nil {
			return err
		}
	}
	r.tell("%d waits opened after %s", len(r.waiters), time.Since(r.began).Round(time.Second))
	return nil
}

// live moves the clock past the first date of every ticket, with the restarts on
// the way.
func (r *run) live(ctx context.Context) error {
	from, err := r.desk.Now(ctx)
	if err != nil {
		return err
	}
	dates, err := r.dates(ctx)
	if err != nil {
		return err
	}
	for n, at := range r.moments(from, dates) {
		if r.random.IntN(2) == 0 {
			err = errors.Join(r.moveTo(ctx, at), r.restart(ctx))
		} else {
			err = r.restartOnTheWay(ctx, at.Add(onTheWay))
		}
		if err != nil {
			return fmt.Errorf("restart %d: %w", n+1, err)
		}
		r.tell("restart %d of %d, about %s of the desk", n+1, r.Restarts, at.In(desk.Lima).Format("02/01 15:04:05"))
	}
	return r.moveTo(ctx, slices.MaxFunc(dates, time.Time.Compare).Add(2*Tolerance))
}

// onTheWay is how much of the desk's time passes while the cloud restarts in its
// midst.
const onTheWay = 15 * time.Minute

// moments are when the cloud restarts: about a date, just before it or just
// after, where most can go wrong.
func (r *run) moments(from time.Time, dates []time.Time) []time.Time {
	const about = 90 // seconds
	var moments []time.Time
	for range r.Restarts {
		at := dates[r.random.IntN(len(dates))].Add(time.Duration(r.random.IntN(2*about)-about) * time.Second)
		if at.Before(from) {
			at = from
		}
		moments = append(moments, at)
	}
	slices.SortFunc(moments, time.Time.Compare)
	return moments
}

// dates are those that the tickets have now.
func (r *run) dates(ctx context.Context) ([]time.Time, error) {
	var dates []time.Time
	for _, w := range r.waiters {
		s, err := r.desk.Store.Load(ctx, w.ID)
		if err != nil {
			return nil, err
		}
		for _, open := range s.Waits {
			dates = append(dates, open.WakeAt)
		}
	}
	return dates, nil
}

// moveBy moves the clock on.
func (r *run) moveBy(ctx context.Context, by time.Duration) error {
	now, err := r.desk.Now(ctx)
	if err != nil {
		return err
	}
	return r.moveTo(ctx, now.Add(by))
}

// backWithin is how long a restarted cloud may be away before a move is given up.
const backWithin = 2 * time.Minute

// moveTo moves the clock to a moment, date by date. A restart in its midst makes
// deskctl fail; then it is called again, as a person would.
func (r *run) moveTo(ctx context.Context, at time.Time) error {
	for until := time.Now().Add(backWithin); ; {
		err := r.tryMove(ctx, at)
		if err == nil || time.Now().After(until) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// tryMove moves the clock to a moment, if it is not there yet.
func (r *run) tryMove(ctx context.Context, at time.Time) error {
	now, err := r.desk.Now(ctx)
	if err != nil || !at.After(now) {
		return err
	}
	said, err := r.desk.Advance(ctx, at.Sub(now).Truncate(time.Second)+time.Second)
	for line := range strings.Lines(said) {
		if strings.HasPrefix(line, "Sigue pendiente") {
			r.tell("  %s", strings.TrimSpace(line))
		}
	}
	return err
}

func (r *run) restart(ctx context.Context) error { return r.desk.Control(ctx, "emulator/restart") }

// restartOnTheWay restarts the cloud while the clock is being moved.
func (r *run) restartOnTheWay(ctx context.Context, at time.Time) error {
	moved := make(chan error, 1)
	go func() { moved <- r.moveTo(ctx, at) }()
	time.Sleep(time.Duration(r.random.IntN(1500)) * time.Millisecond)
	err := r.restart(ctx)
	return errors.Join(err, <-moved)
}

// settle waits until everything ordered is done.
func (r *run) settle(ctx context.Context) error {
	return each(len(r.waiters), func(i int) error {
		return rig.Until(ctx, patience, func() error {
			waiting, err := r.desk.Waiting(ctx, r.waiters[i].ID)
			if err == nil && len(waiting) > 0 {
				err = fmt.Errorf("%s still has to do: %s", r.waiters[i].Number, strings.Join(waiting, ", "))
			}
			return err
		})
	})
}

// end closes every ticket, so that a later move of the clock finds nothing of it.
func (r *run) end(ctx context.Context) error {
	return each(len(r.waiters), func(i int) error { return r.waiters[i].perform(ctx, r.desk, r.waiters[i].ends) })
}
