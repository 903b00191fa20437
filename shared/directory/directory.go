// Package directory knows who is who: sedes, units, posts and their heads,
// people, teams, substitutes, systems and rooms, and the service catalogue
// (R14–R27, R48, R51–R60, R151).
//
// A Directory is an immutable snapshot of dated records. Every record holds
// from one day until another in Lima, so a question always says for when it is
// asked, and the answer for last March does not change when somebody leaves
// today:
//
//	who decides?     Approvers(stage, requester, unit, policy, at)
//	who attends?     TeamFor(flow, level, unit, at)
//	who is writing?  ByEmail(address, at)
//	what may they?   GrantsOf(person, at)
//
// Nobody holds a power twice in two places: heads follow from the record of
// their post, level roles from the record of their team, and only what neither
// says (the specialist who assigns, the administrator) stands on the person.
// Whoever stands in for somebody acts under their own name, and every answer
// says for whom: «X por Y» (R27).
//
// The package does no I/O and holds no clock. ParseCSV turns files into
// records, all or nothing; storing them is an adapter's work.
package directory

import (
	"cmp"
	"slices"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
)

// Records is the directory as data, in the order in which it was written. It
// has a JSON form for storing and a CSV form for people (ParseCSV, FormatCSV).
type Records struct {
	Sedes       []Sede       `json:"sedes"`
	Units       []Unit       `json:"units"`
	People      []Person     `json:"people"`
	Heads       []Head       `json:"heads"`
	Substitutes []Substitute `json:"substitutes"`
	Teams       []Team       `json:"teams"`
	Systems     []System     `json:"systems"`
	SystemUsers []SystemUser `json:"systemUsers"`
	Rooms       []Room       `json:"rooms"`
	Equipment   []Equipment  `json:"equipment"`
}

// Directory answers questions about one version of the records. It is safe for
// concurrent use because nothing changes it.
type Directory struct {
	records Records
	days    calendar.Book

	sedes     map[desk.SedeID][]Sede
	units     map[desk.UnitID][]Unit
	people    map[desk.PersonID][]Person
	teams     map[desk.TeamID][]Team
	systems   map[desk.ServiceID][]System
	heads     map[desk.UnitID][]Head
	addresses map[string][]desk.PersonID
	domains   map[string]bool // the institution's own
}

// New indexes the records. It takes them as they are: records that contradict
// each other are refused earlier, by Check.
func New(r Records) *Directory {
	d := &Directory{
		records:   r,
		sedes:     index(r.Sedes, func(s Sede) desk.SedeID { return s.ID }),
		units:     index(r.Units, func(u Unit) desk.UnitID { return u.ID }),
		people:    index(r.People, func(p Person) desk.PersonID { return p.ID }),
		teams:     index(r.Teams, func(t Team) desk.TeamID { return t.ID }),
		systems:   index(r.Systems, func(s System) desk.ServiceID { return s.ID }),
		heads:     index(r.Heads, func(h Head) desk.UnitID { return h.Unit }),
		addresses: map[string][]desk.PersonID{},
		domains:   ownDomains(r),
	}
	for _, p := range r.People {
		for _, address := range p.Emails {
			key := CanonicalAddress(address)
			if !slices.Contains(d.addresses[key], p.ID) {
				d.addresses[key] = append(d.addresses[key], p.ID)
			}
		}
	}
	return d
}

// Records returns the data behind the snapshot. Callers must not change it.
func (d *Directory) Records() Records { return d.records }

// Sede returns the site's record in force at an instant.
func (d *Directory) Sede(id desk.SedeID, at time.Time) (Sede, bool) {
	return inForce(d.sedes[id], at)
}

// Unit returns the unit's record in force at an instant.
func (d *Directory) Unit(id desk.UnitID, at time.Time) (Unit, bool) {
	return inForce(d.units[id], at)
}

// Person returns the person's record if they work here at that instant: its
// dates hold and it is not disabled. For showing names use Name, which also
// knows those who left.
func (d *Directory) Person(id desk.PersonID, at time.Time) (Person, bool) {
	p, ok := inForce(d.people[id], at)
	if !ok || p.Disabled {
		return Person{}, false
	}
	return p, true
}

// Team returns the team's record in force at an instant.
func (d *Directory) Team(id desk.TeamID, at time.Time) (Team, bool) {
	return inForce(d.teams[id], at)
}

// System returns the record of an information system in force at an instant.
func (d *Directory) System(id desk.ServiceID, at time.Time) (System, bool) {
	return inForce(d.systems[id], at)
}

// Name is how to show a person, whether or not they still work here: the
// newest display name, or the id when the directory never knew it.
func (d *Directory) Name(id desk.PersonID) string {
	versions := d.people[id]
	if len(versions) == 0 {
		return string(id)
	}
	return versions[len(versions)-1].Name
}

// UsersOf lists those who use a system at an instant and still work here: the
// recipients of an interruption notice (R76, R77), in the order of the records.
func (d *Directory) UsersOf(system desk.ServiceID, at time.Time) []desk.PersonID {
	var users []desk.PersonID
	for _, use := range d.records.SystemUsers {
		if _, works := d.Person(use.Person, at); works && use.System == system && use.Holds(at) {
			users = append(users, use.Person)
		}
	}
	return users
}

// Readers lists those users of a system who can be written to: who an
// interruption notice goes to.
func (d *Directory) Readers(system desk.ServiceID, at time.Time) []Person {
	var readers []Person
	for _, id := range d.UsersOf(system, at) {
		if p, ok := d.Person(id, at); ok && p.Mail() != "" {
			readers = append(readers, p)
		}
	}
	return readers
}

// EquipmentOf lists the equipment recorded as used by a person: «Mis equipos».
func (d *Directory) EquipmentOf(person desk.PersonID, at time.Time) []Equipment {
	var found []Equipment
	for _, e := range d.records.Equipment {
		if e.Person == person && e.Holds(at) {
			found = append(found, e)
		}
	}
	return found
}

// dated is any record with a period of validity.
type dated interface {
	Holds(at time.Time) bool
	starts() int
	span() Period
}

// index groups records by key, each group from oldest to newest.
func index[K comparable, R dated](records []R, key func(R) K) map[K][]R {
	groups := make(map[K][]R, len(records))
	for _, r := range records {
		groups[key(r)] = append(groups[key(r)], r)
	}
	for _, group := range groups {
		slices.SortStableFunc(group, func(a, b R) int { return cmp.Compare(a.starts(), b.starts()) })
	}
	return groups
}

// inForce picks the version that holds; of two that overlap, the newer.
func inForce[R dated](versions []R, at time.Time) (R, bool) {
	for _, version := range slices.Backward(versions) {
		if version.Holds(at) {
			return version, true
		}
	}
	var none R
	return none, false
}
