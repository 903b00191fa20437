package work

import (
	"context"
	"fmt"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// What the rules know of notices of interruption: whom they can be sent to, and
// how far those that were announced got (8.1.7, R76, R77).

// outageFacts adds them where they can matter: while a notice is announced, and
// at Level 3, where notices are written.
func (r *Road) outageFacts(ctx context.Context, f *flow.Facts, w world, t desk.Ticket, act desk.Act) (err error) {
	switch act.Kind {
	case desk.ActInterruption, desk.ActExecutionOK, desk.ActExecutionError, "": // "": somebody looks
	default:
		return nil
	}
	f.Office = w.directory.Office(act.At)
	if t.Level == 3 {
		f.Systems = w.systems(act)
	}
	if !t.Outage.IsZero() {
		f.Outages, err = r.outages(ctx, w, t, act)
	}
	return err
}

// systems are those of the directory, with how many of their users can be written to.
func (w world) systems(act desk.Act) []flow.System {
	var list []flow.System
	for _, s := range w.directory.Records().Systems {
		if s.Holds(act.At) {
			list = append(list, flow.System{ID: s.ID, Name: s.Name, Users: len(w.directory.Readers(s.ID, act.At))})
		}
	}
	return list
}

// outages are the notices announced since the last execution, and their progress.
func (r *Road) outages(ctx context.Context, w world, t desk.Ticket, act desk.Act) ([]flow.Outage, error) {
	records, err := r.Store.Records(ctx, t.ID, 0)
	if err != nil {
		return nil, fmt.Errorf("notices of %s: %w", t.ID, err)
	}
	standing, heirs := announced(records)
	for i, o := range standing {
		if o.System == "" {
			standing[i].System = t.Service
		}
		standing[i].Name = w.systemName(standing[i].System, t, act)
		if err := r.sentOf(ctx, t.ID, heirs, &standing[i]); err != nil {
			return nil, err
		}
	}
	return standing, nil
}

func (w world) systemName(id desk.ServiceID, t desk.Ticket, act desk.Act) string {
	for _, s := range w.directory.Records().Systems {
		if s.ID == id && s.Holds(act.At) {
			return s.Name
		}
	}
	return w.serviceName(t, act)
}

// announced are the notices that stand after all records, and by which item a
// mail that did not go was sent again.
func announced(records []desk.Record) (standing []flow.Outage, heirs map[string]string) {
	heirs = map[string]string{}
	for _, rec := range records {
		for _, e := range rec.Events {
			switch e := e.(type) {
			case desk.InterruptionAnnounced:
				standing = append(standing, flow.Outage{Seq: rec.Seq, System: e.System, StartsAt: e.StartsAt, EndsAt: e.EndsAt, Users: e.Users})
			case desk.ExecutionSucceeded, desk.ExecutionFailed, desk.TicketReopened:
				standing = nil
			case desk.TicketReclassified:
				if e.Moved {
					standing = nil
				}
			case desk.MailResent:
				heirs[e.Ref] = fmt.Sprintf("%d.1", rec.Seq) // the only item that act wrote
			}
		}
	}
	return standing, heirs
}

// sentOf counts whom the mail service accepted a notice for; what was sent again
// counts once its new mail was accepted.
func (r *Road) sentOf(ctx context.Context, id desk.TicketID, heirs map[string]string, o *flow.Outage) error {
	p, err := r.Store.Progress(ctx, id, o.Seq)
	if err != nil {
		return fmt.Errorf("progress of notice %d of %s: %w", o.Seq, id, err)
	}
	o.Accepted = p.Accepted
	o.Users = max(o.Users, p.Items)
	if p.Whole {
		o.Users = p.Items
	}
	for _, stopped := range p.Stopped {
		accepted, err := r.acceptedAgain(ctx, id, heirs, stopped.Ref())
		if err != nil {
			return err
		}
		if accepted {
			o.Accepted++
		} else {
			o.Stopped = append(o.Stopped, stopped)
		}
	}
	return nil
}

// acceptedAgain follows a mail to the last one sent in its stead.
func (r *Road) acceptedAgain(ctx context.Context, id desk.TicketID, heirs map[string]string, ref string) (bool, error) {
	heir, resent := heirs[ref]
	if !resent {
		return false, nil
	}
	for next, again := heirs[heir]; again; next, again = heirs[heir] {
		heir = next
	}
	e, err := r.Store.Effect(ctx, id, heir)
	if err != nil {
		return false, fmt.Errorf("item %s of %s: %w", heir, id, err)
	}
	return e.State == desk.EffectDone, nil
}
