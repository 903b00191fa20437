package main

import (
	"context"
	"time"

	deskword "mesa/shared/desk"
)

// The nightly round's hour in Lima, as template.yaml schedules it.
const (
	nightHour   = 2
	nightMinute = 30
)

// nextNight is the first nightly round after a moment.
func nextNight(after time.Time) time.Time {
	lima := after.In(deskword.Lima)
	night := time.Date(lima.Year(), lima.Month(), lima.Day(), nightHour, nightMinute, 0, 0, deskword.Lima)
	if !night.After(lima) {
		night = night.AddDate(0, 0, 1)
	}
	return night
}

// comesFirst tells whether the round is due before the next date (zero: there is
// none) and not after the target.
func comesFirst(night, target, next time.Time) bool {
	return !night.After(target) && (next.IsZero() || !next.Before(night))
}

// night moves the clock to the next nightly round and has it done, if it comes first.
func (m *mover) night(ctx context.Context, target, next time.Time) (passed bool, err error) {
	now, err := m.desk.Now(ctx)
	if err != nil {
		return false, err
	}
	night := nextNight(now)
	if !comesFirst(night, target, next) {
		return false, nil
	}
	if err := m.set(ctx, night); err != nil {
		return false, err
	}
	return true, m.invoke(ctx, "SweeperFunctionName", "nightly")
}
