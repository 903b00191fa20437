// Package deliver performs outbox items: the logic of function outbox.
//
// An item was written in the transaction of the act that wants it, so nothing
// ordered is ever forgotten; here it is done, once, and its state kept where
// people see it.
//
//	mail     render, claim, call, in that order. One call to SES, never retried
//	         by the SDK: a clear "not now" goes back to pending with backoff, a
//	         clear "never" is failed, an unknown end is uncertain and tried once
//	         more after ten minutes; unknown again is unconfirmed, for a person.
//	         What the service tells of the mail meanwhile settles it (package
//	         feedback); an address that takes no mail is not written to.
//	start    idempotent by the execution's name: no claim.
//	resume   idempotent by the task token: no claim. No token, or a dead one, is
//	         done: the machine's own open will notice.
//	fan-out  expanded in pages into mail items with deterministic numbers.
//	family   expanded into one follow for each case of a mass incident.
//	follow   one act down the road; asked again it does nothing: no claim.
//
// A mail is therefore repeated at most once, and only when a process died or
// lost the answer inside the call.
package deliver

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// Store is the table as the outbox needs it.
type Store interface {
	Load(ctx context.Context, id desk.TicketID) (work.Stored, error)
	// Effect reads one item consistently.
	Effect(ctx context.Context, id desk.TicketID, ref string) (desk.Effect, error)
	// ClaimEffect takes a pending or uncertain item that is due and not under
	// another's lease: it sets the lease and counts the attempt, unless it takes
	// over one whose lease ran out. The item comes back with the lease it had
	// before, zero if none: one that ran out was never finished. false: somebody
	// else has it, or it is done.
	ClaimEffect(ctx context.Context, id desk.TicketID, ref string, now time.Time, lease time.Duration) (desk.Effect, bool, error)
	// FinishEffect writes state, attempts, due date and outcome of an item this
	// process claimed (or need not claim), and ends the lease. work.ErrConflict:
	// it was ended already.
	FinishEffect(ctx context.Context, e desk.Effect) error
	// DueEffects lists items of a shard that are due, oldest first.
	DueEffects(ctx context.Context, shard int, now time.Time, limit int) ([]desk.Effect, error)
	// AddEffects writes items that do not exist yet; existing ones are left.
	AddEffects(ctx context.Context, effects []desk.Effect) error
	// Children lists the cases that ever joined a mass incident, in a fixed order.
	Children(ctx context.Context, parent desk.TicketID) ([]desk.TicketID, error)
	// WaitToken reads the task token of a wait consistently, "" if none.
	WaitToken(ctx context.Context, id desk.TicketID, wait desk.WaitID) (string, error)
	// MarkStuck writes why a generation does not run, for the operations page;
	// without a cause it leaves the page. work.ErrConflict: another one is current.
	MarkStuck(ctx context.Context, id desk.TicketID, m desk.Machine, generation int, cause string) error
}

// Outcome of a send, as the mail service's answer is to be understood.
type Outcome int

// The outcomes: see the package comment.
const (
	Sent    Outcome = iota
	Later           // throttled or refused before it began: nothing was sent
	Never           // refused for good
	Unknown         // time-out or server error: it may have been sent
)

// Mailer hands one rendered mail to the mail service, once.
type Mailer interface {
	// Send returns the service's message id when Sent. The item's Tag goes with
	// it, so that later events name the item.
	Send(ctx context.Context, e desk.Effect) (id string, outcome Outcome, err error)
	// Check renders without sending, so that what cannot be rendered is not claimed.
	Check(ctx context.Context, e desk.Effect) error
}

// Machines starts and answers executions.
type Machines interface {
	// Start starts the named execution; one that exists already is no error.
	Start(ctx context.Context, m desk.Machine, name string, input []byte) error
	// SendSuccess answers a waiting task; work.ErrTokenDead if nobody waits.
	SendSuccess(ctx context.Context, token string, output []byte) error
}

// Feedback is what is known of mails and addresses: *feedback.Desk.
type Feedback interface {
	// Closed tells whether an address takes no mail now.
	Closed(ctx context.Context, address string) (work.Suppression, bool, error)
	// NotSent tells who must call about a mail that is given up; closed says so if
	// it is because of its address.
	NotSent(ctx context.Context, e desk.Effect, closed work.Suppression, now time.Time) error
}

// Directory finds a system's users for a fan-out.
type Directory interface {
	Directory(ctx context.Context) (work.Snapshot, error)
}

// Outbox performs items.
type Outbox struct {
	Store     Store
	Mailer    Mailer
	Machines  Machines
	Directory Directory
	Feedback  Feedback
	Acts      Acts
	Now       func(ctx context.Context) (time.Time, error) // business clock
	Lease     time.Duration                                // the function's time-out + 30 s
	Jitter    func() float64                               // 0 to 1
}

// Times of the outbox, business clock.
const (
	uncertainAfter = 10 * time.Minute
	maxAttempts    = 22 // of clear "not now": over a day with the backoff below
	pageLimit      = 100
	firstBackoff   = 15 * time.Second
	maxBackoff     = 4 * time.Hour
	quietStarts    = 3 // tries of a start before people see that it fails
)

// Deliver performs one item given as the stream or the due index showed it.
// An error means: not performed, and not written down; try again.
func (o *Outbox) Deliver(ctx context.Context, e desk.Effect) error {
	now, err := o.Now(ctx)
	if err != nil {
		return err
	}
	if e.State == desk.EffectDone || e.State == desk.EffectFailed || e.State == desk.EffectUnconfirmed {
		return nil
	}
	switch e.Op {
	case desk.OpMail:
		return o.mail(ctx, e, now)
	case desk.OpStart, desk.OpResume:
		return o.call(ctx, e, now)
	case desk.OpFanOut:
		return o.fanOut(ctx, e, now)
	case desk.OpFamily:
		return o.family(ctx, e, now)
	case desk.OpFollow:
		return o.follow(ctx, e, now)
	default:
		return fmt.Errorf("outbox item %s of %s: unknown operation %q", e.Ref(), e.Ticket, e.Op)
	}
}

// Shards is how many partitions the due index has.
const Shards = 8

// Sweep performs what is due of every shard: what the stream missed, and what
// was put off. It returns how many items it performed.
func (o *Outbox) Sweep(ctx context.Context) (int, error) {
	now, err := o.Now(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	var errs []error
	for shard := range Shards {
		due, err := o.Store.DueEffects(ctx, shard, now, pageLimit)
		if err != nil {
			errs = append(errs, fmt.Errorf("due effects of shard %d: %w", shard, err))
			continue
		}
		for _, e := range due {
			if err := o.Deliver(ctx, e); err != nil {
				errs = append(errs, err)
				continue
			}
			n++
		}
	}
	return n, errors.Join(errs...)
}

func (o *Outbox) backoff(attempt int) time.Duration {
	d := firstBackoff << min(max(attempt-1, 0), 12)
	d = min(d, maxBackoff)
	return d/2 + time.Duration(o.Jitter()*float64(d/2))
}

func reason(err error) string {
	if err == nil {
		return ""
	}
	s := err.Error()
	return s[:min(len(s), 300)]
}
