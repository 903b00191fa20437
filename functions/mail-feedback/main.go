// Command mail-feedback hears what became of the mails that the desk sent: one
// SQS message for each event of SES.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"mesa/shared/awsclient"
	"mesa/shared/config"
	"mesa/shared/lambdaio"
)

func main() {
	lambdaio.Log("mail-feedback")
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
	lambda.Start(lambdaio.Queue(base.Feedback().Handle))
	return nil
}
