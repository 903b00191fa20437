package calendar

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// must reads "2026-09-14 16:30" as Lima time.
func must(t *testing.T, text string) time.Time {
	t.Helper()
	layout := "2006-01-02 15:04"
	if strings.Count(text, ":") == 2 {
		layout += ":05"
	}
	at, err := time.ParseInLocation(layout, text, Lima())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestNewRefusesAWeekNobodyCanCountIn(t *testing.T) {
	tests := map[string]struct {
		intervals []Interval
		err       string
	}{
		"one interval is fine":          {[]Interval{{At(8, 0), At(12, 0)}}, ""},
		"touching intervals are fine":   {[]Interval{{At(8, 0), At(12, 0)}, {At(12, 0), At(24, 0)}}, ""},
		"closing before opening":        {[]Interval{{At(12, 0), At(8, 0)}}, "closes before it opens"},
		"empty interval":                {[]Interval{{At(8, 0), At(8, 0)}}, "closes before it opens"},
		"overlap":                       {[]Interval{{At(8, 0), At(12, 0)}, {At(11, 59), At(13, 0)}}, "overlaps"},
		"out of order":                  {[]Interval{{At(14, 0), At(17, 0)}, {At(8, 0), At(12, 0)}}, "overlaps"},
		"beyond midnight":               {[]Interval{{At(22, 0), At(25, 0)}}, "leaves the day"},
		"before midnight":               {[]Interval{{At(-1, 0), At(2, 0)}}, "leaves the day"},
		"no interval in the whole week": {nil, "never opens"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := New(Week{time.Wednesday: tt.intervals})
			switch {
			case tt.err == "" && err != nil:
				t.Fatalf("refused: %v", err)
			case tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)):
				t.Fatalf("error %v, want one with %q", err, tt.err)
			}
		})
	}
}

func TestHolidaysListsNationalAndAddedDaysInOrder(t *testing.T) {
	regional := Date{2026, time.February, 24}
	c := Default().WithDaysOff(Date{2027, time.January, 4}, regional, regional, Date{2026, time.December, 25})
	var got []string
	for _, holiday := range c.Holidays(2026) {
		got = append(got, holiday.Date.String()+" "+holiday.Name)
	}
	want := []string{
		"2026-01-01 Año Nuevo", "2026-02-24 Día no laborable", "2026-04-02 Jueves Santo", "2026-04-03 Viernes Santo",
		"2026-05-01 Día del Trabajo", "2026-06-07 Batalla de Arica y Día de la Bandera", "2026-06-29 San Pedro y San Pablo",
		"2026-07-23 Día de la Fuerza Aérea del Perú", "2026-07-28 Fiestas Patrias", "2026-07-29 Fiestas Patrias",
		"2026-08-06 Batalla de Junín", "2026-08-30 Santa Rosa de Lima", "2026-10-08 Combate de Angamos",
		"2026-11-01 Día de Todos los Santos", "2026-12-08 Inmaculada Concepción", "2026-12-09 Batalla de Ayacucho", "2026-12-25 Navidad",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWithDaysOffLeavesTheOriginalAlone(t *testing.T) {
	monday := must(t, "2026-09-14 10:00")
	base := Default()
	one := base.WithDaysOff(Date{2026, time.September, 14})
	two := one.WithDaysOff(Date{2026, time.September, 1})
	if !base.IsWorking(monday) || one.IsWorking(monday) || two.IsWorking(monday) {
		t.Errorf("working: base %t, one %t, two %t; want true, false, false",
			base.IsWorking(monday), one.IsWorking(monday), two.IsWorking(monday))
	}
	if len(one.extra) != 1 || len(two.extra) != 2 {
		t.Errorf("extra days: %d and %d, want 1 and 2", len(one.extra), len(two.extra))
	}
}

func TestHoursCannotBeChangedFromOutside(t *testing.T) {
	c := Default()
	hours := c.Hours()
	hours[time.Monday][0] = Interval{At(0, 0), At(1, 0)}
	if got := c.Hours()[time.Monday][0]; got.Opens != At(8, 30) {
		t.Errorf("Monday opens %v, want 08:30", got.Opens)
	}
}

func TestWeekIsStoredAsPeopleReadIt(t *testing.T) {
	week := Week{time.Saturday: {{At(9, 0), At(24, 0)}}}
	text, err := json.Marshal(week)
	if err != nil {
		t.Fatal(err)
	}
	if want := `[null,null,null,null,null,null,[{"opens":"09:00","closes":"24:00"}]]`; string(text) != want {
		t.Errorf("got %s, want %s", text, want)
	}
	var back Week
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(week, back); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"", "8:30", "25:00", "08:60", "08:30:00", "mañana", "24:01"} {
		if err := new(TimeOfDay).UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q was read as a time of day", bad)
		}
	}
}
