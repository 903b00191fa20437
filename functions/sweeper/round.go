package main

import (
	"context"
	"errors"

	"mesa/shared/lambdaio"
	"mesa/shared/machines"
)

// round is what one schedule sets going.
type round struct {
	sweep   func(ctx context.Context, nightly bool) (machines.Report, error)
	compare func(ctx context.Context) (int, error) // stored mails with their records
}

// order is the input of the schedules.
type order struct {
	Job string `json:"job"` // "minute" or "nightly"
}

// report is what one round found; Mails had no record.
type report struct {
	machines.Report
	Mails int
}

func (r round) run(ctx context.Context, in order) (report, error) {
	nightly := in.Job == "nightly"
	swept, err := r.sweep(ctx, nightly)
	found := report{Report: swept}
	if nightly {
		var failed error
		found.Mails, failed = r.compare(ctx)
		err = errors.Join(err, failed)
	}
	return found, lambdaio.Fail(ctx, err)
}
