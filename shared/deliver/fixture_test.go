package deliver_test

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"mesa/shared/deliver"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/feedback"
	"mesa/shared/work"
)

const lease = 60 * time.Second

// post is a desk with its outbox, and a mail service and machines that do as told.
type post struct {
	*desktest.Bench
	t        *testing.T
	outbox   *deliver.Outbox
	mailer   *mailer
	machines *executions
	feedback *feedback.Desk
}

func newPost(t *testing.T) *post {
	t.Helper()
	p := &post{Bench: desktest.NewBench(t), t: t, mailer: &mailer{}, machines: &executions{started: map[string]string{}}}
	p.feedback = &feedback.Desk{Store: p.Store, Directory: p.Store, Now: p.Now}
	p.outbox = &deliver.Outbox{Store: p.Store, Mailer: p.mailer, Machines: p.machines, Directory: p.Store, Feedback: p.feedback, Acts: p.Road, Now: p.Now, Lease: lease, Jitter: func() float64 { return 1 }}
	return p
}

// mailer answers each send with the next outcome, and with the last one for ever.
type mailer struct {
	mu       sync.Mutex
	outcomes []deliver.Outcome
	sent     []desk.Effect
	unfit    error
	during   func()
}

func (m *mailer) Check(context.Context, desk.Effect) error { return m.unfit }

func (m *mailer) Send(_ context.Context, e desk.Effect) (string, deliver.Outcome, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sent = append(m.sent, e)
	if m.during != nil {
		m.during()
	}
	outcome := deliver.Sent
	if len(m.outcomes) > 0 {
		outcome = m.outcomes[0]
		m.outcomes = m.outcomes[min(1, len(m.outcomes)-1):]
	}
	if outcome == deliver.Sent {
		return "ses-" + e.Ref(), outcome, nil
	}
	return "", outcome, errors.New("the mail service said no")
}

// executions are machines as the service keeps them.
type executions struct {
	started map[string]string // name → input
	tries   int
	told    []string // "token output"
	err     error
}

func (x *executions) Start(_ context.Context, _ desk.Machine, name string, input []byte) error {
	x.tries++
	if x.err != nil {
		return x.err
	}
	if _, runs := x.started[name]; !runs {
		x.started[name] = string(input)
	}
	return nil
}

func (x *executions) SendSuccess(_ context.Context, token string, output []byte) error {
	if x.err != nil {
		return x.err
	}
	if token == "" {
		return errors.New("the service refuses an empty token")
	}
	x.told = append(x.told, token+" "+string(output))
	return nil
}

// deliver performs one stored item.
func (p *post) deliver(id desk.TicketID, ref string) {
	p.t.Helper()
	if err := p.outbox.Deliver(p.t.Context(), p.item(id, ref)); err != nil {
		p.t.Errorf("deliver %s: %v", ref, err)
	}
}

func (p *post) item(id desk.TicketID, ref string) desk.Effect {
	p.t.Helper()
	e, err := p.Store.Effect(p.t.Context(), id, ref)
	if err != nil {
		p.t.Fatalf("item %s: %v", ref, err)
	}
	return e
}

// want holds a stored item against state, attempts and due date (zero: none).
func (p *post) want(id desk.TicketID, ref string, state desk.EffectState, attempts int, due time.Time) {
	p.t.Helper()
	e := p.item(id, ref)
	if e.State != state || e.Attempts != attempts || !e.DueAt.Equal(due) {
		p.t.Errorf("item %s is %s after %d attempts, due %v; want %s, %d, %v", ref, e.State, e.Attempts, e.DueAt, state, attempts, due)
	}
	if !e.LeaseUntil.IsZero() {
		p.t.Errorf("item %s keeps a lease until %v", ref, e.LeaseUntil)
	}
}

// open keeps a token for a wait, as the machine's task does.
func (p *post) open(id desk.TicketID, wait desk.WaitID, generation int, token string) {
	p.t.Helper()
	for _, w := range p.Load(id).Waits {
		if w.ID == wait {
			if ok, err := p.Store.OpenWait(p.t.Context(), id, wait, generation, w.WakeAt, token); !ok || err != nil {
				p.t.Fatalf("open %s: %t, %v", wait, ok, err)
			}
			return
		}
	}
	p.t.Fatalf("no wait %s", wait)
}

// next reads "next" and the wait of a machine's input or output.
func next(t *testing.T, text string) (name, wait string, seconds int64) {
	t.Helper()
	var reply struct {
		Next string
		Wait struct {
			ID      string
			Seconds int64
		}
	}
	if err := json.Unmarshal([]byte(text), &reply); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return reply.Next, reply.Wait.ID, reply.Wait.Seconds
}

// paged counts pages of new items, and fails at one of them.
type paged struct {
	*desktest.Store
	calls, failAt, largest int
}

func (s *paged) AddEffects(ctx context.Context, effects []desk.Effect) error {
	s.calls++
	s.largest = max(s.largest, len(effects))
	if s.calls == s.failAt {
		return errors.New("throttled")
	}
	return s.Store.AddEffects(ctx, effects)
}

// forgetful is a mail service whose own list is empty.
type forgetful struct{}

func (forgetful) Forget(context.Context, string) error { return nil }

// blind is a store that cannot look addresses up.
type blind struct{ *desktest.Store }

var errBlind = errors.New("throttled")

func (blind) GlanceSuppression(context.Context, string) (work.Suppression, error) {
	return work.Suppression{}, errBlind
}
