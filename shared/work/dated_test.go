package work_test

import (
	"slices"
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
)

// rule sets who evaluates the tickets of a system from a day on.
func rule(system desk.ServiceID, by directory.Evaluation, from calendar.Date) func(*directory.Records) {
	return func(r *directory.Records) {
		r.Systems = slices.Clone(r.Systems)
		for i := range r.Systems {
			if r.Systems[i].ID == system {
				before := r.Systems[i]
				before.Until = calendar.DateOf(from.Start().AddDate(0, 0, -1))
				r.Systems[i].Evaluates, r.Systems[i].From = by, from
				r.Systems = append(r.Systems, before)
				return
			}
		}
	}
}

func askedPeople(s []desk.Asked) (people []desk.PersonID) {
	for _, a := range s {
		people = append(people, a.Person)
	}
	return people
}

// Stage uo asks the requester's line, or the system's owner where the system's
// rule says so (R70); the rule is dated, and a ticket keeps the one of its day.
func TestWhoEvaluatesIsTheRuleOfTheDayTheTicketWasOpened(t *testing.T) {
	tomorrow := calendar.Date{Year: 2026, Month: time.September, Day: 16}
	b := desktest.NewBench(t)
	edit(t, b, rule("apps-sigo", directory.ByOwner, tomorrow))
	second := func(id desk.TicketID) []desk.PersonID {
		b.Do("jefa-ut-piura", desk.ActApprove, id)
		return askedPeople(b.Load(id).Ticket.Asked)
	}
	early, late := b.Open81(), b.Open81()
	if got := second(early); !slices.Equal(got, []desk.PersonID{"jefa-supervision"}) {
		t.Errorf("before the rule %v evaluate, want the line", got)
	}
	b.SetTime(desktest.Tuesday(9, 0).AddDate(0, 0, 1))
	if got := second(late); !slices.Equal(got, []desk.PersonID{"jefa-supervision"}) {
		t.Errorf("a ticket of the day before is evaluated by %v, want the line still", got)
	}
	if got := second(b.Open81()); !slices.Equal(got, []desk.PersonID{"jefa-prestaciones"}) {
		t.Errorf("under the rule %v evaluate, want the owner of the system", got)
	}
	// Who was asked under the old rule decides all the same.
	b.Do("jefa-supervision", desk.ActApprove, early)
}

// A ticket keeps the catalogue it was made under: its name, its typology in the
// register, and the choices of its forms (R5, R60).
func TestAnOldTicketKeepsItsCatalogue(t *testing.T) {
	b := desktest.NewBench(t)
	open := func() desk.TicketID {
		return b.Do("usuaria-administracion-1", desk.ActOpen, "", "service", "apps-antivirus", "flow", "8.5", "subject", "Antivirus", "description", "Vencido.").After.Ticket.ID
	}
	next := directory.First()
	next.Version, next.Effective = "02", calendar.Date{Year: 2026, Month: time.September, Day: 16}
	for i := range next.Services {
		if next.Services[i].ID == "apps-antivirus" {
			next.Services[i].Name, next.Services[i].Type = "Protección de equipos", "Seguridad"
		}
	}
	if err := b.Store.PublishCatalogue(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	old := open()
	b.SetTime(desktest.Tuesday(9, 0).AddDate(0, 0, 1))
	young := open()
	for id, want := range map[desk.TicketID][3]string{old: {"01", "Antivirus", "Soporte de aplicaciones y software"}, young: {"02", "Protección de equipos", "Seguridad"}} {
		b.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
		b.Do("soporte-1", desk.ActClose, id, "solution", "Renovado.", "medium", "mail")
		view, err := b.Reader.Look(t.Context(), id, b.Act("soporte-1", "", id))
		if err != nil {
			t.Fatal(err)
		}
		service, _ := view.Catalogue.Service("apps-antivirus")
		if view.Catalogue.Version != want[0] || service.Name != want[1] {
			t.Errorf("shown under %s as %q, want %v", view.Catalogue.Version, service.Name, want)
		}
		rows, err := b.Store.Register(t.Context(), "SC", "202609")
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(rows, func(r desk.Row) bool { return r.Number == view.Ticket.Number })
		if i < 0 || rows[i].Typology != want[2] {
			t.Errorf("registered as %+v, want typology %q", rows, want[2])
		}
	}
}

// The working time of a ticket is that of the unit of who asked, its own days
// off included (R154).
func TestATicketCountsInTheCalendarOfItsUnit(t *testing.T) {
	b := desktest.NewBench(t)
	day := calendar.Date{Year: 2026, Month: time.September, Day: 15}
	change := calendar.Change{Revision: 2, Add: []calendar.DayOff{{From: day, Until: day, Kind: calendar.KindRegional, Sede: "UT-PIURA", Name: "Aniversario", Source: "Norma regional"}}}
	if err := b.Store.ChangeCalendar(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	here := b.Load(b.Open81()).Waits[0].WakeAt
	there := b.Load(b.Do("usuaria-administracion-1", desk.ActOpen, "", "service", "apps-sigo", "flow", "8.1", "subject", "x", "description", "y", "impact", "slow").After.Ticket.ID).Waits[0].WakeAt
	if got, want := here.In(desk.Lima).Day(), 16; got != want {
		t.Errorf("with a regional day off the reminder is on the %dth, want the %dth", got, want)
	}
	if got, want := there.In(desk.Lima).Day(), 15; got != want {
		t.Errorf("at headquarters the reminder is on the %dth, want the %dth", got, want)
	}
}
