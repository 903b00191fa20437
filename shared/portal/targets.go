package portal

import (
	"strconv"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
	"mesa/shared/work"
)

// targets is /tickets/{number}/targets: the arithmetic of the local target, for
// those who attend the case (R37). Who asked finds no such page.
func (v *visit) targets() error {
	view, err := v.look()
	if err != nil {
		return err
	}
	if !view.Staff {
		return notFound()
	}
	t := view.Ticket
	page := web.Targets{Back: web.Link{Label: "Volver al caso", Href: ticketPath(t.Number)}, Number: string(t.Number), Title: "Sin meta local en curso",
		Facts: []web.Datum{{Label: "Estado", Value: flow.StateLabel(t)}}}
	e, ok := flow.Explain(t, view.Facts, view.Records)
	if !ok {
		return v.show(page)
	}
	page.Title, page.Stands = targetTitle(e, v.now), targetTag(e.Countdown)
	page.Facts, page.Rows = v.targetFacts(view, e), targetRows(t, e.Stretches)
	spent := e.Goal.Time
	page.Equals = "la meta completa"
	if e.Stopped {
		spent -= e.Left
		page.Equals = "lo usado de una meta de " + web.Working(e.Goal.Time)
	}
	page.Sum = web.Working(spent)
	page.Steps = targetSteps(view, e)
	return v.show(page)
}

// targetDatum is the target among the data of a case, with the way to its
// arithmetic.
func (v *visit) targetDatum(t desk.Ticket, c flow.Countdown) web.Datum {
	local := "; meta local, no es parte del " + v.house().Norm()
	d := web.Datum{Label: "Meta local", Value: web.Stamp(c.Due), Note: capital(leftWords(c)) + local, More: &web.Link{Label: "Por qué", Href: ticketPath(t.Number) + "/targets"}}
	if c.Stopped {
		d.Value = "Detenida"
	}
	return d
}

// queueTarget is the same in a row of the queue: a mark only when it is over.
func queueTarget(row *web.QueueRow, c flow.Countdown, ok bool) {
	switch {
	case !ok || c.Stopped:
	case c.Left < 0:
		row.Late = lateTag(c)
	default:
		row.Target = "Meta local: " + web.Stamp(c.Due) + ", " + leftWords(c)
	}
}

func targetTitle(e flow.Explanation, now time.Time) string {
	at := e.Due.In(desk.Lima)
	switch {
	case e.Stopped:
		return "Por qué la meta está detenida"
	case e.Due.After(now):
		return "Por qué vence el " + at.Format("02/01/2006") + " a las " + at.Format("15:04")
	default:
		return "Por qué venció el " + at.Format("02/01/2006") + " a las " + at.Format("15:04")
	}
}

// leftWords say how a case stands against its target: «faltan 3 h hábiles».
func leftWords(c flow.Countdown) string {
	switch {
	case c.Stopped:
		return "quedan " + web.Working(max(c.Left, 0))
	case c.Left < 0:
		return "venció hace " + web.Working(-c.Left)
	default:
		return "faltan " + web.Working(c.Left)
	}
}

// targetTag is the same beside the target's name.
func targetTag(c flow.Countdown) web.Tag {
	switch words := leftWords(c); {
	case c.Stopped:
		return web.StateTag(web.Wait, "Detenida: "+words)
	case c.Left < 0:
		return web.StateTag(web.Stop, capital(words))
	default:
		return web.StateTag(web.Work, capital(words))
	}
}

// lateTag is the same where nothing around it says what is over.
func lateTag(c flow.Countdown) web.Tag { return web.StateTag(web.Stop, "Meta local: "+leftWords(c)) }

// capital begins words of the desk's own with a capital letter.
func capital(words string) string { return strings.ToUpper(words[:1]) + words[1:] }

// goalName names a target: «de solución, P3».
func goalName(t desk.Ticket, g flow.Goal) string {
	name := "de solución"
	if g.Kind == flow.GoalResponse {
		name = "de respuesta"
	}
	name += ", P" + strconv.Itoa(int(t.Priority))
	if g.Level > 0 {
		name += " en el Nivel " + strconv.Itoa(int(g.Level))
	}
	return name
}

// targetFacts are what is counted, from when, and who says so.
func (v *visit) targetFacts(view work.View, e flow.Explanation) []web.Datum {
	t := view.Ticket
	set := "La que trae el sistema: nadie fijó otra"
	if since := view.Facts.Policy.Since; !since.IsZero() {
		set = "Política vigente desde el " + web.Stamp(since)
	}
	why := "Nadie lo ha tomado: cuenta hasta que alguien empiece a atenderlo."
	if e.Goal.Kind == flow.GoalSolution {
		why = "Se empezó a atender el " + web.Stamp(t.RespondedAt) + "; la solución cuenta desde que se pudo trabajar en él."
	}
	unit, _, _ := v.directory.Place(t.Unit, t.Sede, v.now)
	hours := ""
	for _, interval := range view.Facts.Calendar.Hours()[time.Monday] {
		hours += ", " + interval.Opens.String() + " a " + interval.Closes.String()
	}
	return []web.Datum{
		{Label: "Meta", Value: web.Working(e.Goal.Time) + " " + goalName(t, e.Goal), Note: why},
		{Label: "La fija", Value: set},
		{Label: "Cuenta desde", Value: web.Stamp(e.Goal.Since), Note: beganWords(e)},
		{Label: "Horario de trabajo", Value: strings.TrimPrefix(hours, ", "), Note: unit},
	}
}

