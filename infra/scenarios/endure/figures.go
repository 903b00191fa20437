package endure

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"mesa/shared/machines"
)

// Tolerance is the latest that a date may fire: its machine died, the sweeper
// leaves it two minutes, and looks each minute.
const Tolerance = machines.LateBy + time.Minute + 30*time.Second

// Figures is what a run found.
type Figures struct {
	Waits    int // tickets, each with a date of its own
	Restarts int // of the local cloud
	Firings  []Firing
	Silent   int // tickets of which no date fired
	Early    int // fired before its date
	Late     int // fired after its tolerance
	Twice    int // fired more than once in one round
	Lost     int // still open, its date and tolerance past
	Unclear  int // acts of the clock that moved no date, or several
	Mails    int // ordered
	Missing  int // ordered and never sent
	Repeated int // sent a second time, and counted as such by the desk
	Surplus  int // sent more often than the desk attempted
	Anew     int // machines started anew
	Took     time.Duration
}

// Add joins the figures of another run.
func (f Figures) Add(o Figures) Figures {
	f.Firings = append(slices.Clone(f.Firings), o.Firings...)
	for _, pair := range []struct{ to, from *int }{{&f.Waits, &o.Waits}, {&f.Restarts, &o.Restarts}, {&f.Silent, &o.Silent}, {&f.Early, &o.Early},
		{&f.Late, &o.Late}, {&f.Twice, &o.Twice}, {&f.Lost, &o.Lost}, {&f.Unclear, &o.Unclear}, {&f.Mails, &o.Mails}, {&f.Missing, &o.Missing},
		{&f.Repeated, &o.Repeated}, {&f.Surplus, &o.Surplus}, {&f.Anew, &o.Anew}} {
		*pair.to += *pair.from
	}
	f.Took += o.Took
	return f
}

// Wrong names everything that must not be, "" if all is well.
func (f Figures) Wrong() string {
	var wrong []string
	for _, fault := range []struct {
		n    int
		name string
	}{{f.Silent, "waits never fired"}, {f.Early, "fired early"}, {f.Late, "fired later than " + Tolerance.String()}, {f.Twice, "fired twice"},
		{f.Lost, "dates lost"}, {f.Unclear, "acts of the clock about no one date"}, {f.Missing, "mails missing"}, {f.Surplus, "mails sent more often than attempted"}} {
		if fault.n > 0 {
			wrong = append(wrong, fmt.Sprintf("%d %s", fault.n, fault.name))
		}
	}
	return strings.Join(wrong, ", ")
}

// String is the figures for people.
func (f Figures) String() string {
	return fmt.Sprintf("%d waits, %d restarts: %d dates fired (late by p50 %s, p95 %s, most %s; tolerance %s), %d early, %d late, %d twice, %d lost; "+
		"%d mails (%d repeated, %d missing); %d executions started anew; %s",
		f.Waits, f.Restarts, len(f.Firings), f.late(50), f.late(95), f.late(100), Tolerance, f.Early, f.Late, f.Twice, f.Lost+f.Silent,
		f.Mails, f.Repeated, f.Missing, f.Anew, f.Took.Round(time.Second))
}

// late is a percentile of how late dates fired.
func (f Figures) late(percent int) time.Duration {
	if len(f.Firings) == 0 {
		return 0
	}
	var all []time.Duration
	for _, one := range f.Firings {
		all = append(all, one.Late())
	}
	slices.Sort(all)
	return all[min(len(all)*percent/100, len(all)-1)]
}

// count files the firings of one ticket.
func (f *Figures) count(list []Firing) {
	if len(list) == 0 {
		f.Silent++
	}
	seen := map[string]bool{}
	for _, one := range list {
		key := string(one.Wait) + one.Due.String()
		switch late := one.Late(); {
		case seen[key]:
			f.Twice++
		case late < 0:
			f.Early++
		case late > Tolerance:
			f.Late++
		}
		seen[key] = true
	}
	f.Firings = append(f.Firings, list...)
}
