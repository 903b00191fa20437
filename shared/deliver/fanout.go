package deliver

import (
	"context"
	"fmt"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
)

// fanOut expands one notice to a system's users, a page at a time, and writes
// down how far it got after each: a process that dies goes on where it was.
// Numbers are deterministic, so a page repeated writes nothing twice, and the
// list is the one of the act's own instant, whenever it is expanded.
func (o *Outbox) fanOut(ctx context.Context, e desk.Effect, now time.Time) error {
	d, err := o.Directory.Directory(ctx)
	if err != nil {
		return err
	}
	people := d.Readers(e.FanOut.System, e.CreatedAt)
	for e.FanOut.Next < len(people) {
		page := people[e.FanOut.Next:min(e.FanOut.Next+pageLimit, len(people))]
		if err := o.Store.AddEffects(ctx, copies(e, page, now)); err != nil {
			return fmt.Errorf("fan out %s of %s: %w", e.Ref(), e.Ticket, err)
		}
		if e.FanOut.Next += len(page); e.FanOut.Next < len(people) {
			if err := o.finish(ctx, e); err != nil {
				return err
			}
		}
	}
	e.Attempts++
	e.State, e.DoneAt, e.DueAt = desk.EffectDone, now, time.Time{}
	return o.finish(ctx, e)
}

// copies are the mails of one page of readers.
func copies(e desk.Effect, page []directory.Person, now time.Time) []desk.Effect {
	items := make([]desk.Effect, 0, len(page))
	for i, p := range page {
		m := e.FanOut.Mail
		m.To, m.Name, m.Person = p.Mail(), p.Name, p.ID
		items = append(items, desk.Effect{Ticket: e.Ticket, Seq: e.Seq, N: e.ItemOf(e.FanOut.Next + i), Op: desk.OpMail, Mail: &m,
			State: desk.EffectPending, DueAt: now, CreatedAt: now})
	}
	return items
}
