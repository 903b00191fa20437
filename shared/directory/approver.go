package directory

import (
	"slices"
	"time"

	"mesa/shared/desk"
)

// Policy is what a service's setting changes about who decides (R70). The zero
// value is the procedure as written: the line of the requester evaluates.
type Policy struct {
	Owner desk.UnitID // evaluates at stage uo instead of the line: the system's owner
}

// PolicyOf is the rule in force for a service on the day its ticket was opened:
// a change of rule leaves the tickets that are already being decided alone.
func (d *Directory) PolicyOf(service desk.ServiceID, opened time.Time) Policy {
	system, ok := d.System(service, opened)
	if !ok || system.Evaluates != ByOwner {
		return Policy{}
	}
	return Policy{Owner: system.Owner}
}

// Rung is the step of the chain on which an approver stands.
type Rung string

// The rungs, from the first asked to the last.
const (
	OnHolder     Rung = "holder"     // holds the post that the stage asks
	OnSubstitute Rung = "substitute" // stands in for the holder of that post
	OnSuperior   Rung = "superior"   // holds or stands in for the post of a unit above
	OnUTI        Rung = "uti"        // Jefatura de la UTI, the end of every chain
)

// Approver is one person who may decide a stage.
type Approver struct {
	Person desk.PersonID
	For    desk.PersonID // the principal when Person stands in; empty for a vacant post
	Unit   desk.UnitID   // whose post it is: «decide como jefa/e de…»
	Rung   Rung
	AtOnce bool // asked when the stage opens; the others only when time runs out
}

// SkipReason says why somebody on the chain is not asked.
type SkipReason string

// The reasons for skipping.
const (
	PostVacant SkipReason = "vacant"    // nobody holds the post
	OwnRequest SkipReason = "requester" // nobody decides their own request
	NotWorking SkipReason = "disabled"  // the account is disabled or the person left
	NoSuchUnit SkipReason = "no-unit"   // the directory has no unit that the stage could ask
)

// Skipped is a place on the chain that yields nobody, and why. It is recorded
// with the request, so that the path of a decision can be explained later.
type Skipped struct {
	Person desk.PersonID // empty for a vacant post
	Unit   desk.UnitID
	Rung   Rung
	Reason SkipReason
}

// Approvers answers who decides a stage, in the order in which they are asked:
// the holder of the post; the dated substitute, at once beside the holder while
// in force; the head of the nearest superior unit that yields somebody; the
// Jefatura of the UTI. The requester never stands among them, nor does anybody
// twice. An empty answer means «sin aprobador».
//
// The post asked is: at stage ut the head of the requester's territorial unit;
// at stage uo the head of the unit above it, or at headquarters of the
// requester's own organic unit, unless the policy names the system's owner
// (8.1.4, R66, R68, R70); at stage uti the Jefatura of the UTI (8.3.2).
func (d *Directory) Approvers(stage desk.Stage, requester desk.PersonID, unit desk.UnitID, policy Policy, at time.Time) ([]Approver, []Skipped) {
	c := chain{directory: d, requester: requester, at: at}
	post, asked := d.postAsked(stage, unit, policy, at)
	if !asked {
		return nil, []Skipped{{Unit: unit, Rung: OnHolder, Reason: NoSuchUnit}}
	}
	c.ask(post, OnHolder, OnSubstitute)
	c.climb(post)
	if uti, ok := d.uti(at); ok {
		c.ask(uti, OnUTI, OnUTI)
	}
	c.markAtOnce()
	return c.approvers, c.skipped
}

// postAsked is the unit whose head a stage asks first.
func (d *Directory) postAsked(stage desk.Stage, unit desk.UnitID, policy Policy, at time.Time) (Unit, bool) {
	own, known := d.Unit(unit, at)
	switch stage {
	case desk.StageUT:
		return own, known && own.Kind == Territorial
	case desk.StageUO:
		if policy.Owner != "" {
			return d.Unit(policy.Owner, at)
		}
		if known && own.Kind == Territorial {
			return d.Unit(own.Parent, at)
		}
		return own, known
	case desk.StageUTI:
		return d.uti(at)
	default:
		return Unit{}, false
	}
}

// uti is the Unidad de Tecnologías de la Información.
func (d *Directory) uti(at time.Time) (Unit, bool) {
	for _, unit := range d.records.Units {
		if unit.Kind == UTI && unit.Holds(at) {
			return unit, true
		}
	}
	return Unit{}, false
}

// chain collects approvers while it walks up.
type chain struct {
	directory *Directory
	requester desk.PersonID
	at        time.Time
	approvers []Approver
	skipped   []Skipped
}

// climb asks the units above a post, nearest first, until one yields somebody.
// A ring of parents ends where it closes.
func (c *chain) climb(from Unit) {
	before := len(c.approvers)
	seen := []desk.UnitID{from.ID}
	for parent := from.Parent; parent != "" && !slices.Contains(seen, parent); {
		seen = append(seen, parent)
		unit, ok := c.directory.Unit(parent, c.at)
		if !ok {
			c.skip("", parent, OnSuperior, NoSuchUnit)
			return
		}
		c.ask(unit, OnSuperior, OnSuperior)
		if len(c.approvers) > before {
			return
		}
		parent = unit.Parent
	}
}

// ask adds the holder of a unit's post and those who stand in for it.
func (c *chain) ask(unit Unit, holderRung, substituteRung Rung) {
	holder := c.directory.holder(unit.ID, c.at)
	if holder == "" {
		c.skip("", unit.ID, holderRung, PostVacant)
	} else {
		c.add(Approver{Person: holder, Unit: unit.ID, Rung: holderRung})
	}
	for _, sub := range c.directory.records.Substitutes {
		forPost := sub.Unit == unit.ID
		forHolder := sub.Unit == "" && holder != "" && sub.Principal == holder
		if sub.Holds(c.at) && (forPost || forHolder) {
			c.add(Approver{Person: sub.Person, For: holder, Unit: unit.ID, Rung: substituteRung})
		}
	}
}

// add takes a candidate or records why not. Somebody on an earlier rung already
// keeps that place.
func (c *chain) add(a Approver) {
	asked := func(other Approver) bool { return other.Person == a.Person }
	switch _, works := c.directory.Person(a.Person, c.at); {
	case a.Person == c.requester:
		c.skip(a.Person, a.Unit, a.Rung, OwnRequest)
	case !works:
		c.skip(a.Person, a.Unit, a.Rung, NotWorking)
	case !slices.ContainsFunc(c.approvers, asked):
		c.approvers = append(c.approvers, a)
	}
}

// skip records a place that yields nobody, once.
func (c *chain) skip(person desk.PersonID, unit desk.UnitID, rung Rung, reason SkipReason) {
	same := func(s Skipped) bool { return s.Person == person && s.Unit == unit }
	if !slices.ContainsFunc(c.skipped, same) {
		c.skipped = append(c.skipped, Skipped{person, unit, rung, reason})
	}
}

// markAtOnce marks those who are asked when the stage opens: everybody at the
// first post that yields somebody.
func (c *chain) markAtOnce() {
	for i := range c.approvers {
		c.approvers[i].AtOnce = c.approvers[i].Unit == c.approvers[0].Unit
	}
}
