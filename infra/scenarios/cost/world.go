package cost

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"strings"
	"sync"

	"mesa/shared/approve"
	"mesa/shared/deliver"
	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/machines"
	"mesa/shared/work"
)

// tokenLength is how long a task token of AWS is.
const tokenLength = 900

// world plays SES and Step Functions: mails are taken, executions wait.
type world struct {
	workflow *machines.Workflow
	running  map[string]execution // by the token they wait with
	waiting  []machines.Request   // tasks to open
	mails    int
	calls    int
}

// execution is one that waits.
type execution struct {
	ticket     desk.TicketID
	machine    desk.Machine
	generation int
}

// Check finds nothing wrong with any mail.
func (*world) Check(context.Context, desk.Effect) error { return nil }

// Send takes every mail; the id is as long as one of SES.
func (w *world) Send(context.Context, desk.Effect) (string, deliver.Outcome, error) {
	w.mails++
	return "0100018f7d1c2b3a-5e6f7a8b-9c0d-4e1f-a2b3-c4d5e6f7a8b9-000000", deliver.Sent, nil
}

// Start begins an execution: FollowAnswer, then its first Await state.
func (w *world) Start(_ context.Context, m desk.Machine, _ string, input []byte) error {
	var in struct {
		Ticket     desk.TicketID `json:"ticket"`
		Generation int           `json:"generation"`
		flow.Reply
	}
	if err := json.Unmarshal(input, &in); err != nil {
		return err
	}
	w.calls++
	w.follow(execution{in.Ticket, m, in.Generation}, in.Reply)
	return nil
}

// SendSuccess answers the execution that waits with a token.
func (w *world) SendSuccess(_ context.Context, token string, output []byte) error {
	e, ok := w.running[token]
	if !ok {
		return work.ErrTokenDead
	}
	delete(w.running, token)
	w.calls++
	var reply flow.Reply
	if err := json.Unmarshal(output, &reply); err != nil {
		return err
	}
	w.follow(e, reply)
	return nil
}

// follow is FollowAnswer: a wait is opened with a new token, the rest ends.
func (w *world) follow(e execution, reply flow.Reply) {
	if reply.Wait == nil {
		return
	}
	token := strings.Repeat(rand.Text(), tokenLength/len(rand.Text())+1)[:tokenLength]
	w.running[token] = e
	w.waiting = append(w.waiting, machines.Request{Op: "open", Machine: e.machine, Ticket: e.ticket, Generation: e.generation, Wait: *reply.Wait, Token: token})
}

// openAll has the machines hand over their tokens.
func (w *world) openAll(ctx context.Context) error {
	for len(w.waiting) > 0 {
		next := w.waiting[0]
		w.waiting = w.waiting[1:]
		if _, err := w.workflow.Handle(ctx, next); err != nil {
			return err
		}
	}
	return nil
}

// meter adds up the units of requests.
type meter struct {
	mu            sync.Mutex
	writes, reads float64
	pages         float64
}

// Consumed hears of one request. Conditional updates, puts and transactions
// write; everything else reads.
func (m *meter) Consumed(operation, _ string, units float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if writes(operation) {
		m.writes += units
	} else {
		m.reads += units
	}
}

func writes(operation string) bool {
	for _, prefix := range []string{"commit", "next number", "open wait", "claim", "finish", "count try", "add outbox item", "put off"} {
		if strings.HasPrefix(operation, prefix) {
			return true
		}
	}
	return false
}

func (m *meter) reset() { m.writes, m.reads, m.pages = 0, 0, 0 }

// pageViews counts what is read to draw a page apart: design 14 leaves page
// views out, because nobody knows how often a page is opened.
type pageViews struct {
	approve.Looker
	meter *meter
}

// Look shows a ticket.
func (p pageViews) Look(ctx context.Context, id desk.TicketID, act desk.Act) (work.View, error) {
	before := p.meter.reads
	v, err := p.Looker.Look(ctx, id, act)
	p.meter.pages += p.meter.reads - before
	p.meter.reads = before
	return v, err
}
