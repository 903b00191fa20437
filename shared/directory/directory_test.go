package directory

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/calendar"
	"mesa/shared/desk"
)

func TestLookupsAnswerForTheInstantAsked(t *testing.T) {
	d := New(change(func(r *Records) {
		r.Units = append(r.Units[:2:2], r.Units[3:]...) // LINE again, in two versions, newer first
		r.Units = append(r.Units,
			Unit{ID: "LINE", Name: "Supervisión y Monitoreo", Kind: Organic, Sede: "SC", Parent: "DE", Period: Period{From: day(time.July, 1)}},
			Unit{ID: "LINE", Name: "Supervisión", Kind: Organic, Sede: "SC", Parent: "DE", Period: Period{Until: day(time.June, 30)}})
	}))
	tests := map[string]struct {
		at   time.Time
		want string
	}{
		"the old name until its last day": {noon(time.June, 30), "Supervisión"},
		"the new name from its first day": {noon(time.July, 1), "Supervisión y Monitoreo"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got, ok := d.Unit("LINE", tt.at); !ok || got.Name != tt.want {
				t.Errorf("got %q, %v; want %q", got.Name, ok, tt.want)
			}
		})
	}
}

func TestLookupsOfWhatIsNotThere(t *testing.T) {
	d := New(institution())
	if _, ok := d.Sede("NONE", now); ok {
		t.Error("found a sede that is not there")
	}
	if _, ok := d.Unit("", now); ok {
		t.Error("found a unit without id")
	}
	if _, ok := d.Team("none", now); ok {
		t.Error("found a team that is not there")
	}
	if _, ok := d.System("apps-none", now); ok {
		t.Error("found a system that is not there")
	}
	if _, ok := d.Person(desk.Clock, now); ok {
		t.Error("the clock is a person")
	}
}

func TestPersonWorksHere(t *testing.T) {
	tests := map[string]struct {
		edit func(*Records)
		want bool
	}{
		"while the dates hold":        {unchanged, true},
		"not with a disabled account": {disable("ut1-user"), false},
		"not after leaving":           {func(r *Records) { r.People[6].Until = day(time.August, 31) }, false},
		"not before arriving":         {func(r *Records) { r.People[6].From = day(time.October, 1) }, false},
		"again after coming back": {func(r *Records) {
			r.People[6].Until = day(time.May, 1)
			r.People = append(r.People, worker("ut1-user", "UT-2"))
			r.People[len(r.People)-1].From = day(time.September, 1)
		}, true},
		"to the end of their last day":  {func(r *Records) { r.People[6].Until = day(time.September, 15) }, true},
		"not with nobody of that id":    {func(r *Records) { r.People[6].ID = "other" }, false},
		"whatever else is about others": {disable("ut1-head"), true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if _, got := New(change(tt.edit)).Person("ut1-user", now); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestNameIsKnownOfThoseWhoLeft(t *testing.T) {
	d := New(change(func(r *Records) {
		r.People[6].Until = day(time.May, 1)
		r.People = append(r.People, Person{ID: "twice", Name: "Nombre nuevo", Period: Period{From: day(time.June, 1)}},
			Person{ID: "twice", Name: "Nombre viejo", Period: Period{Until: day(time.May, 31)}})
	}))
	for id, want := range map[desk.PersonID]string{
		"ut1-user": "Nombre de ut1-user",
		"twice":    "Nombre nuevo",
		"stranger": "stranger",
	} {
		if got := d.Name(id); got != want {
			t.Errorf("name of %s is %q, want %q", id, got, want)
		}
	}
}

func TestUsersOfASystemAreThoseWhoUseItNow(t *testing.T) {
	d := New(institution())
	if diff := cmp.Diff(people("ut1-user"), d.UsersOf("apps-sigo", now)); diff != "" {
		t.Errorf("in September (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(people("ut1-user", "ut2-user"), d.UsersOf("apps-sigo", noon(time.June, 30))); diff != "" {
		t.Errorf("in June (-want +got):\n%s", diff)
	}
	if got := d.UsersOf("apps-none", now); got != nil {
		t.Errorf("an unknown system has users %v", got)
	}
	if got := New(change(disable("ut1-user"))).UsersOf("apps-sigo", now); got != nil {
		t.Errorf("a notice would go to a disabled account: %v", got)
	}
}

func TestEquipmentOfAPerson(t *testing.T) {
	d := New(institution())
	if got := d.EquipmentOf("ut1-user", now); len(got) != 1 || got[0].Code != "7408-1" {
		t.Errorf("got %v", got)
	}
	if got := d.EquipmentOf("ut2-user", now); got != nil {
		t.Errorf("got %v of somebody without any", got)
	}
}

func TestRequestingNamesPersonUnitAndSede(t *testing.T) {
	d := New(institution())
	person, unit, sede, ok := d.Requesting("ut1-user", now)
	if !ok || person.ID != "ut1-user" || unit.ID != "UT-1" || sede.Name != "UT Uno" {
		t.Errorf("got %v of %v in %v, %v", person.ID, unit.ID, sede.Name, ok)
	}
	if _, _, _, ok := d.Requesting("stranger", now); ok {
		t.Error("a stranger may request")
	}
}

func TestRecordsSurviveJSON(t *testing.T) {
	want := change(all(stand(Substitute{Person: "ut1-deputy", Principal: "ut1-head", Basis: "Memorando", Period: Period{From: day(time.October, 1)}}),
		func(r *Records) {
			r.Units[4].Hours = []calendar.Interval{{Opens: calendar.At(8, 0), Closes: calendar.At(16, 0)}}
		}))
	stored, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got Records
	if err := json.Unmarshal(stored, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stored and read again (-want +got):\n%s", diff)
	}
}
