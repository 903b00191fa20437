package calendar

import (
	"math"
	"testing"
	"time"
)

const hour = time.Hour

func TestAddWorking(t *testing.T) {
	tests := map[string]struct {
		from string
		add  time.Duration
		want string
	}{
		"within a morning": {"2026-09-14 09:00", 2 * hour, "2026-09-14 11:00"},
		"over lunch":       {"2026-09-14 12:30", hour, "2026-09-14 14:30"},
		"exactly to the lunch break stays at its start": {"2026-09-14 12:00", hour, "2026-09-14 13:00"},
		"exactly to the end of the day stays there":     {"2026-09-14 16:30", hour, "2026-09-14 17:30"},
		"one nanosecond more is the next opening":       {"2026-09-14 16:30", hour + 1, "2026-09-15 08:30"},
		"Friday evening to Monday":                      {"2026-09-11 16:30", 4 * hour, "2026-09-14 11:30"},
		"from the night counts from the opening":        {"2026-09-14 03:00", hour, "2026-09-14 09:30"},
		"from a Sunday counts from Monday":              {"2026-09-13 12:00", hour, "2026-09-14 09:30"},
		"from the closing counts from the next day":     {"2026-09-14 17:30", hour, "2026-09-15 09:30"},
		"over Fiestas Patrias":                          {"2026-07-27 17:00", hour, "2026-07-30 09:00"},
		"from inside a holiday":                         {"2026-07-28 10:00", hour, "2026-07-30 09:30"},
		"over Holy Week and a weekend":                  {"2026-04-01 17:00", hour, "2026-04-06 09:00"},
		"over the leap day":                             {"2028-02-28 17:00", 9 * hour, "2028-03-01 09:00"},
		"over New Year":                                 {"2026-12-31 17:00", hour, "2027-01-04 09:00"},
		"one working week":                              {"2026-09-14 08:30", 40 * hour, "2026-09-18 17:30"},
		"four weeks with one holiday":                   {"2026-09-14 08:30", 160 * hour, "2026-10-12 17:30"},
		"nothing to add, even in the night":             {"2026-09-14 03:00", 0, "2026-09-14 03:00"},
		"a negative amount is over now":                 {"2026-09-14 10:00", -hour, "2026-09-14 10:00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := Default().AddWorking(must(t, tt.from), tt.add).Truncate(time.Second)
			if want := must(t, tt.want); !got.Equal(want) {
				t.Errorf("%s + %v = %v, want %v", tt.from, tt.add, got, want)
			}
		})
	}
}

func TestAddWorkingKeepsTheLocationAndTheNanoseconds(t *testing.T) {
	from := time.Date(2026, 9, 14, 21, 30, 0, 7, time.UTC)
	got := Default().AddWorking(from, 2*hour)
	if want := time.Date(2026, 9, 15, 14, 30, 0, 7, time.UTC); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAddWorkingEndsForTheLongestAmount(t *testing.T) {
	from := must(t, "2026-09-14 10:00")
	if got := Default().AddWorking(from, math.MaxInt64); got.Year() < 2026+292 {
		t.Errorf("292 years of working time end in %d", got.Year())
	}
}

func TestWorkingBetween(t *testing.T) {
	tests := map[string]struct {
		from, to string
		want     time.Duration
	}{
		"same instant":                      {"2026-09-14 10:00", "2026-09-14 10:00", 0},
		"lunch does not count":              {"2026-09-14 12:00", "2026-09-14 15:00", 2 * hour},
		"a night does not count":            {"2026-09-14 17:00", "2026-09-15 09:00", hour},
		"a weekend does not count":          {"2026-09-11 17:30", "2026-09-14 08:30", 0},
		"a whole day":                       {"2026-09-14 00:00", "2026-09-15 00:00", 8 * hour},
		"a holiday does not count":          {"2026-07-27 00:00", "2026-07-31 00:00", 16 * hour},
		"a holiday on Sunday costs nothing": {"2026-06-05 00:00", "2026-06-09 00:00", 16 * hour},
		"backwards is negative":             {"2026-09-14 15:00", "2026-09-14 12:00", -2 * hour},
		"the year 2026":                     {"2026-01-01 00:00", "2027-01-01 00:00", (261 - 13) * 8 * hour},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Default().WorkingBetween(must(t, tt.from), must(t, tt.to)); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestIsWorking(t *testing.T) {
	tests := map[string]struct {
		at   string
		want bool
	}{
		"just before opening": {"2026-09-14 08:29:59", false},
		"opening":             {"2026-09-14 08:30:00", true},
		"last second":         {"2026-09-14 17:29:59", true},
		"closing":             {"2026-09-14 17:30:00", false},
		"lunch":               {"2026-09-14 13:00:00", false},
		"after lunch":         {"2026-09-14 14:00:00", true},
		"Saturday":            {"2026-09-12 10:00:00", false},
		"holiday":             {"2026-10-08 10:00:00", false},
		"31 December 23:59":   {"2026-12-31 23:59:00", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Default().IsWorking(must(t, tt.at)); got != tt.want {
				t.Errorf("got %t, want %t", got, tt.want)
			}
		})
	}
}

func TestNextOpening(t *testing.T) {
	tests := map[string]struct{ from, instant, day string }{
		"while working":        {"2026-09-14 10:00", "2026-09-14 10:00", "2026-09-15 08:30"},
		"early morning":        {"2026-09-14 03:00", "2026-09-14 08:30", "2026-09-15 08:30"},
		"lunch":                {"2026-09-14 13:10", "2026-09-14 14:00", "2026-09-15 08:30"},
		"Friday evening":       {"2026-09-11 17:30", "2026-09-14 08:30", "2026-09-14 08:30"},
		"Saturday":             {"2026-09-12 10:00", "2026-09-14 08:30", "2026-09-14 08:30"},
		"eve of two holidays":  {"2026-07-27 18:00", "2026-07-30 08:30", "2026-07-30 08:30"},
		"inside a holiday":     {"2026-10-08 09:00", "2026-10-09 08:30", "2026-10-09 08:30"},
		"31 December, evening": {"2026-12-31 23:59", "2027-01-04 08:30", "2027-01-04 08:30"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			from := must(t, tt.from)
			if got, want := Default().NextOpening(from), must(t, tt.instant); !got.Equal(want) {
				t.Errorf("next working instant %v, want %v", got, want)
			}
			if got, want := Default().NextDayOpening(from), must(t, tt.day); !got.Equal(want) {
				t.Errorf("next day's opening %v, want %v", got, want)
			}
		})
	}
}

func TestZeroCalendarWorksRoundTheClock(t *testing.T) {
	var c Calendar
	night := must(t, "2026-12-25 03:00")
	if !c.IsWorking(night) {
		t.Error("Christmas night is not working time")
	}
	if got, want := c.AddWorking(night, 60*time.Minute), must(t, "2026-12-25 04:00"); !got.Equal(want) {
		t.Errorf("60 minutes later is %v, want %v", got, want)
	}
	if got := c.WorkingBetween(night, night.Add(-hour)); got != -hour {
		t.Errorf("an hour back is %v", got)
	}
	if got := c.NextOpening(night); !got.Equal(night) {
		t.Errorf("next opening %v, want now", got)
	}
	if got, want := c.NextDayOpening(night), must(t, "2026-12-26 00:00"); !got.Equal(want) {
		t.Errorf("next day's opening %v, want %v", got, want)
	}
	if c.WithDaysOff(DateOf(night)).IsWorking(night) != true {
		t.Error("a day off changed the round-the-clock calendar")
	}
}
