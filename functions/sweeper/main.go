// Command sweeper looks each minute for what no event reported: waits overdue,
// machines that died, dates without a machine. Nightly it looks at all of them.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"mesa/shared/awsclient"
	"mesa/shared/config"
	"mesa/shared/lambdaio"
	"mesa/shared/machines"
	"mesa/shared/sfnexec"
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
	v, err := config.Read("DESK_TABLE", "DESK_APPROVAL_MACHINE_ARN", "DESK_ESCALATION_MACHINE_ARN", "DESK_HARDWARE_MACHINE_ARN")
	if err != nil {
		return err
	}
	base, err := awsclient.New(ctx, v)
	if err != nil {
		return err
	}
	s := &machines.Sweeper{Store: base.Store, Executions: sfnexec.Open(base.AWS, v), Road: base.Road, Now: base.Now, Wall: lambdaio.Wall}
	lambda.Start(func(ctx context.Context, in order) (machines.Report, error) {
		report, err := s.Sweep(ctx, in.Job == "nightly")
		return report, lambdaio.Fail(ctx, err)
	})
	return nil
}
