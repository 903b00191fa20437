package deliver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// startInput is what an execution begins with: flow.Reply and whose it is.
type startInput struct {
	Ticket     desk.TicketID `json:"ticket"`
	Machine    desk.Machine  `json:"machine"`
	Generation int           `json:"generation"`
	flow.Reply
}

// call starts or resumes a machine with what is true now.
func (o *Outbox) call(ctx context.Context, e desk.Effect, now time.Time) error {
	s, err := o.Store.Load(ctx, e.Ticket)
	if err != nil {
		return fmt.Errorf("%s of %s: %w", e.Op, e.Ticket, err)
	}
	c := e.Call
	reply := flow.Answer(s.Waits, s.Machines[c.Machine], c.Machine, c.Generation, now)
	if e.Op == desk.OpStart {
		err = o.start(ctx, e, reply)
	} else {
		err = o.resume(ctx, e, reply)
	}
	e.Attempts++
	if err != nil {
		return o.putOff(ctx, e, now, err)
	}
	if e.Op == desk.OpStart && s.Machines[c.Machine].Cause != "" {
		if err := o.mark(ctx, e, ""); err != nil { // it runs
			return err
		}
	}
	e.State, e.DoneAt, e.DueAt, e.LastError = desk.EffectDone, now, time.Time{}, ""
	return o.finish(ctx, e)
}

// start: a machine with nothing to wait for any more need not be started.
func (o *Outbox) start(ctx context.Context, e desk.Effect, reply flow.Reply) error {
	if reply.Wait == nil {
		return nil
	}
	input, err := json.Marshal(startInput{e.Ticket, e.Call.Machine, e.Call.Generation, reply})
	if err != nil {
		return err
	}
	return o.Machines.Start(ctx, e.Call.Machine, desk.ExecutionName(e.Ticket, e.Call.Machine, e.Call.Generation), input)
}

// resume answers the task of the named wait, if one waits.
func (o *Outbox) resume(ctx context.Context, e desk.Effect, reply flow.Reply) error {
	token, err := o.Store.WaitToken(ctx, e.Ticket, e.Call.Wait)
	if err != nil || token == "" {
		return err
	}
	output, err := json.Marshal(reply)
	if err != nil {
		return err
	}
	if err := o.Machines.SendSuccess(ctx, token, output); err != nil && !errors.Is(err, work.ErrTokenDead) {
		return err
	}
	return nil
}

// putOff leaves a machine effect due again: it is never given up, and the sweeper
// does not heal a machine whose start is still ordered. One that fails on and on
// stands on the operations page, with its cause and «Reintentar».
func (o *Outbox) putOff(ctx context.Context, e desk.Effect, now time.Time, cause error) error {
	e.DueAt, e.LastError = now.Add(o.backoff(e.Attempts)), reason(cause)
	err := o.finish(ctx, e)
	if err == nil && e.Op == desk.OpStart && e.Attempts >= quietStarts {
		err = o.mark(ctx, e, "No se pudo iniciar: "+e.LastError)
	}
	if err != nil {
		return errors.Join(cause, err)
	}
	return nil
}

// mark writes why a machine does not run, or that it does; a generation that is
// over needs no mark.
func (o *Outbox) mark(ctx context.Context, e desk.Effect, cause string) error {
	err := o.Store.MarkStuck(ctx, e.Ticket, e.Call.Machine, e.Call.Generation, cause)
	if errors.Is(err, work.ErrConflict) {
		return nil
	}
	return err
}
