package feedback

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// attempts of a change that others may make at the same moment.
const attempts = 5

// maxDiagnostic is how much of what another server said is kept.
const maxDiagnostic = 200

// shut closes the address that a mail was sent to, once per episode, and returns
// the record as it then is. The address is the item's own, never one that
// somebody reports.
func (d *Desk) shut(ctx context.Context, e desk.Effect, h Heard) (work.Suppression, error) {
	news := work.Suppression{Address: e.Mail.To, At: h.Delivery.At, Cause: h.Delivery.Cause, Status: h.Delivery.Status, Diagnostic: diagnostic(h.Diagnostic),
		Ticket: e.Ticket, Ref: e.Ref(), Message: e.Mail.Message}
	sent := h.SentAt
	if sent.IsZero() {
		sent = e.DoneAt
	}
	r, err := d.change(ctx, work.AddressKey(e.Mail.To), func(r work.Suppression) (work.Suppression, bool) { return r.Closed(news, sent) })
	if err != nil {
		return work.Suppression{}, fmt.Errorf("close the address of %s of %s: %w", e.Ref(), e.Ticket, err)
	}
	if r.Ticket == e.Ticket && r.Ref == e.Ref() {
		slog.WarnContext(ctx, "address closed", "ticket", e.Ticket, "item", e.Ref(), "address_key", work.AddressKey(e.Mail.To), "cause", string(r.Cause))
	}
	return r, nil
}

// change makes a change to the record of an address, over what others do to it
// at the same moment. to returns false for a record that stays as it is.
func (d *Desk) change(ctx context.Context, key string, to func(work.Suppression) (work.Suppression, bool)) (work.Suppression, error) {
	for range attempts {
		r, _, err := d.Store.Suppression(ctx, key)
		if err != nil {
			return work.Suppression{}, err
		}
		next, changed := to(r)
		if !changed {
			return r, nil
		}
		if err = d.Store.PutSuppression(ctx, next); err == nil {
			next.Version++
			return next, nil
		}
		if !errors.Is(err, work.ErrConflict) {
			return work.Suppression{}, err
		}
	}
	return work.Suppression{}, desk.NewProblem(desk.Busy, "", "Otra persona cambia esta dirección ahora mismo. Intente otra vez.")
}

// Closed tells whether an address takes no mail now: what a sender asks.
func (d *Desk) Closed(ctx context.Context, address string) (work.Suppression, bool, error) {
	r, err := d.Store.GlanceSuppression(ctx, work.AddressKey(address))
	return r, err == nil && r.Active(), err
}

// Provider is the mail service's own list of addresses it does not send to.
type Provider interface {
	// Forget takes an address off it; one that is not on it is no error.
	Forget(ctx context.Context, address string) error
}

// Reopen has an address used again, with a person's reason: first the mail
// service forgets it, then the desk. desk.NotFound for one that is not closed.
func (d *Desk) Reopen(ctx context.Context, provider Provider, key, reason string, by desk.PersonID) (work.Suppression, error) {
	r, ok, err := d.Store.Suppression(ctx, key)
	if err != nil {
		return work.Suppression{}, err
	}
	if !ok || !r.Active() {
		return work.Suppression{}, notClosed()
	}
	now, err := d.Now(ctx)
	if err != nil {
		return work.Suppression{}, err
	}
	if err := provider.Forget(ctx, r.Address); err != nil {
		return work.Suppression{}, fmt.Errorf("reopen %s: %w", key, err)
	}
	release := work.Release{At: now.UTC().Truncate(time.Second), By: by, Reason: reason}
	r, err = d.change(ctx, key, func(r work.Suppression) (work.Suppression, bool) { return r.Opened(release), r.Active() })
	if err != nil {
		return work.Suppression{}, fmt.Errorf("reopen %s: %w", key, err)
	}
	slog.InfoContext(ctx, "address reopened", "address_key", key, "person", string(by))
	return r, nil
}

func notClosed() error {
	return desk.NewProblem(desk.NotFound, "", "Esa dirección ya recibe correos: alguien la volvió a usar.")
}

// diagnostic is another server's text on one line, cut.
func diagnostic(s string) string {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, ""), func(r rune) bool {
		return r < ' ' || r >= 0x7f && r < 0xa0 || r == ' ' || r == '\u2028' || r == '\u2029'
	}), " ")
	if runes := []rune(s); len(runes) > maxDiagnostic {
		return string(runes[:maxDiagnostic])
	}
	return s
}
