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

// putOff leaves a machine effect due again: it is never given up, since the
// sweeper heals what it would have started.
func (o *Outbox) putOff(ctx context.Context, e desk.Effect, now time.Time, cause error) error {
	e.DueAt, e.LastError = now.Add(o.backoff(e.Attempts)), reason(cause)
	if err := o.finish(ctx, e); err != nil {
		return errors.Join(cause, err)
	}
	return nil
}

// fanOut expands one notice to a system's users, a page at a time; numbers are
// deterministic, so a repeated page writes nothing twice.
func (o *Outbox) fanOut(ctx context.Context, e desk.Effect, now time.Time) error {
	d, err := o.Directory.Directory(ctx)
	if err != nil {
		return err
	}
	people := users(d.Directory, e.FanOut.System, e.CreatedAt)
	for e.FanOut.Next < len(people) {
		page := people[e.FanOut.Next:min(e.FanOut.Next+pageLimit, len(people))]
		items := make([]desk.Effect, 0, len(page))
		for i, p := range page {
			m := e.FanOut.Mail
			m.To, m.Name, m.Person = p.Mail(), p.Name, p.ID
			items = append(items, desk.Effect{Ticket: e.Ticket, Seq: e.Seq, N: fanOutOffset + e.FanOut.Next + i, Op: desk.OpMail, Mail: &m,
				State: desk.EffectPending, DueAt: now, CreatedAt: now})
		}
		if err := o.Store.AddEffects(ctx, items); err != nil {
			return fmt.Errorf("fan out %s of %s: %w", e.Ref(), e.Ticket, err)
		}
		e.FanOut.Next += len(page)
	}
	e.Attempts++
	e.State, e.DoneAt, e.DueAt = desk.EffectDone, now, time.Time{}
	return o.finish(ctx, e)
}

// fanOutOffset sets the numbers of expanded items apart from an act's own.
const fanOutOffset = 1000
