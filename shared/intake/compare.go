package intake

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"mesa/shared/mail"
	"mesa/shared/work"
)

// Object is a stored raw mail, as its bucket lists it.
type Object struct {
	Key string
	At  time.Time // when it was stored, wall clock
}

// Objects lists a bucket.
type Objects interface {
	// List visits every object under a prefix, page by page.
	List(ctx context.Context, prefix string, visit func(key string, at time.Time) error) error
}

// Again has messages handled as if they came by the mail queue.
type Again interface {
	Publish(ctx context.Context, bodies [][]byte) error
}

// CompareStore is the table as the nightly comparison needs it.
type CompareStore interface {
	// MailsRecorded tells which of the ids have a record, read consistently.
	MailsRecorded(ctx context.Context, ids []string) (map[string]bool, error)
	// SetLostMails replaces the list of the last comparison.
	SetLostMails(ctx context.Context, list []work.LostMail) error
	Watermark(ctx context.Context, name string) (time.Time, error)
	SetWatermark(ctx context.Context, name string, at time.Time) error
}

// Comparer holds the mail bucket against the records, each night: every stored
// mail must have become something (R156). One that has not, an hour after it
// was stored, lost its notification on the way; it is ordered to be received
// again, down the road that its notification would have gone.
type Comparer struct {
	Store   CompareStore
	Objects Objects
	Again   Again
	Now     func(ctx context.Context) (time.Time, error) // business clock
	Wall    func() time.Time
}

const (
	compareMark  = "mail"         // watermark: until when every stored mail has a record
	compareGrace = time.Hour      // how long a mail may be on its way
	compareBack  = 24 * time.Hour // looked at again: a listing may be late
	compareBatch = 100
	maxLost      = 100 // listed for people; all are ordered again
)

// Compare does one night's work and returns how many mails had no record. The
// bucket's names are random, so all of them are listed; the watermark saves
// only the look into the table. It moves when everything before it is recorded:
// what is ordered again tonight and still has no record is found tomorrow.
func (c *Comparer) Compare(ctx context.Context) (int, error) {
	since, err := c.Store.Watermark(ctx, compareMark)
	if err != nil {
		return 0, fmt.Errorf("compare mail: %w", err)
	}
	now, err := c.Now(ctx)
	if err != nil {
		return 0, err
	}
	mark := c.Wall().Add(-compareGrace)
	lost, err := c.unrecorded(ctx, since.Add(-compareBack), now.Add(-compareGrace))
	if err != nil {
		return 0, fmt.Errorf("compare mail: %w", err)
	}
	if len(lost) > 0 && lost[0].At.Before(mark) {
		mark = lost[0].At
	}
	if err := c.order(ctx, lost); err != nil {
		return len(lost), fmt.Errorf("compare mail: %w", err)
	}
	return len(lost), c.Store.SetWatermark(ctx, compareMark, mark)
}

// unrecorded lists the stored mails of a span that have no record, oldest first.
func (c *Comparer) unrecorded(ctx context.Context, since, until time.Time) ([]Object, error) {
	var lost, batch []Object
	look := func() error {
		found, err := c.without(ctx, batch)
		lost, batch = append(lost, found...), batch[:0]
		return err
	}
	err := c.Objects.List(ctx, Prefix, func(key string, at time.Time) error {
		if at.Before(since) || at.After(until) || (mail.Receipt{Key: key}).Setup() {
			return nil
		}
		if batch = append(batch, Object{key, at}); len(batch) < compareBatch {
			return nil
		}
		return look()
	})
	if err == nil {
		err = look()
	}
	slices.SortFunc(lost, func(a, b Object) int {
		if d := a.At.Compare(b.At); d != 0 {
			return d
		}
		return strings.Compare(a.Key, b.Key)
	})
	return lost, err
}

// without are those of a batch that have no record.
func (c *Comparer) without(ctx context.Context, batch []Object) ([]Object, error) {
	if len(batch) == 0 {
		return nil, nil
	}
	ids := make([]string, 0, len(batch))
	for _, o := range batch {
		ids = append(ids, strings.TrimPrefix(o.Key, Prefix))
	}
	recorded, err := c.Store.MailsRecorded(ctx, ids)
	if err != nil {
		return nil, err
	}
	var lost []Object
	for i, o := range batch {
		if !recorded[ids[i]] {
			lost = append(lost, o)
		}
	}
	return lost, nil
}

// order lists the mails for people and has each received again, oldest first.
func (c *Comparer) order(ctx context.Context, lost []Object) error {
	var list []work.LostMail
	var bodies [][]byte
	for _, o := range lost {
		if len(list) < maxLost {
			list = append(list, work.LostMail{ID: strings.TrimPrefix(o.Key, Prefix), At: o.At})
		}
		body, err := ReplayOrder(o.Key)
		if err != nil {
			return err
		}
		bodies = append(bodies, body)
	}
	if err := c.Store.SetLostMails(ctx, list); err != nil || len(lost) == 0 {
		return err
	}
	slog.ErrorContext(ctx, "mail without record", "count", len(lost), "oldest", lost[0].Key)
	return c.Again.Publish(ctx, bodies)
}