// beganWords say how the work, or the level, began.
func beganWords(e flow.Explanation) string {
	words := map[desk.LevelReason]string{
		desk.BecauseOpened: "Se registró", desk.BecauseApproved: "Se aprobó y se pudo empezar", desk.BecauseAssigned: "Quedó asignado a este nivel",
		desk.BecauseClimbed: "Subió a este nivel por el tiempo transcurrido", desk.BecauseReopened: "Se reabrió",
		desk.BecauseReclassified: "Pasó a este procedimiento", desk.BecauseClassified: "Pasó a este equipo", desk.BecauseRouted: "Se derivó a este nivel",
	}[e.Why]
	if words == "" {
		words = "Llegó a este nivel"
	}
	return words + " (acto " + strconv.Itoa(e.Began) + " del historial)"
}

// targetRows are the stretches, those of one day in one row.
func targetRows(t desk.Ticket, stretches []flow.Stretch) []web.TargetRow {
	var rows []web.TargetRow
	var day time.Time     // of the last row, if it is one of work
	var sum time.Duration // of that row
	for _, s := range stretches {
		row := web.TargetRow{Total: shortWorking(s.Total)}
		switch s.Kind {
		case flow.StretchWork:
			if web.Day(s.From) == web.Day(day) {
				last := &rows[len(rows)-1]
				sum += s.Worked
				last.Hours += ", " + span(s.From, s.To)
				last.Counted, last.Total = shortWorking(sum), row.Total
				continue
			}
			day, sum = s.From, s.Worked
			row.Day, row.Hours, row.Counted = shortDay(s.From), span(s.From, s.To), shortWorking(s.Worked)
		case flow.StretchOff:
			day = time.Time{}
			row.Day, row.Hours = dayRange(s.From, s.To), offWords(s)
		case flow.StretchStop:
			day = time.Time{}
			row.Day, row.Hours = stopRange(s), "Detenido: "+stopWords(s.Stop.Why)
			row.Act = &web.Link{Label: "Ver en el historial", Href: ticketPath(t.Number) + "#" + entryAnchor(s.Stop.Seq)}
		}
		rows = append(rows, row)
	}
	return rows
}

func span(from, to time.Time) string {
	return from.In(desk.Lima).Format("15:04") + " a " + to.In(desk.Lima).Format("15:04")
}

// dayRange names whole days; to is the midnight after the last.
func dayRange(from, to time.Time) string {
	last := to.Add(-time.Second)
	if web.Day(from) == web.Day(last) {
		return shortDay(from)
	}
	return shortDay(from) + " al " + shortDay(last)
}

// shortDay is a date with its day of the week: «martes 15/09/2026».
func shortDay(at time.Time) string {
	weekday, _, _ := strings.Cut(web.LongDay(at), " ")
	return weekday + " " + web.Day(at)
}

func stopRange(s flow.Stretch) string {
	switch {
	case s.To.IsZero():
		return "Desde el " + web.Stamp(s.From)
	case web.Day(s.From) == web.Day(s.To):
		return shortDay(s.From) + ", " + span(s.From, s.To)
	default:
		return web.Stamp(s.From) + " a " + web.Stamp(s.To)
	}
}

func offWords(s flow.Stretch) string {
	if s.Off == "" {
		return "No se trabaja"
	}
	return s.Off + ": no se trabaja"
}

// stopWords say whom a stopped case waited for.
func stopWords(why desk.State) string {
	return map[desk.State]string{
		desk.WaitingUser: "se esperaba a la/el usuaria/o", desk.WaitingVendor: "se esperaba al proveedor",
		desk.PendingApproval: "se esperaba una aprobación", desk.Joined: "iba unido a un incidente masivo",
	}[why]
}

// shortWorking is a working time without saying so: «7 h 30 min».
func shortWorking(d time.Duration) string {
	words, _, _ := strings.Cut(web.Working(d), " hábil")
	return strings.ReplaceAll(words, " ", "\u00a0") // in a narrow column it stays one
}

// targetSteps are when people are told, and what happens then.
func targetSteps(view work.View, e flow.Explanation) []web.TargetStep {
	told := toldSteps(view.Ticket, e.Goal, view.Records)
	var steps []web.TargetStep
	for _, s := range e.Steps {
		step := web.TargetStep{Name: strconv.Itoa(s.Share) + " %", At: s.At, Does: "se avisa a quien lo tiene", Tag: web.StateTag(web.Neutral, "Por venir")}
		if s.Share == desk.WholeTarget {
			step.Does = atTargetWords(flow.AtTarget(view.Ticket, view.Facts))
		}
		switch {
		case told[s.Share]:
			step.Tag = web.StateTag(web.Done, "Avisado")
		case !s.At.After(view.Facts.Now):
			step.Tag = web.StateTag(web.Neutral, "Omitido")
		}
		steps = append(steps, step)
	}
	return steps
}

// toldSteps are the steps of the present target that the records tell of.
func toldSteps(t desk.Ticket, g flow.Goal, records []desk.Record) map[int]bool {
	since, told := g.Since, map[int]bool{}
	if g.Kind == flow.GoalSolution && t.RespondedAt.After(since) {
		since = t.RespondedAt
	}
	for _, rec := range records {
		for _, e := range rec.Events {
			if r, ok := e.(desk.WaitReminded); ok && r.Wait == desk.WaitLevel && !rec.At.Before(since) {
				told[r.Step()] = true
			}
		}
	}
	return told
}

// atTargetWords say what happens when the target comes.
func atTargetWords(do flow.TargetStep) string {
	return map[flow.TargetStep]string{
		flow.RemindHolder: "se recuerda a quien lo tiene, y otra vez cada día de trabajo",
		flow.TellLead:     "se recuerda a quien lo tiene y a quien dirige su equipo, y otra vez cada día de trabajo",
		flow.Climb:        "si nadie lo tomó, sube al Nivel 2",
	}[do]
}
