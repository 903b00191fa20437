package calendar

import (
	"math/rand"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// minuteTable is an independent truth: for every minute of three years, written
// out one by one, whether the desk works. The holidays are a printed list.
type minuteTable struct {
	start   time.Time
	working []bool
}

func newMinuteTable() minuteTable {
	off := map[string]bool{}
	for _, day := range []string{
		"01-01", "05-01", "06-07", "06-29", "07-23", "07-28", "07-29", "08-06", "08-30", "10-08", "11-01", "12-08", "12-09", "12-25",
	} {
		for _, year := range []string{"2025-", "2026-", "2027-"} {
			off[year+day] = true
		}
	}
	for _, day := range []string{"2025-04-17", "2025-04-18", "2026-04-02", "2026-04-03", "2027-03-25", "2027-03-26", "2026-09-18", "2026-09-19"} {
		off[day] = true // the last two are the calendar's own days off
	}
	delete(off, "2026-07-23") // taken back
	table := minuteTable{start: time.Date(2025, 1, 1, 0, 0, 0, 0, Lima())}
	for day := table.start; day.Year() < 2028; day = day.AddDate(0, 0, 1) {
		closed := off[day.Format(time.DateOnly)] || day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
		for minute := range 24 * 60 {
			morning := minute >= 8*60+30 && minute < 13*60
			afternoon := minute >= 14*60 && minute < 17*60+30
			table.working = append(table.working, !closed && (morning || afternoon))
		}
	}
	return table
}

// walk counts minutes one by one until the amount is used up.
func (m minuteTable) walk(from, amount int) int {
	at := from
	for ; amount > 0; at++ {
		if m.working[at] {
			amount--
		}
	}
	return at
}

func (m minuteTable) count(from, to int) int {
	sum := 0
	for at := from; at < to; at++ {
		if m.working[at] {
			sum++
		}
	}
	return sum
}

func TestTenThousandRandomCasesAgreeWithCountingMinutes(t *testing.T) {
	table := newMinuteTable()
	c := Default().WithDaysOff(Date{2026, time.September, 18}, Date{2026, time.September, 19}).WithWorkedDays(Date{2026, time.July, 23})
	random := rand.New(rand.NewSource(20260914))
	minute := func(i int) time.Time { return table.start.Add(time.Duration(i) * time.Minute) }
	for i := range 10_000 {
		longest := 3 * 8 * 60 // three working days
		if i%100 == 0 {
			longest = 200 * 8 * 60 // most of a year
		}
		from, amount := random.Intn(2*365*24*60), random.Intn(longest)
		to := table.walk(from, amount)
		if got := c.AddWorking(minute(from), time.Duration(amount)*time.Minute); !got.Equal(minute(to)) {
			t.Fatalf("case %d: %v + %d min = %v, counting says %v", i, minute(from), amount, got, minute(to))
		}
		later := from + random.Intn(4*longest)
		if got, want := c.WorkingBetween(minute(from), minute(later)), time.Duration(table.count(from, later))*time.Minute; got != want {
			t.Fatalf("case %d: between %v and %v: %v, counting says %v", i, minute(from), minute(later), got, want)
		}
		if got := c.IsWorking(minute(from)); got != table.working[from] {
			t.Fatalf("case %d: working at %v: %t", i, minute(from), got)
		}
		if got, want := c.NextOpening(minute(from)), minute(table.walk(from, 1)-1); !got.Equal(want) {
			t.Fatalf("case %d: next opening after %v: %v, counting says %v", i, minute(from), got, want)
		}
	}
}

// drawCalendar draws a weekly pattern and some days off in the years drawn by drawTime.
func drawCalendar(rt *rapid.T) Calendar {
	var week Week
	for day := range week {
		at := 0
		for range rapid.IntRange(0, 3).Draw(rt, "intervals") {
			opens := rapid.IntRange(at, 24*60-1).Draw(rt, "opens")
			at = rapid.IntRange(opens+1, 24*60).Draw(rt, "closes")
			week[day] = append(week[day], Interval{TimeOfDay(opens), TimeOfDay(at)})
			if at == 24*60 {
				break
			}
		}
	}
	c, err := New(week)
	if err != nil {
		return Default()
	}
	first := Date{2025, time.January, 1}
	var off []Date
	for _, days := range rapid.SliceOfN(rapid.IntRange(0, 2000), 0, 20).Draw(rt, "off") {
		off = append(off, first.AddDays(days))
	}
	var worked []Date
	for year := 2025; year < 2029; year++ {
		for _, h := range National(year) {
			if rapid.IntRange(0, 9).Draw(rt, "worked") == 0 {
				worked = append(worked, h.Date)
			}
		}
	}
	return c.WithDaysOff(off...).WithWorkedDays(worked...)
}

func drawTime(rt *rapid.T, name string) time.Time {
	seconds := rapid.Int64Range(0, 3*365*secondsInDay).Draw(rt, name)
	return time.Unix(1735689600+seconds, rapid.Int64Range(0, 999_999_999).Draw(rt, name+" ns"))
}

func TestAddWorkingIsTheInverseOfWorkingBetween(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c, from := drawCalendar(rt), drawTime(rt, "from")
		amount := time.Duration(rapid.Int64Range(1, int64(2000*time.Hour)).Draw(rt, "amount"))
		to := c.AddWorking(from, amount)
		if got := c.WorkingBetween(from, to); got != amount {
			rt.Fatalf("%v + %v = %v, but between them lie %v", from, amount, to, got)
		}
		if got := c.WorkingBetween(from, to.Add(-1)); got != amount-1 {
			rt.Fatalf("%v is not the earliest instant: %v before it", to, got)
		}
		if c.WorkingBetween(to, from) != -amount {
			rt.Fatalf("backwards differs: %v", c.WorkingBetween(to, from))
		}
	})
}

