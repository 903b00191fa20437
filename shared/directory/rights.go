package directory

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"mesa/shared/desk"
)

// RightsMoved lists the people whose rights are written differently in two
// versions of the records: their account, the posts and teams they hold, the
// substitutions they stand in or are stood in for, and, for who stands in,
// everything the principal holds. A store moves their rights revision, so that
// a decision made meanwhile on the old rights does not commit.
func RightsMoved(before, after Records) ([]desk.PersonID, error) {
	old, err := writtenRights(before)
	if err != nil {
		return nil, err
	}
	now, err := writtenRights(after)
	if err != nil {
		return nil, err
	}
	var moved []desk.PersonID
	people := maps.Clone(old)
	maps.Copy(people, now)
	for _, person := range slices.Sorted(maps.Keys(people)) {
		if old[person] != now[person] {
			moved = append(moved, person)
		}
	}
	return moved, nil
}

// writtenRights is, for each person, every record that bears on their rights,
// as one text. Two equal texts mean equal rights at every instant.
func writtenRights(r Records) (map[desk.PersonID]string, error) {
	own, posts := map[desk.PersonID]string{}, map[desk.UnitID]string{}
	var err error
	text := func(record any) string {
		data, problem := json.Marshal(record)
		if problem != nil && err == nil {
			err = fmt.Errorf("directory: write rights: %w", problem)
		}
		return string(data) + "\n"
	}
	units, serving := map[desk.UnitID]string{}, map[desk.UnitID]string{}
	for _, u := range r.Units {
		units[u.ID] += text([]any{u.ID, u.Kind, u.Period})
		posts[u.ID] += text([]any{u.ID, u.Kind, u.Period})
	}
	for _, t := range r.Teams {
		serving[t.Unit] += text([]any{t.ID, t.Serves, t.Period})
	}
	for _, p := range r.People {
		own[p.ID] += text([]any{p.ID, p.Unit, p.Roles, p.Disabled, p.Period}) + units[p.Unit]
		if slices.Contains(p.Roles, UTSpecialist) { // assigns the work of the team of the place
			own[p.ID] += serving[p.Unit] + serving[""]
		}
	}
	for _, h := range r.Heads {
		own[h.Person] += text(h) + units[h.Unit]
		posts[h.Unit] += text(h)
	}
	for _, t := range r.Teams {
		for _, m := range unique(append(slices.Clone(t.Members), t.Lead)) {
			own[m] += text([]any{t.ID, t.Unit, t.Role, t.Serves, t.Lead == m, slices.Contains(t.Members, m), t.Period})
		}
	}
	rights := maps.Clone(own)
	for _, s := range r.Substitutes {
		rights[s.Principal] += text(s)
		rights[s.Person] += text(s) + own[s.Principal] + posts[s.Unit]
	}
	delete(rights, "")
	return rights, err
}
