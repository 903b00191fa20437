package main

import (
	"time"

	"mesa/shared/calendar"
	"mesa/shared/directory"
)

// nextOpening is when the working day of a unit opens next, strictly after a
// moment; zero without units. The minute's round writes the digests then, so a
// clock that jumps has to stop there as the wall's clock does.
func nextOpening(d *directory.Directory, after time.Time) (first time.Time) {
	midnight := calendar.DateOf(after).Start()
	for _, unit := range d.Records().Units {
		hours := d.CalendarOf(unit.ID, after)
		opens := hours.NextOpening(midnight)
		if !opens.After(after) {
			opens = hours.NextDayOpening(after)
		}
		if first.IsZero() || opens.Before(first) {
			first = opens
		}
	}
	return first
}
