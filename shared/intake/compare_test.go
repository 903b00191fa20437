package intake_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"mesa/shared/intake"
)

// shelf lists stored mails; queue collects what is ordered again.
type shelf struct {
	stored map[string]time.Time
	fails  error
}

func (s *shelf) List(_ context.Context, prefix string, visit func(string, time.Time) error) error {
	keys := make([]string, 0, len(s.stored))
	for key := range s.stored {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		if strings.HasPrefix(key, prefix) {
			if err := visit(key, s.stored[key]); err != nil {
				return err
			}
		}
	}
	return s.fails
}

type queue struct {
	bodies []string
	fails  error
}

func (q *queue) Publish(_ context.Context, bodies [][]byte) error {
	for _, b := range bodies {
		q.bodies = append(q.bodies, string(b))
	}
	return q.fails
}

type night struct {
	*mailroom
	shelf    *shelf
	queue    *queue
	comparer *intake.Comparer
}

func newNight(t *testing.T) *night {
	t.Helper()
	n := &night{mailroom: newMailroom(t), shelf: &shelf{stored: map[string]time.Time{}}, queue: &queue{}}
	n.comparer = &intake.Comparer{Store: n.Store, Objects: n.shelf, Again: n.queue, Now: n.Now, Wall: n.Time}
	return n
}

// store puts a mail into the bucket so long ago.
func (n *night) store(id string, ago time.Duration) {
	n.shelf.stored[n.keep(id, "Asunto "+id)] = n.Time().Add(-ago)
}

func (n *night) compare() int {
	n.t.Helper()
	n.queue.bodies = nil
	found, err := n.comparer.Compare(n.t.Context())
	if err != nil {
		n.t.Fatal(err)
	}
	return found
}

// work has what was ordered handled, as the queue does.
func (n *night) work() {
	n.t.Helper()
	for _, body := range n.queue.bodies {
		if err := n.in.Handle(n.t.Context(), []byte(body)); err != nil {
			n.t.Fatal(err)
		}
	}
}

func (n *night) lost() string {
	n.t.Helper()
	list, err := n.Store.LostMails(n.t.Context())
	if err != nil {
		n.t.Fatal(err)
	}
	var ids []string
	for _, m := range list {
		ids = append(ids, m.ID)
	}
	return strings.Join(ids, " ")
}

func TestAStoredMailWithoutRecordIsReceivedInTheNight(t *testing.T) {
	n := newNight(t)
	n.store("received", 9*time.Hour)
	n.replay(intake.Prefix + "received")
	n.store("later", 3*time.Hour)
	n.store("first", 5*time.Hour)
	n.store("under-way", 59*time.Minute)
	n.shelf.stored["inbound/AMAZON_SES_SETUP_NOTIFICATION"] = n.Time().Add(-time.Hour * 900)
	n.shelf.stored["exports/x"] = n.Time().Add(-2 * time.Hour)
	if found := n.compare(); found != 2 || strings.Join(n.queue.bodies, " ") != `{"replay":"inbound/first"} {"replay":"inbound/later"}` {
		t.Errorf("found %d, ordered %v; want the two that are lost, oldest first", found, n.queue.bodies)
	}
	if got := n.lost(); got != "first later" {
		t.Errorf("listed %q", got)
	}
	n.work()
	n.wantTickets(3)
	if got := n.lost(); got != "" {
		t.Errorf("still listed after they were received: %q", got)
	}
	n.Advance(24 * time.Hour)
	if found := n.compare(); found != 1 || n.queue.bodies[0] != `{"replay":"inbound/under-way"}` {
		t.Errorf("the next night finds %d: %v", found, n.queue.bodies)
	}
}

// What could not be received stays in sight, however many nights pass.
func TestWhatStaysLostIsOrderedEveryNight(t *testing.T) {
	n := newNight(t)
	n.store("stubborn", 5*time.Hour)
	for night := range 5 {
		n.store(fmt.Sprintf("other-%d", night), 2*time.Hour)
		n.replay(fmt.Sprintf("inbound/other-%d", night))
		if found := n.compare(); found != 1 || n.lost() != "stubborn" {
			t.Errorf("night %d: found %d, listed %q", night, found, n.lost())
		}
		n.Advance(24 * time.Hour)
	}
	n.work()
	if found := n.compare(); found != 0 || n.lost() != "" {
		t.Errorf("received at last, and found %d, listed %q", found, n.lost())
	}
}

// After a clean night older mails are not looked up again.
func TestTheWatermarkSparesTheTable(t *testing.T) {
	n := newNight(t)
	n.store("old", 300*24*time.Hour)
	n.replay("inbound/old")
	n.compare()
	n.Advance(48 * time.Hour)
	n.comparer.Store = counting{n.Store, t}
	n.compare()
}

// counting fails a test that looks anything up.
type counting struct {
	intake.CompareStore
	t *testing.T
}

func (c counting) MailsRecorded(_ context.Context, ids []string) (map[string]bool, error) {
	c.t.Errorf("looked up %v", ids)
	return nil, nil
}

// F51: an outage's mails, far more than a page, each once and oldest first.
func TestTenThousandLostMailsAreEachOrderedOnce(t *testing.T) {
	n := newNight(t)
	const many, due = 10_000, 10_000 - 59 // one a minute; those of the last hour are under way
	for i := range many {
		n.shelf.stored[fmt.Sprintf("inbound/%05d", (i*7919)%many)] = n.Time().Add(-time.Duration(many-i) * time.Minute)
	}
	found := n.compare()
	seen := map[string]bool{}
	for _, b := range n.queue.bodies {
		seen[b] = true
	}
	oldest := slices.IsSortedFunc(n.queue.bodies, func(a, b string) int { return n.storedAt(a).Compare(n.storedAt(b)) })
	if list := strings.Fields(n.lost()); found != due || len(seen) != due || len(n.queue.bodies) != due || !oldest || len(list) != 100 {
		t.Errorf("found %d, ordered %d, %d different, oldest first %t, %d listed", found, len(n.queue.bodies), len(seen), oldest, len(list))
	}
}

func (n *night) storedAt(body string) time.Time {
	return n.shelf.stored[strings.TrimSuffix(strings.TrimPrefix(body, `{"replay":"`), `"}`)]
}

// A night that breaks off is done again from where the last whole one ended.
func TestABrokenNightMovesNothing(t *testing.T) {
	errDown := errors.New("down")
	for name, do := range map[string]func(*night){"the list breaks off": func(n *night) { n.shelf.fails = errDown }, "the orders are not taken": func(n *night) { n.queue.fails = errDown }} {
		n := newNight(t)
		n.store("lost", 5*time.Hour)
		do(n)
		if _, err := n.comparer.Compare(t.Context()); !errors.Is(err, errDown) {
			t.Errorf("%s: %v", name, err)
		}
		if mark, err := n.Store.Watermark(t.Context(), "mail"); err != nil || !mark.IsZero() {
			t.Errorf("%s: the watermark moved to %s, %v", name, mark, err)
		}
	}
}
