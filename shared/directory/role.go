package directory

import (
	"slices"
	"time"

	"mesa/shared/desk"
)

// Role is a part that a person plays in the procedure: section 2 of the
// requirements. What a role may do is written in package flow, not here.
type Role string

// The roles. Requester belongs to everybody who works here; the three heads
// follow from a post, the team roles from a team; Assigner, UTSpecialist,
// UTISpecialist and Admin stand on the person.
const (
	Requester        Role = "requester"         // usuaria/o interno: R13
	FirstLevel       Role = "first-level"       // informática/o, Nivel 1: R14
	Assigner         Role = "assigner"          // especialista UTI de Mesa de ayuda: R15
	Support          Role = "support"           // profesional de soporte: R16
	UTSpecialist     Role = "ut-specialist"     // especialista informático de la UT: R17
	UTHead           Role = "ut-head"           // jefa/e de la UT: R18
	UnitHead         Role = "unit-head"         // jefa/e de la unidad orgánica: R19
	UTIHead          Role = "uti-head"          // Jefatura de la UTI: R20
	SGDAdmin         Role = "sgd-admin"         // administrador/a del SGD: R21
	UTISpecialist    Role = "uti-specialist"    // especialista de UTI que detecta: R22
	Developer        Role = "developer"         // equipo de Desarrollo: R23
	Database         Role = "database"          // base de datos y aplicaciones: R24
	Infrastructure   Role = "infrastructure"    // Infraestructura: R25
	InternalServices Role = "internal-services" // servicios internos y proveedores: R26
	Admin            Role = "admin"             // keeps the directory and the settings
)

// teamRoles are the roles that membership of a team may give.
func teamRoles() []Role {
	return []Role{FirstLevel, Support, SGDAdmin, Developer, Database, Infrastructure, InternalServices}
}

// personRoles are the roles that may stand on a person.
func personRoles() []Role {
	return []Role{Assigner, UTSpecialist, UTISpecialist, Admin}
}

// Grant is one role that a person holds, and where: Team for a team role and
// for the specialist of a UT, Unit for a head. For is the principal when the person stands in («X por Y»), empty
// when the role is their own or the post they act for is vacant; Acting tells
// these two apart.
type Grant struct {
	Role   Role
	Team   desk.TeamID
	Unit   desk.UnitID
	For    desk.PersonID
	Acting bool
}

// RolesOf lists what a person holds at an instant, own roles first, then those
// of the people and posts they stand in for. Somebody who does not work here,
// or whose account is disabled, holds nothing.
func (d *Directory) RolesOf(person desk.PersonID, at time.Time) []Grant {
	if _, works := d.Person(person, at); !works {
		return nil
	}
	grants := d.held(person, at)
	for _, sub := range d.standingIn(person, at) {
		if sub.Unit != "" {
			if unit, ok := d.Unit(sub.Unit, at); ok {
				holder := d.holder(unit.ID, at)
				grants = append(grants, Grant{Role: headRole(unit.Kind), Unit: unit.ID, For: holder, Acting: true})
			}
			continue
		}
		for _, grant := range d.held(sub.Principal, at) {
			if grant.Role != Requester {
				grant.For, grant.Acting = sub.Principal, true
				grants = append(grants, grant)
			}
		}
	}
	return unique(grants)
}

// HasRole tells whether a person holds a role, own or standing in, anywhere.
func (d *Directory) HasRole(person desk.PersonID, role Role, at time.Time) bool {
	return slices.ContainsFunc(d.RolesOf(person, at), func(g Grant) bool { return g.Role == role })
}

// WithRole lists the people who hold a role at an instant, in the order of the
// records: for assigning, and for notices to those who administer.
func (d *Directory) WithRole(role Role, at time.Time) []desk.PersonID {
	var people []desk.PersonID
	for _, p := range d.records.People {
		if d.HasRole(p.ID, role, at) && !slices.Contains(people, p.ID) {
			people = append(people, p.ID)
		}
	}
	return people
}

// held lists a person's own roles. It asks nothing about the account: the post
// of somebody absent or disabled is still theirs to be stood in for.
func (d *Directory) held(person desk.PersonID, at time.Time) []Grant {
	record, ok := inForce(d.people[person], at)
	if !ok {
		return nil
	}
	grants := []Grant{{Role: Requester, Unit: record.Unit}}
	for _, role := range record.Roles {
		grant := Grant{Role: role, Unit: record.Unit}
		if role == UTSpecialist {
			grant.Team, _ = d.ContactTeam(record.Unit, at) // whose work the specialist assigns
		}
		grants = append(grants, grant)
	}
	for _, team := range d.teamsHeld(person, at) {
		grants = append(grants, Grant{Role: team.Role, Team: team.ID, Unit: team.Unit})
	}
	for _, unit := range d.unitsHeaded(person, at) {
		grants = append(grants, Grant{Role: headRole(unit.Kind), Unit: unit.ID})
	}
	return grants
}

// headRole is the role that the post at the head of a unit gives.
func headRole(kind UnitKind) Role {
	switch kind {
	case Territorial:
		return UTHead
	case UTI:
		return UTIHead
	default:
		return UnitHead
	}
}

// unitsHeaded lists the units whose post a person holds.
func (d *Directory) unitsHeaded(person desk.PersonID, at time.Time) []Unit {
	var headed []Unit
	for _, h := range d.records.Heads {
		if unit, ok := d.Unit(h.Unit, at); ok && h.Person == person && h.Holds(at) {
			headed = append(headed, unit)
		}
	}
	return headed
}

// holder is who holds the post of a unit, "" while it is vacant.
func (d *Directory) holder(unit desk.UnitID, at time.Time) desk.PersonID {
	head, _ := inForce(d.heads[unit], at)
	return head.Person
}

// standingIn lists the substitutions in force by which a person stands in.
func (d *Directory) standingIn(person desk.PersonID, at time.Time) []Substitute {
	var found []Substitute
	for _, sub := range d.records.Substitutes {
		if sub.Person == person && sub.Holds(at) {
			found = append(found, sub)
		}
	}
	return found
}

// unique drops repeated values and keeps the order.
func unique[T comparable](values []T) []T {
	var kept []T
	for _, v := range values {
		if !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return kept
}
