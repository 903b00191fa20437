package directory

import (
	"slices"
	"time"

	"mesa/shared/desk"
)

// Membership is a team whose work a person may do; For is the member they
// stand in for.
type Membership struct {
	Team desk.TeamID
	For  desk.PersonID
}

// TeamsOf lists the teams of a person at an instant: their own, then those of
// the people they stand in for.
func (d *Directory) TeamsOf(person desk.PersonID, at time.Time) []Membership {
	if _, works := d.Person(person, at); !works {
		return nil
	}
	var teams []Membership
	for _, team := range d.teamsHeld(person, at) {
		teams = append(teams, Membership{Team: team.ID})
	}
	for _, sub := range d.standingIn(person, at) {
		for _, team := range d.teamsHeld(sub.Principal, at) {
			own := slices.Contains(teams, Membership{Team: team.ID})
			if m := (Membership{Team: team.ID, For: sub.Principal}); !own && !slices.Contains(teams, m) {
				teams = append(teams, m)
			}
		}
	}
	return teams
}

// MembersOf lists who does a team's work at an instant: its members who work
// here, its lead among them, and those who stand in for one.
func (d *Directory) MembersOf(id desk.TeamID, at time.Time) []desk.PersonID {
	team, ok := d.Team(id, at)
	if !ok {
		return nil
	}
	var members []desk.PersonID
	for _, member := range team.everyone() {
		members = append(members, member)
		members = append(members, d.substitutesOf(member, at)...)
	}
	return unique(slices.DeleteFunc(members, func(p desk.PersonID) bool {
		_, works := d.Person(p, at)
		return !works
	}))
}

// everyone lists the members and the lead, who is one of them.
func (t Team) everyone() []desk.PersonID {
	if t.Lead == "" || slices.Contains(t.Members, t.Lead) {
		return t.Members
	}
	return append(slices.Clone(t.Members), t.Lead)
}

// teamsHeld lists the teams in force that name a person.
func (d *Directory) teamsHeld(person desk.PersonID, at time.Time) []Team {
	var held []Team
	for _, team := range d.records.Teams {
		if person != "" && team.Holds(at) && slices.Contains(team.everyone(), person) {
			held = append(held, team)
		}
	}
	return held
}

// substitutesOf lists who stands in for all that a person holds.
func (d *Directory) substitutesOf(principal desk.PersonID, at time.Time) []desk.PersonID {
	var people []desk.PersonID
	for _, sub := range d.records.Substitutes {
		if sub.Principal == principal && sub.Holds(at) {
			people = append(people, sub.Person)
		}
	}
	return people
}

// TeamFor answers which team attends a level of a flow for a unit (R48): the
// territorial unit's own team where it serves that level, else the central one.
//
// In a territorial unit 8.5 to 8.8 have one level: its own specialist does all
// of it («o el que haga su vez»), so there is no Level 2 or 3 to go to, and
// Levels 4 and 5 are central.
func (d *Directory) TeamFor(flow desk.FlowCode, level desk.Level, unit desk.UnitID, at time.Time) (desk.TeamID, bool) {
	record, known := d.Unit(unit, at)
	if known && record.Kind == Territorial {
		if oneLevel(flow) && (level == 2 || level == 3) {
			return "", false
		}
		if team, ok := d.serving(flow, level, unit, at); ok {
			return team, true
		}
	}
	return d.serving(flow, level, "", at)
}

// oneLevel tells whether a territorial unit attends the whole flow itself:
// 8.5.4, 8.6.5, 8.7.4, 8.8.2.
func oneLevel(flow desk.FlowCode) bool {
	switch flow {
	case desk.Flow85, desk.Flow86, desk.Flow87, desk.Flow88:
		return true
	default:
		return false
	}
}

func (d *Directory) serving(flow desk.FlowCode, level desk.Level, unit desk.UnitID, at time.Time) (desk.TeamID, bool) {
	for _, team := range d.records.Teams {
		if team.Unit == unit && team.Holds(at) && slices.Contains(team.Serves, Serving{flow, level}) {
			return team.ID, true
		}
	}
	return "", false
}

// ContactTeam is the Level 1 team that a mail or a call of somebody in a unit
// reaches, before it has a flow: routed by place (R62). An unknown unit, or
// none, is received at headquarters, so ContactTeam("", at) is the mesa de ayuda.
func (d *Directory) ContactTeam(unit desk.UnitID, at time.Time) (desk.TeamID, bool) {
	return d.TeamFor(desk.Flow81, 1, unit, at)
}

// TeamByAddress answers which team receives what is written to an address: the
// support mailbox, or the one of a territorial unit (R125). It is the unit's
// inbound address and not the team's own mailbox: a notice to the team must not
// come back as a request.
func (d *Directory) TeamByAddress(address string, at time.Time) (desk.TeamID, bool) {
	wanted := CanonicalAddress(address)
	for _, unit := range d.records.Units {
		if unit.Mail != "" && unit.Holds(at) && CanonicalAddress(unit.Mail) == wanted {
			return d.ContactTeam(unit.ID, at)
		}
	}
	return "", false
}

// NoticeAddress is where a notice to a team goes: its one mailbox, else its
// lead (never every member: one item per notice).
func (d *Directory) NoticeAddress(id desk.TeamID, at time.Time) (address string, lead desk.PersonID) {
	team, ok := d.Team(id, at)
	if !ok || team.Mailbox != "" {
		return team.Mailbox, ""
	}
	person, _ := d.Person(team.Lead, at)
	return person.Mail(), person.ID
}
