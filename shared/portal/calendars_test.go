package portal_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/icalendar"
	"mesa/shared/work"
)

const year2026 = "/admin/calendars/2026"

// sendCalendar sends the form of a calendar file, as a browser does.
func (b *browser) sendCalendar(form url.Values, content []byte) page {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for field, values := range form {
		if field == "file" {
			continue
		}
		if err := w.WriteField(field, values[0]); err != nil {
			b.t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("file", "feriados.ics")
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		b.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		b.t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(b.t.Context(), http.MethodPost, year2026+"/files", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	rec := httptest.NewRecorder()
	b.site.handler.ServeHTTP(rec, r)
	root, err := html.Parse(strings.NewReader(rec.Body.String()))
	if err != nil {
		b.t.Fatal(err)
	}
	return page{rec.Code, rec.Header().Get("Location"), rec.Body.String(), root, rec.Header().Get("Content-Security-Policy")}
}

func (s *site) book(t *testing.T) calendar.Book {
	t.Helper()
	b, err := s.Store.Calendar(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCalendarShowsTheYearToThoseWhoAnswerForIt(t *testing.T) {
	s := newSite(t)
	admin := s.as(t, "admin")
	admin.follow(admin.get("/admin/calendars")).want(t, http.StatusOK, "Calendario 2026", "Próximo día hábil en la Sede Central: 16/09/2026", "16 feriados nacionales",
		"28/07/2026 Fiestas Patrias", "2 días no laborables", "24/12/2026 Día no laborable del sector público Decreto supremo de ejemplo", "4 feriados regionales", "24/06/2026 Día del Cusco , solo UT Cusco",
		"Unidad Territorial Loreto Lunes a viernes: 07:30 a 13:00 y 14:00 a 16:30; Sábado a domingo: cerrado", "Las demás unidades Lunes a viernes: 08:30 a 13:00 y 14:00 a 17:30", "Agregar un día", "Importar un calendario")
	admin.get("/").want(t, http.StatusOK, "Calendario")
	admin.get("/admin/calendars/2027").want(t, http.StatusOK, "25/03/2027 Jueves Santo", "0 días no laborables", "Ninguno registrado en 2027.", "4 feriados regionales")

	head := s.as(t, "jefa-uti")
	head.get(year2026).want(t, http.StatusOK, "16 feriados nacionales", "Exportar el año").lacks(t, "Agregar un día", "Importar un calendario", "Quitar")
	s.as(t, "usuaria-administracion-1").get(year2026).want(t, http.StatusNotFound)
	s.as(t, "especialista-mesa").get("/admin/calendars").want(t, http.StatusNotFound)
	for _, wrong := range []string{"2019", "2100", "x", "-1"} {
		admin.get("/admin/calendars/"+wrong).want(t, http.StatusNotFound)
	}
}

// A day is added with its norm and taken out with its reason; both stay written
// with who did it, and open cases count with the calendar as it stands.
func TestADayIsAddedAndTakenOut(t *testing.T) {
	s := newSite(t)
	admin := s.as(t, "admin")
	path := year2026 + "/days"
	form := fill(admin.get(year2026).form(t, path), "from", "4/11/2026", "kind", "regional", "sede", "UT-PUNO", "name", "Aniversario de Puno", "source", "Ley de ejemplo")
	done := admin.follow(admin.post(path, form)).want(t, http.StatusOK, "Se agregó un día.", "04/11/2026 Aniversario de Puno , solo UT Puno Ley de ejemplo", "Se agregó 04/11/2026, Aniversario de Puno, solo UT Puno")
	done.want(t, http.StatusOK, "15/09/2026 09:00 Se agregó 04/11/2026, Aniversario de Puno, solo UT Puno Administradora/or") // when, what, who
	last := s.book(t).Changes[1]
	if last.By != "admin" || !last.At.Equal(s.Time()) || len(last.Add) != 1 || last.Add[0].Sede != "UT-PUNO" {
		t.Errorf("stored %+v", last)
	}
	admin.follow(admin.post(path, form)).want(t, http.StatusOK, "todos ya estaban") // pressed twice
	if got := s.book(t).Revision(); got != 2 {
		t.Errorf("the second press made revision %d", got)
	}

	removal := year2026 + "/removals?from=2026-11-04&sede=UT-PUNO"
	ask := admin.get(removal).want(t, http.StatusOK, "Quitar 04/11/2026", "Aniversario de Puno", "los plazos que lo saltaban vencerán antes").form(t, removal)
	admin.post(removal, ask).want(t, http.StatusUnprocessableEntity, "Escriba por qué se quita.")
	admin.post(removal, fill(ask, "reason", strings.Repeat("x", 301))).want(t, http.StatusUnprocessableEntity, "el máximo es 300")
	admin.follow(admin.post(removal, fill(ask, "reason", "Se trasladó"))).want(t, http.StatusOK, "Se quitó el día.", "Se quitó 04/11/2026, Aniversario de Puno, solo UT Puno Motivo: Se trasladó")
	admin.get(removal).want(t, http.StatusNotFound)
	admin.post(removal, ask).want(t, http.StatusNotFound)
	admin.get(year2026+"/removals?from=2026-06-24&sede=UT-CUSCO").want(t, http.StatusConflict, "ya empezó o pasó")
	admin.get(year2026+"/removals?from=mañana").want(t, http.StatusNotFound)
}

func TestMistakesOfADayStandBesideTheirBoxes(t *testing.T) {
	s := newSite(t)
	admin := s.as(t, "admin")
	path := year2026 + "/days"
	blank := func() url.Values { return admin.get(year2026).form(t, path) }
	for name, test := range map[string]struct {
		with []string
		want []string
	}{
		"nothing":                   {nil, []string{"Escriba la fecha con día, mes y año", "Elija qué es: feriado nacional", "Escriba el nombre del día", "Escriba la norma"}},
		"no such day":               {[]string{"from", "32/12/2026", "kind", "decree", "name", "x", "source", "y"}, []string{"Escriba la fecha con día"}},
		"an end that is none":       {[]string{"from", "28/12/2026", "until", "hoy", "kind", "decree", "name", "x", "source", "y"}, []string{"Escriba la fecha con día"}},
		"an end before the start":   {[]string{"from", "28/12/2026", "until", "27/12/2026", "kind", "decree", "name", "x", "source", "y"}, []string{"El último día no puede ser anterior"}},
		"a regional one of no sede": {[]string{"from", "28/12/2026", "kind", "regional", "name", "x", "source", "y"}, []string{"Elija la sede del feriado regional."}},
		"a sede nobody knows":       {[]string{"from", "28/12/2026", "kind", "regional", "sede", "MARTE", "name", "x", "source", "y"}, []string{"Esa sede no está"}},
		"a national holiday":        {[]string{"from", "25/12/2026", "kind", "decree", "name", "x", "source", "y"}, []string{"Ese día ya es feriado nacional."}},
		"another name for a day":    {[]string{"from", "24/12/2026", "kind", "decree", "name", "x", "source", "y"}, []string{"Ese día ya está como «Día no laborable del sector público»"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := admin.post(path, fill(blank(), test.with...)).want(t, http.StatusUnprocessableEntity, test.want...)
			for i := 0; i+1 < len(test.with); i += 2 {
				if back := got.form(t, path); test.with[i] != "sede" && back.Get(test.with[i]) != test.with[i+1] {
					t.Errorf("typed %s came back as %q", test.with[i], back.Get(test.with[i]))
				}
			}
		})
	}
	if got := s.book(t).Revision(); got != 1 {
		t.Errorf("mistakes made revision %d", got)
	}
	admin.follow(admin.post(path, fill(blank(), "from", "25/12/2026", "kind", "worked", "name", "Navidad se traslada", "source", "Ley de ejemplo"))).
		want(t, http.StatusOK, "15 feriados nacionales", "1 feriado sin efecto", "25/12/2026 Navidad se traslada Ley de ejemplo")
	// A sede left from another choice is not meant.
	admin.follow(admin.post(path, fill(blank(), "from", "28/12/2026", "until", "30/12/2026", "kind", "decree", "sede", "UT-PUNO", "name", "Tres días", "source", "y"))).want(t, http.StatusOK, "28/12/2026 al 30/12/2026 Tres días y")
}

func TestACalendarFileIsImportedWholeAndExported(t *testing.T) {
	s := newSite(t)
	admin := s.as(t, "admin")
	path := year2026 + "/files"
	on := func(d int) calendar.Date { return calendar.Date{Year: 2026, Month: time.October, Day: d} }
	day := calendar.DayOff{From: on(9), Until: on(9), Kind: calendar.KindDecree, Name: "Día no laborable", Source: "DS 000-2026-PCM"}
	bad := day
	bad.From, bad.Until, bad.Kind = on(12), on(12), calendar.KindRegional
	file := func(days ...calendar.DayOff) []byte { return icalendar.Write(days, icalendar.Origin{At: s.Time()}) }
	form := admin.get(year2026).form(t, path)

	admin.post(path, form).want(t, http.StatusUnprocessableEntity, "Elija el archivo .ics")
	admin.sendCalendar(form, nil).want(t, http.StatusUnprocessableEntity, "Elija el archivo .ics")
	admin.sendCalendar(form, []byte("fecha;nombre")).want(t, http.StatusUnprocessableEntity, "no es un calendario (.ics)")
	admin.sendCalendar(form, bytes.Repeat([]byte("x"), icalendar.MaxBytes+1)).want(t, http.StatusUnprocessableEntity, "pesa más de 256 KB")
	admin.sendCalendar(form, file(day, bad)).want(t, http.StatusUnprocessableEntity, "No se agregó ningún día. Entrada 2, «Día no laborable», 12/10/2026: Elija la sede del feriado regional.")
	if got := s.book(t).Revision(); got != 1 {
		t.Fatalf("bad files made revision %d", got)
	}
	admin.follow(admin.sendCalendar(form, file(day))).want(t, http.StatusOK, "Se agregó un día.", "09/10/2026 Día no laborable")

	export := admin.get(year2026 + "/file")
	if export.status != http.StatusOK {
		t.Fatalf("export answers %d", export.status)
	}
	back, faults := icalendar.Read([]byte(export.body), func(id string) (desk.SedeID, bool) { return desk.SedeID(id), true })
	if len(faults) > 0 || len(back) != 16+3+4 {
		t.Errorf("exported %d days, faults %v", len(back), faults)
	}
	admin.follow(admin.sendCalendar(form, []byte(export.body))).want(t, http.StatusOK, "todos ya estaban")
	if got := s.book(t).Revision(); got != 2 {
		t.Errorf("the export that came back made revision %d", got)
	}
}

// Who only reads changes nothing, whatever they send; nor does a form without
// the token of its session.
func TestOnlyTheAdministrationChangesTheCalendar(t *testing.T) {
	s := newSite(t)
	admin := s.as(t, "admin")
	paths := map[string]url.Values{year2026 + "/days": {"from": {"28/12/2026"}, "kind": {"decree"}, "name": {"x"}, "source": {"y"}}, year2026 + "/removals?from=2026-12-24": {"reason": {"x"}}}
	for who, status := range map[desk.PersonID]int{"jefa-uti": http.StatusForbidden, "usuaria-administracion-1": http.StatusNotFound} {
		b := s.as(t, who)
		token := b.get("/").form(t, "/sessions/end").Get("csrf")
		for path, form := range paths {
			form.Set("csrf", token)
			b.post(path, form).want(t, status)
		}
		form := url.Values{"csrf": {token}}
		b.sendCalendar(form, []byte("x")).want(t, status)
		b.get(year2026+"/removals?from=2026-12-24").want(t, http.StatusNotFound)
	}
	for path, form := range paths {
		form.Set("csrf", "another")
		admin.post(path, form).want(t, http.StatusForbidden)
	}
	admin.sendCalendar(url.Values{"csrf": {"another"}}, []byte("x")).want(t, http.StatusForbidden)
	if got := s.book(t).Revision(); got != 1 {
		t.Errorf("somebody made revision %d", got)
	}
}

// overtaken is a calendar that somebody else changes first, some times.
type overtaken struct {
	work.Calendars
	times int
	other calendar.DayOff
}

func (o *overtaken) ChangeCalendar(ctx context.Context, c calendar.Change) error {
	if o.times--; o.times >= 0 {
		change := calendar.Change{Revision: c.Revision, At: c.At, By: "admin", Add: []calendar.DayOff{o.other}}
		o.other.From, o.other.Until = o.other.From.AddDays(7), o.other.Until.AddDays(7)
		if err := o.Calendars.ChangeCalendar(ctx, change); err != nil {
			return err
		}
	}
	return o.Calendars.ChangeCalendar(ctx, c)
}

func TestTwoWhoChangeTheCalendarAtOnce(t *testing.T) {
	for times, status := range map[int]int{1: http.StatusSeeOther, 2: http.StatusSeeOther, 3: http.StatusServiceUnavailable} {
		s := newSite(t)
		from := calendar.Date{Year: 2026, Month: time.October, Day: 5}
		s.portal.Calendars = &overtaken{s.Store, times, calendar.DayOff{From: from, Until: from, Kind: calendar.KindDecree, Name: "Otro", Source: "y"}}
		admin := s.as(t, "admin")
		path := year2026 + "/days"
		got := admin.post(path, fill(admin.get(year2026).form(t, path), "from", "28/12/2026", "kind", "decree", "name", "x", "source", "y"))
		if got.status != status {
			t.Errorf("overtaken %d times it answers %d, want %d", times, got.status, status)
		}
	}
}

// A form whose session ended comes back filled in after the sign-in.
func TestACalendarFormOutlivesItsSession(t *testing.T) {
	s := newSite(t)
	admin := s.as(t, "admin")
	path := year2026 + "/days"
	form := fill(admin.get(year2026).form(t, path), "from", "28/12/2026", "kind", "decree", "name", "Con nombre", "source", "y")
	s.skew += 24 * time.Hour
	admin.post(path, form)
	back := admin.follow(admin.signIn("admin@qw.gob.pe"))
	if got := back.want(t, http.StatusOK).form(t, path); got.Get("name") != "Con nombre" || got.Get("from") != "28/12/2026" {
		t.Logf("%s", back.location)
		t.Errorf("after signing in again the form holds %v", got)
	}
}
