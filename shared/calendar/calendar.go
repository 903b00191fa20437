// Package calendar counts working time: the hours in which the desk is staffed
// (R154), so that «4 horas hábiles» asked on a Friday at 16:30 end on Monday.
//
// A Calendar is a weekly pattern of open intervals minus days off. Days off are
// the public holidays of Peru, known by rule for every year, plus dates given by
// the caller: the yearly «días no laborables» of the public sector and the
// regional days of one unit. Every instant is read in the time of Lima (UTC−5,
// no daylight saving), whatever the location of the time.Time.
//
// Three conventions make all answers agree with each other:
//
//   - An interval holds its opening and not its closing: at 08:30:00 the desk
//     is working, at 17:30:00 it is not.
//   - AddWorking(t, d) is the earliest instant u ≥ t with WorkingBetween(t, u) == d.
//     A time limit that uses up a day exactly falls on the closing of that day,
//     not on the opening of the next one.
//   - WorkingBetween(a, b) is negative when b is before a, so what is left until
//     a time limit and what it is overdue by come from the same call.
//
// The package holds no clock: callers say what time it is.
package calendar

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// Calendar tells working time from the rest. It is a value: copies are
// independent and the With methods return a changed copy. The zero Calendar
// works round the clock every day of the year, for those limits that a local
// setting counts in elapsed time (R114).
type Calendar struct {
	week Week
	// before[i] is the working time of the i days from Sunday on, over two
	// weeks, so that any stretch under a week is one subtraction.
	before [2*daysInWeek + 1]time.Duration
	// extra are the additional days off as sorted day numbers, none of them a
	// national holiday.
	extra []int
	// names is what those days are called, by day number; never changed in place.
	names map[int]string
	// worked are national holidays that are none, as sorted day numbers.
	worked []int
}

// Default is the calendar of the sample setting: Monday to Friday, 08:30–13:00
// and 14:00–17:30, national holidays off. It is a local setting, not a norm.
func Default() Calendar {
	day := []Interval{{Opens: At(8, 30), Closes: At(13, 0)}, {Opens: At(14, 0), Closes: At(17, 30)}}
	var week Week
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = day
	}
	return fromWeek(week)
}

// New makes a calendar of a weekly pattern with the national holidays off. It
// refuses intervals that are empty, out of order or overlapping, and a week
// that never opens, because a limit counted in it would never end.
func New(week Week) (Calendar, error) {
	if err := week.check(); err != nil {
		return Calendar{}, fmt.Errorf("calendar: %w", err)
	}
	return fromWeek(week.clone()), nil
}

func fromWeek(week Week) Calendar {
	c := Calendar{week: week}
	for i := range 2 * daysInWeek {
		c.before[i+1] = c.before[i] + total(week[i%daysInWeek])
	}
	return c
}

// WithDaysOff returns the calendar with these dates off too. Dates that are off
// already, weekends among them, do no harm. A round-the-clock calendar has no
// days off and stays as it is.
func (c Calendar) WithDaysOff(dates ...Date) Calendar {
	extra := slices.Clone(c.extra)
	for _, date := range dates {
		if number := date.number(); !isNational(number) {
			extra = append(extra, number)
		}
	}
	slices.Sort(extra)
	c.extra = slices.Compact(extra)
	return c
}

// WithHolidays is WithDaysOff for days that have a name, which Day and Holidays
// then tell; the first name that a date is given stays.
func (c Calendar) WithHolidays(list ...Holiday) Calendar {
	names, dates := maps.Clone(c.names), make([]Date, 0, len(list))
	if names == nil {
		names = make(map[int]string, len(list))
	}
	for _, h := range list {
		dates = append(dates, h.Date)
		if number := h.Date.number(); names[number] == "" {
			names[number] = h.Name
		}
	}
	c.names = names
	return c.WithDaysOff(dates...)
}

// nameOf is what an added day off is called.
func (c Calendar) nameOf(number int) string {
	if name := c.names[number]; name != "" {
		return name
	}
	return "Día no laborable"
}

// WithWorkedDays returns the calendar in which these national holidays are working
// days: a law took them back, or moved them, before the rule knows it.
func (c Calendar) WithWorkedDays(dates ...Date) Calendar {
	worked := slices.Clone(c.worked)
	for _, date := range dates {
		worked = append(worked, date.number())
	}
	slices.Sort(worked)
	c.worked = slices.Compact(worked)
	return c
}

// Hours returns the weekly pattern, for showing it. Changing the result does
// not change the calendar.
func (c Calendar) Hours() Week { return c.week.clone() }

// Holidays returns the days off of a year in date order: the national ones and
// those added by WithDaysOff.
func (c Calendar) Holidays(year int) []Holiday {
	list := slices.DeleteFunc(National(year), func(h Holiday) bool { return c.isWorked(h.Date.number()) })
	for _, number := range c.extra {
		if date := dateOfNumber(number); date.Year == year {
			list = append(list, Holiday{Date: date, Name: c.nameOf(number)})
		}
	}
	slices.SortFunc(list, func(a, b Holiday) int { return a.Date.number() - b.Date.number() })
	return list
}

func (c Calendar) isWorked(number int) bool {
	_, worked := slices.BinarySearch(c.worked, number)
	return worked
}

// roundTheClock says whether this is the calendar without weekly pattern.
func (c Calendar) roundTheClock() bool { return c.weekTotal() == 0 }

// weekTotal is the working time of a week without days off.
func (c Calendar) weekTotal() time.Duration { return c.before[daysInWeek] }
