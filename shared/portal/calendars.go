package portal

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/icalendar"
	"mesa/shared/web"
	"mesa/shared/work"
)

const calendarsPath = "/admin/calendars"

func yearPath(year int) string { return calendarsPath + "/" + strconv.Itoa(year) }

func (p *Portal) calendarRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET "+calendarsPath, p.page((*visit).thisYear))
	mux.HandleFunc("GET "+calendarsPath+"/{year}", p.page((*visit).daysOffPage))
	mux.HandleFunc("GET "+calendarsPath+"/{year}/file", p.page((*visit).exportDays))
	mux.HandleFunc("POST "+calendarsPath+"/{year}/days", p.page((*visit).addDay))
	mux.HandleFunc("POST "+calendarsPath+"/{year}/files", p.page((*visit).importDays))
	mux.HandleFunc("GET "+calendarsPath+"/{year}/removals", p.page((*visit).showRemoval))
	mux.HandleFunc("POST "+calendarsPath+"/{year}/removals", p.page((*visit).removeDay))
}

// thisYear leads to the present year, for those who read the calendar at all.
func (v *visit) thisYear() error {
	if !v.operator() {
		return notFound()
	}
	return v.leave(yearPath(calendar.DateOf(v.now).Year))
}

// years that have a page.
const firstYear, lastYear = 2020, 2099

// year is the one of the path. Operators read the calendar; the administration
// writes it too.
func (v *visit) year() (int, error) {
	year, err := strconv.Atoi(v.r.PathValue("year"))
	switch {
	case !v.operator() || err != nil || year < firstYear || year > lastYear:
		return 0, notFound()
	case v.r.Method == http.MethodPost && !v.rights.Admin:
		return 0, desk.NewProblem(desk.Forbidden, "R154", "El calendario lo cambia la administración de PAU.")
	}
	return year, nil
}

// daysOffPage is /admin/calendars/{year}.
func (v *visit) daysOffPage() error {
	year, err := v.year()
	if err != nil {
		return err
	}
	switch n, err := strconv.Atoi(v.query("added")); {
	case err == nil && n == 1:
		v.notice(web.Done, "Se agregó un día. Los plazos abiertos ya cuentan con él.")
	case err == nil && n > 1:
		v.notice(web.Done, fmt.Sprintf("Se agregaron %d días. Los plazos abiertos ya cuentan con ellos.", n))
	case err == nil:
		v.notice(web.Done, "El archivo no trae días nuevos: todos ya estaban.")
	case v.query("removed") != "":
		v.notice(web.Done, "Se quitó el día. Los plazos abiertos ya no cuentan con él.")
	}
	return v.drawDaysOff(year, nil, "")
}

// drawDaysOff draws the year, with what was typed and what is wrong.
func (v *visit) drawDaysOff(year int, wrong map[string]string, wrongFile string) error {
	book := v.directory.Days()
	page := web.DaysOff{Year: strconv.Itoa(year), Next: v.directory.CalendarOf("", v.now).NextDayOpening(v.now), Hours: v.unitHours(), Export: yearPath(year) + "/file",
		Earlier: web.Link{Label: strconv.Itoa(year - 1), Href: yearPath(year - 1)}, Later: web.Link{Label: strconv.Itoa(year + 1), Href: yearPath(year + 1)}}
	for _, kind := range calendar.Kinds() {
		if g := v.dayGroup(kind, year, book); kind != calendar.KindWorked || len(g.Days) > 0 { // hardly ever
			page.Groups = append(page.Groups, g)
		}
	}
	for _, c := range slices.Backward(book.Changes) {
		page.Changes = append(page.Changes, v.dayChange(c))
		if len(page.Changes) == maxDayChanges {
			break
		}
	}
	if v.rights.Admin {
		page.Add = web.DayOffForm(yearPath(year)+"/days", kindOptions(), v.sedeOptions(), web.Filled{Values: v.dayTyped(), Errors: wrong})
		page.Import = web.DayOffImportForm(yearPath(year)+"/files", wrongFile)
	}
	return v.show(page)
}

// maxDayChanges keeps the history short; all of it is stored.
const maxDayChanges = 20

// dayGroup is the days off of one kind in a year.
func (v *visit) dayGroup(kind calendar.Kind, year int, book calendar.Book) web.DayGroup {
	g := web.DayGroup{ID: string(kind), None: "Ninguno registrado en " + strconv.Itoa(year) + "."}
	for _, d := range book.Year(year) {
		if d.Kind == kind {
			line := v.dayLine(d)
			if _, err := book.Removable(d.From, d.Sede, v.now); err == nil && v.rights.Admin {
				line.Remove = removalPath(year, d)
			}
			g.Days = append(g.Days, line)
		}
	}
	words := map[calendar.Kind][2]string{calendar.KindNational: {"feriado nacional", "feriados nacionales"}, calendar.KindDecree: {"día no laborable", "días no laborables"},
		calendar.KindRegional: {"feriado regional", "feriados regionales"}, calendar.KindWorked: {"feriado sin efecto", "feriados sin efecto"}}[kind]
	word := words[1]
	if len(g.Days) == 1 {
		word = words[0]
	}
	g.Title = strconv.Itoa(len(g.Days)) + " " + word
	return g
}

