package calendar

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestADayTellsItsHoursAndItsName(t *testing.T) {
	c := Default().WithDaysOff(Date{2026, time.November, 24})
	named := c.WithHolidays(Holiday{Date{2026, time.November, 25}, "Duelo nacional"}, Holiday{Date{2026, time.November, 25}, "Otro nombre"}, Holiday{Date{2026, time.December, 25}, "Cierre"})
	hours := []Interval{{At(8, 30), At(13, 0)}, {At(14, 0), At(17, 30)}}
	tests := []struct {
		name     string
		calendar Calendar
		date     Date
		want     Day
	}{
		{"a working day", c, Date{2026, time.November, 23}, Day{Hours: hours}},
		{"a day off by decree", c, Date{2026, time.November, 24}, Day{Off: "Día no laborable"}},
		{"a day off by its name, the first", named, Date{2026, time.November, 25}, Day{Off: "Duelo nacional"}},
		{"the calendar before knows nothing of it", c, Date{2026, time.November, 25}, Day{Hours: hours}},
		{"one without a name stays so", named, Date{2026, time.November, 24}, Day{Off: "Día no laborable"}},
		{"a national holiday keeps its own", named, Date{2026, time.December, 25}, Day{Off: "Navidad"}},
		{"a national holiday", c, Date{2026, time.December, 8}, Day{Off: "Inmaculada Concepción"}},
		{"a holiday on a Sunday keeps its name", c, Date{2026, time.November, 1}, Day{Off: "Día de Todos los Santos"}},
		{"a plain Sunday has none", c, Date{2026, time.November, 22}, Day{}},
		{"round the clock", Calendar{}, Date{2026, time.December, 25}, Day{Hours: []Interval{{0, At(24, 0)}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.want.Date = test.date
			if diff := cmp.Diff(test.want, test.calendar.Day(test.date)); diff != "" {
				t.Errorf("day (-want +got):\n%s", diff)
			}
		})
	}
	got := c.Day(Date{2026, time.November, 23})
	got.Hours[0].Opens = At(3, 0)
	if diff := cmp.Diff(hours, c.Day(Date{2026, time.November, 23}).Hours); diff != "" {
		t.Errorf("who changes the day changes the calendar:\n%s", diff)
	}
}

func TestAnHourOnADateIsInLima(t *testing.T) {
	if got, want := (Date{2026, time.November, 23}).On(At(8, 30)), time.Date(2026, 11, 23, 13, 30, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("08:30 is %v, want %v", got, want)
	}
}
