package icalendar

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mesa/shared/calendar"
	"mesa/shared/desk"
)

func date(y int, m time.Month, d int) calendar.Date {
	return calendar.Date{Year: y, Month: m, Day: d}
}

// sedes of these tests, by id and by name.
func sedes(text string) (desk.SedeID, bool) {
	for id, name := range map[desk.SedeID]string{"UT-CUSCO": "UT Cusco", "SC": "Sede Central"} {
		if strings.EqualFold(text, string(id)) || strings.EqualFold(text, name) {
			return id, true
		}
	}
	return "", false
}

// file wraps events; each is lines between BEGIN and END.
func file(events ...string) []byte {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//x//ES\n")
	for _, e := range events {
		b.WriteString("BEGIN:VEVENT\nUID:x@x\nDTSTAMP:20260101T000000Z\n" + strings.TrimSpace(e) + "\nEND:VEVENT\n")
	}
	b.WriteString("END:VCALENDAR\n")
	return []byte(strings.ReplaceAll(b.String(), "\n", "\r\n"))
}

const decree = "DTSTART;VALUE=DATE:20261224\nSUMMARY:Día no laborable\nDESCRIPTION:DS 000-2026-PCM\nCATEGORIES:DECREE"

func christmas(until int) calendar.DayOff {
	return calendar.DayOff{From: date(2026, 12, 24), Until: date(2026, 12, until), Kind: calendar.KindDecree, Name: "Día no laborable", Source: "DS 000-2026-PCM"}
}

func TestReadsWhatCalendarProgramsWrite(t *testing.T) {
	regional := func(years ...int) (days []calendar.DayOff) {
		for _, y := range years {
			days = append(days, calendar.DayOff{From: date(y, 6, 24), Until: date(y, 6, 24), Kind: calendar.KindRegional, Sede: "UT-CUSCO", Name: "Día del Cusco", Source: "Ley 1"})
		}
		return days
	}
	cusco := "DTSTART;VALUE=DATE:20260624\nSUMMARY:Día del Cusco\nDESCRIPTION:Ley 1\nCATEGORIES:REGIONAL\nLOCATION:"
	tests := map[string]struct {
		event string
		want  []calendar.DayOff
	}{
		"one day without an end":            {decree, []calendar.DayOff{christmas(24)}},
		"one day, ends the day after":       {decree + "\nDTEND;VALUE=DATE:20261225", []calendar.DayOff{christmas(24)}},
		"one day that ends on itself":       {decree + "\nDTEND;VALUE=DATE:20261224", []calendar.DayOff{christmas(24)}},
		"several days, the end excluded":    {decree + "\nDTEND;VALUE=DATE:20261227", []calendar.DayOff{christmas(26)}},
		"several days by duration":          {decree + "\nDURATION:P3D", []calendar.DayOff{christmas(26)}},
		"a week":                            {decree + "\nDURATION:P1W", []calendar.DayOff{christmas(30)}},
		"a date without saying that it is":  {strings.ReplaceAll(decree, ";VALUE=DATE", ""), []calendar.DayOff{christmas(24)}},
		"Spanish words, others beside them": {strings.ReplaceAll(decree, "CATEGORIES:DECREE", "CATEGORIES:Feriados,día no laborable"), []calendar.DayOff{christmas(24)}},
		"words on two lines":                {strings.ReplaceAll(decree, "CATEGORIES:DECREE", "CATEGORIES:Feriados\nCATEGORIES:DECREE"), []calendar.DayOff{christmas(24)}},
		"a text folded and escaped": {strings.ReplaceAll(decree, "Día no laborable", "Día no\n  laborable\\, compensable\\; sí"), []calendar.DayOff{func() calendar.DayOff {
			d := christmas(24)
			d.Name = "Día no laborable, compensable; sí"
			return d
		}()}},
		"a source of two lines":             {strings.ReplaceAll(decree, "DS 000-2026-PCM", "DS 000-2026-PCM\\n"), []calendar.DayOff{christmas(24)}},
		"the sede of a decree is no matter": {decree + "\nLOCATION:Lima", []calendar.DayOff{christmas(24)}},
		"a sede by id":                      {cusco + "UT-CUSCO", regional(2026)},
		"a sede by name":                    {cusco + "ut cusco", regional(2026)},
		"each year, three times":            {cusco + "UT-CUSCO\nRRULE:FREQ=YEARLY;COUNT=3", regional(2026, 2027, 2028)},
		"each year, until":                  {cusco + "UT-CUSCO\nRRULE:FREQ=YEARLY;INTERVAL=1;BYMONTH=6;BYMONTHDAY=24;WKST=MO;UNTIL=20280624T000000Z", regional(2026, 2027, 2028)},
		"until the day before the third":    {cusco + "UT-CUSCO\nRRULE:UNTIL=20280623;FREQ=YEARLY", regional(2026, 2027)},
		"one that was cancelled":            {decree + "\nSTATUS:CANCELLED", nil},
		"29 February exists each four years": {"DTSTART;VALUE=DATE:20280229\nSUMMARY:x\nDESCRIPTION:y\nCATEGORIES:DECREE\nRRULE:FREQ=YEARLY;COUNT=2", []calendar.DayOff{
			{From: date(2028, 2, 29), Until: date(2028, 2, 29), Kind: calendar.KindDecree, Name: "x", Source: "y"}, {From: date(2032, 2, 29), Until: date(2032, 2, 29), Kind: calendar.KindDecree, Name: "x", Source: "y"}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, faults := Read(file(test.event), sedes)
			if diff := cmp.Diff(test.want, got); diff != "" || len(faults) > 0 {
				t.Errorf("faults %v, (-want +got):\n%s", faults, diff)
			}
		})
	}
}