func removalPath(year int, d calendar.DayOff) string {
	return yearPath(year) + "/removals?" + query("from", d.From.String(), "sede", string(d.Sede))
}

func (v *visit) dayLine(d calendar.DayOff) web.DayOffLine {
	line := web.DayOffLine{When: d.When(), Name: d.Name, Source: d.Source}
	if d.Sede != "" {
		line.Scope = "solo " + v.sedeName(d.Sede)
	}
	return line
}

func (v *visit) sedeName(id desk.SedeID) string {
	if s, ok := v.directory.Sede(id, v.now); ok {
		return s.Name
	}
	return string(id)
}

// dayChange words one entry of the history.
func (v *visit) dayChange(c calendar.Change) web.DayChange {
	shown := web.DayChange{At: c.At, By: "Operación de PAU, por deskctl", Reason: c.Reason}
	if c.By != "" {
		shown.By = v.directory.Name(c.By)
	}
	said := func(verb string, days []calendar.DayOff) {
		for i, d := range days {
			if i == maxDaysOff && len(days) > maxDaysOff+1 {
				shown.What = append(shown.What, fmt.Sprintf("y %d más", len(days)-i))
				return
			}
			line := v.dayLine(d)
			if line.Scope != "" {
				line.Name += ", " + line.Scope
			}
			shown.What = append(shown.What, verb+" "+line.When+", "+line.Name)
		}
	}
	said("Se agregó", c.Add)
	said("Se quitó", c.Remove)
	return shown
}

// unitHours are the weekly hours of the desk, and of each unit that has its own.
func (v *visit) unitHours() []web.Datum {
	common := hoursLine(v.directory.CalendarOf("", v.now))
	list := []web.Datum{{Label: "Todas las unidades", Value: common}}
	for _, u := range v.directory.Records().Units {
		if !u.Holds(v.now) {
			continue
		}
		if own := hoursLine(v.directory.CalendarOf(u.ID, v.now)); own != common {
			list = append(list, web.Datum{Label: u.Name, Value: own})
		}
	}
	if len(list) > 1 {
		list[0].Label = "Las demás unidades"
		list = append(list[1:], list[0])
	}
	return list
}

func hoursLine(c calendar.Calendar) string {
	var parts []string
	for _, d := range weekLines(c.Hours()) {
		parts = append(parts, d.Label+": "+strings.ToLower(d.Value))
	}
	return strings.Join(parts, "; ")
}

func kindOptions() []web.Option {
	var options []web.Option
	for _, k := range calendar.Kinds() {
		o := web.Option{Value: string(k), Label: k.Label()}
		if k == calendar.KindWorked {
			o.Hint = "Una norma deja sin efecto, o traslada, un feriado nacional: ese día se trabaja."
		}
		options = append(options, o)
	}
	return options
}

func (v *visit) sedeOptions() []web.Option {
	var options []web.Option
	for _, s := range v.directory.Records().Sedes {
		if s.Holds(v.now) {
			options = append(options, web.Option{Value: string(s.ID), Label: s.Name})
		}
	}
	return options
}

// exportDays answers the year as a calendar file.
func (v *visit) exportDays() error {
	year, err := v.year()
	if err != nil {
		return err
	}
	base, err := url.Parse(v.BaseURL)
	if err != nil {
		return err
	}
	content := icalendar.Write(v.directory.Days().Year(year), icalendar.Origin{Procedure: v.house().Norm(), Domain: base.Hostname(), At: v.now})
	v.w.Header().Set("Content-Type", icalendar.Type)
	v.w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="calendario-%d.ics"`, year))
	v.w.Header().Set("X-Content-Type-Options", "nosniff")
	_, err = v.w.Write(content)
	return err
}

// changeDays makes the change that plan wants of the calendar as it stands; when
// somebody else changed it first, of what it has become.
func (v *visit) changeDays(plan func(calendar.Book) (calendar.Change, error)) error {
	for range 3 {
		change, err := plan(v.directory.Days())
		if err != nil || len(change.Add)+len(change.Remove) == 0 {
			return err
		}
		if err = v.Calendars.ChangeCalendar(v.r.Context(), change); !errors.Is(err, work.ErrConflict) {
			return err
		}
		if v.directory, v.catalogues, v.rights, err = v.Reader.World(v.r.Context(), v.act("")); err != nil {
			return err
		}
		if !v.rights.Admin {
			return notFound()
		}
	}
	return desk.NewProblem(desk.Busy, "R154", "Otras personas están cambiando el calendario a la vez. Intente otra vez en unos segundos.")
}
