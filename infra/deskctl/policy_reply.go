package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	deskword "mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
)

type policyReplyCmd struct {
	Services []string `arg:"" optional:"" help:"Códigos del catálogo; ninguno: responder nunca decide. · Ids of the catalogue; none: an answer never decides."`
	From     string   `help:"Desde cuándo, hora de Lima; si falta, ahora. · From when, Lima time; now if left out."`
}

// Run sets, from a moment on, the services that may be decided by answering the
// mail that asks for it; before it, the list in force then holds.
func (p policyReplyCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, err := c.connect(ctx)
	if err != nil {
		return err
	}
	now, from, err := moment(ctx, d, p.From)
	if err != nil {
		return err
	}
	if err := allowReplies(ctx, d.Store, p.Services, now, from); err != nil {
		return err
	}
	list := "ninguno"
	if len(p.Services) > 0 {
		list = strings.Join(p.Services, ", ")
	}
	fmt.Fprintf(out, "Desde el %s se deciden también respondiendo el correo: %s.\n", from.In(deskword.Lima).Format("02/01/2006 15:04"), list)
	return nil
}

// allowReplies sets the services from a moment on. One that takes signing in can
// never be among them, nor one about which nobody decides.
func allowReplies(ctx context.Context, store settingsStore, services []string, now, from time.Time) error {
	published, err := store.Catalogues(ctx, from)
	if err != nil {
		return err
	}
	catalogue := published.At(from)
	_, err = changePolicy(ctx, store, now, from, func(p *flow.Policy) error {
		p.ReplyDecisions = nil
		for _, id := range services {
			service, ok := catalogue.Service(deskword.ServiceID(id))
			switch {
			case !ok:
				return fmt.Errorf("«%s» no está en el catálogo %s", id, catalogue.Version)
			case p.NeedsSignIn(service.ID):
				return fmt.Errorf("«%s» se decide con sesión iniciada: no puede decidirse respondiendo el correo", id)
			case !isDecided(service):
				return fmt.Errorf("«%s» no sigue un procedimiento con aprobación", id)
			}
			p.ReplyDecisions = append(p.ReplyDecisions, service.ID)
		}
		return nil
	})
	return err
}

// isDecided tells whether a procedure that the service follows asks for a decision.
func isDecided(s directory.Service) bool {
	return slices.ContainsFunc(s.Ways(), func(w directory.Way) bool { return len(flow.Stages(w.Flow, false)) > 0 })
}
