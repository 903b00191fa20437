package rig

import (
	"context"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/flow"
)

// Advance moves the desk's clock by a duration, date by date, with deskctl.
func (d *Desk) Advance(ctx context.Context, by time.Duration) (string, error) {
	return d.Deskctl(ctx, "clock", "advance", by.String())
}

// MoveTo moves the desk's clock to a moment in Lima.
func (d *Desk) MoveTo(ctx context.Context, at time.Time) (string, error) {
	return d.Deskctl(ctx, "clock", "set", at.In(desk.Lima).Format(flow.TimeLayout))
}

// Morning moves the desk's clock to nine o'clock of a working day: this one if
// it is still before eleven, else the next.
func (d *Desk) Morning(ctx context.Context) error {
	now, err := d.Now(ctx)
	if err != nil {
		return err
	}
	if lima := now.In(desk.Lima); calendar.Default().IsWorking(lima) && lima.Hour() < 11 {
		return nil
	}
	_, err = d.MoveTo(ctx, nextAt(now, 9))
	return err
}

// NextMorning moves the desk's clock to ten o'clock of the next working day.
func (d *Desk) NextMorning(ctx context.Context) error {
	now, err := d.Now(ctx)
	if err != nil {
		return err
	}
	y, m, day := now.In(desk.Lima).Date()
	_, err = d.MoveTo(ctx, nextAt(time.Date(y, m, day, 23, 0, 0, 0, desk.Lima), 10))
	return err
}

// nextAt is the first such hour of a working day after a moment.
func nextAt(after time.Time, hour int) time.Time {
	lima := after.In(desk.Lima)
	at := time.Date(lima.Year(), lima.Month(), lima.Day(), hour, 0, 0, 0, desk.Lima)
	for !at.After(lima) || !calendar.Default().IsWorking(at) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}
