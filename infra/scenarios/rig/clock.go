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
	working := calendar.Default()
	lima := now.In(desk.Lima)
	if working.IsWorking(lima) && lima.Hour() < 11 {
		return nil
	}
	at := time.Date(lima.Year(), lima.Month(), lima.Day(), 9, 0, 0, 0, desk.Lima)
	for !at.After(lima) || !working.IsWorking(at) {
		at = at.AddDate(0, 0, 1)
	}
	_, err = d.MoveTo(ctx, at)
	return err
}
