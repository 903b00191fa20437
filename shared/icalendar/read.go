package icalendar

import (
	"bytes"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"

	"mesa/shared/calendar"
)

// eventsOf parses a file; problem says why it is none, in Spanish.
func eventsOf(content []byte) (events []*ics.VEvent, problem string) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	switch {
	case len(bytes.TrimSpace(content)) == 0:
		return nil, "El archivo está vacío."
	case len(content) > MaxBytes:
		return nil, "El archivo pesa más de " + strconv.Itoa(MaxBytes>>10) + " KB: divídalo por años."
	case !utf8.Valid(content):
		return nil, "El archivo no está en UTF-8: expórtelo otra vez del calendario."
	}
	file, err := ics.ParseCalendar(bytes.NewReader(content))
	if err != nil || file == nil {
		return nil, "El archivo no es un calendario (.ics) que se pueda leer."
	}
	if events = file.Events(); len(events) == 0 {
		return nil, "El calendario no tiene ninguna entrada."
	}
	return events, ""
}

const dateForm = "20060102"

// dates are the first and the last day. DTEND is the day after the last.
func (r *reading) dates() {
	from, ok := r.date(ics.ComponentPropertyDtStart)
	if !ok {
		r.wrong(calendar.FieldFrom, "DTSTART debe ser un día entero, sin hora: DTSTART;VALUE=DATE:20261224.")
		return
	}
	r.day.From, r.day.Until = from, from
	switch length := value(r.event, ics.ComponentPropertyDuration); {
	case r.event.HasProperty(ics.ComponentPropertyDtEnd):
		end, ok := r.date(ics.ComponentPropertyDtEnd)
		if !ok || end.Before(from) {
			r.wrong(calendar.FieldUntil, "DTEND debe ser un día entero posterior a DTSTART: el siguiente al último.")
			return
		}
		if from.Before(end) { // some write the day itself as the end of one day
			r.day.Until = end.AddDays(-1)
		}
	case length != "":
		days, ok := wholeDays(length)
		if !ok {
			r.wrong(calendar.FieldUntil, "DURATION debe ser de días enteros, por ejemplo P2D.")
			return
		}
		r.day.Until = from.AddDays(days - 1)
	}
}

func (r *reading) date(p ics.ComponentProperty) (calendar.Date, bool) {
	return dateIn(value(r.event, p))
}

func dateIn(s string) (calendar.Date, bool) {
	t, err := time.Parse(dateForm, s)
	return calendar.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}, err == nil
}

// wholeDays reads P2D and P1W.
func wholeDays(s string) (int, bool) {
	number, isDays := strings.CutSuffix(strings.TrimPrefix(s, "P"), "D")
	each := 1
	if !isDays {
		var isWeeks bool
		if number, isWeeks = strings.CutSuffix(strings.TrimPrefix(s, "P"), "W"); !isWeeks {
			return 0, false
		}
		each = 7
	}
	n, err := strconv.Atoi(number)
	return n * each, err == nil && n > 0 && n <= 366 && strings.HasPrefix(s, "P")
}
