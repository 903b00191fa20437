package desk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// DeliveryState is what became of a mail after the mail service took it, as its
// events and returned mails tell. It stands beside the state of the outbox item,
// which says what became of handing it over.
type DeliveryState string

// The states of a delivery, from the least known to the last word. Returned is
// an answer that sounds like a failure and may be an absence notice: SES reports
// both as a transient general bounce, so a delivery outranks it.
const (
	DeliveryAccepted   DeliveryState = "accepted"
	DeliveryDelayed    DeliveryState = "delayed"
	DeliveryReturned   DeliveryState = "returned"
	DeliveryDelivered  DeliveryState = "delivered"
	DeliveryBounced    DeliveryState = "bounced"
	DeliveryRejected   DeliveryState = "rejected"   // the mail service took it and then would not send it
	DeliveryComplained DeliveryState = "complained" // it arrived, and the reader called it spam
)

// DeliveryCause says why a mail did not arrive, or arrives late.
type DeliveryCause string

// The causes of a delivery that went wrong.
const (
	CauseNoAddress    DeliveryCause = "no-address"    // it does not exist, or takes no mail
	CauseSuppressed   DeliveryCause = "suppressed"    // the mail service's own list has it
	CauseUnsubscribed DeliveryCause = "unsubscribed"  // its owner asked the mail service for no more
	CauseMailboxFull  DeliveryCause = "mailbox-full"  //
	CauseTooLarge     DeliveryCause = "too-large"     //
	CauseContent      DeliveryCause = "content"       // what it says, or brings, was refused
	CauseServer       DeliveryCause = "server"        // the other side's server, or the way to it
	CauseSpam         DeliveryCause = "spam"          // the reader's complaint
	CauseUnknown      DeliveryCause = "unknown"       // nobody said
	CauseRendering    DeliveryCause = "not-rendered"  // the mail service could not make it
	CauseOther        DeliveryCause = "other-failure" // a cause that has no name here yet
)

// Delivery is the last word about a mail's way. The zero value: nothing is known.
type Delivery struct {
	State  DeliveryState
	At     time.Time // when it happened, by the mail service's clock; whole seconds
	Cause  DeliveryCause
	Status string // enhanced status code of the other side, «5.1.1» (RFC 3463)
}

// deliveryStates are in the order of Delivery.After. The place of each is stored
// for ever, in Delivery.Code: none may move.
func deliveryStates() []DeliveryState {
	return []DeliveryState{DeliveryAccepted, DeliveryDelayed, DeliveryReturned, DeliveryDelivered, DeliveryBounced, DeliveryRejected, DeliveryComplained}
}

// Known tells whether anything was heard at all.
func (d Delivery) Known() bool { return d.rank() > 0 }

func (d Delivery) rank() int { return slices.Index(deliveryStates(), d.State) + 1 }

// Failed: the mail is not where it should be; somebody must reach the person
// another way (7.3).
func (d Delivery) Failed() bool {
	return d.State == DeliveryReturned || d.State == DeliveryBounced || d.State == DeliveryRejected
}

// Final tells a failure that no later event takes back.
func (d Delivery) Final() bool { return d.State == DeliveryBounced || d.State == DeliveryRejected }

// Hard: the address takes no more mail until a person says so.
func (d Delivery) Hard() bool {
	if d.State == DeliveryComplained {
		return true
	}
	return d.State == DeliveryBounced && (d.Cause == CauseNoAddress || d.Cause == CauseSuppressed || d.Cause == CauseUnsubscribed)
}

// After orders what was heard, whatever the order in which it was heard in: the
// higher state, then the later time. It is a total order, so that events that
// come twice, late or shuffled always leave the same last word (F10).
func (d Delivery) After(other Delivery) bool {
	return cmp.Or(d.rank()-other.rank(), d.At.Compare(other.At), strings.Compare(string(d.Cause), string(other.Cause)), strings.Compare(d.Status, other.Status)) > 0
}

// Code is the delivery as one text whose order is that of After: the table
// compares it in the condition of the write. A blank sorts before everything
// that stands between two of them.
func (d Delivery) Code() string {
	if !d.Known() {
		return ""
	}
	return fmt.Sprintf("%d %s %s %s", d.rank(), d.At.UTC().Format(time.RFC3339), d.Cause, d.Status)
}

// DeliveryOf reads a code; a text that is none tells nothing.
func DeliveryOf(code string) Delivery {
	parts := strings.Split(code, " ")
	if len(parts) != 4 || len(parts[0]) != 1 {
		return Delivery{}
	}
	rank, at := int(parts[0][0]-'1'), time.Time{}
	if parsed, err := time.Parse(time.RFC3339, parts[1]); err == nil {
		at = parsed.UTC()
	}
	if states := deliveryStates(); rank >= 0 && rank < len(states) {
		return Delivery{State: states[rank], At: at, Cause: DeliveryCause(parts[2]), Status: parts[3]}
	}
	return Delivery{}
}

// addressClosed begins the error of a mail that was not sent because its address
// takes none; see ClosedError.
const addressClosed = "address takes no mail since "

// ClosedError is why a mail to an address that takes none was not sent.
func ClosedError(since time.Time) string { return addressClosed + since.UTC().Format(time.RFC3339) }

// ClosedSince tells whether a mail was not sent because its address took none
// then, and since when.
func (e Effect) ClosedSince() (since time.Time, closed bool) {
	text, ok := strings.CutPrefix(e.LastError, addressClosed)
	if !ok || e.State != EffectFailed {
		return time.Time{}, false
	}
	since, err := time.Parse(time.RFC3339, text)
	return since.UTC(), err == nil
}

// Undelivered is a mail that a person should know did not reach its reader, or of
// which nobody knows: it may be sent again.
func (e Effect) Undelivered() bool {
	if e.Op != OpMail || e.Mail == nil {
		return false
	}
	return e.State == EffectFailed || e.State == EffectUnconfirmed || e.State == EffectDone && e.Delivery.Failed()
}
