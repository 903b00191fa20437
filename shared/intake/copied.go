package intake

import (
	"context"
	"fmt"
	"slices"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/mail"
)

// A mail to the desk with a copy to somebody's head is a conversation of three.
// When the head answers all, their mail belongs to the case as much as the
// sender's own, and opens no second one (R29, F34). So an act by mail names whom
// the mail went to besides the desk, and whoever was named belongs.

// copiedTo are the people of the directory whom a mail went to, without who sent
// it. The addresses of the desk are nobody's.
func copiedTo(msg *mail.Message, d *directory.Directory, sender desk.PersonID, now time.Time) []desk.PersonID {
	var people []desk.PersonID
	for _, a := range slices.Concat(msg.To, msg.Cc) {
		if p, ok := d.ByEmail(a.Address, now); ok && p.ID != sender && !slices.Contains(people, p.ID) {
			people = append(people, p.ID)
		}
	}
	return people
}

// copied are the people whom a mail brings into the conversation: one that
// proves nobody brings nobody.
func (m received) copied() []desk.PersonID {
	if m.judged.Person == "" || m.judged.Stranger {
		return nil
	}
	return copiedTo(m.msg, m.directory, m.judged.Person, m.now)
}

// wasCopied says whether a mail of the case went to the person.
func (in *Intake) wasCopied(ctx context.Context, id desk.TicketID, p desk.PersonID) (bool, error) {
	if p == "" {
		return false, nil
	}
	records, err := in.Store.Records(ctx, id, 0)
	if err != nil {
		return false, fmt.Errorf("who was copied on %s: %w", id, err)
	}
	for _, r := range records {
		for _, e := range r.Events {
			if slices.Contains(desk.CopiedOn(e), p) {
				return true, nil
			}
		}
	}
	return false, nil
}

// belongsTo says whether the sender of a mail belongs to a case; nobody belongs to
// one that does not exist.
func (in *Intake) belongsTo(ctx context.Context, id desk.TicketID, p desk.PersonID, d *directory.Directory, now time.Time) (bool, error) {
	s, err := in.Store.Load(ctx, id)
	if desk.CodeOf(err) == desk.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return in.belongs(ctx, s.Ticket, p, d, now)
}

// belongs says whether a person takes part in a case, or was copied on a mail of it.
func (in *Intake) belongs(ctx context.Context, t desk.Ticket, p desk.PersonID, d *directory.Directory, now time.Time) (bool, error) {
	if takesPart(t, p, d, now) {
		return true, nil
	}
	return in.wasCopied(ctx, t.ID, p)
}

// takesPart: who asked, who was asked to decide, or a member of a team it is or
// was with.
func takesPart(t desk.Ticket, p desk.PersonID, d *directory.Directory, now time.Time) bool {
	if p == "" {
		return false
	}
	if p == t.Requester || p == t.Assignee || slices.Contains(t.Heads, p) {
		return true
	}
	for _, m := range d.TeamsOf(p, now) {
		if m.Team == t.Team {
			return true
		}
		for _, h := range t.Last {
			if m.Team == h.Team {
				return true
			}
		}
	}
	return false
}
