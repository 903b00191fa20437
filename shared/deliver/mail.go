package deliver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// mail sends one mail: render, look at the address, claim, call.
func (o *Outbox) mail(ctx context.Context, e desk.Effect, now time.Time) error {
	if err := o.Mailer.Check(ctx, e); err != nil {
		slog.ErrorContext(ctx, "mail cannot be rendered", "ticket", e.Ticket, "item", e.Ref(), "error", err.Error())
		e.Attempts++
		return o.fail(ctx, e, now, "cannot be rendered", work.Suppression{})
	}
	address, closed, err := o.Feedback.Closed(ctx, e.Mail.To)
	if err != nil {
		return fmt.Errorf("address of %s of %s: %w", e.Ref(), e.Ticket, err)
	}
	claimed, ok, err := o.Store.ClaimEffect(ctx, e.Ticket, e.Ref(), now, o.Lease)
	if err != nil || !ok {
		return err
	}
	switch {
	case claimed.Delivery.Known(): // the service told of it: it went, whatever became of the call
		return o.settle(ctx, claimed, now, claimed.SentID, Sent, nil)
	case abandoned(claimed):
		return o.uncertain(ctx, claimed, now, "the process died inside the call")
	case closed:
		return o.fail(ctx, claimed, now, desk.ClosedError(address.At), address)
	}
	id, outcome, err := o.Mailer.Send(ctx, claimed)
	return o.settle(ctx, claimed, now, id, outcome, err)
}

// abandoned: an earlier claim's lease ran out and nobody wrote its end: the
// mail may have gone.
func abandoned(claimed desk.Effect) bool { return !claimed.LeaseUntil.IsZero() }

// settle writes down what the mail service answered.
func (o *Outbox) settle(ctx context.Context, e desk.Effect, now time.Time, id string, outcome Outcome, cause error) error {
	switch outcome {
	case Sent:
		e.State, e.SentID, e.DoneAt, e.LastError, e.DueAt = desk.EffectDone, id, now, "", time.Time{}
	case Later:
		if e.Attempts >= maxAttempts {
			return o.fail(ctx, e, now, reason(cause), work.Suppression{})
		}
		e.DueAt, e.LastError = now.Add(o.backoff(e.Attempts)), reason(cause)
	case Never:
		return o.fail(ctx, e, now, reason(cause), work.Suppression{})
	case Unknown:
		return o.uncertain(ctx, e, now, reason(cause))
	}
	return o.finish(ctx, e)
}

// uncertain: the first unknown end is tried once more in ten minutes; the
// second is left to a person.
func (o *Outbox) uncertain(ctx context.Context, e desk.Effect, now time.Time, why string) error {
	if e.State == desk.EffectUncertain {
		e.State, e.DueAt, e.LastError = desk.EffectUnconfirmed, time.Time{}, why
		return o.finish(ctx, e)
	}
	e.State, e.DueAt, e.LastError = desk.EffectUncertain, now.Add(uncertainAfter), why
	return o.finish(ctx, e)
}

// fail ends an item; a closing that could not be told makes somebody call, and so
// does an address that takes no mail.
func (o *Outbox) fail(ctx context.Context, e desk.Effect, now time.Time, why string, closed work.Suppression) error {
	e.State, e.DueAt, e.DoneAt, e.LastError = desk.EffectFailed, time.Time{}, now, why
	switch err := o.Store.FinishEffect(ctx, e); {
	case errors.Is(err, work.ErrConflict):
		return nil // another process ended it: what it said holds
	case err != nil:
		return fmt.Errorf("finish %s of %s: %w", e.Ref(), e.Ticket, err)
	}
	slog.ErrorContext(ctx, "mail failed", "ticket", e.Ticket, "item", e.Ref(), "message", e.Mail.Message, "cause", why)
	return o.Feedback.NotSent(ctx, e, closed, now)
}

// finish writes the end of an attempt; one that another process ended first is
// ended all the same.
func (o *Outbox) finish(ctx context.Context, e desk.Effect) error {
	err := o.Store.FinishEffect(ctx, e)
	if errors.Is(err, work.ErrConflict) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("finish %s of %s: %w", e.Ref(), e.Ticket, err)
	}
	return nil
}