func TestEverythingThatIsNoDayOffIsNamedAtOnce(t *testing.T) {
	without := func(line string) string { return strings.ReplaceAll(decree, line, "X-NADA:x") }
	tests := map[string]struct {
		content []byte
		want    []string
	}{
		"nothing":                    {[]byte(" \n"), []string{"El archivo está vacío."}},
		"no calendar":                {[]byte("fecha,nombre\n2026-12-24,Nochebuena\n"), []string{"El archivo no es un calendario (.ics) que se pueda leer."}},
		"no UTF-8":                   {[]byte("BEGIN:VCALENDAR\nSUMMARY:D\xeda\n"), []string{"El archivo no está en UTF-8: expórtelo otra vez del calendario."}},
		"cut in the middle":          {file(decree)[:120], []string{"El archivo no es un calendario (.ics) que se pueda leer."}},
		"no entry":                   {file(), []string{"El calendario no tiene ninguna entrada."}},
		"too big":                    {make([]byte, MaxBytes+1), []string{"El archivo pesa más de 256 KB: divídalo por años."}},
		"no date":                    {file(without("DTSTART;VALUE=DATE:20261224")), []string{"DTSTART"}},
		"an hour":                    {file(strings.ReplaceAll(decree, ";VALUE=DATE:20261224", ":20261224T090000")), []string{"Entrada 1, «Día no laborable»: DTSTART debe ser un día entero, sin hora"}},
		"a day that does not exist":  {file(strings.ReplaceAll(decree, "20261224", "20261232")), []string{"DTSTART"}},
		"ends before it begins":      {file(decree + "\nDTEND;VALUE=DATE:20261223"), []string{"Entrada 1, «Día no laborable», 24/12/2026: DTEND"}},
		"an end with an hour":        {file(decree + "\nDTEND:20261225T120000Z"), []string{"DTEND"}},
		"a duration of hours":        {file(decree + "\nDURATION:PT8H"), []string{"DURATION"}},
		"no days at all":             {file(decree + "\nDURATION:P0D"), []string{"DURATION"}},
		"no category":                {file(without("CATEGORIES:DECREE")), []string{"CATEGORIES debe decir"}},
		"a category nobody knows":    {file(strings.ReplaceAll(decree, "DECREE", "Fiesta")), []string{"CATEGORIES debe decir"}},
		"two categories":             {file(strings.ReplaceAll(decree, "DECREE", "DECREE,NATIONAL")), []string{"CATEGORIES debe decir"}},
		"a sede nobody knows":        {file(strings.ReplaceAll(decree, "DECREE", "REGIONAL") + "\nLOCATION:UT Marte"), []string{"LOCATION: «UT Marte» no es una sede del directorio."}},
		"each year for ever":         {file(decree + "\nRRULE:FREQ=YEARLY"), []string{"RRULE: solo se acepta FREQ=YEARLY con su fin"}},
		"each year, both ends":       {file(decree + "\nRRULE:FREQ=YEARLY;COUNT=2;UNTIL=20281224"), []string{"RRULE"}},
		"each year for a century":    {file(decree + "\nRRULE:FREQ=YEARLY;COUNT=100"), []string{"RRULE"}},
		"each second year":           {file(decree + "\nRRULE:FREQ=YEARLY;COUNT=2;INTERVAL=2"), []string{"RRULE"}},
		"each month":                 {file(decree + "\nRRULE:FREQ=MONTHLY;COUNT=2"), []string{"RRULE"}},
		"the last Thursday":          {file(decree + "\nRRULE:FREQ=YEARLY;COUNT=2;BYDAY=-1TH"), []string{"RRULE"}},
		"another day than the start": {file(decree + "\nRRULE:FREQ=YEARLY;COUNT=2;BYMONTHDAY=25"), []string{"RRULE"}},
		"until no day":               {file(decree + "\nRRULE:FREQ=YEARLY;UNTIL=20281332"), []string{"RRULE"}},
		"until a year before":        {file(decree + "\nRRULE:FREQ=YEARLY;UNTIL=20251224"), []string{"RRULE"}},
		"two rules":                  {file(decree + "\nRRULE:FREQ=YEARLY;COUNT=2\nRRULE:FREQ=YEARLY;COUNT=3"), []string{"RRULE"}},
		"further dates":              {file(decree + "\nRDATE;VALUE=DATE:20261231"), []string{"RDATE no se acepta"}},
		"dates left out":             {file(decree + "\nRRULE:FREQ=YEARLY;COUNT=2\nEXDATE;VALUE=DATE:20271224"), []string{"EXDATE no se acepta"}},
		"one of a series":            {file(decree + "\nRECURRENCE-ID;VALUE=DATE:20261224"), []string{"RECURRENCE-ID no se acepta"}},
		"three bad beside one good":  {file(decree, without("CATEGORIES:DECREE"), decree+"\nRRULE:FREQ=DAILY", decree+"\nDURATION:PT8H"), []string{"Entrada 2,", "Entrada 3,", "Entrada 4,"}},
		"two faults of one entry":    {file(without("CATEGORIES:DECREE") + "\nDURATION:PT8H"), []string{"Entrada 1, «Día no laborable», 24/12/2026: DURATION", "Entrada 1, «Día no laborable», 24/12/2026: CATEGORIES"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			days, faults := Read(test.content, sedes)
			if len(days) != 0 || len(faults) != len(test.want) {
				t.Fatalf("days %v, faults %v, want %d", days, faults, len(test.want))
			}
			for i, f := range faults {
				if !strings.Contains(f.String(), test.want[i]) {
					t.Errorf("fault %q, want %q", f, test.want[i])
				}
			}
		})
	}
}

