package calendar

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
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

// The table as published: D.Leg. 713 art. 6 with Leyes 31381, 31530, 31788 and
// 31822, and Holy Week as calendars print it.
func TestTheHolidaysOf2025To2030AreThePublishedOnes(t *testing.T) {
	fixed := []string{"01-01", "05-01", "06-07", "06-29", "07-23", "07-28", "07-29", "08-06", "08-30", "10-08", "11-01", "12-08", "12-09", "12-25"}
	for year, holyWeek := range map[string][]string{
		"2025": {"04-17", "04-18"}, "2026": {"04-02", "04-03"}, "2027": {"03-25", "03-26"}, "2028": {"04-13", "04-14"}, "2029": {"03-29", "03-30"}, "2030": {"04-18", "04-19"},
	} {
		want := slices.Sorted(slices.Values(append(slices.Clone(fixed), holyWeek...)))
		n, err := strconv.Atoi(year)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range National(n) {
			got = append(got, h.Date.String()[len("2025-"):])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-published +by rule):\n%s", year, diff)
		}
	}
}
