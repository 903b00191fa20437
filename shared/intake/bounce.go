package intake

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/feedback"
	"mesa/shared/mail"
)

// Feedback keeps what became of sent mails: *feedback.Desk.
type Feedback interface {
	// Returned notes a mail that came back; feedback.ErrNoItem if none such was sent.
	Returned(ctx context.Context, r feedback.Return) error
}

// bounced notes a mail of ours that came back, the same as SES tells of others
// (F31). One whose item it does not name stands in its record alone.
func (in *Intake) bounced(ctx context.Context, m received) error {
	b := m.msg.Bounce
	ticket, ref, ok := desk.TaggedItem(b.OriginalMessage)
	if !ok {
		return nil
	}
	r := feedback.Return{Heard: feedback.Heard{Ticket: ticket, Ref: ref, Delivery: returned(b, m.at())},
		Signed: m.judged.Ticket == ticket && (m.judged.By == mail.ByAddress || m.judged.By == mail.ByRoot)}
	for _, to := range b.Recipients {
		r.Addresses = append(r.Addresses, to.Address)
	}
	if len(b.Recipients) > 0 {
		r.Diagnostic = b.Recipients[0].Diagnostic
	}
	err := in.Feedback.Returned(ctx, r)
	if errors.Is(err, feedback.ErrNoItem) {
		slog.WarnContext(ctx, "bounce of no mail of ours", "mail", m.MessageID)
		return nil
	}
	return err
}

// at is when the mail was received.
func (m received) at() time.Time {
	if at := m.sentAt(); !at.IsZero() {
		return at.Truncate(time.Second)
	}
	return m.now.UTC().Truncate(time.Second)
}

// returned reads a report of delivery as SES's events are read.
func returned(b mail.Bounce, at time.Time) desk.Delivery {
	d := desk.Delivery{At: at}
	if len(b.Recipients) > 0 {
		d.Status = feedback.Status(b.Recipients[0].Status)
	}
	switch b.Kind {
	case mail.BounceDelayed:
		d.State, d.Cause = desk.DeliveryDelayed, desk.CauseServer
	case mail.BounceDelivered:
		d.State = desk.DeliveryDelivered
	case mail.BounceFailed:
		d.State, d.Cause = desk.DeliveryBounced, failure(d.Status)
	}
	return d
}

// failure reads an enhanced status code (RFC 3463). A report of failure that
// gives no other reason means that the address takes no mail.
func failure(status string) desk.DeliveryCause {
	for _, known := range []struct {
		prefix string
		cause  desk.DeliveryCause
	}{{"4.2.2", desk.CauseMailboxFull}, {"5.2.2", desk.CauseMailboxFull}, {"5.2.3", desk.CauseTooLarge}, {"5.3.4", desk.CauseTooLarge},
		{"5.6.", desk.CauseContent}, {"5.7.", desk.CauseContent}, {"5.3.", desk.CauseServer}, {"5.4.", desk.CauseServer}, {"4.", desk.CauseServer}} {
		if strings.HasPrefix(status, known.prefix) {
			return known.cause
		}
	}
	return desk.CauseNoAddress
}
