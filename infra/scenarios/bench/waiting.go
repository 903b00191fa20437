package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"mesa/infra/scenarios/rig"
	"mesa/shared/desk"
)

// requester and first level of the measurements.
const (
	requester = desk.PersonID("usuaria-asesoria-1")
	staff     = desk.PersonID("informatica-mesa-1")
)

// writers share the measured mails: one sender may write only so many a day.
func writers() []desk.PersonID {
	return []desk.PersonID{"usuaria-asesoria-2", "usuaria-supervision-2", "usuaria-planeamiento-2", "usuaria-prestaciones-2",
		"usuaria-contrataciones-2", "usuaria-recursos-humanos-2", "usuaria-comunicacion-2", "usuaria-administracion-2"}
}

// operation is one thing that is measured.
type operation struct {
	name    string
	times   int
	clients []int
	do      func(ctx context.Context, i int) error
}

// waiting prints how long people wait for each operation on the local stack.
func waiting(ctx context.Context, d *rig.Desk, _ string) error {
	for _, p := range []desk.PersonID{requester, staff} {
		if _, err := d.Token(ctx, p); err != nil {
			return err
		}
	}
	made := newCases()
	fmt.Printf("\n%-34s %8s %8s %8s %8s %10s\n", "on the local stack", "clients", "p50 ms", "p95 ms", "p99 ms", "a second")
	for _, o := range operations(d, made) {
		if err := o.do(ctx, 0); err != nil { // warm
			return fmt.Errorf("%s: %w", o.name, err)
		}
		for _, clients := range o.clients {
			if err := o.measure(ctx, clients); err != nil {
				return fmt.Errorf("%s with %d clients: %w", o.name, clients, err)
			}
		}
	}
	return made.withdraw(ctx, d)
}

func operations(d *rig.Desk, made *cases) []operation {
	both := []int{1, 8}
	return []operation{
		{"create", 80, both, func(ctx context.Context, i int) error {
			c, err := d.Submit(ctx, requester, rig.NewKey(), map[string]string{"flow": "8.5", "service": "apps-antivirus", "subject": fmt.Sprintf("Medida %d", i), "description": "Actualizar."})
			made.add(c)
			return err
		}},
		{"read", 120, both, func(ctx context.Context, i int) error {
			_, err := d.Case(ctx, requester, made.pick(i).Number)
			return err
		}},
		{"list 50", 80, both, func(ctx context.Context, _ int) error {
			return d.API(ctx, staff, http.MethodGet, "/v1/tickets?queue=mesa-de-ayuda:1&limit=50", "", nil, nil)
		}},
		{"mail → contact", 16, both, func(ctx context.Context, i int) error { return mailed(ctx, d, made, i, contactMade) }},
		{"mail → acknowledgement handed over", 16, both, func(ctx context.Context, i int) error { return mailed(ctx, d, made, i, acknowledged) }},
	}
}

// measure runs the operation with so many clients and prints the times.
func (o operation) measure(ctx context.Context, clients int) error {
	took, errs := make([]time.Duration, o.times), make([]error, o.times)
	next := make(chan int)
	var wait sync.WaitGroup
	began := time.Now()
	for range clients {
		wait.Go(func() {
			for i := range next {
				at := time.Now()
				errs[i] = o.do(ctx, i)
				took[i] = time.Since(at)
			}
		})
	}
	for i := range o.times {
		next <- i
	}
	close(next)
	wait.Wait()
	all := time.Since(began)
	slices.Sort(took)
	at := func(q float64) float64 { return milliseconds(took[min(len(took)-1, int(q*float64(len(took))))]) }
	fmt.Printf("%-34s %8d %8.0f %8.0f %8.0f %10.1f\n", o.name, clients, at(.5), at(.95), at(.99), float64(o.times)/all.Seconds())
	return errors.Join(errs...)
}

// look tells whether what is waited for has come about, for the newest ticket of
// a writer with a subject.
type look func(ctx context.Context, d *rig.Desk, id desk.TicketID) (bool, error)

// mailed sends a mail and waits until the desk did its part.
func mailed(ctx context.Context, d *rig.Desk, made *cases, i int, done look) error {
	writer := writers()[i%len(writers())]
	subject := "Medida de correo " + rig.NewKey()[:10]
	m, err := d.ParseMail("From: " + string(writer) + "\nSubject: " + subject + "\n\nNo abre el SIGO.\n")
	if err != nil {
		return err
	}
	if err := d.Send(m); err != nil {
		return err
	}
	return rig.Until(ctx, 30*time.Second, func() error {
		tickets, _, err := d.Store.ByRequester(ctx, writer, "", 20)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(tickets, func(t desk.Ticket) bool { return t.Subject == subject })
		if at < 0 {
			return fmt.Errorf("nothing came of «%s»", subject)
		}
		ok, err := done(ctx, d, tickets[at].ID)
		if err == nil && !ok {
			err = fmt.Errorf("«%s» is not answered", subject)
		}
		if err == nil {
			made.addAs(writer, rig.Case{ID: tickets[at].ID, Number: string(tickets[at].Number)})
		}
		return err
	})
}

// contactMade: the ticket is there.
func contactMade(context.Context, *rig.Desk, desk.TicketID) (bool, error) { return true, nil }

// acknowledged: the mail service has the acknowledgement.
func acknowledged(ctx context.Context, d *rig.Desk, id desk.TicketID) (bool, error) {
	e, err := d.Store.Effect(ctx, id, "1.1")
	return e.State == desk.EffectDone, err
}

// cases are those that the measurements opened, by who may withdraw them.
type cases struct {
	mu sync.Mutex
	by map[desk.PersonID][]rig.Case
}

func newCases() *cases { return &cases{by: map[desk.PersonID][]rig.Case{}} }

func (c *cases) add(made rig.Case) { c.addAs(requester, made) }

func (c *cases) addAs(who desk.PersonID, made rig.Case) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if made.Number != "" {
		c.by[who] = append(c.by[who], made)
	}
}

func (c *cases) pick(i int) rig.Case {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.by[requester][i%len(c.by[requester])]
}

// withdraw leaves the desk as it was: a clock that moves later has nothing to walk.
func (c *cases) withdraw(ctx context.Context, d *rig.Desk) error {
	for who, list := range c.by {
		for _, made := range list {
			if _, err := d.Act(ctx, who, made.Number, "withdraw", nil); err != nil && !strings.Contains(err.Error(), "terminó") {
				return err
			}
		}
	}
	return nil
}
