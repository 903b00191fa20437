package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	deskword "mesa/shared/desk"
	"mesa/shared/flow"
)

// The local targets and what is done as they come: dated, never norm (R37).

type policyTargetsCmd struct {
	Priority int           `help:"De 1 a 4; si falta, se muestran las metas. · From 1 to 4; left out, the targets are shown."`
	Level    int           `help:"Meta propia de un nivel, de 1 a 5. · A level's own target, from 1 to 5."`
	Response time.Duration `help:"Horas hábiles hasta que alguien empieza: 1h30m. · Working hours until somebody begins."`
	Solution time.Duration `help:"Horas hábiles hasta la solución: 16h. · Working hours until it is solved."`
	Remove   bool          `help:"Quita la meta propia del nivel. · Takes the level's own target away."`
	From     string        `help:"Desde cuándo, hora de Lima; si falta, ahora. · From when, Lima time; now if left out."`
}

// Run sets the target of a priority from a moment on, or shows all.
func (p policyTargetsCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, err := c.connect(ctx)
	if err != nil {
		return err
	}
	now, from, err := moment(ctx, d, p.From)
	if err != nil {
		return err
	}
	if p.Priority == 0 {
		policy, err := d.Store.Policy(ctx, from)
		if err != nil {
			return err
		}
		return writeTargets(out, policy, from)
	}
	policy, err := setTarget(ctx, d.Store, p, now, from)
	if err != nil {
		return err
	}
	return writeTargets(out, policy, from)
}

// setTarget changes one target from a moment on.
func setTarget(ctx context.Context, store settingsStore, p policyTargetsCmd, now, from time.Time) (flow.Policy, error) {
	return changePolicy(ctx, store, now, from, func(policy *flow.Policy) (err error) {
		priority, level := deskword.Priority(p.Priority), deskword.Level(p.Level)
		if p.Remove {
			*policy = policy.WithoutLevel(priority, level)
			return nil
		}
		*policy, err = policy.WithTarget(priority, level, flow.Target{Response: p.Response, Solution: p.Solution})
		return err
	})
}

type policyWarningsCmd struct {
	Shares []int  `arg:"" optional:"" help:"Porcentajes de la meta: 50 75; ninguno: sin avisos. · Percents of the target; none: no warnings."`
	From   string `help:"Desde cuándo, hora de Lima; si falta, ahora. · From when, Lima time; now if left out."`
}

// Run sets at which percents whoever has a case is warned.
func (p policyWarningsCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	return change(ctx, c, out, p.From, func(policy *flow.Policy) (err error) {
		*policy, err = policy.WithWarnings(p.Shares)
		return err
	})
}

type policyAtTargetCmd struct {
	Do       string `arg:"" help:"remind, tell-lead, climb; default quita la regla. · default takes the rule away."`
	Priority int    `help:"Solo de una prioridad. · Of one priority only."`
	Flow     string `help:"Solo de un procedimiento: 8.5. · Of one flow only."`
	Level    int    `help:"Solo de un nivel. · Of one level only."`
	From     string `help:"Desde cuándo, hora de Lima; si falta, ahora. · From when, Lima time; now if left out."`
}

// Run sets what is done when the target of certain cases has come.
func (p policyAtTargetCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	return change(ctx, c, out, p.From, func(policy *flow.Policy) (err error) {
		rule := flow.TargetRule{Priority: deskword.Priority(p.Priority), Flow: deskword.FlowCode(p.Flow), Level: deskword.Level(p.Level), Do: flow.TargetStep(p.Do)}
		if p.Do == "default" {
			rule.Do = ""
		}
		*policy, err = policy.WithRule(rule)
		return err
	})
}

// change sets a policy from a moment on and shows its targets.
func change(ctx context.Context, c *cli, out io.Writer, typed string, how func(*flow.Policy) error) error {
	d, err := c.connect(ctx)
	if err != nil {
		return err
	}
	now, from, err := moment(ctx, d, typed)
	if err != nil {
		return err
	}
	policy, err := changePolicy(ctx, d.Store, now, from, how)
	if err != nil {
		return err
	}
	return writeTargets(out, policy, from)
}

// plainly is what is wrong with an input, without the name that forms give it.
func plainly(err error) error {
	if p, ok := errors.AsType[*deskword.Problem](err); ok && len(p.Fields) > 0 {
		return errors.New(p.Fields[0].Text)
	}
	return err
}

// writeTargets shows the local targets as people read them.
func writeTargets(out io.Writer, p flow.Policy, from time.Time) error {
	fmt.Fprintf(out, "Metas locales desde el %s, en horas hábiles; no son parte del procedimiento:\n", from.In(deskword.Lima).Format("02/01/2006 15:04"))
	for pr := deskword.Priority(1); pr <= 4; pr++ {
		fmt.Fprintf(out, "  P%d %-28s respuesta %-10s solución %s\n", pr, flow.PriorityLabel(pr), hours(p.Targets[pr].Response), hours(p.Targets[pr].Solution))
		for level := deskword.Level(1); level <= 5; level++ {
			if own, ok := p.LevelTargets[level][pr]; ok {
				fmt.Fprintf(out, "     en el Nivel %d %15s respuesta %-10s solución %s\n", level, "", hours(own.Response), hours(own.Solution))
			}
		}
	}
	warned := "no se avisa antes"
	if len(p.Warnings) > 0 {
		warned = "se avisa al " + strings.Trim(strings.Join(strings.Fields(fmt.Sprint(p.Warnings)), ", "), "[]") + " %"
	}
	fmt.Fprintf(out, "Antes de la meta: %s. Al cumplirse, sin otra regla: climb.\n", warned)
	for _, r := range p.AtTarget {
		fmt.Fprintf(out, "  %s: %s\n", ruleName(r), r.Do)
	}
	return nil
}

// hours words a target; the priority's holds where a level has none.
func hours(d time.Duration) string {
	switch h, m := int(d/time.Hour), int(d%time.Hour/time.Minute); {
	case d == 0:
		return "igual"
	case m == 0:
		return fmt.Sprintf("%d h", h)
	case h == 0:
		return fmt.Sprintf("%d min", m)
	default:
		return fmt.Sprintf("%d h %d min", h, m)
	}
}

// ruleName says which cases a rule is about.
func ruleName(r flow.TargetRule) string {
	var parts []string
	if r.Priority > 0 {
		parts = append(parts, "P"+strconv.Itoa(int(r.Priority)))
	}
	if r.Flow != "" {
		parts = append(parts, string(r.Flow))
	}
	if r.Level > 0 {
		parts = append(parts, "Nivel "+strconv.Itoa(int(r.Level)))
	}
	if len(parts) == 0 {
		return "todos los casos"
	}
	return strings.Join(parts, ", ")
}
