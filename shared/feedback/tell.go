package feedback

import (
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"strconv"
	"time"

	"mesa/shared/desk"
	"mesa/shared/mailbox"
	"mesa/shared/notify"
	"mesa/shared/work"
)

// The numbers of «No entregado» items, apart from those that an act writes: a
// closing's is its own and 500, any other's stands under the opening act and is
// made of the address and its episode.
const (
	closingOffset = 500
	addressOffset = 1_000
	addressSlots  = 90_000 // up to where the items of fan-outs begin
)

// NotSent tells who must call about a mail that the outbox gave up: a closing
// always (R31), any other once per case and address if the address takes no mail.
func (d *Desk) NotSent(ctx context.Context, e desk.Effect, closed work.Suppression, now time.Time) error {
	if e.Expanded() || !e.Mail.Closing && !closed.Active() {
		return nil
	}
	trouble := notify.Trouble{Cause: notify.CauseRefused}
	if closed.Active() {
		trouble = notify.Trouble{Cause: notify.CauseClosed, Address: closed.Address, Since: closed.At}
	}
	return d.tell(ctx, e, trouble, closed, now)
}

// troubleOf is why a mail did not arrive, and what became of its address.
func troubleOf(d desk.Delivery, closed work.Suppression) notify.Trouble {
	t := notify.Trouble{Cause: notify.CauseBounced, Why: notify.WhyNot(d)}
	if d.State == desk.DeliveryComplained {
		t.Cause, t.Why = notify.CauseComplained, ""
	}
	if closed.Active() {
		t.Address, t.Since = closed.Address, closed.At
	}
	return t
}

// tell writes «No entregado: llame» to the first in line who can be written to.
// Nobody at all is no error: the case and the list of addresses show it.
func (d *Desk) tell(ctx context.Context, e desk.Effect, t notify.Trouble, closed work.Suppression, now time.Time) error {
	s, err := d.Store.Load(ctx, e.Ticket)
	if desk.CodeOf(err) == desk.NotFound {
		return nil // an answer to a stranger: there is no case, and nobody to call
	}
	if err != nil {
		return fmt.Errorf("tell of %s of %s: %w", e.Ref(), e.Ticket, err)
	}
	who, err := d.Directory.Directory(ctx)
	if err != nil {
		return fmt.Errorf("tell of %s of %s: %w", e.Ref(), e.Ticket, err)
	}
	for _, m := range notify.Callers(*e.Mail, t, notify.About{Ticket: s.Ticket, People: who.Directory, At: now}) {
		if mailbox.Canonical(m.To) == mailbox.Canonical(e.Mail.To) {
			continue
		}
		if _, shut, err := d.Closed(ctx, m.To); err != nil {
			return fmt.Errorf("tell of %s of %s: %w", e.Ref(), e.Ticket, err)
		} else if shut {
			continue
		}
		seq, n := noticeItem(e, closed)
		return d.Store.AddEffects(ctx, []desk.Effect{{Ticket: e.Ticket, Seq: seq, N: n, Op: desk.OpMail, Mail: &m, State: desk.EffectPending, DueAt: now, CreatedAt: now}})
	}
	slog.ErrorContext(ctx, "nobody to call", "ticket", e.Ticket, "item", e.Ref())
	return nil
}

// noticeItem is where the notice about a mail stands, so that it exists once: of
// a closing by itself, of others once per case, address and episode. Two
// addresses of one case share a number once in ninety thousand times; then the
// second is only seen on the case and on the list.
func noticeItem(e desk.Effect, closed work.Suppression) (seq, n int) {
	if e.Mail.Closing {
		return e.Seq, e.N + closingOffset
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(work.AddressKey(e.Mail.To) + "#" + strconv.Itoa(closed.Times))) // never fails
	return 1, addressOffset + int(h.Sum32()%addressSlots)
}
