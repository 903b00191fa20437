package portal

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
	"mesa/shared/work"
)

const localTargetsPath = "/admin/targets"

// localTargets is /admin/targets: the local targets in force, for who answers for
// the desk; the administration changes them from a date on (R5, R37).
func (v *visit) localTargets() error {
	if v.query("done") != "" {
		v.notice(web.Done, "La política quedó registrada.")
	}
	return v.drawLocalTargets("", nil)
}

// changeLocalTargets takes one of the page's forms.
func (v *visit) changeLocalTargets() error {
	if !v.rights.Admin {
		return notFound()
	}
	what := v.r.PathValue("what")
	change := map[string]func(*flow.Policy) error{"target": v.typedTarget, "warnings": v.typedWarnings, "rule": v.typedRule}[what]
	if change == nil {
		return notFound()
	}
	from, err := v.typedFrom()
	if err == nil {
		_, err = work.ChangePolicy(v.r.Context(), v.Policies, v.me(), v.now, from, change)
	}
	if p, ok := asProblem(err); ok && p.Code == desk.Invalid {
		return v.drawLocalTargets(what, p)
	}
	if err != nil {
		return err
	}
	return v.leave(localTargetsPath + "?done=yes")
}

// typedFrom is when a change begins: now, if nothing was typed.
func (v *visit) typedFrom() (time.Time, error) {
	typed := typedDateTime("from", v.typed)
	if typed == "" {
		return v.now, nil
	}
	from, err := flow.ParseTime(typed)
	if err != nil {
		return time.Time{}, desk.InvalidField("from", "Escriba la fecha como 15/09/2026 y la hora como 08:00.")
	}
	return from, nil
}

func (v *visit) typedNumber(name string) int {
	n, err := strconv.Atoi(strings.TrimSpace(v.typed.Get(name)))
	if err != nil {
		return 0
	}
	return n
}

func (v *visit) typedTarget(p *flow.Policy) (err error) {
	priority, level := desk.Priority(v.typedNumber("priority")), desk.Level(v.typedNumber("level"))
	if v.typed.Get("remove") != "" {
		if _, own := p.LevelTargets[level][priority]; !own {
			return desk.InvalidField("level", "Ese nivel no tiene una meta propia para esa prioridad: no hay nada que quitar.")
		}
		*p = p.WithoutLevel(priority, level)
		return nil
	}
	var t flow.Target
	if t.Response, err = parseHours("response", v.typed.Get("response")); err != nil {
		return err
	}
	if t.Solution, err = parseHours("solution", v.typed.Get("solution")); err != nil {
		return err
	}
	*p, err = p.WithTarget(priority, level, t)
	return err
}

func (v *visit) typedWarnings(p *flow.Policy) (err error) {
	var shares []int
	for _, word := range strings.FieldsFunc(v.typed.Get("warnings"), func(r rune) bool { return strings.ContainsRune(" ,;%", r) }) {
		share, err := strconv.Atoi(word)
		if err != nil {
			share = 0
		}
		shares = append(shares, share)
	}
	*p, err = p.WithWarnings(shares)
	return err
}

func (v *visit) typedRule(p *flow.Policy) (err error) {
	rule := flow.TargetRule{Priority: desk.Priority(v.typedNumber("priority")), Flow: desk.FlowCode(v.typed.Get("flow")), Level: desk.Level(v.typedNumber("level"))}
	switch do := v.typed.Get("do"); do {
	case "":
		return desk.InvalidField("do", "Elija qué se hace.")
	case "none":
	default:
		rule.Do = flow.TargetStep(do)
	}
	*p, err = p.WithRule(rule)
	return err
}

// parseHours reads a working time as people write it: 8, 8 h, 1 h 30 min, 90 min,
// 1:30. Nothing is no change. Days are refused: they are not equally long.
func parseHours(field, typed string) (time.Duration, error) {
	text := strings.NewReplacer(" ", "", "horas", "h", "hora", "h", "minutos", "m", "min", "m", ":", "h").Replace(strings.ToLower(strings.TrimSpace(typed)))
	if text == "" {
		return 0, nil
	}
	hours, minutes, _ := strings.Cut(text, "h")
	if !strings.Contains(text, "h") && strings.HasSuffix(text, "m") {
		hours, minutes = "0", text
	}
	minutes = strings.TrimSuffix(minutes, "m")
	if minutes == "" {
		minutes = "0"
	}
	h, errH := strconv.Atoi(hours)
	m, errM := strconv.Atoi(minutes)
	if errH != nil || errM != nil || h < 0 || m < 0 || h > 10_000 || m > 10_000 || h+m == 0 {
		return 0, desk.InvalidField(field, "Escriba las horas hábiles como 8 h, 1 h 30 min o 90 min. Dos días de ocho horas son 16 h.")
	}
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute, nil
}

// drawLocalTargets shows the policy in force, and to the administration its forms.
func (v *visit) drawLocalTargets(sent string, wrong *desk.Problem) error {
	if !v.operator() {
		return notFound()
	}
	p, err := v.Policies.Policy(v.r.Context(), v.now)
	if err != nil {
		return err
	}
	page := web.LocalTargets{Since: p.Since, Rows: targetLines(p), Warnings: warningLine(p), Rules: ruleLines(p)}
	if p.By != "" {
		page.By = v.directory.Name(p.By)
	}
	if v.rights.Admin {
		page.Change = v.localForms(sent, wrong)
	}
	return v.show(page)
}

