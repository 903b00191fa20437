package machines_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"mesa/shared/deliver"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/feedback"
	"mesa/shared/flow"
	"mesa/shared/machines"
	"mesa/shared/work"
)

// hall is a desk with its machines: the workflow that answers them, the sweeper
// that heals them, and the outbox that starts and resumes them.
type hall struct {
	*desktest.Bench
	t        *testing.T
	workflow *machines.Workflow
	sweeper  *machines.Sweeper
	outbox   *deliver.Outbox
	runs     *runs
}

func newHall(t *testing.T) *hall {
	t.Helper()
	h := &hall{Bench: desktest.NewBench(t), t: t}
	h.runs = &runs{running: map[string]bool{}, now: h.Time}
	h.workflow = &machines.Workflow{Store: h.Store, Caller: h.runs, Road: h.Road, Now: h.Now}
	h.sweeper = &machines.Sweeper{Store: h.Store, Executions: h.runs, Settings: h.Store, Road: h.Road, Now: h.Now, Wall: h.Time}
	h.outbox = &deliver.Outbox{Store: h.Store, Mailer: mailer{}, Machines: h.runs, Directory: h.Store,
		Feedback: &feedback.Desk{Store: h.Store, Directory: h.Store, Now: h.Now}, Now: h.Now, Lease: time.Minute, Jitter: func() float64 { return 0 }}
	return h
}

type mailer struct{}

func (mailer) Check(context.Context, desk.Effect) error { return nil }
func (mailer) Send(_ context.Context, e desk.Effect) (string, deliver.Outcome, error) {
	return e.Ref(), deliver.Sent, nil
}

// runs is the service that runs executions.
type runs struct {
	running map[string]bool
	failed  []machines.Execution
	stopped []string
	told    []string
	dead    bool // every token is dead
	now     func() time.Time
	machine map[string]desk.Machine
	fails   error
}

func (r *runs) Start(_ context.Context, m desk.Machine, name string, _ []byte) error {
	if r.machine == nil {
		r.machine = map[string]desk.Machine{}
	}
	if _, known := r.machine[name]; !known {
		r.running[name], r.machine[name] = true, m
	}
	return nil
}

func (r *runs) SendSuccess(_ context.Context, token string, output []byte) error {
	if r.dead {
		return work.ErrTokenDead
	}
	if r.fails != nil {
		return r.fails
	}
	r.told = append(r.told, token+" "+string(output))
	return nil
}

func (r *runs) Failed(_ context.Context, m desk.Machine, since time.Time) ([]machines.Execution, error) {
	var list []machines.Execution
	for _, e := range r.failed {
		if e.Machine == m && !e.StopAt.Before(since) {
			list = append(list, e)
		}
	}
	return list, r.fails
}

func (r *runs) Running(_ context.Context, _ desk.Machine, name string) (bool, error) {
	return r.running[name], nil
}

func (r *runs) Why(_ context.Context, _ desk.Machine, name string) (string, error) {
	if i := slices.IndexFunc(r.failed, func(e machines.Execution) bool { return e.Name == name }); i >= 0 {
		return r.failed[i].Status + " States.Runtime", nil
	}
	return "", nil
}

func (r *runs) Stop(_ context.Context, _ desk.Machine, name, _ string) error {
	delete(r.running, name)
	r.stopped = append(r.stopped, name)
	return nil
}

// kill ends every running execution, as a restart of the service does (F47).
func (r *runs) kill() {
	for name := range r.running {
		delete(r.running, name)
		r.failed = append(r.failed, machines.Execution{Name: name, Machine: r.machine[name], Status: "FAILED", StopAt: r.now()})
	}
}

// deliver lets the outbox do what is due.
func (h *hall) deliver() {
	h.t.Helper()
	if _, err := h.outbox.Sweep(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// sweep is one minute's work of the sweeper.
func (h *hall) sweep(nightly bool) machines.Report {
	h.t.Helper()
	r, err := h.sweeper.Sweep(h.t.Context(), nightly)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// request is what a machine sends about the first wait of a ticket.
func (h *hall) request(op string, id desk.TicketID, generation int, wait desk.Wait) machines.Request {
	return machines.Request{Op: op, Machine: wait.ID.Kind().Machine(), Ticket: id, Generation: generation,
		Wait: flow.ReplyWait{ID: wait.ID, WakeAt: wait.WakeAt}, Token: "token-1"}
}

func (h *hall) handle(in machines.Request) flow.Reply {
	h.t.Helper()
	reply, err := h.workflow.Handle(h.t.Context(), in)
	if err != nil {
		h.t.Fatalf("%s: %v", in.Op, err)
	}
	return reply
}

// mails counts the mails of a kind that a ticket ordered.
func (h *hall) mails(id desk.TicketID, kind desk.Message) int {
	n := 0
	for _, e := range h.Effects(id) {
		if e.Mail != nil && e.Mail.Message == kind {
			n++
		}
	}
	return n
}

var errDown = errors.New("service down")
