package portal

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/icalendar"
	"mesa/shared/web"
)

// faulty is a plan that came to nothing: what is wrong with each record.
type faulty []calendar.Fault

func (f faulty) Error() string { return strconv.Itoa(len(f)) + " faults" }

// planned adds days to the calendar, all or none.
func (v *visit) planned(days []calendar.DayOff, added *int) func(calendar.Book) (calendar.Change, error) {
	return func(b calendar.Book) (calendar.Change, error) {
		change := b.Next(v.now, v.me())
		add, _, faults := v.directory.PlanDays(days)
		if len(faults) > 0 {
			return change, faulty(faults)
		}
		change.Add, *added = add, len(add)
		return change, nil
	}
}

// addDay adds what the form says; a day that is there already is there.
func (v *visit) addDay() error {
	year, err := v.year()
	if err != nil {
		return err
	}
	day, wrong := v.typedDay()
	added := 0
	if len(wrong) == 0 {
		err = v.changeDays(v.planned([]calendar.DayOff{day}, &added))
	}
	if faults, ok := errors.AsType[faulty](err); ok {
		for _, f := range faults {
			wrong[f.Field] = f.Text
		}
		err = nil
	}
	if len(wrong) > 0 {
		return v.drawDaysOff(year, wrong, "")
	}
	if err != nil {
		return err
	}
	return v.leave(yearPath(day.From.Year) + "?added=" + strconv.Itoa(added))
}

// dayTyped is what the form of a day holds.
func (v *visit) dayTyped() map[string]string {
	typed := map[string]string{}
	for _, name := range []string{calendar.FieldFrom, calendar.FieldUntil, calendar.FieldKind, calendar.FieldSede, calendar.FieldName, calendar.FieldSource} {
		typed[name] = strings.TrimSpace(v.typed.Get(name))
	}
	return typed
}

// typedDay reads the form. A sede chosen before the kind was changed is not meant.
func (v *visit) typedDay() (calendar.DayOff, map[string]string) {
	typed, wrong := v.dayTyped(), map[string]string{}
	d := calendar.DayOff{Kind: calendar.Kind(typed[calendar.FieldKind]), Name: typed[calendar.FieldName], Source: typed[calendar.FieldSource]}
	if d.Kind == calendar.KindRegional {
		d.Sede = desk.SedeID(typed[calendar.FieldSede])
	}
	read := func(field string) calendar.Date {
		date, err := calendar.ParseDate(web.TypedDate(typed[field]))
		if err != nil {
			wrong[field] = "Escriba la fecha con día, mes y año, por ejemplo 24/12/2026."
		}
		return date
	}
	d.From = read(calendar.FieldFrom)
	if d.Until = d.From; typed[calendar.FieldUntil] != "" {
		d.Until = read(calendar.FieldUntil)
	}
	if len(wrong) > 0 { // the rest is told in the same round
		rest := d
		rest.From, rest.Until = calendar.DateOf(v.now), calendar.DateOf(v.now)
		for _, p := range v.directory.CheckDay(rest) {
			wrong[p.Field] = p.Text
		}
	}
	return d, wrong
}

// maxFaultsShown keeps the page readable; the first ones lead to the rest.
const maxFaultsShown = 20

// importDays adds the days of a calendar file, all or none.
func (v *visit) importDays() error {
	year, err := v.year()
	if err != nil {
		return err
	}
	content, err := v.typedFile("file")
	if err != nil {
		return err
	}
	if len(content) == 0 {
		return v.drawDaysOff(year, nil, "Elija el archivo .ics que va a importar.")
	}
	days, faults := icalendar.Read(content, v.directory.SedeNamed)
	added := 0
	if len(faults) == 0 {
		err = v.changeDays(v.planned(days, &added))
	}
	if planned, ok := errors.AsType[faulty](err); ok {
		faults, err = planned, nil
	}
	switch {
	case err != nil:
		return err
	case len(faults) > 0:
		return v.drawDaysOff(year, nil, "No se agregó ningún día. "+faultsLine(faults))
	}
	return v.leave(yearPath(year) + "?added=" + strconv.Itoa(added))
}

func faultsLine(faults []calendar.Fault) string {
	var lines []string
	for i, f := range faults {
		if i == maxFaultsShown {
			lines = append(lines, "Hay "+strconv.Itoa(len(faults)-i)+" más.")
			break
		}
		lines = append(lines, f.String())
	}
	return strings.Join(lines, " ")
}

// typedFile is the content of a file that came with the form; empty if none did.
func (v *visit) typedFile(name string) ([]byte, error) {
	if v.r.MultipartForm == nil || len(v.r.MultipartForm.File[name]) == 0 {
		return nil, nil
	}
	file, err := v.r.MultipartForm.File[name][0].Open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, icalendar.MaxBytes+1))
}

// removal is the day off that the address names.
func (v *visit) removal(b calendar.Book) (calendar.DayOff, error) {
	from, err := calendar.ParseDate(v.r.FormValue(calendar.FieldFrom))
	if err != nil {
		return calendar.DayOff{}, notFound()
	}
	return b.Removable(from, desk.SedeID(v.r.FormValue(calendar.FieldSede)), v.now)
}

// showRemoval asks why a day off is taken out.
func (v *visit) showRemoval() error {
	year, err := v.year()
	if err != nil {
		return err
	}
	if !v.rights.Admin {
		return notFound()
	}
	day, err := v.removal(v.directory.Days())
	if err != nil {
		return err
	}
	return v.drawRemoval(year, day, web.Filled{})
}

func (v *visit) drawRemoval(year int, day calendar.DayOff, in web.Filled) error {
	return v.show(web.DayOffRemoval{Year: strconv.Itoa(year), Back: yearPath(year), Day: v.dayLine(day), Form: web.DayOffRemovalForm(removalPath(year, day), yearPath(year), in)})
}

// removeDay takes it out, with the reason.
func (v *visit) removeDay() error {
	year, err := v.year()
	if err != nil {
		return err
	}
	reason := strings.Join(strings.Fields(v.typed.Get("reason")), " ")
	problem := ""
	switch {
	case reason == "":
		problem = "Escriba por qué se quita."
	case len([]rune(reason)) > maxReason:
		problem = "Acorte el motivo: el máximo es " + strconv.Itoa(maxReason) + " caracteres."
	}
	if problem != "" {
		day, err := v.removal(v.directory.Days())
		if err != nil {
			return err
		}
		return v.drawRemoval(year, day, web.Filled{Values: map[string]string{"reason": reason}, Errors: map[string]string{"reason": problem}})
	}
	err = v.changeDays(func(b calendar.Book) (calendar.Change, error) {
		change := b.Next(v.now, v.me())
		day, err := v.removal(b)
		change.Remove, change.Reason = []calendar.DayOff{day}, reason
		return change, err
	})
	if err != nil {
		return err
	}
	return v.leave(yearPath(year) + "?removed=1")
}

// maxReason is how long a reason of the history may be.
const maxReason = 300
