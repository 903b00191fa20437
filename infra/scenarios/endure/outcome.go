package endure

import (
	"context"
	"fmt"
	"time"

	"mesa/infra/scenarios/rig"
	"mesa/shared/desk"
)

// judge reads what became of every ticket.
func (r *run) judge(ctx context.Context) error {
	sent, err := r.sent(ctx)
	if err != nil {
		return err
	}
	for _, w := range r.waiters {
		if err := r.judgeOne(ctx, w, sent); err != nil {
			return fmt.Errorf("judge %s: %w", w.Number, err)
		}
	}
	return nil
}

// sent counts, in the mailbox, how often each ordered mail arrived.
func (r *run) sent(ctx context.Context) (map[string]int, error) {
	mails, err := r.desk.Mails(ctx, rig.Letter{})
	count := map[string]int{}
	for _, m := range mails {
		count[m.Tags["item"]]++
	}
	return count, err
}

func (r *run) judgeOne(ctx context.Context, w waiter, sent map[string]int) error {
	stored, err := r.desk.Store.Load(ctx, w.ID)
	if err != nil {
		return err
	}
	records, err := r.desk.Store.Records(ctx, w.ID, 0)
	if err != nil {
		return err
	}
	now, err := r.desk.Now(ctx)
	if err != nil {
		return err
	}
	snapshot, err := r.desk.Store.Directory(ctx)
	if err != nil {
		return err
	}
	policy, err := r.desk.Store.Policy(ctx, now)
	if err != nil {
		return err
	}
	list, unclear := firings(w.ID, records, policy, snapshot.CalendarOf(stored.Ticket.Unit, now))
	r.figures.Unclear += unclear
	r.figures.count(list)
	for _, open := range stored.Waits {
		if now.After(open.WakeAt.Add(Tolerance)) {
			r.figures.Lost++
			r.tell("%s still waits for %s, due %s ago", w.Number, open.ID, now.Sub(open.WakeAt).Round(time.Second))
		}
	}
	for _, m := range stored.Machines {
		r.figures.Anew += m.Heals
	}
	return r.judgeMails(ctx, w, sent)
}

// judgeMails compares what was ordered with what arrived.
func (r *run) judgeMails(ctx context.Context, w waiter, sent map[string]int) error {
	effects, err := r.desk.Store.Effects(ctx, w.ID)
	if err != nil {
		return err
	}
	for _, e := range effects {
		if e.Op != desk.OpMail {
			continue
		}
		r.figures.Mails++
		switch n := sent[fmt.Sprintf("%s-%d-%d", w.ID, e.Seq, e.N)]; {
		case n == 0:
			r.figures.Missing++
			r.tell("%s: mail %s to %s never arrived (%s, %d attempts, %s)", w.Number, e.Ref(), e.Mail.To, e.State, e.Attempts, e.LastError)
		case n > e.Attempts:
			r.figures.Surplus++
			r.tell("%s: mail %s arrived %d times of %d attempts", w.Number, e.Ref(), n, e.Attempts)
		case n > 1:
			r.figures.Repeated += n - 1
		}
	}
	return nil
}