func targetLines(p flow.Policy) []web.LocalTarget {
	var rows []web.LocalTarget
	words := func(d time.Duration) string {
		if d == 0 {
			return "Como la prioridad"
		}
		return web.Working(d)
	}
	for pr := desk.Priority(1); pr <= 4; pr++ {
		name := fmt.Sprintf("P%d %s", pr, flow.PriorityLabel(pr))
		rows = append(rows, web.LocalTarget{Name: name, Response: words(p.Targets[pr].Response), Solution: words(p.Targets[pr].Solution)})
		for level := desk.Level(1); level <= 5; level++ {
			if own, ok := p.LevelTargets[level][pr]; ok {
				rows = append(rows, web.LocalTarget{Name: fmt.Sprintf("P%d en el Nivel %d", pr, level), Response: words(own.Response), Solution: words(own.Solution)})
			}
		}
	}
	return rows
}

func warningLine(p flow.Policy) string {
	if len(p.Warnings) == 0 {
		return "Antes de la meta no se avisa a nadie."
	}
	var shares []string
	for _, share := range p.Warnings {
		shares = append(shares, strconv.Itoa(share)+" %")
	}
	return "Se avisa a quien lo tiene, o a su equipo si nadie lo tomó, al " + strings.Join(shares, ", al ") + " de la meta."
}

// ruleLines are what is done when a target has come.
func ruleLines(p flow.Policy) []web.Datum {
	list := []web.Datum{{Label: "Todos los casos", Value: doWords(flow.Climb)}}
	for _, r := range p.AtTarget {
		if r.Priority == 0 && r.Flow == "" && r.Level == 0 {
			list[0].Value = doWords(r.Do)
			continue
		}
		var of []string
		if r.Priority > 0 {
			of = append(of, "P"+strconv.Itoa(int(r.Priority)))
		}
		if r.Flow != "" {
			of = append(of, "flujo "+string(r.Flow))
		}
		if r.Level > 0 {
			of = append(of, "Nivel "+strconv.Itoa(int(r.Level)))
		}
		list = append(list, web.Datum{Label: strings.Join(of, ", "), Value: doWords(r.Do)})
	}
	return list
}

// doWords name a step for who chooses it.
func doWords(do flow.TargetStep) string {
	return map[flow.TargetStep]string{
		flow.RemindHolder: "Recordar a quien lo tiene",
		flow.TellLead:     "Recordar a quien lo tiene y avisar a quien dirige su equipo",
		flow.Climb:        "Subir al Nivel 2 lo que nadie tomó en Sede Central (8.5 a 8.7); en lo demás, recordar y avisar a quien dirige",
	}[do]
}

// localForms are the changes that the administration can make.
func (v *visit) localForms(sent string, problem *desk.Problem) []web.LocalChange {
	draw := func(what, submit string, fields ...web.Field) web.Form {
		in, wrong := what == sent, errorsOf(problem)
		for i, f := range fields {
			if in {
				fields[i].Value, fields[i].Error = v.typed.Get(f.Name), wrong[f.Name]
				if f.Kind == web.DateTime {
					fields[i].Value = typedDateTime(f.Name, v.typed)
				}
			}
		}
		return web.Form{Action: localTargetsPath + "/" + what, Prefix: what + "-", Fields: fields, Submit: submit, Quiet: what != "target"}
	}
	priority, level := web.Field{Name: "priority", Label: "Prioridad", Kind: web.Select}, web.Field{Name: "level", Label: "Nivel", Hint: "En blanco: todos los niveles.", Kind: web.Select, Optional: true}
	for pr := 1; pr <= 4; pr++ {
		priority.Options = append(priority.Options, web.Option{Value: strconv.Itoa(pr), Label: fmt.Sprintf("P%d %s", pr, flow.PriorityLabel(desk.Priority(pr)))})
	}
	for l := 1; l <= 5; l++ {
		level.Options = append(level.Options, web.Option{Value: strconv.Itoa(l), Label: "Nivel " + strconv.Itoa(l)})
	}
	every, code := priority, web.Field{Name: "flow", Label: "Procedimiento", Kind: web.Select, Optional: true}
	every.Optional, every.Hint, code.Hint = true, "En blanco: todas.", "En blanco: todos."
	for _, c := range flow.Codes() {
		code.Options = append(code.Options, web.Option{Value: string(c), Label: string(c) + " " + flow.FlowTitle(c)})
	}
	do := web.Field{Name: "do", Label: "Qué se hace", Kind: web.Radio}
	for _, s := range flow.TargetSteps() {
		do.Options = append(do.Options, web.Option{Value: string(s), Label: doWords(s)})
	}
	do.Options = append(do.Options, web.Option{Value: "none", Label: "Quitar la regla de esos casos"})
	from := web.Field{Name: "from", Label: "Desde cuándo", Hint: "En blanco, desde ahora.", Kind: web.DateTime, Optional: true}
	hours := func(name, label string) web.Field {
		return web.Field{Name: name, Label: label, Hint: "Horas hábiles: 8 h, 1 h 30 min. En blanco no cambia.", Kind: web.Text, Short: true, Optional: true}
	}
	return []web.LocalChange{
		{ID: "change-target", Title: "Cambiar una meta", Form: draw("target", "Fijar la meta", priority, level, hours("response", "Respuesta"), hours("solution", "Solución"),
			web.Field{Name: "remove", Label: "Quitar la meta propia del nivel", Kind: web.Checkbox, Optional: true}, from)},
		{ID: "change-warnings", Title: "Cambiar los avisos", Form: draw("warnings", "Fijar los avisos",
			web.Field{Name: "warnings", Label: "Porcentajes de la meta", Hint: "Por ejemplo: 50, 75. En blanco: sin avisos.", Kind: web.Text, Short: true, Optional: true}, from)},
		{ID: "change-rule", Title: "Cambiar qué se hace al cumplirse", Form: draw("rule", "Fijar la regla", every, code, level, do, from)},
	}
}
