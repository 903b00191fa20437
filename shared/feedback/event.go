package feedback

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"time"

	"mesa/shared/desk"
)

// tagName is the tag by which a mail names its outbox item (desk.Effect.Tag).
const tagName = "item"

// event is what SES publishes of a mail, as far as the desk reads it.
type event struct {
	Type string `json:"eventType"`
	Mail struct {
		Timestamp string              `json:"timestamp"`
		MessageID string              `json:"messageId"`
		Tags      map[string][]string `json:"tags"`
	} `json:"mail"`
	Delivery      struct{ Timestamp string }
	DeliveryDelay struct {
		Timestamp, DelayType string
		DelayedRecipients    []recipient
	}
	Bounce struct {
		BounceType, BounceSubType, Timestamp string
		BouncedRecipients                    []recipient
	}
	Complaint struct {
		ComplaintSubType, ComplaintFeedbackType, Timestamp string
	}
}

// recipient is what is told of the address: each of our mails has one.
type recipient struct{ Status, DiagnosticCode string }

// Handle takes one message of the queue. What is no event of a mail of ours is
// dropped, named in the log by its id: delivered again it would be no other.
func (d *Desk) Handle(ctx context.Context, body []byte) error {
	now, err := d.Now(ctx)
	if err != nil {
		return err
	}
	h, id, why := read(body, now)
	if why == "" {
		if err = d.Note(ctx, h); !errors.Is(err, ErrNoItem) {
			return err
		}
		why = "no such item"
	}
	slog.WarnContext(ctx, "mail event dropped", "why", why, "mail", id)
	return nil
}

// read understands a message, or says why it is none of ours. When an event does
// not tell its time, it is the mail's, else now.
func read(body []byte, now time.Time) (h Heard, id, why string) {
	var e event
	if err := json.Unmarshal(body, &e); err != nil {
		return Heard{}, "", "no JSON" // SES's own «Successfully validated SNS topic», for one
	}
	id = messageID(e.Mail.MessageID)
	tags := e.Mail.Tags[tagName]
	if len(tags) != 1 {
		return Heard{}, id, "no item named"
	}
	ticket, ref, ok := desk.TaggedItem(tags[0])
	if !ok {
		return Heard{}, id, "no item's name"
	}
	h = Heard{Ticket: ticket, Ref: ref, SentID: id, SentAt: instant(e.Mail.Timestamp, now)}
	if h.Delivery, h.Diagnostic, ok = e.delivery(); !ok {
		return Heard{}, id, "a kind of event that says nothing of the delivery"
	}
	h.Delivery.At = instant(e.at(), h.SentAt)
	return h, id, ""
}

// delivery is what the event says became of the mail.
func (e event) delivery() (d desk.Delivery, diagnostic string, ok bool) {
	switch e.Type {
	case "Send":
		d.State = desk.DeliveryAccepted
	case "Delivery":
		d.State = desk.DeliveryDelivered
	case "DeliveryDelay":
		d = desk.Delivery{State: desk.DeliveryDelayed, Cause: delayCause(e.DeliveryDelay.DelayType)}
		d.Status, diagnostic = answer(e.DeliveryDelay.DelayedRecipients)
	case "Bounce":
		d.State, d.Cause = bounced(e.Bounce.BounceType, e.Bounce.BounceSubType)
		d.Status, diagnostic = answer(e.Bounce.BouncedRecipients)
	case "Complaint":
		d = complained(e.Complaint.ComplaintSubType, e.Complaint.ComplaintFeedbackType)
	case "Reject":
		d = desk.Delivery{State: desk.DeliveryRejected, Cause: desk.CauseContent}
	case "Rendering Failure":
		d = desk.Delivery{State: desk.DeliveryRejected, Cause: desk.CauseRendering}
	default: // Open, Click, Subscription
		return desk.Delivery{}, "", false
	}
	return d, diagnostic, true
}

// at is when the event was; Send, Reject and Rendering Failure tell no time.
func (e event) at() string {
	return cmp.Or(e.Delivery.Timestamp, e.DeliveryDelay.Timestamp, e.Bounce.Timestamp, e.Complaint.Timestamp)
}

// answer is the code and the words of the other side. Each of our mails has one
// recipient.
func answer(list []recipient) (status, diagnostic string) {
	if len(list) == 0 {
		return "", ""
	}
	return Status(list[0].Status), list[0].DiagnosticCode
}

// Status is an enhanced status code (RFC 3463), «5.1.1»; "" for what is none.
func Status(code string) string {
	parts := strings.Split(code, ".")
	if len(parts) != 3 || len(parts[0]) != 1 || !strings.Contains("245", parts[0]) || !digits(parts[1]) || !digits(parts[2]) {
		return ""
	}
	return code
}

// digits: one to three of them.
func digits(s string) bool {
	return len(s) >= 1 && len(s) <= 3 && strings.Trim(s, "0123456789") == ""
}

// bounced reads SES's types of bounces. A permanent one closes the address, as it
// does on SES's own list; a transient general one may be an absence notice.
func bounced(kind, sub string) (desk.DeliveryState, desk.DeliveryCause) {
	switch kind {
	case "Permanent":
		cause, ok := map[string]desk.DeliveryCause{"Suppressed": desk.CauseSuppressed, "OnAccountSuppressionList": desk.CauseSuppressed, "UnsubscribedRecipient": desk.CauseUnsubscribed}[sub]
		if !ok {
			cause = desk.CauseNoAddress
		}
		return desk.DeliveryBounced, cause
	case "Transient":
		cause, ok := map[string]desk.DeliveryCause{"MailboxFull": desk.CauseMailboxFull, "MessageTooLarge": desk.CauseTooLarge, "ContentRejected": desk.CauseContent,
			"AttachmentRejected": desk.CauseContent, "CustomTimeoutExceeded": desk.CauseServer}[sub]
		if !ok {
			return desk.DeliveryReturned, desk.CauseUnknown
		}
		return desk.DeliveryBounced, cause
	default: // Undetermined
		return desk.DeliveryBounced, desk.CauseUnknown
	}
}

// complained reads a complaint: a reader who says «this is no spam» says only
// that the mail arrived, and one of SES's own list was not even sent.
func complained(sub, feedback string) desk.Delivery {
	switch {
	case feedback == "not-spam":
		return desk.Delivery{State: desk.DeliveryDelivered}
	case sub == "OnAccountSuppressionList":
		return desk.Delivery{State: desk.DeliveryBounced, Cause: desk.CauseSuppressed}
	default:
		return desk.Delivery{State: desk.DeliveryComplained, Cause: desk.CauseSpam}
	}
}

func delayCause(kind string) desk.DeliveryCause {
	switch kind {
	case "MailboxFull":
		return desk.CauseMailboxFull
	case "SpamDetected":
		return desk.CauseContent
	case "General", "Undetermined", "":
		return desk.CauseUnknown
	default: // the recipient's server, or the way to it
		return desk.CauseServer
	}
}

// messageID is SES's id of a mail; what does not look like one is not repeated.
func messageID(id string) string {
	odd := strings.IndexFunc(id, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_' && r != '.'
	})
	if len(id) > 100 || odd >= 0 {
		return ""
	}
	return id
}

// instant reads a time of SES, to the second.
func instant(text string, otherwise time.Time) time.Time {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		at = otherwise
	}
	return at.UTC().Truncate(time.Second)
}
