package feedback

import (
	"context"
	"slices"
	"time"

	"mesa/shared/desk"
	"mesa/shared/mailbox"
)

// believed is how long after a mail went a returned one may still close its
// address: no server tries for longer.
const believed = 14 * 24 * time.Hour

// Return is a mail that came back to the desk's own mailbox: what it says, and
// how far it can be believed.
type Return struct {
	Heard
	Addresses []string // that it reports on
	Signed    bool     // it brings the signed marks of this very case back
}

// Returned notes a mail that came back. Anybody can write such a mail, and who
// took part in a case knows the names of its items. So it speaks only of a mail
// that went, and it closes the address only if it brings our signature back,
// names the address that the mail went to, and comes in time; else it stands on
// the case, and a person judges.
func (d *Desk) Returned(ctx context.Context, r Return) error {
	e, err := d.Store.Effect(ctx, r.Ticket, r.Ref)
	if desk.CodeOf(err) == desk.NotFound || err == nil && (e.Mail == nil || e.State != desk.EffectDone) {
		return ErrNoItem
	}
	if err != nil {
		return err
	}
	to := mailbox.Canonical(e.Mail.To)
	names := slices.ContainsFunc(r.Addresses, func(a string) bool { return mailbox.Canonical(a) == to })
	r.Unproved = !r.Signed || !names || r.Delivery.At.Sub(e.DoneAt) > believed
	return d.Note(ctx, r.Heard)
}
