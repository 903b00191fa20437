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
	notice  func(ctx context.Context) (int, error) // mails about a new version of the procedure
	signOff func(ctx context.Context) (int, error) // mails about months of the register that wait for a V°B°
}

// order is the input of the schedules.
type order struct {
	Job string `json:"job"` // "minute" or "nightly"
}

// report is what one round found; Mails had no record, Digests, Notices and SignOffs
// were ordered.
type report struct {
	machines.Report
	Mails, Digests, Notices, SignOffs int
}

// run does each task though another failed, and tells of all.
func (r round) run(ctx context.Context, in order) (report, error) {
	nightly := in.Job == "nightly"
	var found report
	var errs [4]error
	found.Report, errs[0] = r.sweep(ctx, nightly)
	if nightly {
		found.Mails, errs[1] = r.compare(ctx)
	} else {
		found.Digests, errs[1] = r.digest(ctx)
		found.Notices, errs[2] = r.notice(ctx)
		found.SignOffs, errs[3] = r.signOff(ctx)
	}
	return found, lambdaio.Fail(ctx, errors.Join(errs[:]...))
}
