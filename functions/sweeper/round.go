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
	digest  func(ctx context.Context) (int, error) // mails about all that waits for one person
}

// order is the input of the schedules.
type order struct {
	Job string `json:"job"` // "minute" or "nightly"
}

// report is what one round found; Mails had no record, Digests were ordered.
type report struct {
	machines.Report
	Mails, Digests int
}

func (r round) run(ctx context.Context, in order) (report, error) {
	nightly := in.Job == "nightly"
	swept, err := r.sweep(ctx, nightly)
	found := report{Report: swept}
	more, into := r.digest, &found.Digests
	if nightly {
		more, into = r.compare, &found.Mails
	}
	n, failed := more(ctx)
	*into = n
	return found, lambdaio.Fail(ctx, errors.Join(err, failed))
}
