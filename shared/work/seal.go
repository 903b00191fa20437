package work

import (
	"context"
	"fmt"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/notify"
)

// seal turns a decision into what is written: record with hash and salt, one
// outbox item per recipient and machine call, keys and checks.
func (r *Road) seal(ctx context.Context, w world, before Stored, d flow.Decision, act desk.Act) (Commit, error) {
	act.Actor.For = d.For
	if !d.Happened.IsZero() {
		act.HappenedAt = d.Happened
	}
	record, err := r.record(before, d, act)
	if err != nil {
		return Commit{}, err
	}
	c := Commit{Before: before, After: d.After, Record: record, Open: d.Open, Move: d.Move, Settle: d.Settle,
		Row: d.Register, Days: d.Days, Rewrite: before.Ticket.Row > 0, RowState: d.RowState, Keys: keys(act, d.After), Checks: w.checks(d, act), Vault: d.Vault}
	if c.Nonce, err = r.Salt(); err != nil {
		return Commit{}, fmt.Errorf("nonce: %w", err)
	}
	mails, err := r.mails(ctx, w, before, d, act)
	if err != nil {
		return Commit{}, err
	}
	c.Effects = effects(mails, d, act.At)
	for _, m := range d.Start {
		m.StartItem = startItem(c.Effects, m.Machine)
		c.Machines = append(c.Machines, m)
	}
	return c, nil
}

func (r *Road) record(before Stored, d flow.Decision, act desk.Act) (desk.Record, error) {
	rec := desk.Record{Format: desk.RecordFormat, Ticket: d.After.ID, Seq: d.After.Version, Act: act.Kind, At: act.At, HappenedAt: act.HappenedAt,
		Actor: act.Actor, Channel: act.Channel, Key: keyName(act), Events: d.Events, Files: d.Files, Prev: before.Hash, Texts: d.Texts}
	if len(d.Texts) > 0 {
		salt, err := r.Salt()
		if err != nil {
			return desk.Record{}, fmt.Errorf("salt: %w", err)
		}
		rec.Salt, rec.TextDigest = salt, d.Texts.Digest(salt)
	}
	body, err := rec.Body()
	if err != nil {
		return desk.Record{}, fmt.Errorf("record %s#%d: %w", rec.Ticket, rec.Seq, err)
	}
	rec.Hash = desk.ChainHash(body, rec.Prev)
	return rec, nil
}

// mails seals notices: package notify finds recipients and gathers the words' data.
func (r *Road) mails(ctx context.Context, w world, before Stored, d flow.Decision, act desk.Act) ([]sealed, error) {
	if len(d.Notices)+len(d.Copies) == 0 {
		return nil, nil
	}
	texts := d.Texts
	if before.Ticket.Version > 0 {
		asked, err := r.requestTexts(ctx, before.Ticket)
		if err != nil {
			return nil, fmt.Errorf("texts of %s: %w", before.Ticket.ID, err)
		}
		texts = asked
	}
	about := notify.About{Ticket: d.After, Texts: texts, People: w.directory.Directory, Service: w.serviceName(d.After, act), Actor: act.Actor, At: act.At}
	if act.Channel == desk.ChannelMail {
		about.ReplyTo = act.Field("mail_id")
	}
	var all []sealed
	for _, n := range d.Notices {
		for _, m := range r.Notifier.Seal(n, about) {
			all = append(all, sealed{m, n.Audience})
		}
	}
	for _, m := range d.Copies {
		all = append(all, sealed{mail: m})
	}
	return all, nil
}

// serviceName is what people call a ticket's service.
func (w world) serviceName(t desk.Ticket, act desk.Act) string {
	s, _ := w.catalogueOf(t, act).Service(t.Service)
	return s.Name
}

type sealed struct {
	mail     desk.Mail
	audience desk.Audience
}

// effects numbers the outbox items of one act: mails first, then machines.
func effects(mails []sealed, d flow.Decision, at time.Time) []desk.Effect {
	t, calls := d.After, d.Calls
	var list []desk.Effect
	add := func(e desk.Effect) {
		e.Ticket, e.Seq, e.N = t.ID, t.Version, len(list)+1
		e.State, e.DueAt, e.CreatedAt = desk.EffectPending, at, at
		list = append(list, e)
	}
	for i := range mails {
		if mails[i].audience.Kind == desk.ToUsersOf {
			add(desk.Effect{Op: desk.OpFanOut, FanOut: &desk.FanOut{System: mails[i].audience.System, Mail: mails[i].mail}})
			continue
		}
		add(desk.Effect{Op: desk.OpMail, Mail: &mails[i].mail})
	}
	if d.Family {
		add(desk.Effect{Op: desk.OpFamily})
	}
	for i := range calls {
		add(desk.Effect{Op: calls[i].Op, Call: &calls[i].MachineCall})
	}
	return list
}

func startItem(effects []desk.Effect, m desk.Machine) string {
	for _, e := range effects {
		if e.Op == desk.OpStart && e.Call.Machine == m {
			return e.Ref()
		}
	}
	return ""
}

// keys are the idempotency records an act leaves: versioned acts keep theirs in
// their own event.
func keys(act desk.Act, t desk.Ticket) []Key {
	if !keyed(act) {
		return nil
	}
	k := Key{Scope: act.Scope, Key: act.Key, Request: Fingerprint(act), Ticket: t.ID, Seq: t.Version}
	if act.Channel != desk.ChannelMail && act.Channel != desk.ChannelLink {
		k.Until = act.At.Add(keyLife)
	}
	list := []Key{k}
	for _, name := range act.Also {
		k.Key = name
		list = append(list, k)
	}
	return list
}

// checks are the rights that a decision rests on: the decider's, and those of
// the persons newly asked.
func (w world) checks(d flow.Decision, act desk.Act) []RightsCheck {
	people := map[desk.PersonID]bool{}
	switch act.Kind {
	case desk.ActApprove, desk.ActReject, desk.ActNotMine, desk.ActAssign, desk.ActRegularise, desk.ActDeny:
		people[act.Actor.Person] = true
	}
	for _, e := range d.Events {
		for _, a := range askedBy(e) {
			people[a.Person] = true
		}
	}
	var checks []RightsCheck
	for p := range people {
		if revision, ok := w.directory.Rights[p]; ok {
			checks = append(checks, RightsCheck{p, revision})
		}
	}
	return checks
}

// askedBy are the persons an event asks to decide.
func askedBy(e desk.Event) []desk.Asked {
	switch e := e.(type) {
	case desk.ApprovalRequested:
		return e.Asked
	case desk.ApprovalPassedOn:
		return e.Asked
	default:
		return nil
	}
}
