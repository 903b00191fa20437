package portal

import (
	"net/url"
	"slices"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/register"
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
// or head a unit, and those whose register is theirs to sign.
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
		if s.Holds(v.now) && (everywhere || own[s.ID] || register.Signs(v.directory, s.ID, v.me(), v.now)) {
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

// month is a sede's month that the reader may see; not found otherwise.
func (v *visit) month() (register.Sheet, []directory.Sede, error) {
	sedes := v.sedes()
	i := slices.IndexFunc(sedes, func(s directory.Sede) bool { return s.ID == desk.SedeID(v.r.PathValue("sede")) })
	month, err := time.ParseInLocation(monthLayout, v.r.PathValue("month"), desk.Lima)
	if i < 0 || err != nil {
		return register.Sheet{}, nil, desk.NewProblem(desk.NotFound, "", "No encontramos ese registro.")
	}
	sheet, err := v.Registers.Read(v.r.Context(), sedes[i].ID, desk.Period(month))
	return sheet, sedes, err
}

// register is Anexo 01 of a sede and month (R132-R138).
func (v *visit) register() error {
	sheet, sedes, err := v.month()
	if err != nil {
		return err
	}
	v.announceMonthAct()
	month := sheet.Begins()
	page := web.Register{Sede: sheet.Name, Month: web.MonthYear(month), House: v.houseOf(month), Previous: monthLink(sheet.Sede, month.AddDate(0, -1, 0)), Signs: v.signOffs(sheet), Record: v.monthRecord(sheet)}
	if page.Months, err = v.awaitedMonths(); err != nil {
		return err
	}
	if later := month.AddDate(0, 1, 0); !later.After(v.now) {
		page.Later = monthLink(sheet.Sede, later)
	}
	for _, s := range sedes {
		if len(sedes) > 1 {
			page.Sedes = append(page.Sedes, web.Link{Label: s.Name, Href: registerPath(s.ID, month), Here: s.ID == sheet.Sede})
		}
	}
	for _, r := range sheet.Rows {
		row := registerRow(r)
		if !v.staff() && !v.rights.UTIHead { // a head reads the month, not every case of it
			row.Href = ""
		}
		page.Rows = append(page.Rows, row)
	}
	if sheet.MayReopen(v.me()) == nil {
		page.Reopen = &web.Link{Label: web.Say("register.reopen"), Href: registerPath(sheet.Sede, month) + reopeningsPath}
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
func registerRow(r register.Row) web.RegisterRow {
	row := web.RegisterRow{Number: r.N, Date: r.At, Sede: r.SedeName, Person: r.Requester, Area: r.Area, Description: r.Description, Solution: r.Solution,
		Typology: r.Typology, State: r.State, Staff: r.Staff, Href: ticketPath(r.Number)}
	for _, d := range r.Differences() {
		row.Differences = append(row.Differences, web.Difference(d))
	}
	switch {
	case r.Change.Added:
		row.Changed = web.Say("register.added")
	case r.Change.Changed() && !r.Change.At.IsZero():
		row.Changed = web.Say("register.changed.on", "day", web.Day(r.Change.At))
	case r.Change.Changed():
		row.Changed = web.Say("register.changed")
	case r.Reopened:
		row.Changed = web.Say("register.again")
	}
	return row
}
