// Package icalendar reads and writes the days off as a calendar file (.ics, RFC
// 5545), which every calendar program opens: an institution keeps its calendar
// where it always did and brings it here.
//
// A day off is an all-day event:
//
//	BEGIN:VEVENT
//	DTSTART;VALUE=DATE:20261224
//	DTEND;VALUE=DATE:20261226           the day after the last; none: one day
//	SUMMARY:Día no laborable            its name
//	DESCRIPTION:DS 000-2026-PCM         the norm that declares it
//	CATEGORIES:DECREE                   NATIONAL, DECREE, REGIONAL or WORKED, or their Spanish words
//	LOCATION:UT-AREQUIPA                the sede, by id or name, of a regional one
//	END:VEVENT
//
// Reading takes all or nothing: every event that is no day off is named at once.
// A yearly repetition with an end is honoured; any other is refused, because a
// repetition that is read wrongly closes the desk on days nobody declared.
package icalendar

import (
	"fmt"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"mesa/shared/calendar"
	"mesa/shared/desk"
)

// Type is the media type of a calendar file.
const Type = "text/calendar; charset=utf-8"

// Origin says whose file is written.
type Origin struct {
	Procedure string // «PRO-044»
	Domain    string // of the entries' ids
	At        time.Time
}

// Write makes the calendar file of these days off. Read gives them back.
func Write(days []calendar.DayOff, o Origin) []byte {
	file := ics.NewCalendar()
	file.SetProductId("-//" + o.Procedure + "//PAU//ES")
	file.SetMethod(ics.MethodPublish)
	for _, d := range days {
		scope := "pe"
		if d.Sede != "" {
			scope = string(d.Sede)
		}
		event := file.AddEvent(d.From.String() + "-" + strings.ToLower(scope) + "@" + o.Domain)
		event.SetDtStampTime(o.At)
		event.SetAllDayStartAt(d.From.Start())
		event.SetAllDayEndAt(d.Until.AddDays(1).Start())
		event.SetSummary(d.Name)
		event.SetDescription(d.Source)
		event.AddCategory(categoryOf(d.Kind))
		if d.Sede != "" {
			event.SetLocation(string(d.Sede))
		}
		event.SetTimeTransparency(ics.TransparencyTransparent)
	}
	return []byte(file.Serialize(ics.WithNewLineWindows))
}

func categoryOf(k calendar.Kind) string { return strings.ToUpper(string(k)) }

// Sedes finds a sede by its id or its name.
type Sedes func(text string) (desk.SedeID, bool)

// MaxBytes bounds a file: a century of days off is smaller.
const MaxBytes = 256 << 10

// Read takes the days off out of a calendar file, or names everything that is
// none. What a day off must be beyond its form, calendar.Book.Plan says.
func Read(content []byte, sedes Sedes) ([]calendar.DayOff, []calendar.Fault) {
	events, problem := eventsOf(content)
	if problem != "" {
		return nil, []calendar.Fault{{FieldProblem: desk.FieldProblem{Text: problem}}}
	}
	var days []calendar.DayOff
	var faults []calendar.Fault
	for i, event := range events {
		if strings.EqualFold(value(event, ics.ComponentPropertyStatus), string(ics.ObjectStatusCancelled)) {
			continue
		}
		r := reading{event: event}
		r.read(sedes)
		for _, p := range r.problems {
			faults = append(faults, calendar.Fault{N: i + 1, DayOff: r.day, FieldProblem: p})
		}
		days = append(days, r.days...)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return days, nil
}

// value is a property's text on one line; "" if there is none.
func value(event *ics.VEvent, p ics.ComponentProperty) string {
	if found := event.GetProperty(p); found != nil {
		return strings.Join(strings.Fields(found.Value), " ")
	}
	return ""
}

// reading is one event being read.
type reading struct {
	event    *ics.VEvent
	day      calendar.DayOff
	days     []calendar.DayOff // one, or one for each year of a repetition
	problems []desk.FieldProblem
}

func (r *reading) wrong(field, format string, args ...any) {
	r.problems = append(r.problems, desk.FieldProblem{Field: field, Text: fmt.Sprintf(format, args...)})
}

func (r *reading) read(sedes Sedes) {
	r.day.Name, r.day.Source = value(r.event, ics.ComponentPropertySummary), value(r.event, ics.ComponentPropertyDescription)
	r.dates()
	r.kind()
	if place := value(r.event, ics.ComponentPropertyLocation); place != "" && r.day.Kind == calendar.KindRegional {
		sede, known := sedes(place)
		if !known {
			r.wrong(calendar.FieldSede, "LOCATION: «%s» no es una sede del directorio.", place)
		}
		r.day.Sede = sede
	}
	if len(r.problems) == 0 {
		r.repeat()
	}
}

// words are the categories, as written here and as people write them.
func words() map[string]calendar.Kind {
	return map[string]calendar.Kind{
		"NATIONAL": calendar.KindNational, "NACIONAL": calendar.KindNational, "FERIADO NACIONAL": calendar.KindNational,
		"DECREE": calendar.KindDecree, "DECRETO": calendar.KindDecree, "DÍA NO LABORABLE": calendar.KindDecree, "DIA NO LABORABLE": calendar.KindDecree,
		"REGIONAL": calendar.KindRegional, "FERIADO REGIONAL": calendar.KindRegional,
		"WORKED": calendar.KindWorked, "FERIADO SIN EFECTO": calendar.KindWorked,
	}
}

// kind is the one category that is known; others may stand beside it.
func (r *reading) kind() {
	var found []calendar.Kind
	for _, p := range r.event.GetProperties(ics.ComponentPropertyCategories) {
		for word := range strings.SplitSeq(p.Value, ",") {
			if k, ok := words()[strings.ToUpper(strings.TrimSpace(word))]; ok && !slices.Contains(found, k) {
				found = append(found, k)
			}
		}
	}
	if len(found) != 1 {
		r.wrong(calendar.FieldKind, "CATEGORIES debe decir una de estas: NATIONAL, DECREE, REGIONAL o WORKED.")
		return
	}
	r.day.Kind = found[0]
}
