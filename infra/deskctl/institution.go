package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	deskword "mesa/shared/desk"
	"mesa/shared/work"
)

// institutionCmd shows and changes whose desk it is: dated data, so that a
// renamed programme is a setting and not a release (R5).
type institutionCmd struct {
	Show institutionShowCmd `cmd:"" default:"1" help:"Muestra la institución en vigor. · Shows the institution in force."`
	Set  institutionSetCmd  `cmd:"" help:"Fija nombres, códigos y direcciones desde un día. · Sets names, codes and addresses from a day on."`
}

type institutionShowCmd struct{}

// Run prints the version in force, to be edited and set as the next one.
func (institutionShowCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, err := c.connect(ctx)
	if err != nil {
		return err
	}
	institution, err := d.Institution(ctx)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(institution)
}

type institutionSetCmd struct {
	File   string `arg:"" help:"Archivo JSON, como lo escribe «show». · JSON file, as «show» writes it." type:"existingfile"`
	From   string `help:"Desde qué día: 2027-01-01; si falta, ahora. · From which day; now if left out."`
	DryRun bool   `help:"Solo muestra los cambios. · Only shows the changes."`
}

// Run sets the version from a day on, or shows what it would change.
func (i institutionSetCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, now, err := c.connectNow(ctx)
	if err != nil {
		return err
	}
	from, err := startOf(i.From, now)
	if err != nil {
		return err
	}
	content, err := os.ReadFile(i.File)
	if err != nil {
		return err
	}
	return setInstitution(ctx, d.Store, content, from, i.DryRun, out)
}

// startOf is the first instant of a day in Lima that has not begun, or now.
func startOf(day string, now time.Time) (time.Time, error) {
	if day == "" {
		return now, nil
	}
	from, err := time.ParseInLocation(time.DateOnly, day, deskword.Lima)
	if err != nil {
		return from, fmt.Errorf("--from: «%s» no es una fecha como 2027-01-01", day)
	}
	if from.Before(now) {
		return from, fmt.Errorf("--from: %s ya empezó; escriba un día por venir, o ninguno para que rija desde ahora", day)
	}
	return from, nil
}

// institutions keeps the dated versions.
type institutions interface {
	Institution(ctx context.Context, at time.Time) (deskword.Institution, error)
	SetInstitution(ctx context.Context, i deskword.Institution, from time.Time) error
}

// setInstitution checks the whole file before anything is stored.
func setInstitution(ctx context.Context, store institutions, content []byte, from time.Time, dry bool, out io.Writer) error {
	var next deskword.Institution
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&next); err != nil {
		return fmt.Errorf("el archivo no es como lo escribe «deskctl institution show»: %w", err)
	}
	if err := next.Check(); err != nil {
		return fmt.Errorf("no se fijó nada; corrija:\n%w", err)
	}
	before, err := store.Institution(ctx, from)
	if err != nil {
		return err
	}
	if next.Version != before.Version || next.Approved != before.Approved {
		return fmt.Errorf("version, approved: en esa fecha rige la versión «%s», aprobada por «%s»; otra se publica con «deskctl procedure publish», que avisa a todas las personas", before.Version, before.Approved)
	}
	changes := before.Differences(next)
	for _, line := range changes {
		fmt.Fprintln(out, line)
	}
	if dry || len(changes) == 0 {
		return nil
	}
	if err := store.SetInstitution(ctx, next, from); err != nil {
		if errors.Is(err, work.ErrConflict) {
			return errors.New("ya hay una versión que empieza en ese momento: no se reescribe; escriba otro día")
		}
		return err
	}
	fmt.Fprintf(out, "Rige desde el %s.\n", from.In(deskword.Lima).Format("02/01/2006 15:04"))
	return nil
}
