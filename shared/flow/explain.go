package flow

import (
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
)

// Explanation is the arithmetic of a ticket's local target, for who asks why it
// ends when it does (R37): where it began, what was counted and what was not.
// The working times of its stretches add up to the target, or, while work is
// stopped, to what was used up of it.
type Explanation struct {
	Countdown
	Why       desk.LevelReason // how work, or the level, began
	Began     int              // the act that began it
	Stretches []Stretch
	Steps     []LevelStep // when people are told; empty while work is stopped
}

// StretchKind is what a stretch of time is to a target.
type StretchKind string

// The kinds.
const (
	StretchWork StretchKind = "work" // counted
	StretchOff  StretchKind = "off"  // days on which nobody works
	StretchStop StretchKind = "stop" // work was stopped
)

// Stretch is a piece of the time between the beginning and the end of a target.
// Hours in which nobody works, nights and lunch, lie between the stretches.
type Stretch struct {
	Kind   StretchKind
	From   time.Time
	To     time.Time // zero: it goes on
	Worked time.Duration
	Total  time.Duration // worked since the beginning, this stretch included
	Off    string        // of a day off: its name; empty for a day the week leaves closed
	Stop   Stop
}

// Explain says why the target of a ticket ends when it does; ok is false if it
// has none. The records are all those of the ticket.
func Explain(t desk.Ticket, f Facts, records []desk.Record) (e Explanation, ok bool) {
	f.Stops = Stops(records)
	if e.Countdown, ok = Count(t, f); !ok {
		return Explanation{}, false
	}
	e.Why, e.Began = beginning(t, records)
	w := walk{calendar: f.Calendar}
	at := e.Goal.Since
	for _, stop := range stopsSince(t, f.Stops, at) {
		if !e.Stopped && !stop.From.Before(e.Due) {
			break
		}
		w.work(at, stop.From)
		if going := e.Stopped && stop.End == 0; going {
			stop.To = time.Time{}
		}
		w.add(Stretch{Kind: StretchStop, From: stop.From, To: stop.To, Stop: stop})
		at = stop.To
	}
	if !e.Stopped {
		w.work(at, e.Due)
		e.Steps = Steps(t, f)
	}
	e.Stretches = w.stretches
	return e, true
}

// beginning finds the act from which the target counts, and how it began: the
// entry to the level for a response, else when work could begin.
func beginning(t desk.Ticket, records []desk.Record) (why desk.LevelReason, seq int) {
	seq = t.LevelAt.Seq
	if !t.RespondedAt.IsZero() {
		seq = workBegan(records)
	}
	for _, r := range records {
		if r.Seq != seq {
			continue
		}
		for _, e := range r.Events {
			switch e := e.(type) {
			case desk.ContactOpened:
				why = desk.BecauseOpened
			case desk.LevelEntered:
				why = e.Why
			}
		}
	}
	return why, seq
}

// workBegan is the act with which work could begin, the last time it did.
func workBegan(records []desk.Record) int {
	t, seq := desk.Ticket{}, 0
	for _, r := range records {
		before := t.WorkAt
		if t = desk.ApplyAll(t, r.Entry(), r.Events); !t.WorkAt.Equal(before) {
			seq = r.Seq
		}
	}
	return seq
}

// walk collects stretches day by day.
type walk struct {
	calendar  calendar.Calendar
	stretches []Stretch
	total     time.Duration
}

func (w *walk) add(s Stretch) {
	w.total += s.Worked
	s.Total = w.total
	w.stretches = append(w.stretches, s)
}

// work adds what lies between two instants, with the days off in between.
func (w *walk) work(from, to time.Time) {
	for date := calendar.DateOf(from); !to.Before(date.Start()) && from.Before(to); date = date.AddDays(1) {
		day := w.calendar.Day(date)
		if len(day.Hours) == 0 {
			w.off(day)
		}
		for _, hours := range day.Hours {
			start, end := later(from, date.On(hours.Opens)), earlier(to, date.On(hours.Closes))
			if start.Before(end) {
				w.add(Stretch{Kind: StretchWork, From: start, To: end, Worked: end.Sub(start)})
			}
		}
	}
}

// off adds a day on which nobody works; days alike that follow each other are one.
func (w *walk) off(day calendar.Day) {
	from, to := day.Date.Start(), day.Date.AddDays(1).Start()
	if n := len(w.stretches); n > 0 {
		if before := &w.stretches[n-1]; before.Kind == StretchOff && before.Off == day.Off && before.To.Equal(from) {
			before.To = to
			return
		}
	}
	w.add(Stretch{Kind: StretchOff, From: from, To: to, Off: day.Off})
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