func TestWorkingTimeAddsUpAndLimitsKeepTheirOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := drawCalendar(rt)
		x, y, z := drawTime(rt, "x"), drawTime(rt, "y"), drawTime(rt, "z")
		if got, want := c.WorkingBetween(x, z), c.WorkingBetween(x, y)+c.WorkingBetween(y, z); got != want {
			rt.Fatalf("x to z %v, by way of y %v", got, want)
		}
		p := time.Duration(rapid.Int64Range(1, int64(300*time.Hour)).Draw(rt, "p"))
		q := time.Duration(rapid.Int64Range(1, int64(300*time.Hour)).Draw(rt, "q"))
		if got, want := c.AddWorking(c.AddWorking(x, p), q), c.AddWorking(x, p+q); !got.Equal(want) {
			rt.Fatalf("in two steps %v, in one %v", got, want)
		}
		opening := c.NextOpening(x)
		if opening.Before(x) || !c.IsWorking(opening) || c.WorkingBetween(x, opening) != 0 {
			rt.Fatalf("next opening after %v is %v", x, opening)
		}
		day := c.NextDayOpening(x)
		if !DateOf(x).Before(DateOf(day)) || !c.IsWorking(day) || c.IsWorking(day.Add(-1)) && DateOf(day.Add(-1)) == DateOf(day) {
			rt.Fatalf("next day's opening after %v is %v", x, day)
		}
	})
}

func BenchmarkAddWorkingAYear(b *testing.B) {
	c, from := Default().WithDaysOff(Date{2026, time.September, 18}), time.Date(2026, 1, 5, 14, 0, 0, 0, time.UTC)
	for b.Loop() {
		c.AddWorking(from, 248*8*time.Hour)
	}
}

func BenchmarkWorkingBetweenAYear(b *testing.B) {
	c, from := Default().WithDaysOff(Date{2026, time.September, 18}), time.Date(2026, 1, 5, 14, 0, 0, 0, time.UTC)
	to := from.AddDate(1, 0, 0)
	for b.Loop() {
		c.WorkingBetween(from, to)
	}
}
