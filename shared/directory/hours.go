package directory

import (
	"slices"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
)

// DayOff is one day, or several in a row, on which nobody is expected to work:
// a regional holiday of one sede, or of all of them when Sede is empty (the
// «días no laborables» that the state declares each year). National holidays
// need no record: package calendar knows them by rule (R154).
type DayOff struct {
	Name  string      `json:"name"` // «Aniversario de Arequipa»
	Sede  desk.SedeID `json:"sede,omitempty"`
	Basis string      `json:"basis,omitempty"` // the norm that declares it
	Period
}

// maxDaysOff bounds one record: a longer one is a mistyped year.
const maxDaysOff = 31

// dates lists the days of the record.
func (o DayOff) dates() []calendar.Date {
	var list []calendar.Date
	for at := o.From.Start(); len(list) < maxDaysOff && !o.Until.Before(calendar.DateOf(at)); at = at.AddDate(0, 0, 1) {
		list = append(list, calendar.DateOf(at))
	}
	return list
}

// CalendarOf is the working time of a unit: its own hours or the desk's, the
// national holidays, and the days off of everybody and of its sede (R154).
func (d *Directory) CalendarOf(unit desk.UnitID, at time.Time) calendar.Calendar {
	record, _ := d.Unit(unit, at)
	var off []calendar.Date
	for _, o := range d.records.DaysOff {
		if o.Sede == "" || o.Sede == record.Sede {
			off = append(off, o.dates()...)
		}
	}
	return record.hours().WithDaysOff(off...)
}

// DaysOffOf lists the declared days off of a unit that are not over, in order
// of date: for telling people when the desk is closed.
func (d *Directory) DaysOffOf(unit desk.UnitID, at time.Time) []DayOff {
	record, _ := d.Unit(unit, at)
	today := calendar.DateOf(at)
	var list []DayOff
	for _, o := range d.records.DaysOff {
		if (o.Sede == "" || o.Sede == record.Sede) && !o.Until.Before(today) {
			list = append(list, o)
		}
	}
	slices.SortStableFunc(list, func(a, b DayOff) int { return a.starts() - b.starts() })
	return list
}

// hours is the weekly pattern of the unit. Hours that make no calendar are
// refused when they are imported, so here they can only be none at all.
func (u Unit) hours() calendar.Calendar {
	own, err := weekOf(u.Hours)
	if err != nil {
		return calendar.Default()
	}
	return own
}

// weekOf makes a calendar that opens alike from Monday to Friday.
func weekOf(hours []calendar.Interval) (calendar.Calendar, error) {
	var week calendar.Week
	for day := time.Monday; day <= time.Friday; day++ {
		week[day] = hours
	}
	return calendar.New(week)
}

func dayOffTable() table[DayOff] {
	return table[DayOff]{DaysOff, append([]column[DayOff]{
		text("day_off", textCell, func(r *DayOff) *string { return &r.Name }).asKey().needed(),
		text("sede", idCell, func(r *DayOff) *desk.SedeID { return &r.Sede }).asKey().naming(Sedes),
		text("basis", textCell, func(r *DayOff) *string { return &r.Basis }),
	}, dates(func(r *DayOff) *Period { return &r.Period })...), func(r *Records) *[]DayOff { return &r.DaysOff }}
}

// checkDaysOff wants the first and the last day of each record: an open end
// would close the desk for ever.
func checkDaysOff(r Records) []finding {
	var findings []finding
	for i, o := range r.DaysOff {
		switch {
		case o.From == calendar.Date{}:
			findings = append(findings, finding{DaysOff, i, "from", "escriba el primer día no laborable"})
		case o.Until == calendar.Date{}:
			findings = append(findings, finding{DaysOff, i, "until", "escriba el último día no laborable; si es uno solo, repita el primero"})
		case o.Until.Start().Sub(o.From.Start()) >= maxDaysOff*24*time.Hour:
			findings = append(findings, finding{DaysOff, i, "until", "son más de 31 días seguidos: revise las fechas"})
		}
	}
	return findings
}
