package flow

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"mesa/shared/desk"
)

// Limits of what a local target may be: less is a slip of the hand, and more is
// no target.
const (
	MinTarget   = 5 * time.Minute
	MaxTarget   = 2000 * time.Hour // working time of a year
	maxWarnings = 5
)

// WithTarget is the policy with another target for a priority, or for a priority
// at a level. A time left at 0 stays as it was. It fails with desk.Invalid
// naming «priority», «level», «response» or «solution».
func (p Policy) WithTarget(pr desk.Priority, level desk.Level, t Target) (Policy, error) {
	switch {
	case pr < 1 || pr > 4:
		return p, desk.InvalidField("priority", "Elija la prioridad: de 1 a 4.")
	case level < 0 || level > 5:
		return p, desk.InvalidField("level", "Elija el nivel: de 1 a 5; ninguno, si la meta es de la prioridad.")
	case t == Target{}:
		return p, desk.InvalidField("response", "Escriba la meta de respuesta, la de solución o ambas.")
	}
	for field, d := range map[string]time.Duration{"response": t.Response, "solution": t.Solution} {
		if d != 0 && (d < MinTarget || d > MaxTarget || d%time.Minute != 0) {
			return p, desk.InvalidField(field, "Escriba la meta en horas hábiles, desde 5 minutos hasta 2000 horas: 8h, 1h30m. Dos días de ocho horas son 16h.")
		}
	}
	p.Targets = maps.Clone(p.Targets)
	p.LevelTargets = maps.Clone(p.LevelTargets)
	if level == 0 {
		p.Targets[pr] = t.over(p.Targets[pr])
	} else {
		if p.LevelTargets == nil {
			p.LevelTargets = map[desk.Level]map[desk.Priority]Target{}
		}
		own := maps.Clone(p.LevelTargets[level])
		if own == nil {
			own = map[desk.Priority]Target{}
		}
		own[pr] = t.over(own[pr])
		p.LevelTargets[level] = own
	}
	return p, p.ordered(pr, level)
}

// over is t with what it leaves open taken from another target.
func (t Target) over(other Target) Target {
	if t.Response == 0 {
		t.Response = other.Response
	}
	if t.Solution == 0 {
		t.Solution = other.Solution
	}
	return t
}

// ordered: nothing is solved before somebody has begun.
func (p Policy) ordered(pr desk.Priority, level desk.Level) error {
	response, _ := p.limit(pr, level, GoalResponse)
	solution, _ := p.limit(pr, level, GoalSolution)
	if response > solution {
		return desk.InvalidField("solution", "La meta de solución no puede ser menor que la de respuesta.")
	}
	return nil
}

// WithoutLevel is the policy in which a priority has no target of its own at a
// level any more.
func (p Policy) WithoutLevel(pr desk.Priority, level desk.Level) Policy {
	p.LevelTargets = maps.Clone(p.LevelTargets)
	own := maps.Clone(p.LevelTargets[level])
	delete(own, pr)
	if len(own) > 0 {
		p.LevelTargets[level] = own
	} else {
		delete(p.LevelTargets, level)
	}
	return p
}

// WithWarnings is the policy with other percents at which whoever has a case is
// warned; none turns the warnings off.
func (p Policy) WithWarnings(shares []int) (Policy, error) {
	for _, share := range shares {
		if share < 1 || share >= desk.WholeTarget || len(shares) > maxWarnings {
			return p, desk.InvalidField("warnings", "Escriba hasta "+strconv.Itoa(maxWarnings)+" porcentajes de la meta, de 1 a 99.")
		}
	}
	p.Warnings = append([]int{}, shares...)
	slices.Sort(p.Warnings)
	p.Warnings = slices.Compact(p.Warnings)
	return p, nil
}

// WithRule is the policy with another answer to what happens when the target of
// certain cases has come; Do empty takes the rule of those cases away.
func (p Policy) WithRule(r TargetRule) (Policy, error) {
	switch {
	case r.Priority < 0 || r.Priority > 4:
		return p, desk.InvalidField("priority", "Elija la prioridad: de 1 a 4; ninguna, si la regla es de todas.")
	case r.Level < 0 || r.Level > 5:
		return p, desk.InvalidField("level", "Elija el nivel: de 1 a 5; ninguno, si la regla es de todos.")
	case r.Flow != "" && !Supported(r.Flow):
		return p, desk.InvalidField("flow", "Elija un procedimiento: de 8.1 a 8.8; ninguno, si la regla es de todos.")
	case r.Do != "" && !slices.Contains(TargetSteps(), r.Do):
		return p, desk.InvalidField("do", "Elija qué se hace: remind (recordar), tell-lead (avisar también a quien dirige) o climb (subir al Nivel 2 donde se puede).")
	}
	p.AtTarget = slices.DeleteFunc(slices.Clone(p.AtTarget), func(old TargetRule) bool {
		return old.Priority == r.Priority && old.Flow == r.Flow && old.Level == r.Level
	})
	if r.Do != "" {
		p.AtTarget = append(p.AtTarget, r)
	}
	return p, nil
}
