package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	deskword "mesa/shared/desk"
)

// clockCmd shows and moves the business clock of a local desk.
type clockCmd struct {
	Show    clockShowCmd    `cmd:"" default:"1" help:"Muestra la hora de la mesa. · Shows the desk's time."`
	Set     clockSetCmd     `cmd:"" help:"Adelanta hasta un momento de Lima. · Moves on to a moment in Lima."`
	Advance clockAdvanceCmd `cmd:"" help:"Adelanta un tiempo. · Moves on by a duration."`
}

type clockShowCmd struct{}

// Run prints the desk's time in Lima.
func (clockShowCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	_, now, err := c.connectNow(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, now.In(deskword.Lima).Format("Mon 02/01/2006 15:04:05"))
	return nil
}

type clockSetCmd struct {
	At string `arg:"" help:"AAAA-MM-DDThh:mm, hora de Lima. · Lima time."`
}

// Run moves the clock to a moment.
func (s clockSetCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	at, err := time.ParseInLocation("2006-01-02T15:04", s.At, deskword.Lima)
	if err != nil {
		return fmt.Errorf("escriba el momento como 2026-09-15T14:05: %w", err)
	}
	return c.advance(ctx, out, func(time.Time) time.Time { return at })
}

type clockAdvanceCmd struct {
	By time.Duration `arg:"" help:"Por ejemplo 61m, 4h, 72h. · For example 61m."`
}

// Run moves the clock by a duration.
func (a clockAdvanceCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	if a.By < 0 {
		return errors.New("el reloj local no retrocede: escriba un tiempo positivo")
	}
	return c.advance(ctx, out, func(now time.Time) time.Time { return now.Add(a.By) })
}

func (c *cli) advance(ctx context.Context, out io.Writer, to func(now time.Time) time.Time) error {
	d, err := c.connect(ctx)
	if err != nil {
		return err
	}
	if !d.Values.Local() {
		return errors.New("el reloj solo se mueve en una mesa local (DESK_CLOCK=local)")
	}
	now, err := d.Now(ctx)
	if err != nil {
		return err
	}
	target := to(now)
	if target.Before(now) {
		return fmt.Errorf("el reloj local no retrocede: ahora es %s", now.In(deskword.Lima).Format("02/01/2006 15:04"))
	}
	m := &mover{desk: d, out: out}
	if err := m.to(ctx, target); err != nil {
		return err
	}
	fmt.Fprintf(out, "Ahora es %s (hora de Lima). Paradas: %d.\n", target.In(deskword.Lima).Format("02/01/2006 15:04"), m.stops)
	return nil
}
