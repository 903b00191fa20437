package directory

import (
	"time"

	"mesa/shared/desk"
)

// The answers below are what a mail needs to know of who is who, in plain
// words, so that package notify can ask without knowing this one.

// Reach is how to reach a person: where the desk writes, their área or unit for
// showing, and their telephone. Without an address the person cannot be
// written to: they have none, left, or their account is disabled.
func (d *Directory) Reach(id desk.PersonID, at time.Time) (address, area, phone string) {
	person, _ := inForce(d.people[id], at) // of a disabled account too: only its address is not for writing
	area = person.Area
	if unit, ok := d.Unit(person.Unit, at); ok && area == "" {
		area = unit.Name
	}
	if !person.Disabled {
		address = person.Mail()
	}
	return address, area, person.Phone
}

// TeamLed is what a team is called and who leads it, "" for a team not in force.
func (d *Directory) TeamLed(id desk.TeamID, at time.Time) (name string, lead desk.PersonID) {
	team, _ := d.Team(id, at)
	return team.Name, team.Lead
}

// Place is how the place of a ticket is shown and which mailbox receives its
// requests: of a territorial unit its own (R125), "" for the desk's.
func (d *Directory) Place(unit desk.UnitID, sede desk.SedeID, at time.Time) (unitName, sedeName, mailbox string) {
	u, _ := d.Unit(unit, at)
	s, _ := d.Sede(sede, at)
	if u.Kind == Territorial {
		mailbox = u.Mail
	}
	return u.Name, s.Name, mailbox
}

// PostOf is the title of the post by which a person, or the principal they
// stand in for, decides a stage: «Jefa/e de la UT Ejemplo». A service's policy
// may have asked a post outside the line (R70); then it is the first they hold.
func (d *Directory) PostOf(asked desk.Asked, stage desk.Stage, requester desk.PersonID, unit desk.UnitID, at time.Time) string {
	approvers, _ := d.Approvers(stage, requester, unit, Policy{}, at)
	for _, a := range approvers {
		if post, ok := d.Unit(a.Unit, at); ok && a.Person == asked.Person {
			return post.Title
		}
	}
	holder := asked.Person
	if asked.For != "" {
		holder = asked.For
	}
	if headed := d.unitsHeaded(holder, at); len(headed) > 0 {
		return headed[0].Title
	}
	return ""
}
