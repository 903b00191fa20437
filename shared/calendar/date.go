package calendar

import (
	"fmt"
	"time"
)

const (
	secondsInDay = 24 * 60 * 60
	limaOffset   = -5 * 60 * 60
)

// lima is the zone of the whole institution. It is built here and not loaded:
// Peru has had no daylight saving since 1994, and a Lambda image need not carry
// the zone database. Never reassigned.
var lima = time.FixedZone("America/Lima", limaOffset)

// Lima is the time zone in which the desk lives: UTC−5 all year.
func Lima() *time.Location { return lima }

// Date is a day on the wall calendar of Lima. Its text form is "2026-07-28".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the date in Lima at an instant: at 03:00 UTC it is still yesterday.
func DateOf(t time.Time) Date {
	number, _ := split(t)
	return dateOfNumber(number)
}

// ParseDate reads "2026-07-28".
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, fmt.Errorf("calendar: %q is not a date like 2026-07-28", text)
	}
	return Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}, nil
}

// String is the text form, "2026-07-28".
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// MarshalText writes the text form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the text form.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Start is midnight in Lima, the first instant of the date.
func (d Date) Start() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, lima) }

// AddDays is the date so many days later, or earlier when negative.
func (d Date) AddDays(days int) Date { return dateOfNumber(d.number() + days) }

// Before says whether d is earlier than other.
func (d Date) Before(other Date) bool { return d.number() < other.number() }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return weekday(d.number()) }

// number counts the days since 1970-01-01, so that dates can be subtracted.
func (d Date) number() int {
	return int(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / secondsInDay)
}

func dateOfNumber(number int) Date {
	year, month, day := time.Unix(int64(number)*secondsInDay, 0).UTC().Date()
	return Date{Year: year, Month: month, Day: day}
}

// weekday of a day number; number 0 was a Thursday.
func weekday(number int) time.Weekday {
	return time.Weekday(((number+int(time.Thursday))%daysInWeek + daysInWeek) % daysInWeek)
}

// split turns an instant into the day number in Lima and the time since its
// midnight. Instants before 1970 round towards the earlier day.
func split(t time.Time) (number int, into time.Duration) {
	seconds := t.Unix() + limaOffset
	day := seconds / secondsInDay
	if seconds < day*secondsInDay {
		day--
	}
	rest := time.Duration(seconds-day*secondsInDay)*time.Second + time.Duration(t.Nanosecond())
	return int(day), rest
}
