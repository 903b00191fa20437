package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	deskword "mesa/shared/desk"
	"mesa/shared/edition"
	"mesa/shared/notify"
)

// procedureCmd shows and publishes the versions of the procedure (R1, R5).
type procedureCmd struct {
	Show    procedureShowCmd    `cmd:"" default:"1" help:"Muestra las versiones y hasta dónde llegó su aviso. · Shows the versions and how far their notice got."`
	Publish procedurePublishCmd `cmd:"" help:"Publica una versión: rige desde un día y se avisa a todas las personas. · Publishes a version: it rules from a day on and everybody is told."`
}

type procedureShowCmd struct{}

// Run lists the version in force when the first edition was published, then each edition.
func (procedureShowCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, now, err := c.connectNow(ctx)
	if err != nil {
		return err
	}
	return showProcedure(ctx, d.Store, now, out)
}

// editions keeps the versions and their notices.
type editions interface {
	edition.Store
	Telling(ctx context.Context, number int) (deskword.Telling, error)
}

func showProcedure(ctx context.Context, store editions, now time.Time, out io.Writer) error {
	house, err := store.Institution(ctx, now)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: rige la versión %s, aprobada por %s.\n", house.Procedure, house.Version, house.Approved)
	list, err := store.Editions(ctx, now)
	if err != nil {
		return err
	}
	for i, e := range list {
		told, err := store.Telling(ctx, i+1)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "\nVersión %s, rige desde el %s. %s.\n", e.Version, minute(e.From), e.Approved)
		fmt.Fprintf(out, "  Publicada el %s por %s: %s.\n", minute(e.At), e.By, strings.TrimSuffix(e.Reason, "."))
		for line := range strings.Lines(e.Changes) {
			fmt.Fprintln(out, "  + "+strings.TrimSuffix(line, "\n"))
		}
		if e.Guide != "" {
			fmt.Fprintln(out, "  Guía: "+e.Guide)
		}
		fmt.Fprintln(out, "  "+progress(told))
	}
	return nil
}

// progress says how far the notice of a version got.
func progress(t deskword.Telling) string {
	switch {
	case !t.DoneAt.IsZero():
		return fmt.Sprintf("Aviso: ordenado a %d personas, completo el %s.", t.People, minute(t.DoneAt))
	case t.People > 0:
		return fmt.Sprintf("Aviso: ordenado a %d personas; sigue en el horario de la oficina.", t.People)
	default:
		return "Aviso: empieza en el próximo minuto del horario de la oficina."
	}
}

func minute(at time.Time) string { return at.In(deskword.Lima).Format("02/01/2006 15:04") }

type procedurePublishCmd struct {
	Version  string `required:"" help:"Número de la versión: 02. · Number of the version."`
	Approved string `required:"" help:"Resolución que la aprueba y su fecha. · Resolution that approves it, and its date."`
	Changes  string `required:"" help:"Archivo de texto: qué cambia para las personas, una línea por cambio. · Text file: what changes for people, a change a line." type:"existingfile"`
	From     string `help:"Desde qué día rige: 2027-01-01; si falta, ahora. · From which day it rules; now if left out."`
	Guide    string `help:"Dirección https del texto aprobado; si falta, la guía de PAU. · https address of the approved text; PAU's own guide if left out."`
	By       string `required:"" help:"Quién la publica: código del directorio. · Who publishes it: id of the directory."`
	Reason   string `required:"" help:"Por qué se publica. · Why it is published."`
	DryRun   bool   `help:"Solo muestra el correo que recibiría cada persona. · Only shows the mail that each person would get."`
}

// Run publishes the version, or shows what everybody would be told.
func (p procedurePublishCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, now, err := c.connectNow(ctx)
	if err != nil {
		return err
	}
	return p.publish(ctx, d.Store, now, out)
}

func (p procedurePublishCmd) publish(ctx context.Context, store edition.Store, now time.Time, out io.Writer) error {
	from, err := startOf(p.From, now)
	if err != nil {
		return err
	}
	changes, err := os.ReadFile(p.Changes)
	if err != nil {
		return err
	}
	e := deskword.Edition{Version: p.Version, Approved: p.Approved, From: from, Changes: string(changes), Guide: p.Guide, By: deskword.PersonID(p.By), Reason: p.Reason}
	if p.DryRun {
		return preparing(ctx, store, e, now, out)
	}
	if e, err = edition.Publish(ctx, store, e, now); err != nil {
		return byFlag(err)
	}
	fmt.Fprintf(out, "Publicada: versión %s, rige desde el %s. Cada persona con correo recibe un aviso, en el horario de la oficina.\n", e.Version, minute(e.From))
	return nil
}

// preparing shows the mail that each person would get, and writes nothing.
func preparing(ctx context.Context, store edition.Store, e deskword.Edition, now time.Time, out io.Writer) error {
	e, _, err := edition.Check(ctx, store, e, now)
	if err != nil {
		return byFlag(err)
	}
	house, err := store.Institution(ctx, e.From.Add(-time.Second))
	if err != nil {
		return err
	}
	subject, text, err := notify.StoredCopy(notify.NewVersion(e, house.Version, now), house)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "No se publicó nada. Cada persona con correo recibiría:\n\n%s\n\n%s", subject, text)
	return nil
}

// byFlag says all that is wrong with an input under the names of its flags.
func byFlag(err error) error {
	p, ok := errors.AsType[*deskword.Problem](err)
	if !ok {
		return err
	}
	if len(p.Fields) == 0 {
		return errors.New(p.Text)
	}
	lines := make([]string, len(p.Fields))
	for i, f := range p.Fields {
		lines[i] = "--" + f.Field + ": " + f.Text
	}
	return fmt.Errorf("no se publicó nada; corrija:\n%s", strings.Join(lines, "\n"))
}