// What is written is read back, whatever the names hold.
func TestWrittenDaysAreReadBack(t *testing.T) {
	word := rapid.StringMatching(`[A-Za-zñáéíóúÑ«»"';,:\\<>&()/º°\-]{1,30}( [A-Za-z0-9ñ.,;\\]{1,40}){0,2}`)
	rapid.Check(t, func(rt *rapid.T) {
		days := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) calendar.DayOff {
			from := date(2026, 1, 1).AddDays(rapid.IntRange(0, 1500).Draw(rt, "from"))
			d := calendar.DayOff{From: from, Until: from.AddDays(rapid.IntRange(0, 30).Draw(rt, "days")), Kind: rapid.SampledFrom(calendar.Kinds()).Draw(rt, "kind"),
				Name: word.Draw(rt, "name"), Source: word.Draw(rt, "source")}
			if d.Kind == calendar.KindRegional {
				d.Sede = "UT-CUSCO"
			}
			return d
		}), 1, 20).Draw(rt, "list")
		content := Write(days, Origin{Procedure: "PRO-044", Domain: "mesa.qw.gob.pe", At: date(2026, 1, 2).Start()})
		back, faults := Read(content, sedes)
		if diff := cmp.Diff(days, back); diff != "" || len(faults) > 0 {
			rt.Fatalf("faults %v, (-want +got):\n%s\n%s", faults, diff, content)
		}
	})
}

func TestWrittenFileIsOneThatProgramsTake(t *testing.T) {
	got := Write([]calendar.DayOff{christmas(25)}, Origin{Procedure: "PRO-044", Domain: "mesa.qw.gob.pe", At: date(2026, 1, 2).Start()})
	want, err := os.ReadFile("testdata/one.ics")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), strings.ReplaceAll(string(got), "\r\n", "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if strings.Count(string(got), "\r\n") != strings.Count(string(got), "\n") {
		t.Error("a line does not end as RFC 5545 wants")
	}
}

// Whatever comes, Read answers: days, or what is wrong.
func FuzzRead(f *testing.F) {
	for _, seed := range [][]byte{file(decree), file(decree + "\nRRULE:FREQ=YEARLY;COUNT=3"), file("SUMMARY"), []byte("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"), []byte("BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nEND:VTIMEZONE\nEND:VCALENDAR")} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		days, faults := Read(content, sedes)
		if len(days) > 0 && len(faults) > 0 {
			t.Errorf("days %v with faults %v", days, faults)
		}
		for _, d := range days {
			if d.Kind.Label() == "" || d.Until.Before(d.From) {
				t.Errorf("read %+v", d)
			}
		}
	})
}
