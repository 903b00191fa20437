package calendar

import (
	"slices"
	"time"
)

// Day is one date as the desk works it, for showing how a time limit was
// counted.
type Day struct {
	Date  Date
	Hours []Interval // none: closed
	Off   string     // what the day off is called; empty when only the week leaves it closed
}

// Day tells how a date is worked. Round the clock every day is open whole.
func (c Calendar) Day(date Date) Day {
	if c.roundTheClock() {
		return Day{Date: date, Hours: []Interval{{Opens: 0, Closes: minutesInDay}}}
	}
	number := date.number()
	day := Day{Date: date, Hours: slices.Clone(c.hoursOn(number))}
	if !c.isOff(number) {
		return day
	}
	holidays := c.Holidays(date.Year)
	if i := slices.IndexFunc(holidays, func(h Holiday) bool { return h.Date == date }); i >= 0 {
		day.Off = holidays[i].Name
	}
	return day
}

// On is the instant of a time of day on a date, in Lima.
func (d Date) On(at TimeOfDay) time.Time { return d.Start().Add(at.sinceMidnight()) }
