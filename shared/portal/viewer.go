package portal

import (
	"slices"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/web"
)

// viewer is what the navigation may offer this person.
func (v *visit) viewer() *web.Viewer {
	viewer := &web.Viewer{Name: v.person.Name, Role: v.roleName(), Staff: v.staff(), Phones: v.phones(), Held: v.holds(), Operator: v.operator(), Addresses: v.seesAddresses(), Regularises: v.regularises()}
	if viewer.Approver = v.approver(); viewer.Approver {
		if pending, err := v.Lists.PendingApprovals(v.r.Context(), v.me()); err == nil { // a number beside a word: no reason to fail a page
			viewer.Waiting = len(pending)
		}
	}
	return viewer
}

// staff work on cases.
func (v *visit) staff() bool { return len(v.rights.Teams) > 0 || v.rights.Desk }

// phones: Level 1 anywhere registers calls (R30), the administration of the SGD
// those that it gets (8.2.1).
func (v *visit) phones() bool {
	return v.rights.Desk || v.rights.SGD != "" || v.hasRole(directory.FirstLevel)
}

// sgd: who is called about the SGD, and about nothing else.
func (v *visit) sgd() bool { return v.rights.SGD != "" && !v.rights.Desk }

// holds: the mesa de ayuda sees the held mails.
func (v *visit) holds() bool { return v.Portal.Held != nil && v.rights.Desk }

// operator sees what stands still.
func (v *visit) operator() bool { return v.rights.Admin || v.rights.UTIHead }

// approver decides, or substitutes somebody who does.
func (v *visit) approver() bool {
	return v.hasRole(directory.UTHead, directory.UnitHead, directory.UTIHead)
}

func (v *visit) hasRole(roles ...directory.Role) bool {
	return slices.ContainsFunc(v.directory.RolesOf(v.me(), v.now), func(g directory.Grant) bool { return slices.Contains(roles, g.Role) })
}

// posts are the heads' posts that a person holds or acts for, by their titles.
func (v *visit) posts() []string {
	var titles []string
	for _, g := range v.directory.RolesOf(v.me(), v.now) {
		unit, ok := v.directory.Unit(g.Unit, v.now)
		if !ok || g.Role != directory.UTHead && g.Role != directory.UnitHead && g.Role != directory.UTIHead {
			continue
		}
		title := unit.Title
		if g.Acting {
			title += " (suplente)"
		}
		if !slices.Contains(titles, title) {
			titles = append(titles, title)
		}
	}
	return titles
}

// roleName is the one line under the person's name.
func (v *visit) roleName() string {
	if posts := v.posts(); len(posts) > 0 {
		return strings.Join(posts, "; ")
	}
	if v.rights.Assigner {
		return "Especialista de mesa de ayuda"
	}
	for _, m := range v.rights.Teams {
		if team, ok := v.directory.Team(m.Team, v.now); ok {
			return team.Name
		}
	}
	if v.rights.Admin {
		return "Administradora/or"
	}
	return v.area()
}

// area is where the person works.
func (v *visit) area() string {
	if v.person.Area != "" {
		return v.person.Area
	}
	unit, _ := v.directory.Unit(v.person.Unit, v.now)
	return unit.Name
}

// byName is how a person is shown, with whom they stand in for.
func byName(d *directory.Directory, a desk.Actor) string {
	switch {
	case a.Person == desk.Clock:
		return "Por vencimiento de plazo"
	case a.Person == "" && a.Assurance == desk.AssuredSelf:
		return "Mesa de ayuda, al recibir un correo"
	case a.Person == "":
		return "Otro sistema"
	case a.For != "":
		return d.Name(a.Person) + " por " + d.Name(a.For)
	}
	return d.Name(a.Person)
}
