package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	deskword "mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// policyCmd shows and changes the «meta local»: dated, never norm (R37).
type policyCmd struct {
	Approvals policyApprovalsCmd `cmd:"" help:"Fija qué pasa si una decisión no llega a tiempo, y el resumen del día. · Sets what happens when a decision is late, and the day's digest."`
	Show      policyShowCmd      `cmd:"" default:"1" help:"Muestra la política en vigor. · Shows the policy in force."`
	SignIn    policySignInCmd    `cmd:"" name:"sign-in" help:"Fija los servicios que se deciden con sesión iniciada. · Sets the services decided signed in."`
	Reply     policyReplyCmd     `cmd:"" name:"reply-decisions" help:"Fija los servicios que se deciden también respondiendo el correo. · Sets the services decided also by answering the mail."`
	Diagnosis policyDiagnosisCmd `cmd:"" help:"Fija cómo se cuentan los 60 minutos del diagnóstico. · Sets how the 60 minutes of a diagnosis are counted."`
	Targets   policyTargetsCmd   `cmd:"" help:"Muestra o fija las metas locales por prioridad y nivel. · Shows or sets the local targets by priority and level."`
	Warnings  policyWarningsCmd  `cmd:"" help:"Fija a qué porcentajes de la meta se avisa a quien atiende. · Sets at which percents of the target whoever attends is warned."`
	AtTarget  policyAtTargetCmd  `cmd:"" name:"at-target" help:"Fija qué se hace cuando la meta se cumple. · Sets what is done when the target has come."`
	Mails     policyMailsCmd     `cmd:"" help:"Fija cuántos correos al día se reciben sin que alguien los mire. · Sets how many mails a day are taken unseen."`
}

type policyShowCmd struct{}

// Run prints the policy in force as it is stored; durations are nanoseconds.
func (policyShowCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, now, err := c.connectNow(ctx)
	if err != nil {
		return err
	}
	policy, err := d.Store.Policy(ctx, now)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(policy)
}

type policySignInCmd struct {
	Services []string `arg:"" optional:"" help:"Códigos del catálogo; ninguno: no se exige. · Ids of the catalogue; none: not asked."`
	From     string   `help:"Desde cuándo, hora de Lima; si falta, ahora. · From when, Lima time; now if left out."`
}

// Run sets the list from a moment on; before it, the list in force then holds.
func (p policySignInCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, err := c.connect(ctx)
	if err != nil {
		return err
	}
	now, from, err := moment(ctx, d, p.From)
	if err != nil {
		return err
	}
	if err := requireSignIn(ctx, d.Store, p.Services, now, from); err != nil {
		return err
	}
	list := "ninguno"
	if len(p.Services) > 0 {
		list = strings.Join(p.Services, ", ")
	}
	fmt.Fprintf(out, "Desde el %s se deciden con sesión iniciada: %s.\n", from.In(deskword.Lima).Format("02/01/2006 15:04"), list)
	return nil
}

// moment is now, and the Lima time from which a policy is to hold: now if none is given.
func moment(ctx context.Context, d *desk, typed string) (now, from time.Time, err error) {
	if now, err = d.Now(ctx); err != nil || typed == "" {
		return now, now, err
	}
	if from, err = time.ParseInLocation("2006-01-02T15:04", typed, deskword.Lima); err != nil {
		err = fmt.Errorf("escriba el momento como 2026-09-15T14:05: %w", err)
	}
	return now, from, err
}

type policyMailsCmd struct {
	Sender int    `help:"De una misma dirección; 0 no lo cambia. · Of one address; 0 leaves it."`
	Case   int    `help:"Que se agregan a un mismo caso; 0 no lo cambia. · Added to one case; 0 leaves it."`
	From   string `help:"Desde cuándo, hora de Lima; si falta, ahora. · From when, Lima time; now if left out."`
}

// Run sets the caps that end the talk of two desks wired to each other (F32).
func (p policyMailsCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, err := c.connect(ctx)
	if err != nil {
		return err
	}
	now, from, err := moment(ctx, d, p.From)
	if err != nil {
		return err
	}
	policy, err := capMails(ctx, d.Store, p.Sender, p.Case, now, from)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Desde el %s se reciben al día %d correos de una dirección y %d en un caso; los demás esperan a una persona.\n",
		from.In(deskword.Lima).Format("02/01/2006 15:04"), policy.SenderMails, policy.TicketMails)
	return nil
}

// capMails sets the caps of a day from a moment on.
func capMails(ctx context.Context, store settingsStore, sender, ticket int, now, from time.Time) (flow.Policy, error) {
	if sender < 0 || ticket < 0 || sender == 0 && ticket == 0 {
		return flow.Policy{}, errors.New("escriba con --sender o --case cuántos correos al día, desde 1")
	}
	return changePolicy(ctx, store, now, from, func(p *flow.Policy) error {
		if sender > 0 {
			p.SenderMails = sender
		}
		if ticket > 0 {
			p.TicketMails = ticket
		}
		return nil
	})
}

// settingsStore keeps the dated settings.
type settingsStore interface {
	Catalogues(ctx context.Context, at time.Time) (directory.Catalogues, error)
	Policy(ctx context.Context, at time.Time) (flow.Policy, error)
	SetPolicy(ctx context.Context, p flow.Policy, from time.Time) error
}

// requireSignIn sets the services from a moment on.
func requireSignIn(ctx context.Context, store settingsStore, services []string, now, from time.Time) error {
	published, err := store.Catalogues(ctx, from)
	if err != nil {
		return err
	}
	catalogue := published.At(from)
	_, err = changePolicy(ctx, store, now, from, func(p *flow.Policy) error {
		p.SignIn = nil
		for _, id := range services {
			if _, ok := catalogue.Service(deskword.ServiceID(id)); !ok {
				return fmt.Errorf("«%s» no está en el catálogo %s", id, catalogue.Version)
			}
			p.SignIn = append(p.SignIn, deskword.ServiceID(id))
		}
		p.ReplyDecisions = slices.DeleteFunc(slices.Clone(p.ReplyDecisions), p.NeedsSignIn) // the stricter rule needs nobody's leave
		return nil
	})
	return err
}

// changePolicy sets a policy that differs from the one in force.
func changePolicy(ctx context.Context, store settingsStore, now, from time.Time, change func(*flow.Policy) error) (flow.Policy, error) {
	policy, err := work.ChangePolicy(ctx, store, "", now, from, change)
	return policy, plainly(err)
}
