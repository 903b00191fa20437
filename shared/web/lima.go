package web

import (
	"fmt"
	"strings"
	"time"

	"mesa/shared/desk"
)

// Stamp is the time on screen: «15/09/2026 14:05». A zero time is empty.
func Stamp(at time.Time) string { return format(at, "02/01/2006 15:04") }

// Day is a date on screen: «15/09/2026».
func Day(at time.Time) string { return format(at, "02/01/2006") }

// LongDay is a day in words: «martes 15 de setiembre de 2026».
func LongDay(at time.Time) string {
	at = at.In(desk.Lima)
	days := [...]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"}
	return fmt.Sprintf("%s %d de %s", days[at.Weekday()], at.Day(), MonthYear(at))
}

func format(at time.Time, layout string) string {
	if at.IsZero() {
		return ""
	}
	return at.In(desk.Lima).Format(layout)
}

// LongStamp is the time in a mail: «martes 15 de setiembre de 2026, 14:05 (hora
// de Lima)». Peru writes «setiembre» (CLDR es-PE).
func LongStamp(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	at = at.In(desk.Lima)
	days := [...]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"}
	return fmt.Sprintf("%s %d de %s, %s (hora de Lima)", days[at.Weekday()], at.Day(), MonthYear(at), at.Format("15:04"))
}

// MonthYear names a month: «setiembre de 2026».
func MonthYear(at time.Time) string {
	months := [...]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "setiembre",
		"octubre", "noviembre", "diciembre"}
	at = at.In(desk.Lima)
	return fmt.Sprintf("%s de %d", months[at.Month()-1], at.Year())
}

// Ago is how long since, for beside an absolute time: «hace 2 h».
func Ago(now, at time.Time) string {
	switch d := now.Sub(at); {
	case at.IsZero() || d < 0:
		return ""
	case d < time.Minute:
		return Say("ago.now")
	case d < time.Hour:
		return Say("ago.minutes", "n", itoa(int(d/time.Minute)))
	case d < 24*time.Hour:
		return Say("ago.hours", "n", itoa(int(d/time.Hour)))
	default:
		return Say("ago.days", "n", itoa(int(d/(24*time.Hour))))
	}
}

// Working words a duration of working time: «3 h 20 min hábiles».
func Working(d time.Duration) string {
	hours, minutes := int(d/time.Hour), int(d%time.Hour/time.Minute)
	switch {
	case hours == 0:
		return Say("working.minutes", "m", itoa(minutes))
	case minutes == 0:
		return Say("working.hours", "h", itoa(hours))
	default:
		return Say("working.both", "h", itoa(hours), "m", itoa(minutes))
	}
}

// ParseDate reads a typed date as people write it: 15/09/2026, 15/9/26,
// 15-9-2026 or 2026-09-15. The result is midnight in Lima.
func ParseDate(text string) (time.Time, error) {
	text = strings.NewReplacer("-", "/", ".", "/", " ", "").Replace(strings.TrimSpace(text))
	for _, layout := range []string{"2/1/2006", "2/1/06", "2006/1/2"} {
		if at, err := time.ParseInLocation(layout, text, desk.Lima); err == nil {
			return at, nil
		}
	}
	return time.Time{}, fmt.Errorf("date %q", text)
}

// TypedDate and TypedTime are the values of a Date and of a Time field in the
// form that package flow reads (2026-09-15, 09:30). What cannot be read stays as
// it was typed, to come back beside its error.
func TypedDate(text string) string {
	if at, err := ParseDate(text); err == nil {
		return at.Format(desk.DateLayout)
	}
	return strings.TrimSpace(text)
}

// TypedTime reads 9:30, 9.30, 09:30 and 9:30 h.
func TypedTime(text string) string {
	if at, err := time.Parse("15:04", clockOf(text)); err == nil {
		return at.Format("15:04")
	}
	return strings.TrimSpace(text)
}

// ShownDate is a Date field's value as people write it.
func ShownDate(value string) string {
	if at, err := time.ParseInLocation(desk.DateLayout, value, desk.Lima); err == nil {
		return Day(at)
	}
	return value
}

// clockOf is an hour without the ways people decorate it.
func clockOf(text string) string {
	return strings.NewReplacer(".", ":", " ", "", "h", "").Replace(strings.ToLower(strings.TrimSpace(text)))
}

// ParseDateTime reads the two boxes of a DateTime field: a date and an hour
// such as 14:05, 9:30 or 14.05.
func ParseDateTime(date, clock string) (time.Time, error) {
	day, err := ParseDate(date)
	if err != nil {
		return time.Time{}, err
	}
	hour, err := time.Parse("15:04", clockOf(clock))
	if err != nil {
		return time.Time{}, fmt.Errorf("hour %q", clock)
	}
	return day.Add(time.Duration(hour.Hour())*time.Hour + time.Duration(hour.Minute())*time.Minute), nil
}

// TypedDateTime is the value of a DateTime field from its two boxes, in the form
// that package flow reads (2026-09-15T14:05, Lima). What cannot be read is kept
// as it was typed, so that it comes back on the page beside its error.
func TypedDateTime(date, clock string) string {
	at, err := ParseDateTime(date, clock)
	switch {
	case err == nil:
		return at.Format(wireDateTime)
	case date == "" && clock == "":
		return ""
	}
	return date + "\n" + clock
}

// wireDateTime is flow.TimeLayout.
const wireDateTime = "2006-01-02T15:04"

// SplitDateTime gives the two boxes their text back, whatever TypedDateTime made
// of them; it also takes a Stamp.
func SplitDateTime(value string) (date, clock string) {
	if at, err := time.Parse(wireDateTime, value); err == nil {
		return at.Format("02/01/2006"), at.Format("15:04")
	}
	if date, clock, ok := strings.Cut(value, "\n"); ok {
		return date, clock
	}
	date, clock, _ = strings.Cut(value, " ")
	return date, clock
}
