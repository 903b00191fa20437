// Command outbox performs what acts have ordered: from the table's stream at
// once, and each minute what is due of every shard.
package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda"

	"mesa/shared/awsclient"
	"mesa/shared/config"
	"mesa/shared/deliver"
	"mesa/shared/dynamo"
	"mesa/shared/lambdaio"
	"mesa/shared/sesmail"
	"mesa/shared/sfnexec"
)

// leaseMargin outlives the function's own time-out, so that no lease ends while
// its holder still runs.
const leaseMargin = 30 * time.Second

func main() {
	lambdaio.Log("outbox")
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	v, err := config.Read("DESK_TABLE", "DESK_LINK_KEY_SECRET", "DESK_MAIL_FROM", "DESK_MAIL_DOMAIN", "DESK_BASE_URL", "DESK_FUNCTION_TIMEOUT_SECONDS",
		"DESK_APPROVAL_MACHINE_ARN", "DESK_ESCALATION_MACHINE_ARN", "DESK_HARDWARE_MACHINE_ARN")
	if err != nil {
		return err
	}
	base, err := awsclient.New(ctx, v)
	if err != nil {
		return err
	}
	mailer := sesmail.Open(base.AWS, v, base.Keys(v).Get, base.Institution)
	box := &deliver.Outbox{Store: base.Store, Mailer: mailer, Machines: sfnexec.Open(base.AWS, v), Directory: base.Store, Feedback: base.Feedback(), Acts: base.Road, Now: base.Now,
		Lease: v.FunctionTimeout + leaseMargin, Jitter: rand.Float64}
	item := func(ctx context.Context, image lambdaio.Image) error {
		e, err := dynamo.EffectFromImage(image)
		if err != nil {
			return err
		}
		return box.Deliver(ctx, e)
	}
	lambda.Start(lambdaio.StreamOrJob(item, func(ctx context.Context, _ string) (any, error) { return box.Sweep(ctx) }))
	return nil
}
