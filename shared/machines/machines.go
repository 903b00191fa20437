// Package machines is what the desk says to its state machines and hears from
// them: the logic of function workflow and of the sweeper's healing.
//
// A machine holds no business state. It asks three things:
//
//	open     here is my task token for this wait; keep it
//	overdue  my time is up; do what is due and tell me what to wait for next
//	stuck    I failed; write it down where a person sees it
//
// and every answer is flow.Answer on a consistent read at that moment, so an
// execution that slept, was killed or came late never acts on an old truth.
package machines

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// Store is the table as the machines need it.
type Store interface {
	// Load reads ticket, open waits and machines consistently.
	Load(ctx context.Context, id desk.TicketID) (work.Stored, error)
	// OpenWait stores the token if the wait is open, of this generation and not
	// to wake earlier than wakeAt; false if not.
	OpenWait(ctx context.Context, id desk.TicketID, wait desk.WaitID, generation int, wakeAt time.Time, token string) (bool, error)
	// MarkStuck writes why a generation failed, for the operations page.
	MarkStuck(ctx context.Context, id desk.TicketID, m desk.Machine, generation int, cause string) error
}

// Caller speaks to running executions. work.ErrTokenDead is normal: the task timed
// out, was answered or its execution ended; open will notice.
type Caller interface {
	SendSuccess(ctx context.Context, token string, output []byte) error
}

// Performer is the road.
type Performer interface {
	Perform(ctx context.Context, act desk.Act) (work.Result, error)
}

// Workflow answers the three machines.
type Workflow struct {
	Store  Store
	Caller Caller
	Road   Performer
	Now    func(ctx context.Context) (time.Time, error) // business clock
}

// Request is the payload of the machines' tasks.
type Request struct {
	Op         string         `json:"op"`
	Machine    desk.Machine   `json:"machine"`
	Ticket     desk.TicketID  `json:"ticket"`
	Generation int            `json:"generation"`
	Wait       flow.ReplyWait `json:"wait"`
	Token      string         `json:"token,omitempty"`
	Cause      string         `json:"cause,omitempty"`
}

// Handle is the function workflow.
func (w *Workflow) Handle(ctx context.Context, in Request) (flow.Reply, error) {
	now, err := w.Now(ctx)
	if err != nil {
		return flow.Reply{}, err
	}
	switch in.Op {
	case "open":
		return flow.Reply{}, w.open(ctx, in, now)
	case "overdue":
		return w.overdue(ctx, in, now)
	case "stuck":
		slog.ErrorContext(ctx, "machine stuck", "ticket", in.Ticket, "machine", in.Machine, "generation", in.Generation, "cause", in.Cause)
		if err := w.Store.MarkStuck(ctx, in.Ticket, in.Machine, in.Generation, "La ejecución se detuvo: "+in.Cause); err != nil && !errors.Is(err, work.ErrConflict) {
			return flow.Reply{}, fmt.Errorf("mark %s of %s stuck: %w", in.Machine, in.Ticket, err)
		}
		return flow.Reply{}, nil
	default:
		return flow.Reply{}, fmt.Errorf("machines: unknown op %q", in.Op)
	}
}

// open keeps the token. If the wait is over, moved earlier or of another
// generation, the machine is answered at once through its own token.
func (w *Workflow) open(ctx context.Context, in Request, now time.Time) error {
	kept, err := w.Store.OpenWait(ctx, in.Ticket, in.Wait.ID, in.Generation, in.Wait.WakeAt, in.Token)
	if err != nil {
		return fmt.Errorf("open %s of %s: %w", in.Wait.ID, in.Ticket, err)
	}
	if kept {
		return nil
	}
	reply, err := w.answer(ctx, in, now)
	if err != nil {
		return err
	}
	return Tell(ctx, w.Caller, in.Token, reply)
}

// answer is what the machine does next, read now.
func (w *Workflow) answer(ctx context.Context, in Request, now time.Time) (flow.Reply, error) {
	s, err := w.Store.Load(ctx, in.Ticket)
	if err != nil {
		return flow.Reply{}, fmt.Errorf("answer %s of %s: %w", in.Machine, in.Ticket, err)
	}
	return flow.Answer(s.Waits, s.Machines[in.Machine], in.Machine, in.Generation, now), nil
}

// overdue performs what is due as an act of the clock and answers with what
// stands afterwards; asked again after a lost answer it changes nothing.
func (w *Workflow) overdue(ctx context.Context, in Request, now time.Time) (flow.Reply, error) {
	reply, err := w.answer(ctx, in, now)
	if err != nil || reply.Next == flow.NextSuperseded || reply.Wait == nil || reply.Wait.ID != in.Wait.ID {
		return reply, err
	}
	result, err := w.Road.Perform(ctx, OverdueAct(in.Ticket, in.Wait.ID, string(in.Machine), now))
	if err != nil {
		return flow.Reply{}, fmt.Errorf("overdue %s of %s: %w", in.Wait.ID, in.Ticket, err)
	}
	return flow.Answer(result.After.Waits, result.After.Machines[in.Machine], in.Machine, in.Generation, now), nil
}

// OverdueAct is the clock's act about one wait. Via names the machine that asks
// and hears the answer, or "sweeper".
func OverdueAct(t desk.TicketID, wait desk.WaitID, via string, now time.Time) desk.Act {
	return desk.Act{Kind: desk.ActOverdue, Ticket: t, At: now, Channel: desk.ChannelClock,
		Actor:  desk.Actor{Person: desk.Clock, Via: via, Assurance: desk.AssuredSelf},
		Fields: desk.Fields{"wait": string(wait)}}
}

// Tell answers a waiting task; a dead token is normal.
func Tell(ctx context.Context, c Caller, token string, reply flow.Reply) error {
	output, err := json.Marshal(reply)
	if err != nil {
		return fmt.Errorf("encode reply: %w", err)
	}
	if err := c.SendSuccess(ctx, token, output); err != nil && !errors.Is(err, work.ErrTokenDead) {
		return fmt.Errorf("answer task: %w", err)
	}
	return nil
}
