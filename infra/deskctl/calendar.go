package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"mesa/shared/calendar"
	deskword "mesa/shared/desk"
	"mesa/shared/icalendar"
	"mesa/shared/work"
)

// calendarCmd shows and changes the days off (R154). Changes are kept for ever,
// each with its moment; what is done here bears no person's name: the operator's.
type calendarCmd struct {
	Show   calendarShowCmd   `cmd:"" default:"withargs" help:"Muestra los días no laborables de un año. · Shows the days off of a year."`
	Import calendarImportCmd `cmd:"" help:"Agrega los de un archivo de calendario: todos o ninguno. · Adds those of a calendar file: all or none."`
	Export calendarExportCmd `cmd:"" help:"Escribe los de un año como archivo de calendario. · Writes those of a year as a calendar file."`
	Add    calendarAddCmd    `cmd:"" help:"Agrega un día. · Adds a day."`
	Remove calendarRemoveCmd `cmd:"" help:"Quita un día que no ha llegado. · Takes out a day that has not come."`
}

// calendars is the directory with its days off, and their changes.
type calendars interface {
	work.Directory
	work.Calendars
}

type calendarShowCmd struct {
	Year int `arg:"" optional:"" help:"Año; si falta, el presente. · Year; the present one if left out."`
}

// Run lists a year, national holidays first by date like all others, and the next working day.
func (s calendarShowCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, now, err := c.connectNow(ctx)
	if err != nil {
		return err
	}
	return showCalendar(ctx, d.Store, orThisYear(s.Year, now), now, out)
}

func orThisYear(year int, now time.Time) int {
	if year == 0 {
		return calendar.DateOf(now).Year
	}
	return year
}

func showCalendar(ctx context.Context, store calendars, year int, now time.Time, out io.Writer) error {
	snapshot, err := store.Directory(ctx)
	if err != nil {
		return err
	}
	for _, d := range snapshot.Days().Year(year) {
		fmt.Fprintln(out, lineOf(d))
	}
	next := snapshot.CalendarOf("", now).NextDayOpening(now)
	fmt.Fprintf(out, "Próximo día hábil: %s\n", next.In(deskword.Lima).Format("02/01/2006"))
	return nil
}

// lineOf is a day off on one line.
func lineOf(d calendar.DayOff) string {
	parts := []string{d.When(), d.Kind.Label()}
	if d.Sede != "" {
		parts = append(parts, string(d.Sede))
	}
	return strings.Join(append(parts, d.Name, d.Source), " · ")
}

type calendarImportCmd struct {
	File   string `arg:"" help:"Archivo .ics. · .ics file." type:"existingfile"`
	DryRun bool   `help:"Solo muestra los cambios. · Only shows the changes."`
}

// Run adds the days of the file that are not there yet, or names all that is wrong.
func (i calendarImportCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, now, err := c.connectNow(ctx)
	if err != nil {
		return err
	}
	content, err := os.ReadFile(i.File)
	if err != nil {
		return err
	}
	return importCalendar(ctx, d.Store, content, now, i.DryRun, out)
}

func importCalendar(ctx context.Context, store calendars, content []byte, now time.Time, dry bool, out io.Writer) error {
	snapshot, err := store.Directory(ctx)
	if err != nil {
		return err
	}
	days, faults := icalendar.Read(content, snapshot.SedeNamed)
	if len(faults) > 0 {
		return faultsError(faults)
	}
	return addDays(ctx, store, snapshot, days, now, dry, out)
}

// faultsError names every bad entry at once.
func faultsError(faults []calendar.Fault) error {
	lines := make([]string, 0, len(faults))
	for _, f := range faults {
		lines = append(lines, f.String())
	}
	return fmt.Errorf("no se cambió nada; corrija:\n%s", strings.Join(lines, "\n"))
}

// addDays plans, shows and stores.
func addDays(ctx context.Context, store calendars, snapshot work.Snapshot, days []calendar.DayOff, now time.Time, dry bool, out io.Writer) error {
	add, there, faults := snapshot.PlanDays(days)
	if len(faults) > 0 {
		return faultsError(faults)
	}
	for _, d := range add {
		fmt.Fprintln(out, "+ "+lineOf(d))
	}
	fmt.Fprintf(out, "%d por agregar, %d que ya estaban.\n", len(add), there)
	if dry || len(add) == 0 {
		return nil
	}
	change := snapshot.Days().Next(now, "")
	change.Add = add
	return storeChange(ctx, store, change)
}

