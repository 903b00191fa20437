package main

import (
	"context"
	"fmt"
	"io"
	"time"

	deskword "mesa/shared/desk"
	"mesa/shared/flow"
)

type policyDiagnosisCmd struct {
	Count string `arg:"" enum:"wall,working" help:"wall: minutos corridos; working: solo en horario de atención. · wall: of the clock; working: in working hours only."`
	From  string `help:"Desde cuándo, hora de Lima; si falta, ahora. · From when, Lima time; now if left out."`
}

// Run sets how the 60 minutes of 8.6.4 are counted: the norm does not say (R114).
func (p policyDiagnosisCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, err := c.connect(ctx)
	if err != nil {
		return err
	}
	now, from, err := moment(ctx, d, p.From)
	if err != nil {
		return err
	}
	if err := countDiagnosis(ctx, d.Store, p.Count == "working", now, from); err != nil {
		return err
	}
	words := map[string]string{"wall": "corridos", "working": "solo en horario de atención"}[p.Count]
	fmt.Fprintf(out, "Desde el %s los 60 minutos del diagnóstico se cuentan así: %s. Un plazo que ya corre conserva su fecha hasta el siguiente acto en su caso.\n",
		from.In(deskword.Lima).Format("02/01/2006 15:04"), words)
	return nil
}

// countDiagnosis sets the clock of the 60 minutes from a moment on.
func countDiagnosis(ctx context.Context, store settingsStore, working bool, now, from time.Time) error {
	_, err := changePolicy(ctx, store, now, from, func(p *flow.Policy) error {
		p.DiagnosisWorking = working
		return nil
	})
	return err
}
