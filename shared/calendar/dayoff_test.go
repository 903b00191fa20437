package calendar

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
)

// eve is 24 December 2026, by decree.
func eve(change ...func(*DayOff)) DayOff {
	day := Date{2026, time.December, 24}
	d := DayOff{From: day, Until: day, Kind: KindDecree, Name: "Día no laborable", Source: "DS 000-2026-PCM"}
	for _, c := range change {
		c(&d)
	}
	return d
}

func regional(sede desk.SedeID) func(*DayOff) {
	return func(d *DayOff) { d.Kind, d.Sede, d.Name = KindRegional, sede, "Aniversario de "+string(sede) }
}

func on(month time.Month, from, until int) func(*DayOff) {
	return func(d *DayOff) { d.From, d.Until = Date{2026, month, from}, Date{2026, month, until} }
}

func knownSedes(id desk.SedeID) bool { return strings.HasPrefix(string(id), "UT-") }

func TestCheckNamesAllThatIsWrongWithADayOff(t *testing.T) {
	tests := map[string]struct {
		change func(*DayOff)
		want   string
	}{
		"a good one":                    {func(*DayOff) {}, ""},
		"a regional one":                {regional("UT-CUSCO"), ""},
		"31 days":                       {on(time.December, 1, 31), ""},
		"32 days":                       {func(d *DayOff) { d.From = Date{2026, time.November, 23} }, "until"},
		"the end before the start":      {on(time.December, 24, 23), "until"},
		"another century":               {func(d *DayOff) { d.From.Year, d.Until.Year = 2206, 2206 }, "from"},
		"the last century":              {func(d *DayOff) { d.From.Year = 2019 }, "from"},
		"no date":                       {func(d *DayOff) { d.From = Date{} }, "from"},
		"no kind":                       {func(d *DayOff) { d.Kind = "" }, "kind"},
		"a kind nobody knows":           {func(d *DayOff) { d.Kind = "fiesta" }, "kind"},
		"a regional one of no sede":     {regional(""), "sede"},
		"a regional one of no sede's":   {regional("SEDE-9"), "sede"},
		"a decree of one sede":          {func(d *DayOff) { d.Sede = "UT-CUSCO" }, "sede"},
		"no name":                       {func(d *DayOff) { d.Name = " " }, "name"},
		"no source":                     {func(d *DayOff) { d.Source = "" }, "source"},
		"a name of two lines":           {func(d *DayOff) { d.Name = "a\nb" }, "name"},
		"a name that is no text":        {func(d *DayOff) { d.Name = "a\xff" }, "name"},
		"a name of 120 characters":      {func(d *DayOff) { d.Name = strings.Repeat("ñ", 120) }, ""},
		"a name too long":               {func(d *DayOff) { d.Name = strings.Repeat("ñ", 121) }, "name"},
		"everything wrong, all at once": {func(d *DayOff) { *d = DayOff{} }, "from kind name source"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var fields []string
			for _, p := range eve(test.change).Check(knownSedes) {
				fields = append(fields, p.Field)
			}
			if got := strings.Join(fields, " "); got != test.want {
				t.Errorf("wrong are %q, want %q", got, test.want)
			}
		})
	}
}

func TestWhenIsReadByPeople(t *testing.T) {
	if got := eve().When() + "; " + eve(on(time.October, 9, 12)).When(); got != "24/12/2026; 09/10/2026 al 12/10/2026" {
		t.Errorf("%q", got)
	}
}

func TestBookIsTheFoldOfItsChanges(t *testing.T) {
	cusco, tacna := eve(regional("UT-CUSCO"), on(time.June, 24, 24)), eve(regional("UT-TACNA"), on(time.August, 28, 28))
	b := Fold([]Change{{Revision: 1, Add: []DayOff{eve(), tacna}}, {Revision: 2, Add: []DayOff{cusco}}, {Revision: 3, Remove: []DayOff{tacna}, Reason: "x"}})
	if diff := cmp.Diff([]DayOff{cusco, eve()}, b.Days); diff != "" || b.Revision() != 3 {
		t.Errorf("revision %d, days (-want +got):\n%s", b.Revision(), diff)
	}
	for sede, want := range map[desk.SedeID]int{"UT-CUSCO": 2, "UT-TACNA": 1, "": 1} {
		if got := b.Of(sede); len(got) != want {
			t.Errorf("%q is closed on %v", sede, got)
		}
	}
	if year := b.Year(2026); len(year) != 18 || year[5] != cusco && year[6] != cusco || b.Year(2027)[0].Name != "Año Nuevo" || len(b.Year(2027)) != 16 {
		t.Errorf("the year is %v", year)
	}
}

