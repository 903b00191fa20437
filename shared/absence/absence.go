// Package absence is the use case of who will be away: the holder of a post or
// role says who stands in for them, from which day to which (R27, «o el que haga
// su vez»). An approval then goes to the substitute at once, and nothing waits for
// somebody on leave.
//
// It writes the same dated record of the directory that the administration's
// import writes, with the holder's own word as its basis. What a substitute did
// in those days stays theirs, «X por Y», when the record ends.
package absence

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// Store keeps the directory, and the mails about it.
type Store interface {
	LoadDirectory(ctx context.Context) (directory.Records, int, error)
	// SaveDirectory replaces the records if revision is still the stored one;
	// work.ErrConflict if not.
	SaveDirectory(ctx context.Context, r directory.Records, revision int) error
	// AddEffects writes outbox items; one that is there already stays as it is.
	AddEffects(ctx context.Context, effects []desk.Effect) error
}

// Desk takes what people say of their own absences.
type Desk struct {
	Store Store
	Now   func(ctx context.Context) (time.Time, error) // business clock
}

// MaxDays is the longest absence that its own holder may enter; a longer one is
// an appointment, which the administration enters with its document.
const MaxDays = 90

// attempts: the directory may be written by others at the same moment.
const attempts = 5

// Fields are what an absence takes.
func Fields(d *directory.Directory, me desk.PersonID, now time.Time) []flow.Field {
	return []flow.Field{
		{Name: "person", Label: "Quién le suple", Kind: flow.Choice, Options: choices(d, me, now), Missing: "Elija quién le suple."},
		{Name: "from", Label: "Desde", Kind: flow.Date, Missing: "Escriba desde qué día."},
		{Name: "until", Label: "Hasta, ese día incluido", Kind: flow.Date, Missing: "Escriba hasta qué día."},
		{Name: "reason", Label: "Motivo", Kind: flow.Line, Max: 80, Optional: true, Hint: "Por ejemplo: vacaciones, comisión de servicio."},
	}
}

// May tells why a person may not name a substitute; "" if they may.
func May(d *directory.Directory, me desk.PersonID, now time.Time) string {
	own := slices.DeleteFunc(d.RolesOf(me, now), func(g directory.Grant) bool { return g.Acting || g.Role == directory.Requester })
	switch {
	case len(own) == 0:
		return "Su cuenta no tiene un puesto ni una función que otra persona pueda suplir."
	case slices.ContainsFunc(own, func(g directory.Grant) bool { return g.Role == directory.Admin }):
		return "Quien administra el directorio registra ahí su suplencia: con ella pasaría también la administración."
	default:
		return ""
	}
}

// choices are the people who may stand in: those who work in the holder's unit,
// or in one that they head.
func choices(d *directory.Directory, me desk.PersonID, now time.Time) []flow.Option {
	units := map[desk.UnitID]bool{}
	for _, g := range d.RolesOf(me, now) {
		units[g.Unit] = !g.Acting || units[g.Unit]
	}
	var list []flow.Option
	for _, record := range d.Records().People {
		p, works := d.Person(record.ID, now)
		known := slices.ContainsFunc(list, func(o flow.Option) bool { return o.Value == string(p.ID) })
		if works && p.ID != me && p.Unit != "" && units[p.Unit] && !known {
			list = append(list, flow.Option{Value: string(p.ID), Label: p.Name})
		}
	}
	return list
}

