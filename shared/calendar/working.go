package calendar

import (
	"math"
	"time"
)

// longest keeps the sums below from overflowing; it is 292 years.
const longest = math.MaxInt64 - secondsInDay*time.Second

// IsWorking says whether the desk works at an instant.
func (c Calendar) IsWorking(t time.Time) bool {
	if c.roundTheClock() {
		return true
	}
	number, into := split(t)
	for _, interval := range c.hoursOn(number) {
		if interval.Opens.sinceMidnight() <= into && into < interval.Closes.sinceMidnight() {
			return true
		}
	}
	return false
}

// WorkingBetween is the working time from a to b, negative when b is before a.
func (c Calendar) WorkingBetween(a, b time.Time) time.Duration {
	if c.roundTheClock() {
		return b.Sub(a)
	}
	if b.Before(a) {
		return -c.WorkingBetween(b, a)
	}
	first, start := split(a)
	last, end := split(b)
	if first == last {
		hours := c.hoursOn(first)
		return until(hours, end) - until(hours, start)
	}
	return c.span(first, last) - until(c.hoursOn(first), start) + until(c.hoursOn(last), end)
}

// AddWorking is the earliest instant, not before t, until which d of working
// time has passed since t. With d zero or negative that is t itself, even in
// the night: a limit that has run out is over now. The result keeps the
// location of t.
func (c Calendar) AddWorking(t time.Time, d time.Duration) time.Time {
	if d <= 0 {
		return t
	}
	if c.roundTheClock() {
		return t.Add(d)
	}
	number, into := split(t)
	// From here on everything is counted from the opening of t's own day.
	left := until(c.hoursOn(number), into) + min(d, longest)
	number, left = c.skipRuns(number, left)
	for left > c.regular(number, number+1) {
		left -= c.regular(number, number+1)
		number++
	}
	return instant(number, reaching(c.week[weekday(number)], left), t.Location())
}

// skipRuns jumps over the stretches between days off that the amount uses up,
// then over whole weeks of the stretch in which it ends. What is left is more
// than zero and at most one regular week from the returned day on.
func (c Calendar) skipRuns(from int, left time.Duration) (int, time.Duration) {
	walk := c.offFrom(from)
	for {
		off := walk.next()
		run := c.regular(from, off)
		if left <= run {
			break
		}
		from, left = off+1, left-run
	}
	weeks := (left - 1) / c.weekTotal()
	return from + int(weeks)*daysInWeek, left - weeks*c.weekTotal()
}

// NextOpening is the earliest working instant at or after t: t itself when the
// desk is working.
func (c Calendar) NextOpening(t time.Time) time.Time {
	if c.IsWorking(t) {
		return t
	}
	number, into := split(t)
	for _, interval := range c.hoursOn(number) {
		if opens := interval.Opens.sinceMidnight(); opens > into {
			return instant(number, opens, t.Location())
		}
	}
	return c.NextDayOpening(t)
}

// NextDayOpening is the opening of the first working day after the day of t,
// however early in the morning t is. A policy that has done its last step
// looks again then. Round the clock that is the next midnight.
func (c Calendar) NextDayOpening(t time.Time) time.Time {
	number, _ := split(t)
	if c.roundTheClock() {
		return instant(number+1, 0, t.Location())
	}
	for {
		number++
		if hours := c.hoursOn(number); len(hours) > 0 {
			return instant(number, hours[0].Opens.sinceMidnight(), t.Location())
		}
	}
}

// instant is the inverse of split.
func instant(number int, into time.Duration, location *time.Location) time.Time {
	seconds := int64(number)*secondsInDay - limaOffset
	return time.Unix(seconds, int64(into)).In(location)
}