// A national holiday that a norm takes back is worked, and only it; the list of
// the year does not hold it as a holiday.
func TestANationalHolidayCanBeTakenBack(t *testing.T) {
	b := Fold([]Change{{Revision: 1, Add: []DayOff{eve(), eve(on(time.July, 23, 23), func(d *DayOff) { d.Kind, d.Name = KindWorked, "Feriado trasladado" })}}})
	c := Default().WithHolidays(b.Of("")...).WithWorkedDays(b.Worked("")...)
	for text, want := range map[string]bool{"2026-07-22 10:00": true, "2026-07-23 10:00": true, "2026-07-24 10:00": true, "2026-07-28 10:00": false, "2027-07-23 10:00": false, "2026-12-24 10:00": false} {
		if got := c.IsWorking(must(t, text)); got != want {
			t.Errorf("working at %s: %t", text, got)
		}
	}
	if got, want := c.WorkingBetween(must(t, "2026-07-22 08:30"), must(t, "2026-07-25 00:00")), 24*time.Hour; got != want {
		t.Errorf("three days hold %v of work, want %v", got, want)
	}
	if got, want := len(c.Holidays(2026)), 16; got != want { // 15 and the decree's
		t.Errorf("%d days off in 2026, want %d", got, want)
	}
	national := 0
	for _, d := range b.Year(2026) {
		if d.Kind == KindNational {
			national++
		}
	}
	if national != 15 || len(b.Year(2026)) != 17 {
		t.Errorf("the year lists %d national holidays among %d", national, len(b.Year(2026)))
	}
	if !Default().WithWorkedDays().IsWorking(must(t, "2026-07-22 10:00")) || Default().IsWorking(must(t, "2026-07-23 10:00")) {
		t.Error("another calendar changed")
	}
}

// A region keeps its own day off on a national holiday that was taken back.
func TestARegionKeepsItsDayOnAHolidayTakenBack(t *testing.T) {
	july := on(time.July, 23, 23)
	b := Fold([]Change{{Revision: 1, Add: []DayOff{eve(july, func(d *DayOff) { d.Kind = KindWorked }), eve(july, regional("UT-CUSCO"))}}})
	for sede, want := range map[desk.SedeID]bool{"UT-CUSCO": false, "UT-TACNA": true, "": true} {
		c := Default().WithHolidays(b.Of(sede)...).WithWorkedDays(b.Worked(sede)...)
		if got := c.IsWorking(must(t, "2026-07-23 10:00")); got != want {
			t.Errorf("%q works: %t, want %t", sede, got, want)
		}
	}
}

func TestADayOffOverNewYearIsOfBothYears(t *testing.T) {
	b := Fold([]Change{{Revision: 1, Add: []DayOff{eve(func(d *DayOff) { d.From, d.Until = Date{2026, time.December, 30}, Date{2027, time.January, 2} })}}})
	for year, want := range map[int]int{2025: 16, 2026: 17, 2027: 17, 2028: 16} {
		if got := len(b.Year(year)); got != want {
			t.Errorf("%d has %d days off, want %d", year, got, want)
		}
	}
	if got := len(b.Of("")); got != 4 {
		t.Errorf("%d dates, want 4", got)
	}
}

