package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"

	deskword "mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
)

// policyCmd shows and changes the «meta local»: dated, never norm (R37).
type policyCmd struct {
	Show   policyShowCmd   `cmd:"" default:"1" help:"Muestra la política en vigor. · Shows the policy in force."`
	SignIn policySignInCmd `cmd:"" name:"sign-in" help:"Fija los servicios que se deciden con sesión iniciada. · Sets the services decided signed in."`
}

type policyShowCmd struct{}

// Run prints the policy in force as it is stored; durations are nanoseconds.
func (policyShowCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, err := c.connect(ctx)
	if err != nil {
		return err
	}
	now, err := d.Now(ctx)
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
	now, err := d.Now(ctx)
	if err != nil {
		return err
	}
	from := now
	if p.From != "" {
		if from, err = time.ParseInLocation("2006-01-02T15:04", p.From, deskword.Lima); err != nil {
			return fmt.Errorf("escriba el momento como 2026-09-15T14:05: %w", err)
		}
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

// settingsStore keeps the dated settings.
type settingsStore interface {
	Catalogues(ctx context.Context, at time.Time) (directory.Catalogues, error)
	Policy(ctx context.Context, at time.Time) (flow.Policy, error)
	SetPolicy(ctx context.Context, p flow.Policy, from time.Time) error
}

// requireSignIn sets the services from a moment on. The past is not rewritten,
// and a policy already set for later is not left to undo this one unseen.
func requireSignIn(ctx context.Context, store settingsStore, services []string, now, from time.Time) error {
	if from.Before(now) {
		return errors.New("la política no cambia lo que ya pasó: escriba un momento desde ahora")
	}
	published, err := store.Catalogues(ctx, from)
	if err != nil {
		return err
	}
	catalogue := published.At(from)
	policy, err := store.Policy(ctx, from)
	if err != nil {
		return err
	}
	const everAfter = 100 * 366 * 24 * time.Hour
	last, err := store.Policy(ctx, from.Add(everAfter))
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(policy, last) {
		return errors.New("ya hay una política fijada para después de ese momento, que reemplazaría a esta: escriba un momento posterior")
	}
	policy.SignIn = nil
	for _, id := range services {
		if _, ok := catalogue.Service(deskword.ServiceID(id)); !ok {
			return fmt.Errorf("«%s» no está en el catálogo %s", id, catalogue.Version)
		}
		policy.SignIn = append(policy.SignIn, deskword.ServiceID(id))
	}
	return store.SetPolicy(ctx, policy, from)
}