// Of lists the absences of a person that are not over, in order of date.
func Of(d *directory.Directory, me desk.PersonID, now time.Time) []directory.Substitute {
	today := calendar.DateOf(now)
	var list []directory.Substitute
	for _, s := range d.Records().Substitutes {
		if s.Principal == me && (s.Until == calendar.Date{} || !s.Until.Before(today)) {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(a, b directory.Substitute) int { return a.From.Start().Compare(b.From.Start()) })
	return list
}

// Add enters an absence and tells both. Everything wrong with it is said at once;
// the same one sent twice is entered, and told, once.
func (k *Desk) Add(ctx context.Context, me desk.PersonID, typed desk.Fields) error {
	var told []desk.Effect
	err := k.change(ctx, func(r *directory.Records, now time.Time) error {
		d := directory.New(*r)
		if i := slices.IndexFunc(r.Substitutes, func(s directory.Substitute) bool { return same(s, me, typed) }); i >= 0 {
			told = letters(d, r.Substitutes[i], now)
			return errSame
		}
		s, err := read(d, me, typed, now)
		if err != nil {
			return err
		}
		r.Substitutes = append(slices.Clone(r.Substitutes), s)
		told = letters(d, s, now)
		return nil
	})
	if err != nil {
		return err
	}
	if err := k.Store.AddEffects(ctx, told); err != nil {
		return fmt.Errorf("absence entered and nobody told: %w", err)
	}
	return nil
}

// same tells whether a record is the very absence that was typed.
func same(s directory.Substitute, me desk.PersonID, typed desk.Fields) bool {
	return s.Principal == me && string(s.Person) == typed["person"] && s.From.String() == typed["from"] && s.Until.String() == typed["until"]
}

// errSame ends a change that finds its work done.
var errSame = errors.New("absence: nothing to change")

// End takes back an absence that begins on a day: one that has not begun is
// removed, one under way ends with yesterday.
func (k *Desk) End(ctx context.Context, me desk.PersonID, from calendar.Date) error {
	return k.change(ctx, func(r *directory.Records, now time.Time) error {
		list, today := slices.Clone(r.Substitutes), calendar.DateOf(now)
		i := slices.IndexFunc(list, func(s directory.Substitute) bool {
			return s.Principal == me && s.From == from && (s.Until == calendar.Date{} || !s.Until.Before(today))
		})
		switch {
		case i < 0:
			return desk.NewProblem(desk.NotFound, "R27", "Esa suplencia ya no está vigente.")
		case list[i].From.Before(today):
			list[i].Until = today.AddDays(-1)
		default:
			list = slices.Delete(list, i, i+1)
		}
		r.Substitutes = list
		return nil
	})
}

// change writes a change of the records as they are at that moment.
func (k *Desk) change(ctx context.Context, edit func(*directory.Records, time.Time) error) error {
	now, err := k.Now(ctx)
	if err != nil {
		return err
	}
	for range attempts {
		records, revision, err := k.Store.LoadDirectory(ctx)
		if err != nil {
			return fmt.Errorf("absence: %w", err)
		}
		if err := edit(&records, now); errors.Is(err, errSame) {
			return nil
		} else if err != nil {
			return err
		}
		if wrong := directory.Check(records); len(wrong) > 0 {
			return fmt.Errorf("absence: the directory would contradict itself: %s", wrong[0])
		}
		err = k.Store.SaveDirectory(ctx, records, revision)
		if err == nil || !errors.Is(err, work.ErrConflict) {
			return err
		}
	}
	return desk.NewProblem(desk.Busy, "", "El directorio está cambiando en este momento. Intente otra vez en unos segundos.")
}

// read makes a record of what was typed.
func read(d *directory.Directory, me desk.PersonID, typed desk.Fields, now time.Time) (directory.Substitute, error) {
	if why := May(d, me, now); why != "" {
		return directory.Substitute{}, desk.NewProblem(desk.Forbidden, "R27", "%s", why)
	}
	fields, wrong := flow.Validate(Fields(d, me, now), typed)
	s := directory.Substitute{Person: desk.PersonID(fields["person"]), Principal: me, Basis: basis(fields["reason"], now)}
	bad := func(name string) bool {
		return slices.ContainsFunc(wrong, func(p desk.FieldProblem) bool { return p.Field == name })
	}
	var errFrom, errUntil error
	s.From, errFrom = calendar.ParseDate(fields["from"])
	s.Until, errUntil = calendar.ParseDate(fields["until"])
	if !bad("from") && errFrom == nil && !bad("until") && errUntil == nil {
		wrong = append(wrong, checkDays(d, s, now)...)
	}
	if len(wrong) > 0 {
		return directory.Substitute{}, &desk.Problem{Code: desk.Invalid, Text: "Hay datos por corregir.", Clause: "R27", Fields: wrong}
	}
	return s, nil
}

func basis(reason string, now time.Time) string {
	text := "Registrada por su titular en PAU el " + now.In(desk.Lima).Format("02/01/2006 15:04")
	if reason != "" {
		text += ": " + reason
	}
	return text
}

// checkDays says what is wrong with the days of an absence.
func checkDays(d *directory.Directory, s directory.Substitute, now time.Time) []desk.FieldProblem {
	one := func(field, text string, args ...any) []desk.FieldProblem {
		return []desk.FieldProblem{{Field: field, Text: fmt.Sprintf(text, args...)}}
	}
	switch {
	case s.From.Before(calendar.DateOf(now)):
		return one("from", "La fecha debe ser hoy o posterior.")
	case s.Until.Before(s.From):
		return one("until", "El último día no puede ser anterior al primero.")
	case s.From.AddDays(MaxDays - 1).Before(s.Until):
		return one("until", "Elija hasta %d días: una suplencia más larga la registra la administración del directorio.", MaxDays)
	}
	for _, other := range d.Records().Substitutes {
		switch {
		case !other.Overlaps(s.Period):
		case other.Principal == s.Principal:
			return one("from", "Ya tiene suplente %s. Cambie esas fechas primero.", Days(other.Period))
		case other.Principal == s.Person && s.Person != "":
			return one("person", "%s también tiene suplente %s: elija a otra persona.", d.Name(s.Person), Days(other.Period))
		}
	}
	return nil
}

// Days is a period as a memorandum writes it: «del 01/10/2026 al 15/10/2026».
func Days(p directory.Period) string {
	shown := func(c calendar.Date) string { return c.Start().Format("02/01/2006") }
	switch {
	case p.Until == calendar.Date{} && p.From == calendar.Date{}:
		return "sin fecha de término"
	case p.Until == calendar.Date{}:
		return "desde el " + shown(p.From)
	case p.From == calendar.Date{}:
		return "hasta el " + shown(p.Until)
	default:
		return "del " + shown(p.From) + " al " + shown(p.Until)
	}
}
