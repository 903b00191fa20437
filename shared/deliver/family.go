package deliver

import (
	"context"
	"fmt"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// Acts performs an act: the one road, for the cases that end with a mass
// incident.
type Acts interface {
	Perform(ctx context.Context, act desk.Act) (work.Result, error)
}

// familyOffset sets the numbers of follow items apart from an act's own and from
// those of a fan-out.
const familyOffset = 100_000

// family orders one follow for each case that joined a mass incident which just
// ended: each then succeeds, fails and is tried again by itself. Numbers follow
// the fixed order of the cases, so a repeated expansion writes nothing twice.
func (o *Outbox) family(ctx context.Context, e desk.Effect, now time.Time) error {
	children, err := o.Store.Children(ctx, e.Ticket)
	if err != nil {
		return fmt.Errorf("family of %s: %w", e.Ticket, err)
	}
	for from := 0; from < len(children); from += pageLimit {
		page := children[from:min(from+pageLimit, len(children))]
		items := make([]desk.Effect, 0, len(page))
		for i, child := range page {
			items = append(items, desk.Effect{Ticket: e.Ticket, Seq: e.Seq, N: familyOffset + from + i, Op: desk.OpFollow, Follow: &desk.Follow{Child: child},
				State: desk.EffectPending, DueAt: now, CreatedAt: now})
		}
		if err := o.Store.AddEffects(ctx, items); err != nil {
			return fmt.Errorf("family of %s: %w", e.Ticket, err)
		}
	}
	return o.done(ctx, e, now)
}

// follow ends one case as its mass incident ended. The act does nothing the
// second time, so it needs no claim.
func (o *Outbox) follow(ctx context.Context, e desk.Effect, now time.Time) error {
	_, err := o.Acts.Perform(ctx, desk.Act{Kind: desk.ActFollow, Ticket: e.Follow.Child, At: now, Channel: desk.ChannelClock,
		Actor: desk.Actor{Person: desk.Clock, Via: "outbox", Assurance: desk.AssuredSelf}})
	if err != nil {
		e.Attempts++
		return o.putOff(ctx, e, now, fmt.Errorf("follow of %s: %w", e.Follow.Child, err))
	}
	return o.done(ctx, e, now)
}

// done writes down that an item without a claim was performed.
func (o *Outbox) done(ctx context.Context, e desk.Effect, now time.Time) error {
	e.Attempts++
	e.State, e.DoneAt, e.DueAt, e.LastError = desk.EffectDone, now, time.Time{}, ""
	return o.finish(ctx, e)
}