func TestPlanAddsAllOrNothing(t *testing.T) {
	book := Fold([]Change{{Revision: 1, Add: []DayOff{eve(), eve(regional("UT-CUSCO"), on(time.June, 24, 24))}}})
	june := func(c ...func(*DayOff)) DayOff { return eve(append([]func(*DayOff){on(time.June, 24, 24)}, c...)...) }
	crowd := func(n int) (days []DayOff) {
		for i := range n {
			from := Date{2030, time.January, 2}.AddDays(2 * i)
			days = append(days, eve(regional("UT-TACNA"), func(d *DayOff) { d.From, d.Until = from, from }))
		}
		return days
	}
	tests := map[string]struct {
		days   []DayOff
		add    int
		there  int
		faults string
	}{
		"a new one":                              {[]DayOff{eve(on(time.December, 31, 31))}, 1, 0, ""},
		"one that is there":                      {[]DayOff{eve()}, 0, 1, ""},
		"one of the rule":                        {[]DayOff{eve(on(time.July, 28, 29), func(d *DayOff) { d.Kind = KindNational })}, 0, 1, ""},
		"a law that the rule does not know":      {[]DayOff{eve(on(time.July, 22, 22), func(d *DayOff) { d.Kind = KindNational })}, 1, 0, ""},
		"a decree on a national holiday":         {[]DayOff{eve(on(time.July, 28, 28))}, 0, 0, "Ese día ya es feriado nacional."},
		"a decree from before one to after":      {[]DayOff{eve(on(time.July, 27, 30))}, 1, 0, ""},
		"a regional one on a national holiday":   {[]DayOff{eve(regional("UT-CUSCO"), on(time.July, 28, 28))}, 1, 0, ""},
		"the same day under another name":        {[]DayOff{eve(func(d *DayOff) { d.Name = "Otro" })}, 0, 0, "Ese día ya está como «Día no laborable», 24/12/2026: quítelo primero si cambió."},
		"days that begin before and end on it":   {[]DayOff{eve(on(time.December, 22, 24))}, 0, 0, "ya está como"},
		"days that begin on it and end after":    {[]DayOff{eve(on(time.December, 24, 26))}, 0, 0, "ya está como"},
		"days that end the day before":           {[]DayOff{eve(on(time.December, 22, 23))}, 1, 0, ""},
		"another sede on the same day":           {[]DayOff{june(regional("UT-LORETO"))}, 1, 0, ""},
		"everybody on a regional day":            {[]DayOff{june()}, 1, 0, ""},
		"twice the same, in one file":            {[]DayOff{eve(on(time.December, 31, 31)), eve(on(time.December, 31, 31))}, 0, 0, "Entrada 2"},
		"one bad beside two good":                {[]DayOff{eve(on(time.December, 31, 31)), eve(func(d *DayOff) { d.Source = "" }), eve()}, 0, 1, "Entrada 2, «Día no laborable», 24/12/2026: Escriba la norma"},
		"as many as one change takes":            {crowd(500), 500, 0, ""},
		"more than one change takes":             {crowd(501), 0, 0, "Son más de 500 días a la vez"},
		"a sede that is not in the directory":    {[]DayOff{june(regional("SEDE-9"))}, 0, 0, "Esa sede no está en el directorio."},
		"one that is wrong and there besides":    {[]DayOff{eve(func(d *DayOff) { d.Name = "" })}, 0, 0, "Escriba el nombre"},
		"a holiday taken back":                   {[]DayOff{eve(on(time.July, 23, 23), func(d *DayOff) { d.Kind = KindWorked })}, 1, 0, ""},
		"a working day taken back":               {[]DayOff{eve(on(time.July, 22, 22), func(d *DayOff) { d.Kind = KindWorked })}, 0, 0, "Ese día no es un feriado nacional"},
		"days of which one is none":              {[]DayOff{eve(on(time.July, 22, 23), func(d *DayOff) { d.Kind = KindWorked })}, 0, 0, "Ese día no es un feriado nacional"},
		"none":                                   {nil, 0, 0, ""},
		"a day without a date, told by its name": {[]DayOff{{Kind: KindDecree, Name: "Fiesta", Source: "x"}}, 0, 0, "Entrada 1, «Fiesta»: Escriba una fecha"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			add, there, faults := book.Plan(test.days, knownSedes)
			if len(add) != test.add || there != test.there || (len(faults) > 0) != (test.faults != "") {
				t.Fatalf("adds %d, has %d, faults %v; want %d, %d, %q", len(add), there, faults, test.add, test.there, test.faults)
			}
			if len(faults) > 0 && !strings.Contains(faults[0].String(), test.faults) {
				t.Errorf("fault %q, want %q", faults[0], test.faults)
			}
		})
	}
}

func TestOnlyADayToComeIsTakenOut(t *testing.T) {
	book := Fold([]Change{{Revision: 1, Add: []DayOff{eve(), eve(regional("UT-CUSCO"))}}})
	day := Date{2026, time.December, 24}
	for name, test := range map[string]struct {
		from Date
		sede desk.SedeID
		now  time.Time
		want desk.Code
	}{
		"the evening before":      {day, "", must(t, "2026-12-23 23:59"), ""},
		"of one sede":             {day, "UT-CUSCO", must(t, "2026-12-23 10:00"), ""},
		"on its first minute":     {day, "", must(t, "2026-12-24 00:00"), desk.Refused},
		"when it is over":         {day, "", must(t, "2026-12-26 10:00"), desk.Refused},
		"of a sede that has none": {day, "UT-TACNA", must(t, "2026-12-01 10:00"), desk.NotFound},
		"a day that is none":      {day.AddDays(1), "", must(t, "2026-12-01 10:00"), desk.NotFound},
	} {
		d, err := book.Removable(test.from, test.sede, test.now)
		if desk.CodeOf(err) != test.want || test.want == "" && (err != nil || d.Sede != test.sede) {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
	}
}
