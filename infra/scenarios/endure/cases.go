package endure

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"time"

	"mesa/infra/scenarios/rig"
	"mesa/shared/desk"
)

// kind is one way to make a ticket wait, and to end it afterwards.
type kind struct {
	name      string
	requester desk.PersonID
	attends   desk.PersonID
	form      map[string]string
	acts      []step // that open the wait
	ends      []step // by the requester where the one who attends has nothing to do
}

type step struct {
	act    string
	fields map[string]string
	asker  bool // by who asked
}

var (
	withdraw = step{act: "withdraw", asker: true}
	shut     = step{act: "close", fields: map[string]string{"solution": "Se atendió.", "medium": "mail"}}
)

// kinds are the waits of the three machines: a head's decision, a level, an
// answer, the hour of a diagnosis. People are of units no story uses.
func kinds(r *rand.Rand) kind {
	priority := strconv.Itoa(1 + r.IntN(4)) // each has a target of its own
	all := []kind{
		{name: "approval", requester: "usuaria-ut-puno-1", ends: []step{withdraw},
			form: map[string]string{"flow": "8.1", "service": "apps-sigo", "description": "x", "impact": "slow"}},
		{name: "level", requester: "usuaria-supervision-1", attends: "especialista-mesa", ends: []step{withdraw},
			form: map[string]string{"flow": "8.5", "service": "apps-antivirus", "description": "x"},
			acts: []step{{act: "set-priority", fields: map[string]string{"priority": priority}}}},
		{name: "question", requester: "usuaria-ut-tacna-1", attends: "especialista-ut-tacna", ends: []step{shut},
			form: map[string]string{"flow": "8.5", "service": "apps-antivirus", "description": "x"},
			acts: []step{{act: "take"}, {act: "ask", fields: map[string]string{"question": "¿Desde cuándo?"}}}},
		{name: "diagnosis", requester: "usuaria-ut-loreto-1", attends: "especialista-ut-loreto",
			form: map[string]string{"flow": "8.6", "service": "hardware-computers", "description": "x", "no_asset": "yes", "equipment": "Laptop", "goods": "laptop", "office": "Piso 1"},
			acts: []step{{act: "take"}, {act: "diagnose"}},
			ends: []step{{act: "not-moved", fields: map[string]string{"reason": "Se reparó en el sitio."}}, shut}},
	}
	return all[r.IntN(len(all))]
}

// people sign in before the run begins.
func people() []desk.PersonID {
	return []desk.PersonID{"usuaria-ut-puno-1", "usuaria-supervision-1", "especialista-mesa", "usuaria-ut-tacna-1", "especialista-ut-tacna", "usuaria-ut-loreto-1", "especialista-ut-loreto"}
}

// waiter is one ticket of a run.
type waiter struct {
	kind
	rig.Case
}

// open makes the ticket and its wait.
func (k kind) open(ctx context.Context, d *rig.Desk, subject string) (waiter, error) {
	form := map[string]string{"subject": subject}
	for name, value := range k.form {
		form[name] = value
	}
	c, err := d.Submit(ctx, k.requester, rig.NewKey(), form)
	w := waiter{k, c}
	if err == nil {
		err = w.perform(ctx, d, k.acts)
	}
	if err != nil {
		return w, fmt.Errorf("%s: %w", k.name, err)
	}
	return w, nil
}

// perform does acts as the ticket then stands; a busy desk is asked again.
func (w *waiter) perform(ctx context.Context, d *rig.Desk, acts []step) error {
	for _, s := range acts {
		who := w.attends
		if s.asker {
			who = w.requester
		}
		err := rig.Until(ctx, patience, func() (err error) {
			w.Case, err = d.Act(ctx, who, w.Number, s.act, s.fields)
			return err
		})
		if err != nil {
			return fmt.Errorf("%s of %s: %w", s.act, w.Number, err)
		}
	}
	return nil
}

// clients is how many things are done at once.
const clients = 6

// patience is how long a busy desk is asked again.
const patience = 20 * time.Second

// each does something with every number below n, a few at a time.
func each(n int, do func(i int) error) error {
	errs := make([]error, n)
	var wait sync.WaitGroup
	free := make(chan struct{}, clients)
	for i := range n {
		free <- struct{}{}
		wait.Go(func() {
			errs[i] = do(i)
			<-free
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}
