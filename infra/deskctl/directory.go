package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	deskword "mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/work"
)

type directoryCmd struct {
	Import directoryImportCmd `cmd:"" help:"Importa tablas CSV: todo o nada. · Imports CSV tables: all or nothing."`
	Export directoryExportCmd `cmd:"" help:"Escribe el directorio como CSV en una carpeta. · Writes the directory as CSV into a folder."`
}

type directoryImportCmd struct {
	Files  []string `arg:"" help:"Archivos CSV; cada uno reemplaza su tabla. · CSV files; each replaces its table." type:"existingfile"`
	DryRun bool     `help:"Solo muestra los cambios. · Only shows the changes."`
}

// Run imports the files, or shows what they would change.
func (i directoryImportCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, err := c.connect(ctx)
	if err != nil {
		return err
	}
	before, revision, err := d.Store.LoadDirectory(ctx)
	if err != nil {
		return err
	}
	after, err := readTables(before, i.Files)
	if err != nil {
		return err
	}
	changes := directory.Compare(before, after)
	printChanges(out, changes)
	if len(changes) == 0 {
		return nil
	}
	now, err := d.Now(ctx)
	if err != nil {
		return err
	}
	if err := leavingOf(before, after, now).check(ctx, d.Store, out); err != nil || i.DryRun {
		return err
	}
	if err := d.Store.SaveDirectory(ctx, after, revision); err != nil {
		if errors.Is(err, work.ErrConflict) {
			return errors.New("el directorio cambió mientras tanto: importe otra vez")
		}
		return err
	}
	fmt.Fprintf(out, "Importado: revisión %d.\n", revision+1)
	return nil
}

// readTables parses all files; every bad cell is named and nothing is imported.
func readTables(base directory.Records, names []string) (directory.Records, error) {
	var files []directory.File
	for _, name := range names {
		content, err := os.ReadFile(name) //nolint:gosec // the files that the operator names
		if err != nil {
			return base, err
		}
		files = append(files, directory.File{Name: filepath.Base(name), Content: bytes.NewReader(content)})
	}
	after, problems := directory.ParseCSV(base, files...)
	if len(problems) == 0 {
		return after, nil
	}
	return base, problemsError("no se importó nada", problems)
}

// problemsError names every bad cell at once.
func problemsError(what string, problems []directory.Problem) error {
	lines := make([]string, 0, len(problems))
	for _, p := range problems {
		lines = append(lines, p.String())
	}
	return fmt.Errorf("%s; corrija:\n%s", what, strings.Join(lines, "\n"))
}

// printChanges shows what an import changes, table by table, and the count.
func printChanges(out io.Writer, changes []directory.Change) {
	var table directory.Kind
	for _, change := range changes {
		if change.Kind != table {
			table = change.Kind
			fmt.Fprintf(out, "%s (%s)\n", directory.TableName(table), table)
		}
		fmt.Fprintln(out, "  "+change.String())
	}
	fmt.Fprintln(out, directory.Summary(changes))
}

// tickets is a store whose tickets can all be visited.
type tickets interface {
	Tickets(ctx context.Context, cursor string, limit int) ([]deskword.TicketID, string, error)
	Load(ctx context.Context, id deskword.TicketID) (work.Stored, error)
}

// eachTicket visits every ticket.
func eachTicket(ctx context.Context, store tickets, visit func(work.Stored) error) error {
	cursor := ""
	for {
		ids, next, err := store.Tickets(ctx, cursor, 1000)
		if err != nil {
			return err
		}
		for _, id := range ids {
			s, err := store.Load(ctx, id)
			if err != nil {
				return err
			}
			if err := visit(s); err != nil {
				return err
			}
		}
		if cursor = next; cursor == "" {
			return nil
		}
	}
}

type directoryExportCmd struct {
	Folder string `arg:"" help:"Carpeta de salida. · Output folder." type:"path"`
}

// Run writes one CSV file for each table.
func (e directoryExportCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, err := c.connect(ctx)
	if err != nil {
		return err
	}
	records, _, err := d.Store.LoadDirectory(ctx)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(e.Folder, 0o750); err != nil {
		return err
	}
	for _, kind := range directory.Kinds() {
		content, err := directory.FormatCSV(records, kind)
		if err != nil {
			return err
		}
		name := filepath.Join(e.Folder, string(kind)+".csv")
		if err := os.WriteFile(name, content, 0o600); err != nil {
			return err
		}
		fmt.Fprintln(out, name)
	}
	return nil
}
