package directory

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mesa/shared/desk"
)

func TestTeamFor(t *testing.T) {
	tests := map[string]struct {
		flow  desk.FlowCode
		level desk.Level
		unit  desk.UnitID
		want  desk.TeamID
	}{
		"8.1 L1 of a UT is its own (8.1.1)":           {"8.1", 1, "UT-1", "ut-1"},
		"8.1 L1 at headquarters is the mesa de ayuda": {"8.1", 1, "LINE", "mesa-de-ayuda"},
		"8.1 L2 is Desarrollo for everybody (8.1.5)":  {"8.1", 2, "UT-1", "desarrollo"},
		"8.1 L4 is Infraestructura (R49)":             {"8.1", 4, "UT-1", "infraestructura"},
		"8.3 L1 is the mesa de ayuda (8.3.3)":         {"8.3", 1, "UTI", "mesa-de-ayuda"},
		"8.5 L1 at headquarters":                      {"8.5", 1, "LINE", "mesa-de-ayuda"},
		"8.5 L2 at headquarters is Soporte (R48)":     {"8.5", 2, "LINE", "soporte"},
		"8.6 in a UT is its own team (8.6.5)":         {"8.6", 1, "UT-1", "ut-1"},
		"8.6 in a UT has no L2":                       {"8.6", 2, "UT-1", ""},
		"8.6 in a UT has no L3":                       {"8.6", 3, "UT-1", ""},
		"8.6 in a UT has a central L4":                {"8.6", 4, "UT-1", "infraestructura"},
		"a UT without a team is attended centrally":   {"8.6", 1, "UT-2", "mesa-de-ayuda"},
		"an unknown unit is attended centrally":       {"8.1", 1, "NONE", "mesa-de-ayuda"},
		"a level nobody serves":                       {"8.1", 5, "LINE", ""},
		"a flow that is not classified":               {"", 1, "LINE", ""},
	}
	d := New(institution())
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, ok := d.TeamFor(tt.flow, tt.level, tt.unit, now)
			if got != tt.want || ok != (tt.want != "") {
				t.Errorf("got %q, %v; want %q", got, ok, tt.want)
			}
		})
	}
}

func TestTeamForForgetsATeamThatEnded(t *testing.T) {
	d := New(change(func(r *Records) { r.Teams[4].Until = day(time.August, 31) }))
	if got, _ := d.TeamFor("8.6", 1, "UT-1", now); got != "mesa-de-ayuda" {
		t.Errorf("got %q", got)
	}
	if got, _ := d.TeamFor("8.6", 1, "UT-1", noon(time.August, 31)); got != "ut-1" {
		t.Errorf("on its last day got %q", got)
	}
}

func TestContactTeam(t *testing.T) {
	d := New(institution())
	for unit, want := range map[desk.UnitID]desk.TeamID{"UT-1": "ut-1", "LINE": "mesa-de-ayuda", "": "mesa-de-ayuda"} {
		if got, ok := d.ContactTeam(unit, now); !ok || got != want {
			t.Errorf("unit %q: got %q, want %q", unit, got, want)
		}
	}
}

