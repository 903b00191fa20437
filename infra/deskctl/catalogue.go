package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"mesa/shared/calendar"
	deskword "mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/work"
)

type catalogueCmd struct {
	Import catalogueImportCmd `cmd:"" help:"Publica una versión del catálogo desde un CSV: todo o nada. · Publishes a version of the catalogue from a CSV: all or nothing."`
	Export catalogueExportCmd `cmd:"" help:"Escribe el catálogo vigente como CSV. · Writes the catalogue in force as CSV."`
}

type catalogueImportCmd struct {
	File      string `arg:"" help:"Archivo CSV. · CSV file." type:"existingfile"`
	Version   string `required:"" help:"Código de la versión: «02». · Code of the version."`
	Effective string `required:"" help:"Desde qué día se ofrece: 2027-01-01. · Day from which it is offered."`
	DryRun    bool   `help:"Solo muestra los cambios. · Only shows the changes."`
}

// Run publishes the version, or shows what it would change.
func (i catalogueImportCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, now, err := c.connectNow(ctx)
	if err != nil {
		return err
	}
	published, err := d.Store.Catalogues(ctx, now)
	if err != nil {
		return err
	}
	next, err := i.read(published, now)
	if err != nil {
		return err
	}
	printChanges(out, directory.CompareCatalogues(published.At(next.Effective.Start()), next))
	if i.DryRun {
		return nil
	}
	if err := d.Store.PublishCatalogue(ctx, next); err != nil {
		if errors.Is(err, work.ErrConflict) {
			return fmt.Errorf("la versión «%s» ya existe: una versión publicada no cambia, use otro código", next.Version)
		}
		return err
	}
	fmt.Fprintf(out, "Publicado: catálogo %s, se ofrece desde el %s.\n", next.Version, next.Effective)
	return nil
}

// read parses the file and refuses what would change the past: a version that
// exists, a day that has begun, a replacement of what was never offered.
func (i catalogueImportCmd) read(published directory.Catalogues, now time.Time) (directory.Catalogue, error) {
	effective, err := calendar.ParseDate(i.Effective)
	if err != nil {
		return directory.Catalogue{}, fmt.Errorf("--effective: «%s» no es una fecha como 2027-01-01", i.Effective)
	}
	if !calendar.DateOf(now).Before(effective) {
		return directory.Catalogue{}, fmt.Errorf("--effective: %s ya empezó; publique desde mañana o después: los casos conservan la versión del día en que se abrieron", effective)
	}
	if _, there := published.Version(i.Version); there || i.Version == directory.FirstVersion {
		return directory.Catalogue{}, fmt.Errorf("--version: la versión «%s» ya existe", i.Version)
	}
	content, err := os.ReadFile(i.File)
	if err != nil {
		return directory.Catalogue{}, err
	}
	next, problems := directory.ParseCatalogue(i.Version, effective, directory.File{Name: filepath.Base(i.File), Content: bytes.NewReader(content)})
	if len(problems) > 0 {
		return directory.Catalogue{}, problemsError("no se publicó nada", problems)
	}
	return next, neverOffered(next, published)
}

// neverOffered refuses to replace a service that no version ever had.
func neverOffered(next directory.Catalogue, published directory.Catalogues) error {
	all := append(directory.Catalogues{directory.First()}, published...)
	for _, s := range next.Services {
		for _, old := range s.Replaces {
			if !slices.ContainsFunc(all, func(c directory.Catalogue) bool { _, ok := c.Service(old); return ok }) {
				return fmt.Errorf("no se publicó nada: «%s» dice reemplazar a «%s», que ninguna versión tuvo", s.ID, deskword.ServiceID(old))
			}
		}
	}
	return nil
}

type catalogueExportCmd struct {
	File string `arg:"" help:"Archivo de salida. · Output file." type:"path"`
}

// Run writes the version in force, to be edited and imported as the next one.
func (e catalogueExportCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, now, err := c.connectNow(ctx)
	if err != nil {
		return err
	}
	published, err := d.Store.Catalogues(ctx, now)
	if err != nil {
		return err
	}
	current := published.At(now)
	content, err := directory.FormatCatalogue(current)
	if err != nil {
		return err
	}
	if err := os.WriteFile(e.File, content, 0o600); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: catálogo %s, %d servicios.\n", e.File, current.Version, len(current.Services))
	return nil
}
