package portal

import (
	"mesa/shared/absence"
	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/session"
	"mesa/shared/web"
)

const absencesPath = "/account/substitutions"

// absences is /account/substitutions: who stands in for the reader, and when (R27).
func (v *visit) absences() error {
	switch v.query("done") {
	case "added":
		v.notice(web.Done, web.Say("absences.added"))
	case "ended":
		v.notice(web.Done, web.Say("absences.ended"))
	}
	return v.drawAbsences(nil)
}

// addAbsence enters a stretch of days.
func (v *visit) addAbsence() error {
	err := v.Absences.Add(v.r.Context(), v.me(), read(absence.Fields(v.directory, v.me(), v.now), v.typed))
	if p, ok := asProblem(err); ok && p.Code == desk.Invalid {
		return v.drawAbsences(p)
	}
	if err != nil {
		return err
	}
	return v.leave(absencesPath + "?done=added")
}

// endAbsence takes one back.
func (v *visit) endAbsence() error {
	from, err := calendar.ParseDate(v.r.PathValue("from"))
	if err != nil {
		return notFound()
	}
	if err := v.Absences.End(v.r.Context(), v.me(), from); err != nil {
		return err
	}
	return v.leave(absencesPath + "?done=ended")
}

func (v *visit) drawAbsences(problem *desk.Problem) error {
	fields := absence.Fields(v.directory, v.me(), v.now)
	page := web.Absences{Why: absence.May(v.directory, v.me(), v.now),
		Form: web.Form{Action: absencesPath, Fields: draw(fields, read(fields, v.typed), problem, v.typed), Key: v.keyOr(session.Random()), Submit: web.Say("absences.add")}}
	for _, s := range absence.Of(v.directory, v.me(), v.now) {
		row := web.AbsenceRow{Person: v.directory.Name(s.Person), Days: absence.Days(s.Period), Basis: s.Basis, Now: s.Holds(v.now)}
		row.End = &web.Button{Label: web.Say("absences.remove"), Action: absencesPath + "/" + s.From.String() + "/end", Key: session.Random(), Context: row.Person + ", " + row.Days}
		if row.Now {
			row.End.Label = web.Say("absences.end")
		}
		page.Rows = append(page.Rows, row)
	}
	return v.show(page)
}
