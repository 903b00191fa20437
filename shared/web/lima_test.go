package web

import (
	"testing"
	"time"

	"mesa/shared/desk"
)

func TestStamps(t *testing.T) {
	utc := time.Date(2026, 9, 16, 3, 5, 59, 0, time.UTC) // still the 15th in Lima
	for name, c := range map[string]struct{ got, want string }{
		"screen":       {Stamp(utc), "15/09/2026 22:05"},
		"day":          {Day(utc), "15/09/2026"},
		"mail":         {LongStamp(time.Date(2026, 9, 15, 19, 5, 0, 0, time.UTC)), "martes 15 de setiembre de 2026, 14:05 (hora de Lima)"},
		"month":        {MonthYear(time.Date(2027, 1, 1, 2, 0, 0, 0, time.UTC)), "diciembre de 2026"},
		"never":        {Stamp(time.Time{}), ""},
		"never a day":  {Day(time.Time{}), ""},
		"never a mail": {LongStamp(time.Time{}), ""},
	} {
		t.Run(name, func(t *testing.T) {
			if c.got != c.want {
				t.Errorf("got %q, want %q", c.got, c.want)
			}
		})
	}
}

func TestAgo(t *testing.T) {
	now := at(14, 5)
	for want, then := range map[string]time.Time{
		"hace un momento": now.Add(-20 * time.Second), "hace 5 min": now.Add(-5 * time.Minute), "hace 2 h": now.Add(-2*time.Hour - 59*time.Minute),
		"hace 1 d": now.Add(-25 * time.Hour), "": now.Add(time.Minute),
	} {
		if got := Ago(now, then); got != want {
			t.Errorf("Ago(%v) = %q, want %q", now.Sub(then), got, want)
		}
	}
	if got := Ago(now, time.Time{}); got != "" {
		t.Errorf("Ago(never) = %q", got)
	}
}

func TestWorking(t *testing.T) {
	for want, d := range map[string]time.Duration{"3 h 20 min hábiles": 200 * time.Minute, "2 h hábiles": 2 * time.Hour, "45 min hábiles": 45 * time.Minute, "0 min hábiles": 0} {
		if got := Working(d); got != want {
			t.Errorf("Working(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestParseDate(t *testing.T) {
	want := time.Date(2026, 9, 15, 0, 0, 0, 0, desk.Lima)
	for _, typed := range []string{"15/09/2026", "15/9/26", " 15-09-2026 ", "2026-09-15", "15.9.2026", "15 / 9 / 2026"} {
		if got, err := ParseDate(typed); err != nil || !got.Equal(want) {
			t.Errorf("ParseDate(%q) = %v, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "31/02/2026", "15/2026", "mañana", "15/09/2026/1"} {
		if got, err := ParseDate(typed); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", typed, got)
		}
	}
}

func TestTypedDateTime(t *testing.T) {
	for name, c := range map[string]struct{ date, clock, want, backDate, backClock string }{
		"read":              {"15/9/26", "9:30", "2026-09-15T09:30", "15/09/2026", "09:30"},
		"with a dot":        {"2026-09-15", "14.05 h", "2026-09-15T14:05", "15/09/2026", "14:05"},
		"nothing":           {"", "", "", "", ""},
		"hour unread":       {"15/09/2026", "tarde", "15/09/2026\ntarde", "15/09/2026", "tarde"},
		"day unread":        {"el martes", "14:05", "el martes\n14:05", "el martes", "14:05"},
		"hour not of a day": {"15/09/2026", "25:00", "15/09/2026\n25:00", "15/09/2026", "25:00"},
	} {
		t.Run(name, func(t *testing.T) {
			got := TypedDateTime(c.date, c.clock)
			if got != c.want {
				t.Errorf("value = %q, want %q", got, c.want)
			}
			if date, clock := SplitDateTime(got); date != c.backDate || clock != c.backClock {
				t.Errorf("back as %q and %q, want %q and %q", date, clock, c.backDate, c.backClock)
			}
		})
	}
	if date, clock := SplitDateTime(Stamp(at(14, 5))); date != "15/09/2026" || clock != "14:05" {
		t.Errorf("a stamp splits into %q and %q", date, clock)
	}
}
