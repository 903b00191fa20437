package portal

import (
	"net/url"
	"slices"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/web"
)

// monthLayout is how a month stands in an address.
const monthLayout = "2006-01"

func registerPath(sede desk.SedeID, month time.Time) string {
	return "/register/" + url.PathEscape(string(sede)) + "/" + month.Format(monthLayout)
}

// ownRegister leads to the reader's own sede and the present month.
func (v *visit) ownRegister() error {
	sedes := v.sedes()
	if len(sedes) == 0 {
		return notFound()
	}
	return v.leave(registerPath(sedes[0].ID, v.now.In(desk.Lima)))
}

// sedes are those whose register the reader may see, their own first: all of
// them for the mesa de ayuda and the Jefatura UTI, else the sede where they work
// or head a unit.
func (v *visit) sedes() []directory.Sede {
	everywhere := v.rights.Desk || v.rights.UTIHead
	if !everywhere && !v.staff() && !v.approver() {
		return nil
	}
	own := map[desk.SedeID]bool{}
	if unit, ok := v.directory.Unit(v.person.Unit, v.now); ok {
		own[unit.Sede] = true
	}
	for _, g := range v.directory.RolesOf(v.me(), v.now) {
		if unit, ok := v.directory.Unit(g.Unit, v.now); ok {
			own[unit.Sede] = true
		}
	}
	var list []directory.Sede
	for _, s := range v.directory.Records().Sedes {
		if s.Holds(v.now) && (everywhere || own[s.ID]) {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(a, b directory.Sede) int { return mineFirst(own[a.ID], own[b.ID]) })
	return list
}

func mineFirst(a, b bool) int {
	switch {
	case a && !b:
		return -1
	case b && !a:
		return 1
	}
	return 0
}

// register is Anexo 01 of a sede and month (R132-R138).
func (v *visit) register() error {
	sedes := v.sedes()
	i := slices.IndexFunc(sedes, func(s directory.Sede) bool { return s.ID == desk.SedeID(v.r.PathValue("sede")) })
	month, err := time.ParseInLocation(monthLayout, v.r.PathValue("month"), desk.Lima)
	if i < 0 || err != nil {
		return desk.NewProblem(desk.NotFound, "", "No encontramos ese registro.")
	}
	rows, err := v.Lists.Register(v.r.Context(), sedes[i].ID, desk.Period(month))
	if err != nil {
		return err
	}
	page := web.Register{Sede: sedes[i].Name, Month: web.MonthYear(month), House: v.houseOf(month), Previous: monthLink(sedes[i].ID, month.AddDate(0, -1, 0))}
	if later := month.AddDate(0, 1, 0); !later.After(v.now) {
		page.Later = monthLink(sedes[i].ID, later)
	}
	for _, s := range sedes {
		if len(sedes) > 1 {
			page.Sedes = append(page.Sedes, web.Link{Label: s.Name, Href: registerPath(s.ID, month), Here: s.ID == sedes[i].ID})
		}
	}
	for _, r := range rows {
		page.Rows = append(page.Rows, registerRow(r))
	}
	return v.show(page)
}

// houseOf is the institution of a month's form, and its version: as they were when
// the month ended; of the present month, as they are.
func (v *visit) houseOf(month time.Time) desk.Institution {
	if end := month.AddDate(0, 1, 0).Add(-time.Second); end.Before(v.now) {
		return v.houseAt(end)
	}
	return v.house()
}

func monthLink(sede desk.SedeID, month time.Time) *web.Link {
	return &web.Link{Label: web.MonthYear(month), Href: registerPath(sede, month)}
}

// registerRow is one attention in the columns of the form.
func registerRow(r desk.Row) web.RegisterRow {
	row := web.RegisterRow{Number: r.N, Date: r.At, Sede: r.SedeName, Person: r.Requester, Area: r.Area, Description: r.Description, Solution: r.Solution,
		Typology: r.Typology, State: r.State, Staff: r.Staff, Href: ticketPath(r.Number)}
	if r.Reopened {
		row.Changed = "Reabierto y vuelto a cerrar"
	}
	return row
}
