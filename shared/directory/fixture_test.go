package directory

import (
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
)

// day is a date of 2026; noon is 12:00 of it in Lima.
func day(month time.Month, d int) calendar.Date {
	return calendar.Date{Year: 2026, Month: month, Day: d}
}

func noon(month time.Month, d int) time.Time {
	return day(month, d).Start().Add(12 * time.Hour)
}

// now is the present of the tests.
var now = noon(time.September, 15)

// institution is a small one: a director, the UTI, a line unit with two
// territorial units below it, and the people of each.
func institution() Records {
	return Records{
		Sedes: []Sede{
			{ID: "SC", Name: "Sede Central"},
			{ID: "UT-1", Name: "UT Uno"},
			{ID: "UT-2", Name: "UT Dos"},
		},
		Units: []Unit{
			{ID: "DE", Name: "Dirección", Kind: Organic, Sede: "SC", Title: "Directora/or"},
			{ID: "UTI", Name: "UTI", Kind: UTI, Sede: "SC", Parent: "DE", Title: "Jefa/e de la UTI", Mail: "soporte.usuario@qw.gob.pe"},
			{ID: "LINE", Name: "Supervisión", Kind: Organic, Sede: "SC", Parent: "DE", Title: "Jefa/e de Supervisión"},
			{ID: "OWNER", Name: "Administración", Kind: Organic, Sede: "SC", Parent: "DE", Title: "Jefa/e de Administración"},
			{ID: "UT-1", Name: "UT Uno", Kind: Territorial, Sede: "UT-1", Parent: "LINE", Title: "Jefa/e de la UT Uno", Mail: "soporte.ut-1@qw.gob.pe"},
			{ID: "UT-2", Name: "UT Dos", Kind: Territorial, Sede: "UT-2", Parent: "LINE", Title: "Jefa/e de la UT Dos"},
		},
		People: []Person{
			worker("director", "DE"), worker("uti-head", "UTI"), worker("line-head", "LINE"), worker("owner-head", "OWNER"),
			worker("ut1-head", "UT-1"), worker("ut1-deputy", "UT-1"), worker("ut1-user", "UT-1"),
			worker("ut1-specialist", "UT-1", UTSpecialist), worker("ut1-helper", "UT-1"), worker("ut2-head", "UT-2"), worker("ut2-user", "UT-2"),
			worker("line-user", "LINE"), worker("assigner", "UTI", Assigner, UTISpecialist), worker("desk-1", "UTI"),
			worker("support-1", "UTI"), worker("dev-1", "UTI"), worker("dev-2", "UTI"), worker("admin", "UTI", Admin),
		},
		Heads: []Head{
			{Unit: "DE", Person: "director"}, {Unit: "UTI", Person: "uti-head"}, {Unit: "LINE", Person: "line-head"},
			{Unit: "OWNER", Person: "owner-head"}, {Unit: "UT-1", Person: "ut1-head"}, {Unit: "UT-2", Person: "ut2-head"},
		},
		Teams: []Team{
			{ID: "mesa-de-ayuda", Name: "Mesa de ayuda", Mailbox: "mesa@qw.gob.pe", Lead: "assigner", Members: people("assigner", "desk-1"), Role: FirstLevel, Serves: serves(1, "8.1", "8.3", "8.5", "8.6")},
			{ID: "soporte", Name: "Soporte", Mailbox: "soporte@qw.gob.pe", Members: people("support-1"), Role: Support, Serves: serves(2, "8.5", "8.6")},
			{ID: "desarrollo", Name: "Desarrollo", Lead: "dev-1", Members: people("dev-2"), Role: Developer, Serves: serves(2, "8.1", "8.3")},
			{ID: "infraestructura", Name: "Infraestructura", Mailbox: "infra@qw.gob.pe", Role: Infrastructure, Serves: serves(4, "8.1", "8.5", "8.6")},
			{ID: "ut-1", Name: "Informática UT Uno", Unit: "UT-1", Mailbox: "informatica.ut-1@qw.gob.pe", Lead: "ut1-specialist", Members: people("ut1-specialist", "ut1-helper"), Role: FirstLevel, Serves: serves(1, "8.1", "8.5", "8.6")},
		},
		Systems:     []System{{ID: "apps-sigo", Name: "SIGO", Owner: "OWNER"}},
		SystemUsers: []SystemUser{{System: "apps-sigo", Person: "ut1-user"}, {System: "apps-sigo", Person: "ut2-user", Period: Period{Until: day(time.June, 30)}}},
		Rooms:       []Room{{ID: "multiuso", Name: "Sala Multiuso", Sede: "SC", Multiuse: true, Seats: 40}},
		Equipment:   []Equipment{{Code: "7408-1", Kind: "CPU", Unit: "UT-1", Person: "ut1-user"}},
	}
}

// daysOff are a regional day of one sede and two days of everybody.
func daysOff() calendar.Book {
	return calendar.Fold([]calendar.Change{{Revision: 1, Add: []calendar.DayOff{
		{From: day(time.October, 5), Until: day(time.October, 6), Kind: calendar.KindDecree, Name: "Día no laborable", Source: "DS 000-2026-PCM"},
		{From: day(time.September, 14), Until: day(time.September, 14), Kind: calendar.KindRegional, Sede: "UT-1", Name: "Aniversario de la región", Source: "Norma regional"},
		{From: day(time.December, 25), Until: day(time.December, 25), Kind: calendar.KindWorked, Name: "Navidad se traslada", Source: "Ley"},
	}}})
}

func worker(id desk.PersonID, unit desk.UnitID, roles ...Role) Person {
	return Person{ID: id, Name: "Nombre de " + string(id), Emails: []string{string(id) + "@qw.gob.pe"}, Unit: unit, Roles: roles}
}

func people(ids ...desk.PersonID) []desk.PersonID { return ids }

func serves(level desk.Level, flows ...desk.FlowCode) []Serving {
	var list []Serving
	for _, f := range flows {
		list = append(list, Serving{f, level})
	}
	return list
}

// change returns the institution with something different about it.
func change(edit func(*Records)) Records {
	r := institution()
	edit(&r)
	return r
}

// vacate ends whoever heads a unit on a day.
func vacate(unit desk.UnitID, last calendar.Date) func(*Records) {
	return func(r *Records) {
		for i := range r.Heads {
			if r.Heads[i].Unit == unit {
				r.Heads[i].Until = last
			}
		}
	}
}

// disable closes a person's account.
func disable(id desk.PersonID) func(*Records) {
	return func(r *Records) {
		for i := range r.People {
			if r.People[i].ID == id {
				r.People[i].Disabled = true
			}
		}
	}
}

// stand adds substitutions.
func stand(subs ...Substitute) func(*Records) {
	return func(r *Records) { r.Substitutes = append(r.Substitutes, subs...) }
}

// all applies several edits.
func all(edits ...func(*Records)) func(*Records) {
	return func(r *Records) {
		for _, edit := range edits {
			edit(r)
		}
	}
}

func unchanged(*Records) {}

func TestTheInstitutionOfTheTestsIsSound(t *testing.T) {
	if problems := Check(institution()); len(problems) > 0 {
		t.Errorf("got problems %q", problems)
	}
}
