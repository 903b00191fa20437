package icalendar

import (
	"strconv"
	"strings"

	ics "github.com/arran4/golang-ical"

	"mesa/shared/calendar"
)

// maxYears bounds a repetition: further ones are declared when they come.
const maxYears = 30

// repeat makes the days of an event: one, or one for each year until its end.
func (r *reading) repeat() {
	for _, p := range []ics.ComponentProperty{ics.ComponentPropertyRdate, ics.ComponentPropertyExdate, ics.ComponentPropertyRecurrenceId} {
		if r.event.HasProperty(p) {
			r.wrong(calendar.FieldFrom, "%s no se acepta: escriba una entrada por cada fecha.", p)
			return
		}
	}
	rules := r.event.GetProperties(ics.ComponentPropertyRrule)
	switch {
	case len(rules) == 0:
		r.days = []calendar.DayOff{r.day}
		return
	case len(rules) == 1:
		r.days = yearly(r.day, rules[0].Value)
	}
	if len(r.days) == 0 {
		r.wrong(calendar.FieldFrom, "RRULE: solo se acepta FREQ=YEARLY con su fin, UNTIL o COUNT, de hasta %d años; si no, escriba una entrada por cada fecha.", maxYears)
	}
}

// ending is how far a yearly rule goes: one of both.
type ending struct {
	count int
	until calendar.Date
}

// yearly are the days of a rule (RFC 5545, 3.3.10); none if it is not understood.
func yearly(first calendar.DayOff, rule string) []calendar.DayOff {
	end, ok := endOf(first, rule)
	if !ok {
		return nil
	}
	var days []calendar.DayOff
	for n := 0; n <= maxYears; n++ {
		day, exists := later(first, n)
		switch {
		case end.count > 0 && len(days) == end.count, end.count == 0 && end.until.Before(day.From):
			return days
		case exists:
			days = append(days, day)
		}
	}
	return nil // longer than anybody should declare
}

// later is the day off n years on; a 29 February has none in most.
func later(d calendar.DayOff, n int) (calendar.DayOff, bool) {
	length := len(d.Dates())
	from := calendar.Date{Year: d.From.Year + n, Month: d.From.Month, Day: d.From.Day}
	d.From, d.Until = from, from.AddDays(length-1)
	return d, calendar.DateOf(from.Start()) == from
}

// endOf understands a rule that says each year on the day of its start, and until
// when. What only repeats the day of the start says nothing new.
func endOf(first calendar.DayOff, rule string) (ending, bool) {
	var end ending
	frequency := ""
	for part := range strings.SplitSeq(rule, ";") {
		name, v, _ := strings.Cut(strings.ToUpper(part), "=")
		n, err := strconv.Atoi(v)
		switch {
		case name == "FREQ":
			frequency = v
		case name == "COUNT" && err == nil && n > 0:
			end.count = n
		case name == "UNTIL" && len(v) >= len(dateForm):
			day, ok := dateIn(v[:len(dateForm)])
			if !ok {
				return end, false
			}
			end.until = day
		case name == "INTERVAL" && n == 1, name == "BYMONTH" && n == int(first.From.Month), name == "BYMONTHDAY" && n == first.From.Day, name == "WKST":
		default:
			return end, false
		}
	}
	return end, frequency == "YEARLY" && (end.count > 0) != (end.until != calendar.Date{})
}
