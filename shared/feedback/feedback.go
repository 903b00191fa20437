// Package feedback keeps what became of the mails that the desk sent: accepted,
// delivered, late, given back, called spam.
//
//	event of SES (function mail-feedback) ┐
//	mail that came back (intake)          ├→ Note: the mail's record → the address → whoever must call
//	mail that was not sent (deliver)      ┘
//
// What is heard comes at least once and in any order. So each step is a write
// that may be done again: the record only ever takes a later word
// (desk.Delivery.After), an address is closed once per episode, and «No
// entregado: llame» has a number of its own in the outbox, so that it exists once.
//
// An address that takes no mail is not written to until a person has it used
// again. SES has such a list of its own; Reopen takes the address off both.
package feedback

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// Store is the table as this package needs it.
type Store interface {
	Load(ctx context.Context, id desk.TicketID) (work.Stored, error)
	// Effect reads one outbox item; desk.NotFound if there is none.
	Effect(ctx context.Context, id desk.TicketID, ref string) (desk.Effect, error)
	// NoteDelivery writes what was heard of a mail unless a later word is there,
	// and returns the item as it then is; desk.NotFound if there is none.
	NoteDelivery(ctx context.Context, id desk.TicketID, ref string, d desk.Delivery) (e desk.Effect, news bool, err error)
	// ConfirmSent ends an item that is uncertain or unconfirmed; work.ErrConflict
	// if it is neither (any more).
	ConfirmSent(ctx context.Context, id desk.TicketID, ref, sentID string, at time.Time) error
	AddEffects(ctx context.Context, effects []desk.Effect) error
	// Suppression reads what is known of an address by its key.
	Suppression(ctx context.Context, key string) (r work.Suppression, ok bool, err error)
	// GlanceSuppression reads the same, perhaps a moment late.
	GlanceSuppression(ctx context.Context, key string) (work.Suppression, error)
	// PutSuppression writes a record over the version it was made from;
	// work.ErrConflict if somebody else was faster.
	PutSuppression(ctx context.Context, r work.Suppression) error
}

// Directory is who is who.
type Directory interface {
	Directory(ctx context.Context) (work.Snapshot, error)
}

// Desk keeps what becomes of mails.
type Desk struct {
	Store     Store
	Directory Directory
	Now       func(ctx context.Context) (time.Time, error) // business clock
}

// Heard is one word about one mail.
type Heard struct {
	Ticket     desk.TicketID
	Ref        string // outbox item: "<seq>.<n>"
	Delivery   desk.Delivery
	SentID     string    // that the mail service gave the mail, if it is told
	SentAt     time.Time // when the mail service took it; zero: when the item was done
	Diagnostic string    // what the other side said; cut before it is kept
	Unproved   bool      // a mail says so, without our own marks: it closes no address
}

// ErrNoItem: there is no such mail here. Whoever told of it is not to tell again.
var ErrNoItem = errors.New("no outbox item of this desk")

// Note writes down what was heard of a mail and does what follows: an item that
// nobody knew the end of is settled, an address that takes no mail is closed,
// and whoever must call is told. An error other than ErrNoItem means: not done,
// tell again.
func (d *Desk) Note(ctx context.Context, h Heard) error {
	e, news, err := d.Store.NoteDelivery(ctx, h.Ticket, h.Ref, h.Delivery)
	if desk.CodeOf(err) == desk.NotFound || err == nil && e.Mail == nil {
		return ErrNoItem
	}
	if err != nil {
		return err
	}
	slog.InfoContext(ctx, "mail heard of", "ticket", e.Ticket, "item", e.Ref(), "delivery", string(h.Delivery.State), "cause", string(h.Delivery.Cause), "news", news)
	now, err := d.Now(ctx)
	if err != nil {
		return err
	}
	if err := d.settle(ctx, e, h, now); err != nil {
		return err
	}
	return d.follow(ctx, e, h, now)
}

// settle: whatever is told of a mail proves that the mail service took it.
func (d *Desk) settle(ctx context.Context, e desk.Effect, h Heard, now time.Time) error {
	if e.State != desk.EffectUncertain && e.State != desk.EffectUnconfirmed {
		return nil
	}
	at := h.SentAt
	if at.IsZero() {
		at = now
	}
	if err := d.Store.ConfirmSent(ctx, e.Ticket, e.Ref(), h.SentID, at); err != nil && !errors.Is(err, work.ErrConflict) {
		return fmt.Errorf("confirm %s of %s: %w", e.Ref(), e.Ticket, err)
	}
	return nil
}

// follow closes the address and tells who must call. A single word decides, not
// the last one known: a bounce that is heard again after a crash must still do
// all of it.
func (d *Desk) follow(ctx context.Context, e desk.Effect, h Heard, now time.Time) error {
	var closed work.Suppression
	if h.Delivery.Hard() && !h.Unproved {
		var err error
		if closed, err = d.shut(ctx, e, h); err != nil {
			return err
		}
	}
	if !worthACall(e, h.Delivery) {
		return nil
	}
	return d.tell(ctx, e, troubleOf(h.Delivery, closed), closed, now)
}

// worthACall: the mail never came, or the address takes no more; of what may
// still come, or did, only a closing is worth one (R31). A notice to a system's
// users is not: its progress says how many it did not reach.
func worthACall(e desk.Effect, d desk.Delivery) bool {
	if e.Expanded() {
		return false
	}
	return d.Hard() || d.State == desk.DeliveryRejected || e.Mail.Closing && d.Failed()
}
