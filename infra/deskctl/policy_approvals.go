package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	deskword "mesa/shared/desk"
	"mesa/shared/flow"
)

type policyApprovalsCmd struct {
	Steps  []string `arg:"" optional:"" help:"Horas hábiles desde que empieza la etapa, y qué se hace: 4h=remind 8h=ask-next 16h=ask-superiors. · Working hours since the stage began, and what is done."`
	Digest int      `help:"Decisiones pendientes desde las que se envía el resumen del día; 0: nunca; -1 no lo cambia. · Pending decisions from which the day's digest is sent; 0: never; -1 leaves it." default:"-1"`
	From   string   `help:"Desde cuándo, hora de Lima; si falta, ahora. · From when, Lima time; now if left out."`
}

// Run sets what happens when a decision is not made in time: each step sends a
// fresh link, and may ask the next in line too. No step decides (8.1.4, R27).
func (p policyApprovalsCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, err := c.connect(ctx)
	if err != nil {
		return err
	}
	now, from, err := moment(ctx, d, p.From)
	if err != nil {
		return err
	}
	policy, err := setApprovals(ctx, d.Store, p.Steps, p.Digest, now, from)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Desde el %s, si una decisión no llega: %s.\n", from.In(deskword.Lima).Format("02/01/2006 15:04"), approvalSteps(policy))
	return nil
}

// setApprovals sets steps and digest from a moment on; what is left out stays.
func setApprovals(ctx context.Context, store settingsStore, typed []string, digest int, now, from time.Time) (flow.Policy, error) {
	steps, err := readSteps(typed)
	if err != nil {
		return flow.Policy{}, err
	}
	if digest < -1 || len(steps) == 0 && digest == -1 {
		return flow.Policy{}, errors.New("escriba los pasos, como 4h=remind 8h=ask-next 16h=ask-superiors, o --digest con cuántas decisiones, desde 0")
	}
	return changePolicy(ctx, store, now, from, func(p *flow.Policy) error {
		if len(steps) > 0 {
			p.Approval = steps
		}
		if digest >= 0 {
			p.Digest = digest
		}
		return nil
	})
}

// readSteps reads «4h=remind»; the hours rise from one to the next.
func readSteps(typed []string) ([]flow.ApprovalStep, error) {
	known := map[flow.StepKind]bool{flow.Remind: true, flow.AskNext: true, flow.AskSuperiors: true}
	var steps []flow.ApprovalStep
	for _, word := range typed {
		hours, do, _ := strings.Cut(word, "=")
		after, err := time.ParseDuration(hours)
		switch kind := flow.StepKind(do); {
		case err != nil || after <= 0:
			return nil, fmt.Errorf("«%s»: escriba las horas hábiles como 4h o 90m", word)
		case !known[kind]:
			return nil, fmt.Errorf("«%s»: escriba qué se hace: remind, ask-next o ask-superiors", word)
		case len(steps) > 0 && after <= steps[len(steps)-1].After:
			return nil, fmt.Errorf("«%s»: cada paso va después del anterior", word)
		default:
			steps = append(steps, flow.ApprovalStep{After: after, Do: kind})
		}
	}
	return steps, nil
}

// approvalSteps are the steps of a policy as a sentence goes on.
func approvalSteps(p flow.Policy) string {
	words := map[flow.StepKind]string{flow.Remind: "se recuerda con un enlace nuevo", flow.AskNext: "se recuerda y se pide también a quien sigue: quien suple desde entonces o, si nadie, la jefatura superior",
		flow.AskSuperiors: "se recuerda y se pide también a todas las jefaturas superiores que faltan"}
	var parts []string
	for _, s := range p.Approval {
		parts = append(parts, fmt.Sprintf("a las %s hábiles %s", hoursText(s.After), words[s.Do]))
	}
	parts = append(parts, "después se recuerda cada día de trabajo")
	if p.Digest > 0 {
		parts = append(parts, fmt.Sprintf("con %d o más pendientes, un resumen al día", p.Digest))
	}
	return strings.Join(parts, "; ")
}

// hoursText is a length of working time: «4 h», «1 h 30 min».
func hoursText(d time.Duration) string {
	hours, minutes := int(d/time.Hour), int(d/time.Minute)%60
	switch {
	case minutes == 0:
		return fmt.Sprintf("%d h", hours)
	case hours == 0:
		return fmt.Sprintf("%d min", minutes)
	default:
		return fmt.Sprintf("%d h %d min", hours, minutes)
	}
}
