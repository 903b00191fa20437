package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"mesa/shared/calendar"
	"mesa/shared/desktest"
	"mesa/shared/icalendar"
	"mesa/shared/work"
)

// calendarDesk is a desk with the sample directory and its days off.
func calendarDesk(t *testing.T) *desktest.Store {
	t.Helper()
	return desktest.NewBench(t).Store
}

func shownYear(t *testing.T, store calendars, year int) string {
	t.Helper()
	var out bytes.Buffer
	if err := showCalendar(t.Context(), store, year, desktest.Tuesday(9, 0), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestCalendarShowsTheYear(t *testing.T) {
	got := shownYear(t, calendarDesk(t), 2026)
	for _, want := range []string{"28/07/2026 · Feriado nacional · Fiestas Patrias", "24/06/2026 · Feriado regional · UT-CUSCO · Día del Cusco · Norma regional de ejemplo",
		"24/12/2026 · Día no laborable · Día no laborable del sector público · Decreto supremo de ejemplo", "Próximo día hábil: 16/09/2026"} {
		if !strings.Contains(got, want+"\n") && !strings.Contains(got, want+" ·") {
			t.Errorf("does not show %q:\n%s", want, got)
		}
	}
}

// A file goes in once: what is there already is counted, not doubled; an export
// that comes back changes nothing.
func TestCalendarFileGoesInOnceAndComesBack(t *testing.T) {
	store, now := calendarDesk(t), desktest.Tuesday(9, 0)
	file := icalendar.Write([]calendar.DayOff{{From: calendar.Date{Year: 2026, Month: 10, Day: 9}, Until: calendar.Date{Year: 2026, Month: 10, Day: 9}, Kind: calendar.KindDecree, Name: "Día no laborable", Source: "DS 000-2026-PCM"}}, icalendar.Origin{At: now})
	for _, step := range []struct {
		dry      bool
		said     string
		revision int
	}{{true, "1 por agregar, 0 que ya estaban.", 1}, {false, "+ 09/10/2026 · Día no laborable · Día no laborable · DS 000-2026-PCM\n1 por agregar", 2}, {false, "0 por agregar, 1 que ya estaban.", 2}} {
		var out bytes.Buffer
		if err := importCalendar(t.Context(), store, file, now, step.dry, &out); err != nil || !strings.Contains(out.String(), step.said) {
			t.Fatalf("said %q, %v; want %q", out.String(), err, step.said)
		}
		book, err := store.Calendar(t.Context())
		if err != nil || book.Revision() != step.revision {
			t.Fatalf("revision %d, %v, want %d", book.Revision(), err, step.revision)
		}
	}
	book, err := store.Calendar(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := importCalendar(t.Context(), store, icalendar.Write(book.Year(2026), icalendar.Origin{At: now}), now, false, &out); err != nil || !strings.Contains(out.String(), "0 por agregar, 23 que ya estaban.") {
		t.Errorf("the export came back as %q, %v", out.String(), err)
	}
}

func TestABadCalendarFileIsRefusedWhole(t *testing.T) {
	store, now := calendarDesk(t), desktest.Tuesday(9, 0)
	day := func(d int, name string) calendar.DayOff {
		return calendar.DayOff{From: calendar.Date{Year: 2026, Month: 10, Day: d}, Until: calendar.Date{Year: 2026, Month: 10, Day: d}, Kind: calendar.KindDecree, Name: name, Source: "DS 000-2026-PCM"}
	}
	for name, test := range map[string]struct {
		file []byte
		want []string
	}{
		"not a calendar":           {[]byte("hola"), []string{"no es un calendario"}},
		"two bad entries of three": {icalendar.Write([]calendar.DayOff{day(9, "Bien"), day(8, "Angamos"), {From: day(12, "").From, Until: day(12, "").From, Kind: calendar.KindRegional, Name: "Sin sede", Source: "x"}}, icalendar.Origin{At: now}), []string{"«Angamos», 08/10/2026: Ese día ya es feriado nacional.", "«Sin sede», 12/10/2026: Elija la sede"}},
		"a sede nobody knows":      {icalendar.Write([]calendar.DayOff{{From: day(9, "").From, Until: day(9, "").From, Kind: calendar.KindRegional, Sede: "MARTE", Name: "x", Source: "y"}}, icalendar.Origin{At: now}), []string{"«MARTE» no es una sede"}},
	} {
		t.Run(name, func(t *testing.T) {
			err := importCalendar(t.Context(), store, test.file, now, false, &bytes.Buffer{})
			if err == nil {
				t.Fatal("it was taken")
			}
			for _, want := range append(test.want, "no se cambió nada") {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q does not say %q", err, want)
				}
			}
			if book, err := store.Calendar(t.Context()); err != nil || book.Revision() != 1 {
				t.Errorf("revision %d, %v", book.Revision(), err)
			}
		})
	}
}

func TestADayIsAddedAndTakenOut(t *testing.T) {
	store, now := calendarDesk(t), desktest.Tuesday(9, 0)
	add := calendarAddCmd{Date: "2026-11-04", Kind: "regional", Sede: "UT Puno", Name: "Aniversario de Puno", Source: "Ley de ejemplo"}
	if err := add.add(t.Context(), store, now, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	if got := shownYear(t, store, 2026); !strings.Contains(got, "04/11/2026 · Feriado regional · UT-PUNO · Aniversario de Puno") {
		t.Errorf("not added:\n%s", got)
	}
	remove := calendarRemoveCmd{Date: "2026-11-04", Sede: "UT-PUNO", Reason: "Se trasladó"}
	if err := remove.remove(t.Context(), store, now, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	book, err := store.Calendar(t.Context())
	if err != nil || book.Revision() != 3 || book.Changes[2].Reason != "Se trasladó" || !book.Changes[2].At.Equal(now) {
		t.Errorf("changes %+v, %v", book.Changes, err)
	}
	for name, run := range map[string]func(context.Context, calendars) error{
		"taken out twice": func(ctx context.Context, s calendars) error { return remove.remove(ctx, s, now, &bytes.Buffer{}) },
		"a day that is over": func(ctx context.Context, s calendars) error {
			return calendarRemoveCmd{Date: "2026-06-24", Sede: "UT-CUSCO", Reason: "x"}.remove(ctx, s, now, &bytes.Buffer{})
		},
		"no reason": func(ctx context.Context, s calendars) error {
			return calendarRemoveCmd{Date: "2026-12-24", Reason: " "}.remove(ctx, s, now, &bytes.Buffer{})
		},
		"no date": func(ctx context.Context, s calendars) error {
			return calendarAddCmd{Date: "24/12/2026", Kind: "decree", Name: "x", Source: "y"}.add(ctx, s, now, &bytes.Buffer{})
		},
		"no last date": func(ctx context.Context, s calendars) error {
			return calendarAddCmd{Date: "2026-12-28", Until: "mañana", Kind: "decree", Name: "x", Source: "y"}.add(ctx, s, now, &bytes.Buffer{})
		},
		"no sede": func(ctx context.Context, s calendars) error {
			return calendarAddCmd{Date: "2026-12-28", Kind: "regional", Sede: "Marte", Name: "x", Source: "y"}.add(ctx, s, now, &bytes.Buffer{})
		},
		"overtaken": func(ctx context.Context, s calendars) error {
			return calendarAddCmd{Date: "2026-12-28", Kind: "decree", Name: "x", Source: "y"}.add(ctx, overtaken{s}, now, &bytes.Buffer{})
		},
	} {
		if err := run(t.Context(), store); err == nil {
			t.Errorf("%s: it was done", name)
		}
	}
	if book, err = store.Calendar(t.Context()); err != nil || book.Revision() != 3 {
		t.Errorf("revision %d, %v", book.Revision(), err)
	}
}

// overtaken is a calendar that somebody else changes at the same moment.
type overtaken struct{ calendars }

func (overtaken) ChangeCalendar(context.Context, calendar.Change) error { return work.ErrConflict }
