package calendar

import (
	"testing"
	"time"
)

func TestEasterFallsWhereTheChurchSays(t *testing.T) {
	// Sundays printed in calendars, the extremes of the rule among them.
	for year, want := range map[int]Date{
		1818: {1818, time.March, 22}, 1943: {1943, time.April, 25}, 2000: {2000, time.April, 23}, 2019: {2019, time.April, 21},
		2024: {2024, time.March, 31}, 2025: {2025, time.April, 20}, 2026: {2026, time.April, 5}, 2027: {2027, time.March, 28},
		2028: {2028, time.April, 16}, 2038: {2038, time.April, 25}, 2285: {2285, time.March, 22},
	} {
		if got := easterSunday(year); got != want {
			t.Errorf("Easter %d is %v, want %v", year, got, want)
		}
	}
}

func TestNationalHolidaysAreSixteenSortedAndDistinct(t *testing.T) {
	for year := 1900; year <= 2200; year++ {
		list := National(year)
		if len(list) != 16 {
			t.Fatalf("%d has %d holidays", year, len(list))
		}
		for i, holiday := range list {
			if holiday.Date.Year != year || holiday.Name == "" {
				t.Errorf("%d: holiday %d is %+v", year, i, holiday)
			}
			if i > 0 && !list[i-1].Date.Before(holiday.Date) {
				t.Errorf("%d: %v does not come before %v", year, list[i-1].Date, holiday.Date)
			}
			if rule := nationalDays[i]; rule.easter == 0 && (holiday.Date.Month != rule.month || holiday.Date.Day != rule.day) {
				t.Errorf("%d: %s on %v", year, rule.name, holiday.Date)
			}
		}
	}
}

func TestHolyWeekOfTheYearsInForce(t *testing.T) {
	for year, want := range map[int][2]string{
		2025: {"2025-04-17", "2025-04-18"}, 2026: {"2026-04-02", "2026-04-03"}, 2027: {"2027-03-25", "2027-03-26"},
	} {
		list := National(year)
		if got := [2]string{list[1].Date.String(), list[2].Date.String()}; got != want {
			t.Errorf("%d: %v, want %v", year, got, want)
		}
	}
}