func storeChange(ctx context.Context, store calendars, change calendar.Change) error {
	err := store.ChangeCalendar(ctx, change)
	if errors.Is(err, work.ErrConflict) {
		return errors.New("el calendario cambió mientras tanto: repita la orden")
	}
	return err
}

type calendarExportCmd struct {
	File string `arg:"" help:"Archivo .ics que se escribe. · .ics file to write." type:"path"`
	Year int    `help:"Año; si falta, el presente. · Year; the present one if left out."`
}

// Run writes the file.
func (e calendarExportCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, now, err := c.connectNow(ctx)
	if err != nil {
		return err
	}
	book, err := d.Store.Calendar(ctx)
	if err != nil {
		return err
	}
	institution, err := d.Institution(ctx)
	if err != nil {
		return err
	}
	content := icalendar.Write(book.Year(orThisYear(e.Year, now)), icalendar.Origin{Procedure: institution.Norm(), Domain: d.Values.MailDomain, At: now})
	if err := os.WriteFile(e.File, content, 0o600); err != nil {
		return err
	}
	fmt.Fprintln(out, e.File)
	return nil
}

type calendarAddCmd struct {
	Date   string `arg:"" help:"Primer día: 2026-12-24. · First day."`
	Until  string `help:"Último día, si son varios. · Last day, if there are several."`
	Kind   string `help:"national, decree, regional o worked (un feriado nacional sin efecto). · Kind." enum:"national,decree,regional,worked" default:"decree"`
	Sede   string `help:"Sede de un feriado regional, por código o nombre. · Sede of a regional holiday."`
	Name   string `help:"Cómo se llama el día. · Its name." required:""`
	Source string `help:"Norma que lo declara: «DS 000-2026-PCM». · The norm that declares it." required:""`
}

// Run adds the day.
func (a calendarAddCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, now, err := c.connectNow(ctx)
	if err != nil {
		return err
	}
	return a.add(ctx, d.Store, now, out)
}

func (a calendarAddCmd) add(ctx context.Context, store calendars, now time.Time, out io.Writer) error {
	snapshot, err := store.Directory(ctx)
	if err != nil {
		return err
	}
	day := calendar.DayOff{Kind: calendar.Kind(a.Kind), Name: a.Name, Source: a.Source, Sede: deskword.SedeID(a.Sede)}
	if id, known := snapshot.SedeNamed(a.Sede); known {
		day.Sede = id
	}
	if day.From, err = typedDate(a.Date); err != nil {
		return err
	}
	day.Until = day.From
	if a.Until != "" {
		if day.Until, err = typedDate(a.Until); err != nil {
			return err
		}
	}
	return addDays(ctx, store, snapshot, []calendar.DayOff{day}, now, false, out)
}

func typedDate(text string) (calendar.Date, error) {
	date, err := calendar.ParseDate(text)
	if err != nil {
		return date, fmt.Errorf("«%s» no es una fecha como 2026-12-24", text)
	}
	return date, nil
}

type calendarRemoveCmd struct {
	Date   string `arg:"" help:"Primer día del que se quita: 2026-12-24. · First day of what is taken out."`
	Sede   string `help:"Sede, si es un feriado regional. · Sede, of a regional holiday."`
	Reason string `help:"Por qué se quita. · Why." required:""`
}

// Run takes the day out.
func (r calendarRemoveCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, now, err := c.connectNow(ctx)
	if err != nil {
		return err
	}
	return r.remove(ctx, d.Store, now, out)
}

func (r calendarRemoveCmd) remove(ctx context.Context, store calendars, now time.Time, out io.Writer) error {
	from, err := typedDate(r.Date)
	if err != nil {
		return err
	}
	snapshot, err := store.Directory(ctx)
	if err != nil {
		return err
	}
	sede := deskword.SedeID(r.Sede)
	if id, known := snapshot.SedeNamed(r.Sede); known {
		sede = id
	}
	if strings.TrimSpace(r.Reason) == "" {
		return errors.New("--reason: escriba por qué se quita")
	}
	day, err := snapshot.Days().Removable(from, sede, now)
	if err != nil {
		return err
	}
	change := snapshot.Days().Next(now, "")
	change.Remove, change.Reason = []calendar.DayOff{day}, strings.TrimSpace(r.Reason)
	if err := storeChange(ctx, store, change); err != nil {
		return err
	}
	fmt.Fprintln(out, "− "+lineOf(day))
	return nil
}
