package rig

import (
	"context"
	"fmt"
	"time"

	"mesa/shared/desk"
)

// answerWithin is how long the desk may take to mail or to wake a machine.
const answerWithin = 15 * time.Second

// StandardTicket takes the worked example of design 14 from post to close on the
// running stack. Each step waits for the machines, so that no resume is late.
func (d *Desk) StandardTicket(ctx context.Context) (Case, error) {
	c, err := d.Submit(ctx, "usuaria-ut-ancash-2-1", NewKey(), map[string]string{"flow": "8.1", "service": "apps-sigo", "impact": "slow",
		"subject": "No se guardan las actas de supervisión", "description": "Desde ayer, al guardar la pantalla queda en blanco."})
	if err != nil {
		return c, err
	}
	for _, head := range []desk.PersonID{"jefa-ut-ancash-2", "jefa-supervision"} {
		if err := d.approve(ctx, head, c); err != nil {
			return c, err
		}
	}
	pase := map[string]string{"pase_description": "Corrige el guardado", "pase_files": "pases/2026/0001", "pase_rollback": "Restaurar la versión anterior"}
	for _, step := range []struct {
		who    desk.PersonID
		act    string
		fields map[string]string
	}{
		{"desarrollo-1", "take", nil}, {"desarrollo-1", "hand-over", pase}, {"base-de-datos-1", "take", nil},
		{"base-de-datos-1", "execution-ok", map[string]string{"interrupts": "no"}},
		{"desarrollo-1", "close", map[string]string{"solution": "Se corrigió el guardado de las actas.", "medium": "mail"}},
	} {
		if err := d.tokensKept(ctx, c.ID); err != nil {
			return c, err
		}
		if _, err := d.Act(ctx, step.who, c.Number, step.act, step.fields); err != nil {
			return c, fmt.Errorf("%s by %s: %w", step.act, step.who, err)
		}
	}
	return c, nil
}

// approve decides by the link and digits of the mail, once it is there.
func (d *Desk) approve(ctx context.Context, head desk.PersonID, c Case) error {
	if err := d.tokensKept(ctx, c.ID); err != nil {
		return err
	}
	to, err := d.Address(string(head))
	if err != nil {
		return err
	}
	return Until(ctx, answerWithin, func() error {
		l := Letter{To: to, Case: c.Number, Subject: "Por aprobar"}
		mails, err := d.Mails(ctx, l)
		if err != nil || len(mails) == 0 {
			return fmt.Errorf("no %s: %w", l, err)
		}
		link, err := LinkIn(mails[0])
		if err != nil {
			return err
		}
		page, err := d.Decide(ctx, link, map[string]string{"choice": "approve"})
		if err == nil && page.Status >= 400 {
			err = fmt.Errorf("decision answered %d: %.200s", page.Status, page.Text)
		}
		return err
	})
}

// tokensKept waits until every open wait has the token of its machine.
func (d *Desk) tokensKept(ctx context.Context, id desk.TicketID) error {
	return Until(ctx, answerWithin, func() error {
		stored, err := d.Store.Load(ctx, id)
		if err != nil {
			return err
		}
		for _, w := range stored.Waits {
			if w.Token == "" {
				return fmt.Errorf("wait %s has no machine yet", w.ID)
			}
		}
		return nil
	})
}

// Transitions is how many states the executions of an ended ticket entered: what
// AWS bills.
func (d *Desk) Transitions(ctx context.Context, id desk.TicketID) (int, error) {
	total := 0
	for _, m := range desk.Machines() {
		err := Until(ctx, answerWithin, func() error {
			status, err := d.Execution(ctx, id, m)
			if err == nil && status == "RUNNING" {
				err = fmt.Errorf("%s still runs", m)
			}
			return err
		})
		if err != nil {
			return 0, err
		}
		path, err := d.Path(ctx, id, m)
		if err != nil {
			return 0, err
		}
		total += len(path)
	}
	return total, nil
}
