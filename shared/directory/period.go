package directory

import (
	"time"

	"mesa/shared/calendar"
)

// Period is the stretch of days in which a record holds, both ends included,
// as a memorandum would write it: «del 01/10 al 15/10». A zero end is open.
type Period struct {
	From  calendar.Date `json:"from,omitzero"`
	Until calendar.Date `json:"until,omitzero"`
}

// Holds tells whether the period includes the day it is in Lima at an instant.
func (p Period) Holds(at time.Time) bool {
	day := calendar.DateOf(at)
	return !day.Before(p.From) && (p.Until == calendar.Date{} || !p.Until.Before(day))
}

// Overlaps tells whether some day belongs to both periods.
func (p Period) Overlaps(other Period) bool {
	return p.reaches(other.From) && other.reaches(p.From)
}

// reaches tells whether the period is not over before a day.
func (p Period) reaches(day calendar.Date) bool {
	return p.Until == calendar.Date{} || !p.Until.Before(day)
}

// starts orders periods; an open start comes first.
func (p Period) starts() int {
	return (p.From.Year*100+int(p.From.Month))*100 + p.From.Day
}

// span is the period itself, for records that embed one.
func (p Period) span() Period { return p }
