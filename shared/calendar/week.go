package calendar

import (
	"fmt"
	"slices"
	"time"
)

const (
	daysInWeek   = 7
	minutesInDay = TimeOfDay(24 * 60)
)

// TimeOfDay is a wall-clock time in Lima as minutes since midnight. Its text
// form is "08:30"; "24:00" is the end of the day.
type TimeOfDay int

// At is the time of day of an hour and a minute.
func At(hour, minute int) TimeOfDay { return TimeOfDay(hour*60 + minute) }

// String is the text form, "08:30".
func (m TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", int(m)/60, int(m)%60) }

// MarshalText writes the text form, so that settings are stored as people read them.
func (m TimeOfDay) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads the text form and refuses everything else.
func (m *TimeOfDay) UnmarshalText(text []byte) error {
	if string(text) == minutesInDay.String() {
		*m = minutesInDay
		return nil
	}
	t, err := time.Parse("15:04", string(text))
	if err != nil || len(text) != len("15:04") {
		return fmt.Errorf("calendar: %q is not a time like 08:30", text)
	}
	*m = At(t.Hour(), t.Minute())
	return nil
}

func (m TimeOfDay) sinceMidnight() time.Duration { return time.Duration(m) * time.Minute }

// Interval is a stretch of one day in which the desk works: its opening is part
// of it, its closing is not.
type Interval struct {
	Opens  TimeOfDay `json:"opens"`
	Closes TimeOfDay `json:"closes"`
}

func (i Interval) length() time.Duration { return i.Closes.sinceMidnight() - i.Opens.sinceMidnight() }

// Week lists the intervals of each weekday, indexed by time.Weekday (Sunday is
// 0). A day without intervals is closed.
type Week [daysInWeek][]Interval

func (w Week) clone() Week {
	for i := range w {
		w[i] = slices.Clone(w[i])
	}
	return w
}

func (w Week) check() error {
	open := false
	for day, intervals := range w {
		end := TimeOfDay(0)
		for i, interval := range intervals {
			switch {
			case interval.Opens >= interval.Closes:
				return fmt.Errorf("%v: %v–%v closes before it opens", time.Weekday(day), interval.Opens, interval.Closes)
			case interval.Opens < 0 || interval.Closes > minutesInDay:
				return fmt.Errorf("%v: %v–%v leaves the day", time.Weekday(day), interval.Opens, interval.Closes)
			case i > 0 && interval.Opens < end:
				return fmt.Errorf("%v: %v–%v overlaps the interval before it", time.Weekday(day), interval.Opens, interval.Closes)
			}
			end, open = interval.Closes, true
		}
	}
	if !open {
		return fmt.Errorf("the week never opens")
	}
	return nil
}

// total is the working time of a day with these intervals.
func total(intervals []Interval) time.Duration {
	var sum time.Duration
	for _, interval := range intervals {
		sum += interval.length()
	}
	return sum
}

// until is the working time of such a day before the given time since midnight.
func until(intervals []Interval, into time.Duration) time.Duration {
	var sum time.Duration
	for _, interval := range intervals {
		if opens := interval.Opens.sinceMidnight(); into > opens {
			sum += min(into-opens, interval.length())
		}
	}
	return sum
}

// reaching is the inverse of until: the time since midnight at which the given
// amount, more than zero and at most the day's total, has been worked.
func reaching(intervals []Interval, worked time.Duration) time.Duration {
	for _, interval := range intervals {
		if worked <= interval.length() {
			return interval.Opens.sinceMidnight() + worked
		}
		worked -= interval.length()
	}
	return minutesInDay.sinceMidnight()
}
