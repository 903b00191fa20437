package directory

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"mesa/shared/calendar"
)

func TestPeriodHolds(t *testing.T) {
	fortnight := Period{From: day(time.October, 1), Until: day(time.October, 15)}
	lastSecond := day(time.October, 16).Start().Add(-time.Second)
	tests := map[string]struct {
		period Period
		at     time.Time
		want   bool
	}{
		"an open period always":                     {Period{}, now, true},
		"the first day from midnight in Lima":       {fortnight, day(time.October, 1).Start(), true},
		"not the second before":                     {fortnight, day(time.October, 1).Start().Add(-time.Second), false},
		"the last day to its end in Lima":           {fortnight, lastSecond, true},
		"the last day, although UTC has the next":   {fortnight, lastSecond.UTC(), true},
		"not the day after":                         {fortnight, day(time.October, 16).Start(), false},
		"an open end goes on":                       {Period{From: day(time.October, 1)}, noon(time.December, 31), true},
		"an open start reaches back":                {Period{Until: day(time.October, 1)}, noon(time.January, 1), true},
		"a period of one day holds on it":           {Period{From: day(time.May, 2), Until: day(time.May, 2)}, noon(time.May, 2), true},
		"a period that ends before it begins never": {Period{From: day(time.May, 2), Until: day(time.May, 1)}, noon(time.May, 2), false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := tt.period.Holds(tt.at); got != tt.want {
				t.Errorf("%v holds at %v: got %v", tt.period, tt.at, got)
			}
		})
	}
}

// Overlaps must say what counting days says.
func TestPeriodsOverlapExactlyWhenTheyShareADay(t *testing.T) {
	end := func(t *rapid.T, name string) calendar.Date {
		d := rapid.IntRange(0, 12).Draw(t, name)
		if d == 0 {
			return calendar.Date{}
		}
		return day(time.March, d)
	}
	rapid.Check(t, func(t *rapid.T) {
		a := Period{end(t, "a from"), end(t, "a until")}
		b := Period{end(t, "b from"), end(t, "b until")}
		for _, p := range []Period{a, b} {
			if (p.Until != calendar.Date{}) && p.Until.Before(p.From) {
				t.Skip("not a period")
			}
		}
		shared := false
		for d := day(time.February, 20); d.Before(day(time.March, 20)); d = d.AddDays(1) {
			shared = shared || a.Holds(d.Start()) && b.Holds(d.Start())
		}
		if a.Overlaps(b) != shared || b.Overlaps(a) != shared {
			t.Fatalf("%v and %v: overlap %v and %v, want %v", a, b, a.Overlaps(b), b.Overlaps(a), shared)
		}
	})
}
