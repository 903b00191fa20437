// Command mail-in receives mails: one SQS message for each, with the receipt
// notification of SES inside.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"mesa/shared/awsclient"
	"mesa/shared/config"
	"mesa/shared/intake"
	"mesa/shared/lambdaio"
	"mesa/shared/s3store"
)

func main() {
	lambdaio.Log("mail-in")
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	v, err := config.Read("DESK_TABLE", "DESK_MAIL_BUCKET", "DESK_FILES_BUCKET", "DESK_LINK_KEY_SECRET", "DESK_MAIL_DOMAIN")
	if err != nil {
		return err
	}
	base, err := awsclient.New(ctx, v)
	if err != nil {
		return err
	}
	in := &intake.Intake{Store: base.Store, Raw: s3store.Open(base.AWS, v.MailBucket), Files: s3store.Open(base.AWS, v.FilesBucket), Road: base.Road, Directory: base.Store, Settings: base.Store, Feedback: base.Feedback(),
		Marks: awsclient.Marks(base.Keys(v)), Now: base.Now, Domain: v.MailDomain, Region: base.AWS.Region}
	lambda.Start(lambdaio.Queue(in.Handle))
	return nil
}
