package machines

import (
	"context"
	"fmt"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// Verdict says whether an open wait and the execution that should keep it agree.
type Verdict string

// The verdicts. Agrees and OnTheWay are as they should be.
const (
	Agrees          Verdict = "agrees"
	OnTheWay        Verdict = "on-the-way"       // its start or resume is ordered, or was done just now
	NotRunning      Verdict = "not-running"      // no execution keeps it
	OtherGeneration Verdict = "other-generation" // the wait belongs to another execution than the ticket names
	NoToken         Verdict = "no-token"         // the execution runs, and waits for something else
	Late            Verdict = "late"             // its date came, and nothing happened
	Needless        Verdict = "needless"         // an execution runs that no wait needs
)

// Differs tells a verdict that somebody should look at.
func (v Verdict) Differs() bool { return v != Agrees && v != OnTheWay }

// Finding is one open wait beside its execution; of a needless execution there
// is no wait. Waits that no machine keeps have no execution.
type Finding struct {
	Verdict    Verdict       `json:"verdict"`
	Ticket     desk.TicketID `json:"ticket"`
	Number     desk.Number   `json:"number,omitempty"`
	Wait       desk.WaitID   `json:"wait,omitempty"`
	WakeAt     time.Time     `json:"wakeAt,omitzero"`
	Machine    desk.Machine  `json:"machine,omitempty"`
	Generation int           `json:"generation,omitempty"`
	Execution  string        `json:"execution,omitempty"`
	Status     string        `json:"status,omitempty"` // of the execution; empty: there is none
	Cause      string        `json:"cause,omitempty"`  // why the machine stands stuck
}

// Inspected is the store as an inspection reads it.
type Inspected interface {
	Tickets(ctx context.Context, cursor string, limit int) ([]desk.TicketID, string, error)
	Load(ctx context.Context, id desk.TicketID) (work.Stored, error)
	Effects(ctx context.Context, id desk.TicketID) ([]desk.Effect, error)
}

// Watched is the service that runs executions, as an inspection asks it.
type Watched interface {
	// RunningNames lists the executions of m that run.
	RunningNames(ctx context.Context, m desk.Machine) ([]string, error)
	// Status is how a named execution stands, as AWS words it; "" if there is none.
	Status(ctx context.Context, m desk.Machine, name string) (string, error)
}

// runsNow is the status of an execution that keeps a wait.
const runsNow = "RUNNING"

// Inspection compares every open wait with its execution. It changes nothing.
type Inspection struct {
	Store      Inspected
	Executions Watched
	Now        func(ctx context.Context) (time.Time, error)
	Progress   func(tickets int) // told after each page of tickets
}

const ticketsPage = 500

// Run looks at every ticket, then at the executions that were left over. People
// work meanwhile, so what differs is looked at again before it is told.
func (n *Inspection) Run(ctx context.Context) ([]Finding, error) {
	running := map[string]desk.Machine{}
	for _, m := range desk.Machines() {
		names, err := n.Executions.RunningNames(ctx, m)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			running[name] = m
		}
	}
	found, err := n.tickets(ctx, running)
	if err != nil {
		return nil, err
	}
	for name, m := range running {
		f, err := n.leftOver(ctx, m, name)
		if err != nil {
			return nil, err
		}
		found = append(found, f...)
	}
	return found, nil
}

// tickets compares the waits of every ticket; it takes the executions that keep
// one out of running.
func (n *Inspection) tickets(ctx context.Context, running map[string]desk.Machine) ([]Finding, error) {
	var found []Finding
	seen := 0
	for cursor := ""; ; {
		ids, next, err := n.Store.Tickets(ctx, cursor, ticketsPage)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			s, err := n.Store.Load(ctx, id)
			if err != nil {
				return nil, fmt.Errorf("waits of %s: %w", id, err)
			}
			list, err := n.ticket(ctx, s, running)
			if err != nil {
				return nil, fmt.Errorf("waits of %s: %w", id, err)
			}
			found = append(found, list...)
		}
		if seen += len(ids); n.Progress != nil {
			n.Progress(seen)
		}
		if cursor = next; cursor == "" {
			return found, nil
		}
	}
}

