package register

import (
	"context"
	"fmt"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/directory"
)

// Mornings is the table as the mails of a morning need it.
type Mornings interface {
	Store
	// AddEffects writes outbox items; one that is there already stays as it is.
	AddEffects(ctx context.Context, effects []desk.Effect) error
	// Watermark and SetWatermark keep until when openings were seen.
	Watermark(ctx context.Context, name string) (time.Time, error)
	SetWatermark(ctx context.Context, name string, at time.Time) error
}

// Reminder writes «Anexo 01 de {mes} por visar» when a working day opens (R135): the
// first morning of a month to the specialist of each sede, and the reminders of
// whichever V°B° is awaited. The head's first mail goes with the specialist's
// signature.
type Reminder struct {
	Store Mornings
	Now   func(ctx context.Context) (time.Time, error) // business clock
}

const watermark = "register"

// lookBack is how many ended months are looked at: with three reminders, five
// working days apart, an older one has nothing left to be said about it unless
// somebody signs or reopens it, and that writes its own mail.
const lookBack = 3

// Write orders the mails of the working days that opened since the last time, and
// says how many. In all other minutes it reads two items and no more.
func (w *Reminder) Write(ctx context.Context) (int, error) {
	now, err := w.Now(ctx)
	if err != nil {
		return 0, err
	}
	seen, err := w.Store.Watermark(ctx, watermark)
	if err != nil {
		return 0, fmt.Errorf("watermark of the register: %w", err)
	}
	snapshot, err := w.Store.Directory(ctx)
	if err != nil {
		return 0, fmt.Errorf("register: %w", err)
	}
	opened := snapshot.OpenedSince(seen, now)
	if len(opened) == 0 {
		return 0, nil
	}
	var items []desk.Effect
	for _, sede := range snapshot.Records().Sedes {
		if !sede.Holds(now) || !opened[UnitOf(snapshot.Directory, sede.ID, now).ID] {
			continue
		}
		due, err := w.due(ctx, snapshot.Directory, sede, now)
		if err != nil {
			return 0, fmt.Errorf("register of %s: %w", sede.ID, err)
		}
		items = append(items, due...)
	}
	if err := w.Store.AddEffects(ctx, items); err != nil {
		return 0, fmt.Errorf("register: %w", err)
	}
	return len(items), w.Store.SetWatermark(ctx, watermark, now)
}

// due are the mails of a sede's last months.
func (w *Reminder) due(ctx context.Context, d *directory.Directory, sede directory.Sede, now time.Time) ([]desk.Effect, error) {
	var items []desk.Effect
	for _, period := range ended(now) {
		month, err := w.Store.Month(ctx, sede.ID, period)
		if err != nil {
			return nil, err
		}
		s := Sheet{Sede: sede.ID, Name: sede.Name, Period: period, Month: month, directory: d, now: now}
		if n := s.reminder(); n >= 0 && n <= Reminders {
			items = append(items, s.letters(n)...)
		}
	}
	return items, nil
}

// ended are the last months that ended, the oldest first.
func ended(now time.Time) []string {
	here := now.In(desk.Lima)
	first := time.Date(here.Year(), here.Month(), 1, 0, 0, 0, 0, desk.Lima)
	var periods []string
	for back := lookBack; back > 0; back-- {
		periods = append(periods, desk.Period(first.AddDate(0, -back, 0)))
	}
	return periods
}

// reminder is how many stretches of working days the V°B° awaited has been waited
// for; -1 if none is.
func (s Sheet) reminder() int {
	place, ok := s.Awaited()
	if !ok {
		return -1
	}
	since := s.Ends()
	if last, times := s.Month.Reopened(); times > 0 {
		since = last.At
	}
	if first, ok := s.Month.SignOff(desk.PlaceSpecialist); ok && place == desk.PlaceHead {
		since = first.At
	}
	c := s.directory.CalendarOf(UnitOf(s.directory, s.Sede, s.now).ID, s.now)
	return openings(c, c.NextOpening(since), s.now) / ReminderDays
}

// openings counts the working days that opened after one instant until another; it
// stops counting where nothing is reminded of any more.
func openings(c calendar.Calendar, from, until time.Time) int {
	n := 0
	for at := c.NextDayOpening(from); !at.After(until) && n <= ReminderDays*(Reminders+1); at = c.NextDayOpening(at) {
		n++
	}
	return n
}
