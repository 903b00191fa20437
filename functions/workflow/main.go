// Command workflow answers the three state machines: open, overdue, stuck.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"mesa/shared/awsclient"
	"mesa/shared/config"
	"mesa/shared/flow"
	"mesa/shared/lambdaio"
	"mesa/shared/machines"
	"mesa/shared/sfnexec"
)

func main() {
	lambdaio.Log("workflow")
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	v, err := config.Read("DESK_TABLE")
	if err != nil {
		return err
	}
	base, err := awsclient.New(ctx, v)
	if err != nil {
		return err
	}
	w := &machines.Workflow{Store: base.Store, Caller: sfnexec.Open(base.AWS, v), Road: base.Road, Now: base.Now}
	lambda.Start(func(ctx context.Context, in machines.Request) (flow.Reply, error) {
		reply, err := w.Handle(ctx, in)
		return reply, lambdaio.Fail(ctx, err)
	})
	return nil
}
