package directory

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mesa/shared/desk"
)

func TestRightsMoved(t *testing.T) {
	standing := change(stand(vacation("ut1-deputy", "ut1-head")))
	tests := map[string]struct {
		before Records
		edit   func(*Records)
		want   []desk.PersonID
	}{
		"nobody's, when nothing changed":                                 {institution(), unchanged, nil},
		"nobody's, for a new telephone":                                  {institution(), func(r *Records) { r.People[6].Phone = "anexo 9" }, nil},
		"nobody's, for a room":                                           {institution(), func(r *Records) { r.Rooms = nil }, nil},
		"nobody's, for another order of tables":                          {institution(), func(r *Records) { r.Sedes[0], r.Sedes[1] = r.Sedes[1], r.Sedes[0] }, nil},
		"those of a disabled account":                                    {institution(), disable("ut1-user"), people("ut1-user")},
		"those of who moves to another unit":                             {institution(), func(r *Records) { r.People[6].Unit = "UT-2" }, people("ut1-user")},
		"those of who comes":                                             {institution(), func(r *Records) { r.People = append(r.People, worker("new", "UT-1")) }, people("new")},
		"those of who goes":                                              {institution(), func(r *Records) { r.People = r.People[:17] }, people("admin")},
		"both heads' of a post that changes hands":                       {institution(), func(r *Records) { r.Heads[4].Person = "ut1-deputy" }, people("ut1-deputy", "ut1-head")},
		"a member's who joins a team":                                    {institution(), func(r *Records) { r.Teams[1].Members = people("support-1", "dev-1") }, people("dev-1")},
		"every member's, and the specialists' who might assign its work": {institution(), func(r *Records) { r.Teams[2].Serves = serves(2, "8.1") }, people("dev-1", "dev-2", "ut1-specialist")},
		"both sides' of a substitution":                                  {institution(), stand(vacation("ut1-deputy", "ut1-head")), people("ut1-deputy", "ut1-head")},
		"the substitute's, when the principal's move":                    {standing, all(stand(vacation("ut1-deputy", "ut1-head")), disable("ut1-head")), people("ut1-deputy", "ut1-head")},
		"the acting head's of a post":                                    {institution(), stand(Substitute{Person: "ut1-deputy", Unit: "UT-1"}), people("ut1-deputy")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := RightsMoved(tt.before, change(tt.edit))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Whoever is not listed may do exactly what they might before: a decision
// checked against the revision of their rights can commit.
func TestRightsThatDidNotMoveAreTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := disturb(t, institution(), "before")
		after := disturb(t, before, "after")
		moved, err := RightsMoved(before, after)
		if err != nil {
			t.Fatal(err)
		}
		old, now := New(before), New(after)
		at := noon(9, rapid.IntRange(1, 30).Draw(t, "day"))
		for _, p := range before.People {
			if slices.Contains(moved, p.ID) {
				continue
			}
			if diff := cmp.Diff(old.RolesOf(p.ID, at), now.RolesOf(p.ID, at)); diff != "" {
				t.Fatalf("roles of %s moved unseen (-before +after):\n%s", p.ID, diff)
			}
			if diff := cmp.Diff(old.TeamsOf(p.ID, at), now.TeamsOf(p.ID, at)); diff != "" {
				t.Fatalf("teams of %s moved unseen (-before +after):\n%s", p.ID, diff)
			}
		}
	})
}

// disturb changes some rights of a copy of the records.
func disturb(t *rapid.T, r Records, label string) Records {
	r.People, r.Heads, r.Substitutes = slices.Clone(r.People), slices.Clone(r.Heads), slices.Clone(r.Substitutes)
	r.Teams, r.Units = slices.Clone(r.Teams), slices.Clone(r.Units)
	person := func() desk.PersonID { return rapid.SampledFrom(r.People).Draw(t, label+" person").ID }
	period := func() Period {
		from := rapid.IntRange(1, 28).Draw(t, label+" from")
		return Period{From: day(9, from), Until: day(9, rapid.IntRange(from, 30).Draw(t, label+" until"))}
	}
	for range rapid.IntRange(0, 4).Draw(t, label+" edits") {
		head, team := rapid.IntRange(0, len(r.Heads)-1).Draw(t, label+" head"), rapid.IntRange(0, len(r.Teams)-1).Draw(t, label+" team")
		switch rapid.IntRange(0, 7).Draw(t, label+" edit") {
		case 0:
			r.People[rapid.IntRange(0, len(r.People)-1).Draw(t, label+" whom")].Disabled = true
		case 1:
			r.Heads[head].Person = person()
		case 2:
			r.Heads[head].Period = period()
		case 3:
			r.Teams[team].Members = people(person(), person())
		case 4:
			r.Teams[team].Lead = person()
		case 5:
			r.Substitutes = append(r.Substitutes, Substitute{Person: person(), Principal: person(), Period: period()})
		case 6:
			r.Substitutes = append(r.Substitutes, Substitute{Person: person(), Unit: rapid.SampledFrom(r.Units).Draw(t, label+" post").ID, Period: period()})
		case 7:
			unit := rapid.IntRange(2, len(r.Units)-1).Draw(t, label+" unit")
			r.Units[unit].Kind = rapid.SampledFrom([]UnitKind{Organic, Territorial}).Draw(t, label+" kind")
		}
	}
	return r
}
