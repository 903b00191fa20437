package flow

import (
	"time"

	"mesa/shared/desk"
)

// Stop is a stretch in which a case that could be worked on waited for somebody
// else: who asked, a provider, a head, or its mass incident (R37, R72, R47).
type Stop struct {
	From time.Time
	To   time.Time // zero: it still waits
	Why  desk.State
	Seq  int // the act that stopped it
	End  int // the act that ended it; 0: none yet
}

// Stops are the stretches of a ticket in which work was stopped, computed from
// its records whenever they are needed and kept nowhere: a holiday declared
// afterwards changes how much working time each was worth.
func Stops(records []desk.Record) []Stop {
	var stops []Stop
	t, open := desk.Ticket{}, false
	for _, r := range records {
		at := r.At.UTC().Truncate(time.Second)
		t = desk.ApplyAll(t, r.Entry(), r.Events)
		if open && stops[len(stops)-1].Why != t.State {
			stops[len(stops)-1].To, stops[len(stops)-1].End, open = at, r.Seq, false
		}
		if !open && t.Stopped() {
			stops, open = append(stops, Stop{From: at, Why: t.State, Seq: r.Seq}), true
		}
	}
	return stops
}

// stopsSince are the stops of a goal that began at an instant, in order. The one
// that the present act ends ended when the level's wait began again; one that
// goes on has used up no working time since.
func stopsSince(t desk.Ticket, all []Stop, since time.Time) []Stop {
	var stops []Stop
	for _, s := range all {
		if s.To.IsZero() {
			if s.To = s.From; t.LevelAt.Open() {
				s.To = t.LevelAt.At
			}
		}
		if s.To.Before(since) {
			continue
		}
		if s.From.Before(since) {
			s.From = since
		}
		stops = append(stops, s)
	}
	return stops
}
