package feedback_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/feedback"
	"mesa/shared/work"
)

// counter is a desk that sent mails and hears of them.
type counter struct {
	*desktest.Bench
	t    *testing.T
	desk *feedback.Desk
}

func newCounter(t *testing.T) *counter {
	t.Helper()
	c := &counter{Bench: desktest.NewBench(t), t: t}
	c.desk = &feedback.Desk{Store: c.Store, Directory: c.Store, Now: c.Now}
	return c
}

// sent ends an item as the outbox does when SES took it.
func (c *counter) sent(id desk.TicketID, ref string) desk.Effect {
	c.t.Helper()
	return c.end(id, ref, desk.EffectDone)
}

func (c *counter) end(id desk.TicketID, ref string, state desk.EffectState) desk.Effect {
	c.t.Helper()
	e, ok, err := c.Store.ClaimEffect(c.t.Context(), id, ref, c.Time(), time.Minute)
	if err != nil || !ok {
		c.t.Fatalf("claim %s: %t, %v", ref, ok, err)
	}
	e.State, e.DoneAt = state, c.Time()
	if state == desk.EffectUncertain {
		e.DueAt, e.DoneAt = c.Time().Add(10*time.Minute), time.Time{}
	}
	if err := c.Store.FinishEffect(c.t.Context(), e); err != nil {
		c.t.Fatal(err)
	}
	return c.item(id, ref)
}

func (c *counter) item(id desk.TicketID, ref string) desk.Effect {
	c.t.Helper()
	e, err := c.Store.Effect(c.t.Context(), id, ref)
	if err != nil {
		c.t.Fatalf("item %s: %v", ref, err)
	}
	return e
}

// event is one of testdata about an item.
func (c *counter) event(name string, e desk.Effect) []byte {
	c.t.Helper()
	content, err := os.ReadFile("testdata/" + name + ".json")
	if err != nil {
		c.t.Fatal(err)
	}
	return []byte(strings.ReplaceAll(string(content), "01J80000000000000000000001-1-1", e.Tag()))
}

// hear handles an event that must be handled.
func (c *counter) hear(name string, e desk.Effect) {
	c.t.Helper()
	if err := c.desk.Handle(c.t.Context(), c.event(name, e)); err != nil {
		c.t.Fatalf("%s: %v", name, err)
	}
}

// told are the «No entregado» mails of a case: to whom, in the order of their items.
func (c *counter) told(id desk.TicketID) (to []string) {
	c.t.Helper()
	for _, e := range c.Effects(id) {
		if e.Mail != nil && e.Mail.Message == desk.MailNotDelivered {
			to = append(to, e.Mail.To)
		}
	}
	return to
}

// closed is the record of the address that an item went to.
func (c *counter) closed(e desk.Effect) work.Suppression {
	c.t.Helper()
	r, _, err := c.Store.Suppression(c.t.Context(), work.AddressKey(e.Mail.To))
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

// closing is a case of 8.5 that was closed by mail; its closing's item is 4.1.
func (c *counter) closing() desk.TicketID {
	c.t.Helper()
	id := c.Open85()
	c.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	c.Do("especialista-mesa", desk.ActSetPriority, id, "priority", "3")
	c.Do("soporte-1", desk.ActClose, id, "solution", "Se cambió la contraseña.", "medium", "mail")
	return id
}

// ses is the mail service's own list.
type ses struct {
	forgot []string
	err    error
}

func (s *ses) Forget(_ context.Context, address string) error {
	s.forgot = append(s.forgot, address)
	return s.err
}

// frail is a store of which the n-th write fails.
type frail struct {
	*desktest.Store
	left int
}

var errFrail = errors.New("throttled")

func (s *frail) step() error {
	s.left--
	if s.left == 0 {
		return errFrail
	}
	return nil
}

func (s *frail) NoteDelivery(ctx context.Context, id desk.TicketID, ref string, d desk.Delivery) (desk.Effect, bool, error) {
	if err := s.step(); err != nil {
		return desk.Effect{}, false, err
	}
	return s.Store.NoteDelivery(ctx, id, ref, d)
}

func (s *frail) ConfirmSent(ctx context.Context, id desk.TicketID, ref, sentID string, at time.Time) error {
	if err := s.step(); err != nil {
		return err
	}
	return s.Store.ConfirmSent(ctx, id, ref, sentID, at)
}

func (s *frail) PutSuppression(ctx context.Context, r work.Suppression) error {
	if err := s.step(); err != nil {
		return err
	}
	return s.Store.PutSuppression(ctx, r)
}

func (s *frail) AddEffects(ctx context.Context, effects []desk.Effect) error {
	if err := s.step(); err != nil {
		return err
	}
	return s.Store.AddEffects(ctx, effects)
}

func (s *frail) Load(ctx context.Context, id desk.TicketID) (work.Stored, error) {
	if err := s.step(); err != nil {
		return work.Stored{}, err
	}
	return s.Store.Load(ctx, id)
}

// overtaken is a store in which somebody else is faster, once.
type overtaken struct {
	*desktest.Store
	by func()
}

func (s *overtaken) PutSuppression(ctx context.Context, r work.Suppression) error {
	if by := s.by; by != nil {
		s.by = nil
		by()
	}
	return s.Store.PutSuppression(ctx, r)
}
