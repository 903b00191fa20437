package desktest

import (
	"fmt"
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/work"
)

func directoryRound(t *testing.T, s Contract) {
	empty, revision, err := s.LoadDirectory(t.Context())
	noErr(t, err)
	if revision != 0 || len(empty.People) > 0 {
		t.Fatalf("an empty store has revision %d, %v", revision, empty.People)
	}
	want := Records()
	moves := calendar.Date{Year: 2026, Month: time.October, Day: 1}
	want.People = append(want.People, person(Asker, "Usuaria/o de la UT Ejemplo", "usuaria.ejemplo@qw.gob.pe", TheUnit))
	want.People[len(want.People)-1].From, want.People[0].Until = moves, calendar.Date{Year: 2026, Month: time.September, Day: 30}
	noErr(t, s.SaveDirectory(t.Context(), want, 0))
	got, revision, err := s.LoadDirectory(t.Context())
	noErr(t, err)
	if revision != 1 {
		t.Errorf("revision %d", revision)
	}
	if changes := directory.Compare(want, got); len(changes) > 0 {
		t.Errorf("came back changed: %v", changes)
	}
	less := Records()
	less.Equipment, less.Rooms = nil, nil
	less.Teams = less.Teams[1:]
	noErr(t, s.SaveDirectory(t.Context(), less, 1))
	got, _, err = s.LoadDirectory(t.Context())
	noErr(t, err)
	if changes := directory.Compare(less, got); len(changes) > 0 {
		t.Errorf("what was removed is there: %v", changes)
	}
	d, err := s.Directory(t.Context())
	noErr(t, err)
	if p, ok := d.Person(UTHead, Wednesday()); !ok || p.Name != "Jefa/e de la UT Ejemplo" {
		t.Errorf("the snapshot says %+v, %v", p, ok)
	}
	if _, ok := d.Team(HelpDesk, Wednesday()); ok {
		t.Error("the snapshot has the team that was removed")
	}
}

func directoryConflict(t *testing.T, s Contract) {
	noErr(t, s.SaveDirectory(t.Context(), Records(), 0))
	wantErr(t, s.SaveDirectory(t.Context(), Records(), 0), work.ErrConflict)
	wantErr(t, s.SaveDirectory(t.Context(), Records(), 2), work.ErrConflict)
	noErr(t, s.SaveDirectory(t.Context(), Records(), 1))
	won := 0
	for _, err := range together(5, func(int) error {
		for {
			if err := s.SaveDirectory(t.Context(), Records(), 2); desk.CodeOf(err) != desk.Busy {
				return err
			}
		}
	}) {
		if err == nil {
			won++
		} else {
			wantErr(t, err, work.ErrConflict)
		}
	}
	_, revision, err := s.LoadDirectory(t.Context())
	noErr(t, err)
	if won != 1 || revision != 3 {
		t.Errorf("%d won, revision %d", won, revision)
	}
}

func directoryRights(t *testing.T, s Contract) {
	r := Records()
	noErr(t, s.SaveDirectory(t.Context(), r, 0))
	rights := func() map[desk.PersonID]int {
		t.Helper()
		d, err := s.Directory(t.Context())
		noErr(t, err)
		return d.Rights
	}
	before := rights()
	for p, n := range before {
		if n != 1 {
			t.Errorf("%s begins with rights revision %d", p, n)
		}
	}
	moved := func(people ...desk.PersonID) map[desk.PersonID]int {
		want := map[desk.PersonID]int{}
		for p := range before {
			want[p] = before[p]
		}
		_, revision, err := s.LoadDirectory(t.Context())
		noErr(t, err)
		for _, p := range people {
			want[p] = revision
		}
		return want
	}
	r.People[0].Phone, r.Rooms[0].Seats = "1234", 20 // no right depends on these
	noErr(t, s.SaveDirectory(t.Context(), r, 1))
	same(t, rights(), before)
	r.Substitutes = []directory.Substitute{{Person: StandIn, Principal: UTHead}}
	noErr(t, s.SaveDirectory(t.Context(), r, 2))
	before = moved(StandIn, UTHead)
	same(t, rights(), before)
	r.Heads = r.Heads[1:] // the head loses the post, and who stands in with them
	noErr(t, s.SaveDirectory(t.Context(), r, 3))
	before = moved(StandIn, UTHead)
	same(t, rights(), before)
	r.Teams[1].Members = append(r.Teams[1].Members, Database)
	noErr(t, s.SaveDirectory(t.Context(), r, 4))
	same(t, rights(), moved(Database))
}

