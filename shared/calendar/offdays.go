package calendar

import (
	"slices"
	"time"
)

// offDays walks the days off of a calendar in order from some day on. It
// computes the national holidays once a year of the walk: that is what keeps a
// question over a year near half a microsecond.
type offDays struct {
	year     int
	national [nationalCount]int
	i        int
	extra    []int
	worked   []int
}

func (c Calendar) offFrom(number int) offDays {
	year := dateOfNumber(number).Year
	walk := offDays{year: year, national: nationalNumbers(year)}
	for walk.i < nationalCount && walk.national[walk.i] < number {
		walk.i++
	}
	from, _ := slices.BinarySearch(c.extra, number)
	walk.extra, walk.worked = c.extra[from:], c.worked
	return walk
}

// next returns the next day off. There always is one: holidays never end.
func (w *offDays) next() int {
	for {
		number, national := w.following()
		if national && len(w.worked) > 0 && slices.Contains(w.worked, number) {
			continue
		}
		return number
	}
}

// following returns the next day off as if no national holiday were worked.
func (w *offDays) following() (number int, national bool) {
	if w.i == nationalCount {
		w.year++
		w.national, w.i = nationalNumbers(w.year), 0
	}
	holiday := w.national[w.i]
	if len(w.extra) > 0 && w.extra[0] < holiday {
		number = w.extra[0]
		w.extra = w.extra[1:]
		return number, false
	}
	w.i++
	return holiday, true
}

// isOff says whether a day is taken out of the weekly pattern.
func (c Calendar) isOff(number int) bool {
	walk := c.offFrom(number)
	return walk.next() == number
}

// hoursOn are the intervals of one day, none on a day off.
func (c Calendar) hoursOn(number int) []Interval {
	intervals := c.week[weekday(number)]
	if len(intervals) > 0 && c.isOff(number) {
		return nil
	}
	return intervals
}

// regular is the working time of the days from ≤ day < to as if none were off.
func (c Calendar) regular(from, to int) time.Duration {
	weeks, rest := (to-from)/daysInWeek, (to-from)%daysInWeek
	start := int(weekday(from))
	return time.Duration(weeks)*c.weekTotal() + c.before[start+rest] - c.before[start]
}

// span is the working time of the days from ≤ day < to, days off subtracted.
func (c Calendar) span(from, to int) time.Duration {
	sum := c.regular(from, to)
	walk := c.offFrom(from)
	for off := walk.next(); off < to; off = walk.next() {
		sum -= c.regular(off, off+1)
	}
	return sum
}