func (n *Inspection) ticket(ctx context.Context, s work.Stored, running map[string]desk.Machine) ([]Finding, error) {
	now, err := n.Now(ctx)
	if err != nil {
		return nil, err
	}
	var found []Finding
	for _, w := range s.Waits {
		f := findingOf(s, w)
		if _, ok := running[f.Execution]; ok {
			f.Status = runsNow
		}
		if f.Verdict = verdict(s, w, f.Status, now); f.Verdict != Agrees {
			again, open, err := n.again(ctx, f)
			if err != nil {
				return nil, err
			}
			if !open {
				continue
			}
			f = again
		}
		delete(running, f.Execution)
		found = append(found, f)
	}
	return found, nil
}

func findingOf(s work.Stored, w desk.Wait) Finding {
	f := Finding{Ticket: s.Ticket.ID, Number: s.Ticket.Number, Wait: w.ID, WakeAt: w.WakeAt, Machine: w.ID.Kind().Machine()}
	if f.Machine != "" {
		f.Generation, f.Cause = s.Machines[f.Machine].Generation, s.Machines[f.Machine].Cause
		f.Execution = desk.ExecutionName(f.Ticket, f.Machine, f.Generation)
	}
	return f
}

// verdict compares one wait as stored with how its execution stands.
func verdict(s work.Stored, w desk.Wait, status string, now time.Time) Verdict {
	m := w.ID.Kind().Machine()
	switch {
	case m != "" && status != runsNow:
		return NotRunning
	case m != "" && w.Generation != s.Machines[m].Generation:
		return OtherGeneration
	case m != "" && w.Token == "":
		return NoToken
	case now.After(w.WakeAt.Add(LateBy)):
		return Late
	default:
		return Agrees
	}
}

// again reads everything anew; a wait that is over by now is no finding.
func (n *Inspection) again(ctx context.Context, f Finding) (Finding, bool, error) {
	s, err := n.Store.Load(ctx, f.Ticket)
	if err != nil {
		return f, false, err
	}
	now, err := n.Now(ctx)
	if err != nil {
		return f, false, err
	}
	for _, w := range s.Waits {
		if w.ID != f.Wait {
			continue
		}
		f = findingOf(s, w)
		if f.Machine != "" {
			if f.Status, err = n.Executions.Status(ctx, f.Machine, f.Execution); err != nil {
				return f, false, err
			}
		}
		if f.Verdict = verdict(s, w, f.Status, now); f.Verdict != Agrees && f.Verdict != Late {
			f.Verdict, err = n.unlessOrdered(ctx, f, now)
		}
		return f, true, err
	}
	return f, false, nil
}

// unlessOrdered: what is on its way to the machine will mend it; so will what a
// running one was told just now, which takes it a moment.
func (n *Inspection) unlessOrdered(ctx context.Context, f Finding, now time.Time) (Verdict, error) {
	effects, err := n.Store.Effects(ctx, f.Ticket)
	for _, e := range effects {
		if e.Call == nil || e.Call.Machine != f.Machine {
			continue
		}
		told := f.Status == runsNow && e.Call.Generation == f.Generation && now.Before(e.DoneAt.Add(LateBy))
		if told || e.State == desk.EffectPending {
			return OnTheWay, err
		}
	}
	return f.Verdict, err
}

// leftOver looks at an execution that keeps no wait. One that nobody of the desk
// started is not its business.
func (n *Inspection) leftOver(ctx context.Context, m desk.Machine, name string) ([]Finding, error) {
	id, generation, ours := ParseExecution(name, m)
	if !ours {
		return nil, nil
	}
	f := Finding{Verdict: Needless, Ticket: id, Machine: m, Generation: generation, Execution: name}
	s, err := n.Store.Load(ctx, id)
	if err != nil && desk.CodeOf(err) != desk.NotFound {
		return nil, err
	}
	f.Number = s.Ticket.Number
	if s.Machines[m].Generation == generation && waits(s, m) { // opened meanwhile
		return nil, nil
	}
	if f.Status, err = n.Executions.Status(ctx, m, name); err != nil || f.Status != runsNow {
		return nil, err
	}
	now, err := n.Now(ctx)
	if err != nil {
		return nil, err
	}
	f.Verdict, err = n.unlessOrdered(ctx, f, now)
	return []Finding{f}, err
}
