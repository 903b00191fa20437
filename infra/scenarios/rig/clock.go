package rig

import (
	"context"
	"slices"
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
	works, err := d.working(ctx, now)
	if err != nil {
		return err
	}
	if works(now) && now.In(desk.Lima).Hour() < 11 {
		return nil
	}
	_, err = d.MoveTo(ctx, nextAt(works, now, 9))
	return err
}

// NextMorning moves the desk's clock to ten o'clock of the next working day.
func (d *Desk) NextMorning(ctx context.Context) error {
	now, err := d.Now(ctx)
	if err != nil {
		return err
	}
	works, err := d.working(ctx, now)
	if err != nil {
		return err
	}
	y, m, day := now.In(desk.Lima).Date()
	_, err = d.MoveTo(ctx, nextAt(works, time.Date(y, m, day, 23, 0, 0, 0, desk.Lima), 10))
	return err
}

// NextMonth moves the desk's clock to nine o'clock of the next month's first
// working day, and tells which month ended.
func (d *Desk) NextMonth(ctx context.Context) (ended time.Time, err error) {
	now, err := d.Now(ctx)
	if err != nil {
		return time.Time{}, err
	}
	lima := now.In(desk.Lima)
	ended = time.Date(lima.Year(), lima.Month(), 1, 0, 0, 0, 0, desk.Lima)
	working, err := d.working(ctx, now)
	if err != nil {
		return time.Time{}, err
	}
	_, err = d.MoveTo(ctx, nextAt(working, ended.AddDate(0, 1, 0), 9))
	return ended, err
}

// working tells of a moment whether every unit of the desk works then, by the
// desk's own calendar: days off by decree and those of a region count too.
func (d *Desk) working(ctx context.Context, now time.Time) (func(at time.Time) bool, error) {
	snapshot, err := d.Store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	var hours []calendar.Calendar
	for _, unit := range snapshot.Directory.Records().Units {
		hours = append(hours, snapshot.Directory.CalendarOf(unit.ID, now))
	}
	return func(at time.Time) bool {
		return !slices.ContainsFunc(hours, func(c calendar.Calendar) bool { return !c.IsWorking(at) })
	}, nil
}

// nextAt is the first such hour of a working day after a moment.
func nextAt(works func(at time.Time) bool, after time.Time, hour int) time.Time {
	lima := after.In(desk.Lima)
	at := time.Date(lima.Year(), lima.Month(), lima.Day(), hour, 0, 0, 0, desk.Lima)
	for !at.After(lima) || !works(at) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}