func directoryBig(t *testing.T, s Contract) {
	r := Records()
	for n := range 250 {
		r.People = append(r.People, person(desk.PersonID(fmt.Sprintf("P-9%03d", n)), fmt.Sprintf("Persona %d", n), fmt.Sprintf("p%d@qw.gob.pe", n), TheUT))
	}
	noErr(t, s.SaveDirectory(t.Context(), r, 0))
	for n := range r.People {
		r.People[n].Unit = TheUnit
	}
	stop := make(chan struct{})
	seen := make(chan string, 1)
	go func() {
		defer close(seen)
		for {
			select {
			case <-stop:
				return
			default:
			}
			got, revision, err := s.LoadDirectory(t.Context())
			if err != nil {
				continue // read while it changed too often
			}
			units := map[desk.UnitID]int{}
			for _, p := range got.People {
				units[p.Unit]++
			}
			if revision == 2 && units[TheUnit] != len(r.People) || revision == 1 && units[TheUT] < 250 {
				seen <- fmt.Sprintf("revision %d shows %v", revision, units)
				return
			}
		}
	}()
	noErr(t, s.SaveDirectory(t.Context(), r, 1))
	close(stop)
	if half := <-seen; half != "" {
		t.Error(half)
	}
	got, revision, err := s.LoadDirectory(t.Context())
	noErr(t, err)
	if changes := directory.Compare(r, got); len(changes) > 0 || revision != 2 {
		t.Errorf("revision %d, %d changes", revision, len(changes))
	}
}

func settingsInForce(t *testing.T, s Contract) {
	none, err := s.Catalogues(t.Context(), Wednesday())
	noErr(t, err)
	policy, err := s.Policy(t.Context(), Wednesday())
	noErr(t, err)
	if first := none.At(Wednesday()); first.Version != directory.FirstVersion {
		t.Errorf("the first catalogue is %q", first.Version)
	}
	same(t, policy, flow.DefaultPolicy())

	next := directory.Catalogue{Version: "02", Effective: calendar.Date{Year: 2026, Month: time.September, Day: 17},
		Services: []directory.Service{{ID: "SIGO", Name: "SIGO", Flow: desk.Flow85, Kind: desk.Requirement, Operations: []string{"Instalación"}}}}
	noErr(t, s.PublishCatalogue(t.Context(), next))
	wantErr(t, s.PublishCatalogue(t.Context(), next), work.ErrConflict)
	slow := flow.DefaultPolicy()
	slow.Questions, slow.Targets[1] = 99*time.Hour, flow.Target{Response: time.Minute, Solution: time.Hour}
	slow.LevelTargets = map[desk.Level]map[desk.Priority]flow.Target{4: {1: {Solution: 8 * time.Hour}}}
	slow.Warnings, slow.AtTarget = []int{}, []flow.TargetRule{{Flow: desk.Flow85, Do: flow.TellLead}} // warnings turned off stay off
	noErr(t, s.SetPolicy(t.Context(), slow, Wednesday().Add(24*time.Hour)))

	for at, want := range map[time.Time]string{Wednesday().Add(time.Hour): "01", Wednesday().Add(24 * time.Hour): "02"} {
		all, err := s.Catalogues(t.Context(), at)
		noErr(t, err)
		if got := all.At(at); got.Version != want {
			t.Errorf("at %s the catalogue is %q, want %q", at, got.Version, want)
		}
	}
	policy, err = s.Policy(t.Context(), Wednesday().Add(25*time.Hour))
	noErr(t, err)
	slow.Since = Wednesday().Add(24 * time.Hour)
	same(t, policy, slow)
	policy, err = s.Policy(t.Context(), Wednesday())
	noErr(t, err)
	same(t, policy, flow.DefaultPolicy())
}
