package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDateOfIsTheDateInLima(t *testing.T) {
	tests := map[string]struct {
		at   time.Time
		want string
	}{
		"early UTC morning is still yesterday": {time.Date(2026, 9, 15, 4, 59, 59, 999, time.UTC), "2026-09-14"},
		"five in UTC is midnight":              {time.Date(2026, 9, 15, 5, 0, 0, 0, time.UTC), "2026-09-15"},
		"31 December 23:59 in Lima":            {time.Date(2027, 1, 1, 4, 59, 0, 0, time.UTC), "2026-12-31"},
		"leap day":                             {time.Date(2028, 2, 29, 12, 0, 0, 0, time.UTC), "2028-02-29"},
		"before 1970":                          {time.Date(1969, 12, 31, 23, 0, 0, 0, lima), "1969-12-31"},
		"daylight saving elsewhere has no say": {time.Date(2026, 3, 8, 2, 30, 0, 0, time.FixedZone("EDT", -4*3600)), "2026-03-08"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := DateOf(tt.at).String(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestParseDateReadsItsOwnFormOnly(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		date := dateOfNumber(rapid.IntRange(-10_000, 60_000).Draw(rt, "number"))
		text, _ := date.MarshalText()
		var back Date
		if err := back.UnmarshalText(text); err != nil || back != date {
			rt.Fatalf("%s came back as %v, %v", text, back, err)
		}
	})
	for _, bad := range []string{"", "2026-2-3", "2026-02-30", "28/07/2026", "2026-07-28T00:00:00Z"} {
		if got, err := ParseDate(bad); err == nil {
			t.Errorf("%q was read as %v", bad, got)
		}
		if err := new(Date).UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q was unmarshalled", bad)
		}
	}
}

func TestDateArithmeticFollowsTheCalendar(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		date := dateOfNumber(rapid.IntRange(-20_000, 60_000).Draw(rt, "number"))
		days := rapid.IntRange(-1000, 1000).Draw(rt, "days")
		later := date.AddDays(days)
		if want := DateOf(date.Start().AddDate(0, 0, days)); later != want {
			rt.Fatalf("%v + %d = %v, want %v", date, days, later, want)
		}
		if got, want := later.Weekday(), later.Start().Weekday(); got != want {
			rt.Fatalf("%v is a %v, want %v", later, got, want)
		}
		if date.Before(later) != (days > 0) {
			rt.Fatalf("%v before %v is %t", date, later, date.Before(later))
		}
	})
}
