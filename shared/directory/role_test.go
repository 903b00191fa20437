package directory

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
)

// grantLine writes grants as «role[@team or unit][ por principal]».
func grantLine(grants []Grant) string {
	var parts []string
	for _, g := range grants {
		part := string(g.Role)
		switch {
		case g.Team != "":
			part += "@" + string(g.Team)
		case g.Unit != "" && g.Role != Requester:
			part += "@" + string(g.Unit)
		}
		if g.Acting {
			part += fmt.Sprintf(" por %q", g.For)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

func TestRolesOf(t *testing.T) {
	tests := map[string]struct {
		edit   func(*Records)
		person desk.PersonID
		want   string
	}{
		"everybody may ask":                         {unchanged, "ut1-user", "requester"},
		"the member of a Level 1 team (R14)":        {unchanged, "desk-1", "requester, first-level@mesa-de-ayuda"},
		"the specialist who assigns (R15)":          {unchanged, "assigner", "requester, assigner@UTI, uti-specialist@UTI, first-level@mesa-de-ayuda"},
		"a support professional (R16)":              {unchanged, "support-1", "requester, support@soporte"},
		"the specialist of a UT (R17)":              {unchanged, "ut1-specialist", "requester, ut-specialist@ut-1, first-level@ut-1"},
		"the head of a UT (R18)":                    {unchanged, "ut1-head", "requester, ut-head@UT-1"},
		"the head of an organic unit (R19)":         {unchanged, "line-head", "requester, unit-head@LINE"},
		"the Jefatura of the UTI (R20)":             {unchanged, "uti-head", "requester, uti-head@UTI"},
		"a developer, as lead alone (R23)":          {unchanged, "dev-1", "requester, developer@desarrollo"},
		"who administers":                           {unchanged, "admin", "requester, admin@UTI"},
		"nobody for a stranger":                     {unchanged, "stranger", ""},
		"nobody for the clock":                      {unchanged, desk.Clock, ""},
		"nothing for a disabled account":            {disable("ut1-head"), "ut1-head", ""},
		"a head no more once the post ended":        {vacate("UT-1", day(8, 31)), "ut1-head", "requester"},
		"the substitute of a head (R27)":            {stand(vacation("ut1-deputy", "ut1-head")), "ut1-deputy", `requester, ut-head@UT-1 por "ut1-head"`},
		"not a substitute out of dates":             {stand(Substitute{Person: "ut1-deputy", Principal: "ut1-head", Period: Period{From: day(10, 1)}}), "ut1-deputy", "requester"},
		"the acting head of a vacant post":          {all(vacate("UT-1", day(8, 31)), stand(Substitute{Person: "ut1-deputy", Unit: "UT-1"})), "ut1-deputy", `requester, ut-head@UT-1 por ""`},
		"the acting head beside the holder":         {stand(Substitute{Person: "ut1-deputy", Unit: "UT-1"}), "ut1-deputy", `requester, ut-head@UT-1 por "ut1-head"`},
		"«el que haga su vez» of the specialist":    {stand(vacation("ut1-helper", "ut1-specialist")), "ut1-helper", `requester, first-level@ut-1, ut-specialist@ut-1 por "ut1-specialist", first-level@ut-1 por "ut1-specialist"`},
		"for a principal whose account is disabled": {all(disable("ut1-head"), stand(vacation("ut1-deputy", "ut1-head"))), "ut1-deputy", `requester, ut-head@UT-1 por "ut1-head"`},
		"not for a principal who is gone":           {all(func(r *Records) { r.People[4].Until = day(8, 1) }, stand(vacation("ut1-deputy", "ut1-head"))), "ut1-deputy", "requester"},
		"not of a post whose unit is gone":          {stand(Substitute{Person: "ut1-deputy", Unit: "GONE"}), "ut1-deputy", "requester"},
		"not what the principal only stands in for": {stand(vacation("ut1-deputy", "ut1-head"), vacation("ut1-head", "ut2-head")), "ut1-deputy", `requester, ut-head@UT-1 por "ut1-head"`},
		"a post and then a person":                  {stand(Substitute{Person: "ut1-deputy", Unit: "UT-2"}, vacation("ut1-deputy", "support-1")), "ut1-deputy", `requester, ut-head@UT-2 por "ut2-head", support@soporte por "support-1"`},
		"once, when two records say the same":       {stand(vacation("ut1-deputy", "ut1-head"), vacation("ut1-deputy", "ut1-head")), "ut1-deputy", `requester, ut-head@UT-1 por "ut1-head"`},
		"a team's role ends with the team":          {func(r *Records) { r.Teams[1].Until = day(8, 31) }, "support-1", "requester"},
		"no head of a unit that is no more":         {func(r *Records) { r.Units[4].Until = day(8, 31) }, "ut1-head", "requester"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := grantLine(New(change(tt.edit)).RolesOf(tt.person, now))
			if got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestWithRoleFindsSubstitutesToo(t *testing.T) {
	d := New(change(stand(vacation("ut1-deputy", "ut1-head"))))
	tests := map[Role][]desk.PersonID{
		Admin:            people("admin"),
		UTHead:           people("ut1-head", "ut1-deputy", "ut2-head"),
		Developer:        people("dev-1", "dev-2"),
		InternalServices: nil,
	}
	for role, want := range tests {
		t.Run(string(role), func(t *testing.T) {
			if diff := cmp.Diff(want, d.WithRole(role, now)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestHasRole(t *testing.T) {
	d := New(institution())
	if !d.HasRole("admin", Admin, now) || d.HasRole("ut1-user", Admin, now) {
		t.Error("the administrator and nobody else administers")
	}
}

func TestEveryRoleComesFromOnePlace(t *testing.T) {
	derived := []Role{Requester, UTHead, UnitHead, UTIHead}
	places := map[Role]int{}
	for _, list := range [][]Role{derived, teamRoles(), personRoles()} {
		for _, role := range list {
			places[role]++
		}
	}
	if len(places) != 15 {
		t.Errorf("got %d roles, want 15", len(places))
	}
	for role, n := range places {
		if n != 1 {
			t.Errorf("role %s is given in %d places", role, n)
		}
	}
}
