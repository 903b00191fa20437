package directory

import (
	"strings"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
)

// WithDays returns the directory with these days off. They are kept apart from
// the records, each change with who made it, and come together here because a
// unit's working time is made of both (R154).
func (d *Directory) WithDays(b calendar.Book) *Directory {
	with := *d
	with.days = b
	return &with
}

// Days are the days off as they stand. Callers must not change them.
func (d *Directory) Days() calendar.Book { return d.days }

// PlanDays holds days off against those there are (see calendar.Book).
func (d *Directory) PlanDays(days []calendar.DayOff) (add []calendar.DayOff, there int, faults []calendar.Fault) {
	return d.days.Plan(days, d.knowsSede)
}

// CheckDay names all that is wrong with a day off by itself.
func (d *Directory) CheckDay(day calendar.DayOff) []desk.FieldProblem { return day.Check(d.knowsSede) }

func (d *Directory) knowsSede(id desk.SedeID) bool { return len(d.sedes[id]) > 0 }

// SedeNamed finds a sede by its id or its name, as people write them.
func (d *Directory) SedeNamed(text string) (desk.SedeID, bool) {
	for _, s := range d.records.Sedes {
		if strings.EqualFold(text, string(s.ID)) || strings.EqualFold(text, s.Name) {
			return s.ID, true
		}
	}
	return "", false
}

// CalendarOf is the working time of a unit: its own hours or the desk's, the
// national holidays, and the days off of everybody and of its sede (R154).
func (d *Directory) CalendarOf(unit desk.UnitID, at time.Time) calendar.Calendar {
	record, _ := d.Unit(unit, at)
	return record.hours().WithHolidays(d.days.Of(record.Sede)...).WithWorkedDays(d.days.Worked(record.Sede)...)
}

// Office is the working time of the institution: that of the UTI, which runs its
// systems and its desk.
func (d *Directory) Office(at time.Time) calendar.Calendar {
	uti, _ := d.uti(at)
	return d.CalendarOf(uti.ID, at)
}

// OpenedSince are the units whose working day opened after seen, today: for what
// is written once when a day begins.
func (d *Directory) OpenedSince(seen, now time.Time) map[desk.UnitID]bool {
	opened := map[desk.UnitID]bool{}
	midnight := calendar.DateOf(now).Start()
	for _, unit := range d.records.Units {
		opens := d.CalendarOf(unit.ID, now).NextOpening(midnight)
		if opens.After(seen) && !opens.After(now) { // one of a later day is still to come
			opened[unit.ID] = true
		}
	}
	return opened
}

// DaysOffOf lists the declared days off of a unit that are not over, in order
// of date: for telling people when the desk is closed.
func (d *Directory) DaysOffOf(unit desk.UnitID, at time.Time) []calendar.DayOff {
	record, _ := d.Unit(unit, at)
	today := calendar.DateOf(at)
	var list []calendar.DayOff
	for _, o := range d.days.Days {
		if o.Kind != calendar.KindWorked && o.Holds(record.Sede) && !o.Until.Before(today) {
			list = append(list, o)
		}
	}
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
