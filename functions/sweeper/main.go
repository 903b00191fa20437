// Command sweeper looks each minute for what no event reported: waits overdue,
// machines that died, dates without a machine. Nightly it looks at all of them,
// and for stored mails that became nothing.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"mesa/shared/awsclient"
	"mesa/shared/config"
	"mesa/shared/intake"
	"mesa/shared/lambdaio"
	"mesa/shared/machines"
	"mesa/shared/s3store"
	"mesa/shared/sfnexec"
	"mesa/shared/snstopic"
)

func main() {
	lambdaio.Log("sweeper")
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// order is the input of the schedules.
type order struct {
	Job string `json:"job"` // "minute" or "nightly"
}

func run(ctx context.Context) error {
	v, err := config.Read("DESK_TABLE", "DESK_APPROVAL_MACHINE_ARN", "DESK_ESCALATION_MACHINE_ARN", "DESK_HARDWARE_MACHINE_ARN", "DESK_MAIL_BUCKET", "DESK_MAIL_TOPIC_ARN")
	if err != nil {
		return err
	}
	base, err := awsclient.New(ctx, v)
	if err != nil {
		return err
	}
	s := &machines.Sweeper{Store: base.Store, Executions: sfnexec.Open(base.AWS, v), Road: base.Road, Now: base.Now, Wall: lambdaio.Wall}
	mails := &intake.Comparer{Store: base.Store, Objects: s3store.Open(base.AWS, v.MailBucket), Again: snstopic.Open(base.AWS, v.MailTopicARN), Now: base.Now, Wall: lambdaio.Wall}
	lambda.Start(func(ctx context.Context, in order) (report, error) {
		nightly := in.Job == "nightly"
		swept, err := s.Sweep(ctx, nightly)
		r := report{Report: swept}
		if nightly {
			var failed error
			r.Mails, failed = mails.Compare(ctx)
			err = errors.Join(err, failed)
		}
		return r, lambdaio.Fail(ctx, err)
	})
	return nil
}

// report is what one round found; Mails had no record.
type report struct {
	machines.Report
	Mails int
}
