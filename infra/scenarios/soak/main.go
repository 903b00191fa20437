// Command soak lets 1,000 waits run out on the local clock while the local cloud
// is restarted 100 times, in rounds, and writes the figures down.
//
//	go run ./infra/scenarios/soak                        all of it, on a desk of its own
//	go run ./infra/scenarios/soak -waits 100 -restarts 10
//	DESK_READY_FILE=FILE go run ./infra/scenarios/soak   on a running one
//
// It ends by itself: after the last round, at the first round that found
// something wrong, or when its time is over; what was found until then is
// written in any case.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"mesa/infra/scenarios/endure"
	"mesa/infra/scenarios/rig"
)

// plan is how much is done.
type plan struct {
	waits, restarts, round int
	limit                  time.Duration
	seed                   uint64
	out                    string
}

func main() {
	var p plan
	flag.IntVar(&p.waits, "waits", 1000, "waits with a date of their own")
	flag.IntVar(&p.restarts, "restarts", 100, "restarts of the local cloud, spread over the rounds")
	flag.IntVar(&p.round, "round", 50, "waits of one round")
	flag.DurationVar(&p.limit, "limit", time.Hour, "no round begins after this time")
	flag.Uint64Var(&p.seed, "seed", uint64(time.Now().Unix()), "the same seed makes the same waits and restarts")
	flag.StringVar(&p.out, "out", filepath.Join(".local", "soak.txt"), "file that the figures are added to")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := p.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1) //nolint:gocritic // stop only stops listening for signals
	}
}

// run does round after round and writes the figures.
func (p plan) run(ctx context.Context) (err error) {
	if p.waits < 1 || p.restarts < 0 || p.round < 1 {
		return errors.New("-waits and -round begin at 1, -restarts at 0")
	}
	stack, err := rig.Start(ctx, os.Stderr)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stack.Stop()) }()
	began := time.Now()
	total, err := p.rounds(ctx, stack.Desk, began)
	text := fmt.Sprintf("%s, seed %d: %s", began.Format("2006-01-02 15:04"), p.seed, total)
	fmt.Println(text)
	return errors.Join(err, p.write(text))
}

// rounds are as many as the waits need; restarts are spread over them.
func (p plan) rounds(ctx context.Context, d *rig.Desk, began time.Time) (total endure.Figures, err error) {
	rounds := (p.waits + p.round - 1) / p.round
	for n := range rounds {
		if spent := time.Since(began); spent > p.limit {
			return total, fmt.Errorf("stopped after %s: %d of %d rounds done", spent.Round(time.Second), n, rounds)
		}
		o := endure.Options{Waits: min(p.round, p.waits-n*p.round), Restarts: p.restarts*(n+1)/rounds - p.restarts*n/rounds, Seed: p.seed + uint64(n), Progress: os.Stderr}
		fmt.Fprintf(os.Stderr, "round %d of %d: %d waits, %d restarts, seed %d\n", n+1, rounds, o.Waits, o.Restarts, o.Seed)
		figures, err := endure.Run(ctx, d, o)
		if total = total.Add(figures); err != nil {
			return total, err
		}
		fmt.Fprintln(os.Stderr, figures)
		if wrong := figures.Wrong(); wrong != "" {
			return total, fmt.Errorf("round %d, seed %d: %s", n+1, o.Seed, wrong)
		}
	}
	return total, nil
}

// write adds a line to the file of figures.
func (p plan) write(text string) error {
	if err := os.MkdirAll(filepath.Dir(p.out), 0o750); err != nil {
		return err
	}
	file, err := os.OpenFile(p.out, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(file, text)
	return errors.Join(err, file.Close())
}
