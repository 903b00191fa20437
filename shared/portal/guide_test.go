package portal_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/norm"
)

// ids are the anchors of a page.
func ids(p page) map[string]bool {
	found := map[string]bool{}
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode {
			found[attr(n, "id")] = true
		}
	}
	return found
}

// Every clause that the table and the guide cite leads to its sentence.
func TestEveryNumeralLeadsToItsSentence(t *testing.T) {
	b := newSite(t).as(t, "usuaria-administracion-1")
	anchors := ids(b.get("/procedure/text").want(t, http.StatusOK, "Texto del procedimiento PRO-044-PNAEQW-UTI", "Versión N° 01", "Anexo N° 02"))
	for _, c := range norm.Clauses() {
		if !anchors[c.Anchor()] {
			t.Errorf("%s has no anchor", c.Number)
		}
	}
	for _, path := range []string{"/procedure", "/help"} {
		links := regexp.MustCompile(`/procedure/text#([a-z0-9-]+)`).FindAllStringSubmatch(b.get(path).body, -1)
		if len(links) < 10 {
			t.Errorf("%s cites only %d numerals", path, len(links))
		}
		for _, link := range links {
			if !anchors[link[1]] {
				t.Errorf("%s leads to #%s, which is not there", path, link[1])
			}
		}
	}
}

func TestTheTextIsDownloaded(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "usuaria-administracion-1")
	if got := b.get("/procedure.txt"); got.status != http.StatusOK || got.body != norm.Text() {
		t.Errorf("status %d, %d bytes, want the %d of the norm", got.status, len(got.body), len(norm.Text()))
	}
	if got := s.browser(t).get("/procedure.txt"); got.status != http.StatusSeeOther {
		t.Errorf("without signing in it answers %d", got.status)
	}
}

// The guide opens what the reader does and keeps the rest folded (R8).
func TestTheGuideOpensTheReadersParts(t *testing.T) {
	tests := map[desk.PersonID][]string{
		"usuaria-administracion-1": {"Si necesita ayuda"},
		"jefa-ut-lima":             {"Si necesita ayuda", "Si es jefa o jefe de UT o de unidad orgánica"},
		"soporte-1":                {"Si necesita ayuda", "Si es profesional de soporte", "Si es de la UTI y detecta un incidente, o es su jefatura"},
		"especialista-ut-lima":     {"Si necesita ayuda", "Si atiende en Nivel 1", "Si es profesional de soporte"},
		"desarrollo-1":             {"Si necesita ayuda", "Si es del Equipo de Desarrollo, de base de datos o de infraestructura", "Si es de la UTI y detecta un incidente, o es su jefatura"},
	}
	s := newSite(t)
	for who, want := range tests {
		t.Run(string(who), func(t *testing.T) {
			seen := s.as(t, who).get("/help").want(t, http.StatusOK, "Código PRO-044-PNAEQW-UTI", "Versión 01")
			var open []string
			total := 0
			for n := range seen.root.Descendants() {
				if n.Type != html.ElementNode || n.Data != "details" {
					continue
				}
				total++
				if has(n, "open") {
					open = append(open, strings.TrimSpace(n.FirstChild.FirstChild.FirstChild.Data))
				}
			}
			if !slices.Equal(open, want) || total != 7 {
				t.Errorf("open %q of %d, want %q", open, total, want)
			}
		})
	}
}

// Hours and days off are those of the reader's own unit (R154).
func TestTheGuideTellsTheHoursOfTheReadersUnit(t *testing.T) {
	s := newSite(t)
	on := func(day int) calendar.Date { return calendar.Date{Year: 2026, Month: time.October, Day: day} }
	add := []calendar.DayOff{
		{From: on(12), Until: on(13), Kind: calendar.KindRegional, Sede: "UT-LORETO", Name: "Aniversario de Loreto", Source: "Norma regional"},
		{From: on(9), Until: on(9), Kind: calendar.KindDecree, Name: "Día no laborable", Source: "DS 000-2026-PCM"},
	}
	if err := s.Store.ChangeCalendar(t.Context(), calendar.Change{Revision: 2, Add: add}); err != nil {
		t.Fatal(err)
	}
	here := s.as(t, "usuaria-ut-loreto-1").get("/help")
	here.want(t, http.StatusOK, "Lunes a viernes 07:30 a 13:00 y 14:00 a 16:30", "Sábado a domingo Cerrado", "12/10/2026 al 13/10/2026 Aniversario de Loreto", "09/10/2026 Día no laborable")
	there := s.as(t, "usuaria-administracion-1").get("/help")
	there.want(t, http.StatusOK, "Lunes a viernes 08:30 a 13:00 y 14:00 a 17:30", "09/10/2026 Día no laborable")
	there.lacks(t, "Aniversario de Loreto")
}

// A renamed programme is a setting: every page says the new name from its day on.
func TestPagesTakeTheInstitutionFromItsData(t *testing.T) {
	s := newSite(t)
	next := desk.PNAEQW()
	next.Programme, next.Acronym, next.Mark, next.OfficeShort = "Programa de Ejemplo", "PEJ", "MESA", "OTI"
	next.Approved, next.Procedure, next.Version, next.Mailbox, next.Register, next.Phone = "Resolución de ejemplo", "DIR-007-PEJ-OTI", "02", "ayuda@ejemplo.gob.pe", "DIR-007-FOR-01", "anexo 130"
	if err := s.Store.SetInstitution(t.Context(), next, s.Time().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	b := s.as(t, "especialista-mesa")
	b.get("/help").want(t, http.StatusOK, "PRO-044-PNAEQW-UTI, Versión N° 01 · Programa Nacional de Alimentación Escolar Qali Warma", "soporte.usuario@qw.gob.pe")
	s.Advance(time.Hour)
	for _, path := range []string{"/", "/tickets", "/ticket-forms", "/ticket-forms/apps-antivirus", "/help", "/procedure", "/procedure/text", "/glossary", "/approvals", "/queue", "/register/SC/2026-09", "/nothing"} {
		seen := b.get(path)
		if !strings.Contains(seen.text(), "DIR-007-PEJ-OTI, Versión N° 02 · Programa de Ejemplo") || !strings.Contains(seen.text(), "ayuda@ejemplo.gob.pe") || !strings.Contains(seen.text(), "anexo 130") {
			t.Errorf("%s does not say whose desk it is:\n%s", path, seen.text())
		}
		if path == "/procedure/text" { // there the norm speaks in its own words
			continue
		}
		seen.lacks(t, "Qali Warma", "PNAEQW", "soporte.usuario@qw.gob.pe", "PRO-044")
	}
	b.get("/register/SC/2026-09").want(t, http.StatusOK, "DIR-007-FOR-01", "Programa de Ejemplo")
	b.get("/glossary").want(t, http.StatusOK, "PEJ Programa de Ejemplo")
	s.browser(t).get("/sessions/new").want(t, http.StatusOK, "ayuda@ejemplo.gob.pe")
}
