package main

import (
	"context"
	"errors"

	"mesa/shared/intake"
	"mesa/shared/lambdaio"
	"mesa/shared/machines"
)

// round is what one schedule sets going.
type round struct {
	sweeper *machines.Sweeper
	mails   *intake.Comparer
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
	swept, err := r.sweeper.Sweep(ctx, nightly)
	found := report{Report: swept}
	if nightly {
		var failed error
		found.Mails, failed = r.mails.Compare(ctx)
		err = errors.Join(err, failed)
	}
	return found, lambdaio.Fail(ctx, err)
}
