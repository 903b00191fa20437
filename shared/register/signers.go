package register

import (
	"slices"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
)

// Signer is a person who may give a V°B°, and by which unit's post or support.
type Signer struct {
	Person desk.PersonID
	For    desk.PersonID // whom they stand in for («o el que haga su vez»: R27)
	Unit   desk.UnitID
}

// Signers are who may give the V°B° of a place now, in the order of asking.
//
// The specialist: whoever assigns the work of the sede, its own especialista
// informático in a territorial unit (R17) and the one of mesa de ayuda at
// headquarters (R15), who also signs for a sede without its own. The head: whoever
// would be asked for an approval there (R18, R20), so a dated substitute beside
// the holder, and the superior while the post is vacant. Nobody signs both, so
// the head's signers leave out who signed first.
func Signers(d *directory.Directory, sede desk.SedeID, place desk.Place, signed desk.PersonID, at time.Time) []Signer {
	if place == desk.PlaceHead {
		return heads(d, sede, signed, at)
	}
	own := specialists(d, sede, at)
	if uti, ok := utiOf(d, at); ok && len(own) == 0 {
		return specialists(d, uti.Sede, at)
	}
	return own
}

func specialists(d *directory.Directory, sede desk.SedeID, at time.Time) []Signer {
	var list []Signer
	for _, p := range d.Records().People {
		if _, known := find(list, p.ID); known {
			continue
		}
		if as, ok := specialist(d, sede, p.ID, at); ok {
			list = append(list, as)
		}
	}
	return list
}

// specialist tells whether a person assigns the work of a sede, and as whom.
func specialist(d *directory.Directory, sede desk.SedeID, person desk.PersonID, at time.Time) (Signer, bool) {
	for _, g := range d.RolesOf(person, at) {
		unit, ok := d.Unit(g.Unit, at)
		if ok && unit.Sede == sede && (g.Role == directory.UTSpecialist || g.Role == directory.Assigner) {
			return Signer{person, g.For, g.Unit}, true
		}
	}
	return Signer{}, false
}

// heads asks the chain of approvals; its first rung that yields somebody signs.
func heads(d *directory.Directory, sede desk.SedeID, signed desk.PersonID, at time.Time) []Signer {
	unit := UnitOf(d, sede, at)
	stage := desk.StageUT
	if unit.Kind == directory.UTI {
		stage = desk.StageUTI
	}
	approvers, _ := d.Approvers(stage, signed, unit.ID, directory.Policy{}, at)
	var list []Signer
	for _, a := range approvers {
		if a.AtOnce {
			list = append(list, Signer{a.Person, a.For, a.Unit})
		}
	}
	return list
}

// UnitOf is the unit whose register a sede's is: its territorial unit; at
// headquarters the UTI, which keeps the one register there.
func UnitOf(d *directory.Directory, sede desk.SedeID, at time.Time) directory.Unit {
	for _, u := range d.Records().Units {
		if u.Kind == directory.Territorial && u.Sede == sede && u.Holds(at) {
			return u
		}
	}
	uti, _ := utiOf(d, at)
	return uti
}

func utiOf(d *directory.Directory, at time.Time) (directory.Unit, bool) {
	for _, u := range d.Records().Units {
		if u.Kind == directory.UTI && u.Holds(at) {
			return u, true
		}
	}
	return directory.Unit{}, false
}

// Signs tells whether a sede's register is a person's to sign: then they may read
// it, wherever they work. Whoever signs for want of another reads all of them anyway.
func Signs(d *directory.Directory, sede desk.SedeID, person desk.PersonID, at time.Time) bool {
	if _, ok := specialist(d, sede, person, at); ok {
		return true
	}
	_, ok := find(heads(d, sede, "", at), person)
	return ok
}

func find(list []Signer, person desk.PersonID) (Signer, bool) {
	i := slices.IndexFunc(list, func(s Signer) bool { return s.Person == person })
	if i < 0 {
		return Signer{}, false
	}
	return list[i], true
}