func TestTeamsOf(t *testing.T) {
	own := func(team desk.TeamID) Membership { return Membership{Team: team} }
	tests := map[string]struct {
		edit   func(*Records)
		person desk.PersonID
		want   []Membership
	}{
		"a member's own":                {unchanged, "support-1", []Membership{own("soporte")}},
		"a lead is a member":            {unchanged, "dev-1", []Membership{own("desarrollo")}},
		"none of a requester":           {unchanged, "ut1-user", nil},
		"none of a stranger":            {unchanged, "stranger", nil},
		"none of nobody":                {unchanged, "", nil},
		"none of a disabled account":    {disable("support-1"), "support-1", nil},
		"a principal's, by their name":  {stand(vacation("ut1-user", "ut1-specialist")), "ut1-user", []Membership{{"ut-1", "ut1-specialist"}}},
		"own before a principal's":      {stand(vacation("support-1", "dev-2")), "support-1", []Membership{own("soporte"), {"desarrollo", "dev-2"}}},
		"own instead of a principal's":  {stand(vacation("dev-1", "dev-2")), "dev-1", []Membership{own("desarrollo")}},
		"not by standing in for a post": {stand(Substitute{Person: "ut1-user", Unit: "UT-1"}), "ut1-user", nil},
		"not when the dates are over":   {stand(Substitute{Person: "ut1-user", Principal: "dev-2", Period: Period{Until: day(time.August, 1)}}), "ut1-user", nil},
		"one line for each principal":   {stand(vacation("ut1-user", "dev-1"), vacation("ut1-user", "dev-2")), "ut1-user", []Membership{{"desarrollo", "dev-1"}, {"desarrollo", "dev-2"}}},
		"once, when two records say it": {stand(vacation("ut1-user", "dev-1"), vacation("ut1-user", "dev-1")), "ut1-user", []Membership{{"desarrollo", "dev-1"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, New(change(tt.edit)).TeamsOf(tt.person, now)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestMembersOf(t *testing.T) {
	tests := map[string]struct {
		edit func(*Records)
		team desk.TeamID
		want []desk.PersonID
	}{
		"members, then the lead who is not listed": {unchanged, "desarrollo", people("dev-2", "dev-1")},
		"with those who stand in":                  {stand(vacation("ut1-user", "dev-2")), "desarrollo", people("dev-2", "ut1-user", "dev-1")},
		"without disabled accounts":                {disable("dev-2"), "desarrollo", people("dev-1")},
		"the substitute of a disabled account":     {all(disable("dev-2"), stand(vacation("ut1-user", "dev-2"))), "desarrollo", people("ut1-user", "dev-1")},
		"each once":                                {stand(vacation("dev-1", "dev-2")), "desarrollo", people("dev-2", "dev-1")},
		"nobody in a team without members":         {unchanged, "infraestructura", nil},
		"nobody in an unknown team":                {unchanged, "none", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := New(change(tt.edit))
			if diff := cmp.Diff(tt.want, d.MembersOf(tt.team, now)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, member := range d.MembersOf(tt.team, now) {
				if len(d.TeamsOf(member, now)) == 0 {
					t.Errorf("%s does the team's work and has no team", member)
				}
			}
		})
	}
}

func TestTeamByAddress(t *testing.T) {
	d := New(institution())
	tests := map[string]struct {
		address string
		want    desk.TeamID
	}{
		"the support mailbox":                    {"soporte.usuario@qw.gob.pe", "mesa-de-ayuda"},
		"however it is written":                  {"<Soporte.Usuario+PAU@QW.gob.pe>", "mesa-de-ayuda"},
		"a UT's address (R125)":                  {"soporte.ut-1@qw.gob.pe", "ut-1"},
		"not a team's own mailbox":               {"mesa@qw.gob.pe", ""},
		"not some other address":                 {"otro@qw.gob.pe", ""},
		"not the empty address of a silent unit": {"", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got, ok := d.TeamByAddress(tt.address, now); got != tt.want || ok != (tt.want != "") {
				t.Errorf("got %q, %v; want %q", got, ok, tt.want)
			}
		})
	}
}

func TestNoticeAddress(t *testing.T) {
	tests := map[string]struct {
		edit    func(*Records)
		team    desk.TeamID
		address string
		lead    desk.PersonID
	}{
		"the team's one mailbox":        {unchanged, "soporte", "soporte@qw.gob.pe", ""},
		"the lead of a team without":    {unchanged, "desarrollo", "dev-1@qw.gob.pe", "dev-1"},
		"nowhere when the lead is gone": {disable("dev-1"), "desarrollo", "", ""},
		"nowhere for an unknown team":   {unchanged, "none", "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			address, lead := New(change(tt.edit)).NoticeAddress(tt.team, now)
			if address != tt.address || lead != tt.lead {
				t.Errorf("got %q, %q; want %q, %q", address, lead, tt.address, tt.lead)
			}
		})
	}
}

// A team's members are exactly those who have it among their teams, whoever
// stands in for whom.
func TestMembersAndTeamsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := New(disturb(t, institution(), "now"))
		at := noon(time.September, rapid.IntRange(1, 30).Draw(t, "day"))
		for _, team := range d.Records().Teams {
			members := d.MembersOf(team.ID, at)
			for _, p := range d.Records().People {
				has := slices.ContainsFunc(d.TeamsOf(p.ID, at), func(m Membership) bool { return m.Team == team.ID })
				if has != slices.Contains(members, p.ID) {
					t.Fatalf("%s has %s: %v; its members are %v", p.ID, team.ID, has, members)
				}
			}
		}
	})
}

// Somebody acts for another exactly while a substitution of theirs is in force.
func TestGrantsForAnotherNeedASubstitutionInForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := New(disturb(t, disturb(t, institution(), "first"), "then"))
		at := noon(time.September, rapid.IntRange(1, 30).Draw(t, "day"))
		for _, p := range d.Records().People {
			standing := slices.ContainsFunc(d.Records().Substitutes, func(s Substitute) bool { return s.Person == p.ID && s.Holds(at) })
			for _, g := range d.RolesOf(p.ID, at) {
				if g.Acting && !standing {
					t.Fatalf("%s acts as %s without a substitution", p.ID, g.Role)
				}
				if g.Acting && g.Role == Requester || !g.Acting && g.For != "" {
					t.Fatalf("%s holds what cannot be: %+v", p.ID, g)
				}
			}
		}
	})
}
