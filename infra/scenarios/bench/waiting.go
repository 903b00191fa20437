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
	writer    = desk.PersonID("usuaria-asesoria-2")
	staff     = desk.PersonID("informatica-mesa-1")
)

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
		{"mail → contact", 16, both, func(ctx context.Context, _ int) error { return mailed(ctx, d, made, contactMade) }},
		{"mail → acknowledgement handed over", 16, both, func(ctx context.Context, _ int) error { return mailed(ctx, d, made, acknowledged) }},
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

// mailed sends a mail and waits until done says that the desk did its part.
func mailed(ctx context.Context, d *rig.Desk, made *cases, done func(context.Context, *rig.Desk, *cases, string) (bool, error)) error {
	subject := "Medida de correo " + rig.NewKey()[:10]
	m, err := d.ParseMail("From: " + string(writer) + "\nSubject: " + subject + "\n\nNo abre el SIGO.\n")
	if err != nil {
		return err
	}
	if err := d.Send(m); err != nil {
		return err
	}
	for deadline := time.Now().Add(30 * time.Second); ; {
		ok, err := done(ctx, d, made, subject)
		switch {
		case ok || err != nil:
			return err
		case time.Now().After(deadline):
			return fmt.Errorf("nothing came of «%s»", subject)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// contactMade looks among the newest requests of who wrote.
func contactMade(ctx context.Context, d *rig.Desk, made *cases, subject string) (bool, error) {
	tickets, _, err := d.Store.ByRequester(ctx, writer, "", 20)
	for _, t := range tickets {
		if t.Subject == subject {
			made.addAs(writer, rig.Case{ID: t.ID, Number: string(t.Number)})
			return true, err
		}
	}
	return false, err
}

// acknowledged looks whether the mail service has the acknowledgement.
func acknowledged(ctx context.Context, d *rig.Desk, made *cases, subject string) (bool, error) {
	tickets, _, err := d.Store.ByRequester(ctx, writer, "", 20)
	if err != nil {
		return false, err
	}
	for _, t := range tickets {
		if t.Subject != subject {
			continue
		}
		e, err := d.Store.Effect(ctx, t.ID, "1.1")
		if err != nil || e.State != desk.EffectDone {
			return false, err
		}
		made.addAs(writer, rig.Case{ID: t.ID, Number: string(t.Number)})
		return true, nil
	}
	return false, nil
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
