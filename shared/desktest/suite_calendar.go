package desktest

import (
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/work"
)

// calendarChanges: the days off are the fold of their changes, each under the
// next number; the directory holds them as soon as they are written, and no
// import of it touches them.
func calendarChanges(t *testing.T, s Contract) {
	day := calendar.DayOff{From: calendar.Date{Year: 2026, Month: time.December, Day: 24}, Until: calendar.Date{Year: 2026, Month: time.December, Day: 24},
		Kind: calendar.KindDecree, Name: "Día no laborable", Source: "DS 000-2026-PCM"}
	christmasEve := day.From.Start().Add(9 * time.Hour)
	works := func(want bool) {
		t.Helper()
		d, err := s.Directory(t.Context())
		noErr(t, err)
		if got := d.CalendarOf(TheUT, Wednesday()).IsWorking(christmasEve); got != want {
			t.Errorf("on 24 December people work: %t", got)
		}
	}
	works(true)
	first := calendar.Change{Revision: 1, At: Wednesday(), By: Assigner, Add: []calendar.DayOff{day}}
	noErr(t, s.ChangeCalendar(t.Context(), first))
	works(false)
	noErr(t, s.SaveDirectory(t.Context(), Records(), 0))
	works(false)
	for _, revision := range []int{0, 1, 3} {
		wantErr(t, s.ChangeCalendar(t.Context(), calendar.Change{Revision: revision, At: Wednesday(), Remove: first.Add}), work.ErrConflict)
	}
	works(false)
	second := calendar.Change{Revision: 2, At: Wednesday().Add(time.Hour), Remove: first.Add, Reason: "El decreto se derogó"}
	noErr(t, s.ChangeCalendar(t.Context(), second))
	works(true)
	book, err := s.Calendar(t.Context())
	noErr(t, err)
	same(t, book.Changes, []calendar.Change{first, second})
	if len(book.Days) != 0 {
		t.Errorf("days %+v", book.Days)
	}
}

// redates: earlier or later, in the index too; not when it is settled or moved.
func redates(t *testing.T, s Contract) {
	before := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	wait := before.Waits[0]
	for _, to := range []time.Time{wait.WakeAt.Add(24 * time.Hour), wait.WakeAt.Add(-time.Hour)} {
		noErr(t, s.Redate(t.Context(), ID(1), wait, to))
		wantErr(t, s.Redate(t.Context(), ID(1), wait, to.Add(time.Hour)), work.ErrConflict)
		wait.WakeAt = to
		now := MustLoad(t, s, ID(1))
		same(t, now.Waits, []desk.Wait{wait})
		same(t, waitsEverywhere(t, s, to.Add(-time.Second)), []desk.WaitID(nil))
		same(t, waitsEverywhere(t, s, to), []desk.WaitID{wait.ID})
	}
	settle := Act(before, desk.ActApprove, UTHead, Wednesday(), desk.StageApproved{Stage: desk.StageUT})
	settle.Settle = []desk.Wait{wait}
	MustCommit(t, s, settle)
	wantErr(t, s.Redate(t.Context(), ID(1), wait, wait.WakeAt), work.ErrConflict)
	wantErr(t, s.Redate(t.Context(), ID(1), desk.Wait{ID: "level#77", WakeAt: wait.WakeAt}, wait.WakeAt), work.ErrConflict)
}
