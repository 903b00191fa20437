package main

import (
	"context"
	"fmt"
	"time"

	deskword "mesa/shared/desk"
	"mesa/shared/intake"
	"mesa/shared/mail"
)

type mailReplayCmd struct {
	Since since `help:"Desde hace cuánto, o desde qué día u hora de Lima: 72h, 2026-11-20, 2026-11-20T08:00. · From how long ago, or from which day or hour in Lima." default:"168h"`
}

// since is a moment, written as how long ago or as itself.
type since struct {
	ago time.Duration
	at  time.Time
}

// UnmarshalText reads `72h`, `2026-11-20` or `2026-11-20T08:00`.
func (s *since) UnmarshalText(text []byte) error {
	if ago, err := time.ParseDuration(string(text)); err == nil && ago > 0 {
		s.ago = ago
		return nil
	}
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04"} {
		if at, err := time.ParseInLocation(layout, string(text), deskword.Lima); err == nil {
			s.at = at
			return nil
		}
	}
	return fmt.Errorf("«%s» no es un tiempo como 72h, 2026-11-20 o 2026-11-20T08:00", text)
}

// from is the moment itself, once it is known what time it is.
func (s since) from(now time.Time) time.Time {
	if s.at.IsZero() {
		return now.Add(-s.ago)
	}
	return s.at
}

// Run receives every stored mail since a moment again. Those with a record are
// found done, so replaying everything twice changes nothing (F46).
func (r mailReplayCmd) Run(ctx context.Context, c *cli, std *streams) error {
	in, err := c.intake(ctx)
	if err != nil {
		return err
	}
	again := replay{objects: in.bucket, mails: in, now: time.Now, std: std}
	return again.run(ctx, r.Since.from(time.Now()))
}

// replayer receives one stored mail again.
type replayer interface {
	Replay(ctx context.Context, key string) (rec intake.Record, isNew bool, err error)
}

// replay goes through the stored mails and tells how it goes.
type replay struct {
	objects intake.Objects
	mails   replayer
	now     func() time.Time
	std     *streams

	begun              time.Time
	seen, done, failed int
}

// replayEvery is after how many mails a line tells how far it is.
const replayEvery = 100

func (r *replay) run(ctx context.Context, from time.Time) error {
	r.begun = r.now()
	fmt.Fprintf(r.std.out, "Correos guardados desde el %s (hora de Lima):\n", from.In(deskword.Lima).Format("02/01/2006 15:04"))
	err := r.objects.List(ctx, intake.Prefix, func(key string, at time.Time) error {
		if at.Before(from) || (mail.Receipt{Key: key}).Setup() {
			return nil
		}
		r.one(ctx, key)
		if r.seen%replayEvery == 0 {
			r.tell("…")
		}
		return ctx.Err()
	})
	r.tell("Total:")
	switch {
	case err != nil:
		return fmt.Errorf("se detuvo antes de terminar; repítalo, lo recibido no se duplica: %w", err)
	case r.failed > 0:
		return fmt.Errorf("%d correos no se pudieron recibir: vea arriba por qué, y repítalo", r.failed)
	}
	return nil
}

// one receives a mail and names it if something became of it now.
func (r *replay) one(ctx context.Context, key string) {
	r.seen++
	rec, isNew, err := r.mails.Replay(ctx, key)
	switch {
	case err != nil:
		r.failed++
		fmt.Fprintf(r.std.errOut, "%s: %v\n", key, err)
	case isNew:
		r.done++
		fmt.Fprintf(r.std.out, "%s  %s\n", key, became(rec))
	}
}

// became says what a mail became, without what it says.
func became(rec intake.Record) string {
	if rec.Ticket == "" {
		return mail.Explain(rec.Decision)
	}
	return mail.Explain(rec.Decision) + ": " + string(rec.Ticket)
}

func (r *replay) tell(begin string) {
	fmt.Fprintf(r.std.out, "%s %d revisados, %d recibidos ahora, %d ya tenían registro, %d con error (%s)\n",
		begin, r.seen, r.done, r.seen-r.done-r.failed, r.failed, r.now().Sub(r.begun).Round(time.Second))
}
