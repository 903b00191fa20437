package directory

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/calendar"
	"mesa/shared/desk"
)

func TestCalendarOf(t *testing.T) {
	early := func(r *Records) {
		r.Units[5].Hours = []calendar.Interval{{Opens: calendar.At(7, 0), Closes: calendar.At(12, 0)}}
	}
	at := func(d calendar.Date, hour int) time.Time { return d.Start().Add(time.Duration(hour) * time.Hour) }
	tests := map[string]struct {
		unit desk.UnitID
		at   time.Time
		want bool
	}{
		"the desk's hours where a unit has none": {"UT-1", at(day(time.September, 15), 9), true},
		"a regional day off of the sede":         {"UT-1", at(day(time.September, 14), 9), false},
		"which is a working day elsewhere":       {"LINE", at(day(time.September, 14), 9), true},
		"a unit's own hours":                     {"UT-2", at(day(time.September, 15), 7), true},
		"and nothing beyond them":                {"UT-2", at(day(time.September, 15), 15), false},
		"own hours are those of working days":    {"UT-2", at(day(time.September, 12), 8), false},
		"own hours keep the national holidays":   {"UT-2", at(day(time.July, 28), 8), false},
		"days off of everybody, the first":       {"LINE", at(day(time.October, 5), 9), false},
		"and the last":                           {"UT-1", at(day(time.October, 6), 9), false},
		"and no day more":                        {"LINE", at(day(time.October, 7), 9), true},
		"a day off of another year is not ours":  {"UT-1", at(calendar.Date{Year: 2027, Month: time.September, Day: 14}, 9), true},
		"a holiday taken back is worked":         {"UT-1", at(day(time.December, 25), 9), true},
		"an unknown unit has the desk's hours":   {"NONE", at(day(time.September, 15), 9), true},
	}
	d := New(change(early)).WithDays(daysOff())
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := d.CalendarOf(tt.unit, now).IsWorking(tt.at); got != tt.want {
				t.Errorf("working at %v: got %v", tt.at, got)
			}
		})
	}
}

// The office keeps the hours of the UTI; without one, those of the desk.
func TestTheOfficeWorksWhenTheUTIDoes(t *testing.T) {
	early := func(r *Records) {
		for i := range r.Units {
			if r.Units[i].Kind == UTI {
				r.Units[i].Hours = []calendar.Interval{{Opens: calendar.At(7, 0), Closes: calendar.At(12, 0)}}
			}
		}
	}
	nobody := func(r *Records) {
		for i := range r.Units {
			if r.Units[i].Kind == UTI {
				r.Units[i].Kind = Organic
			}
		}
	}
	seven := day(time.September, 15).Start().Add(7 * time.Hour)
	if d := New(change(early)); !d.Office(now).IsWorking(seven) || d.Office(now).IsWorking(seven.Add(8*time.Hour)) {
		t.Error("the office does not keep the hours of the UTI")
	}
	for _, d := range []*Directory{New(institution()), New(change(nobody))} {
		if d.Office(now).IsWorking(seven) || !d.Office(now).IsWorking(seven.Add(8*time.Hour)) {
			t.Error("the office does not keep the hours of the desk")
		}
	}
}

// A day off keeps the name under which it was declared, in the unit that has it.
func TestADayOffHasItsName(t *testing.T) {
	d := New(institution()).WithDays(daysOff())
	for unit, want := range map[desk.UnitID]string{"UT-1": "Aniversario de la región", "LINE": ""} {
		if got := d.CalendarOf(unit, now).Day(day(time.September, 14)).Off; got != want {
			t.Errorf("%s: 14 September is called %q, want %q", unit, got, want)
		}
	}
}

// A date asked before a regional holiday and due after it moves by that day in
// the unit that keeps it, and only there (R154).
func TestADueDateSkipsTheDaysOffOfItsUnit(t *testing.T) {
	friday := day(time.September, 11).Start().Add(17 * time.Hour)
	d := New(institution()).WithDays(daysOff())
	for unit, want := range map[desk.UnitID]calendar.Date{"LINE": day(time.September, 14), "UT-1": day(time.September, 15)} {
		if got := calendar.DateOf(d.CalendarOf(unit, friday).AddWorking(friday, time.Hour)); got != want {
			t.Errorf("%s: one working hour after Friday 17:00 ends on %v, want %v", unit, got, want)
		}
	}
}

func TestDaysOffOfAUnit(t *testing.T) {
	names := func(list []calendar.DayOff) (found []string) {
		for _, o := range list {
			found = append(found, o.Name)
		}
		return found
	}
	tests := map[string]struct {
		unit desk.UnitID
		at   time.Time
		want []string
	}{
		"its sede's and everybody's, in order": {"UT-1", noon(time.September, 1), []string{"Aniversario de la región", "Día no laborable"}},
		"only everybody's elsewhere":           {"LINE", noon(time.September, 1), []string{"Día no laborable"}},
		"today is not over":                    {"UT-2", noon(time.October, 6), []string{"Día no laborable"}},
		"none that is over":                    {"UT-1", noon(time.October, 7), nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, names(New(institution()).WithDays(daysOff()).DaysOffOf(tt.unit, tt.at))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
