// Command sweeper looks each minute for what no event reported: waits overdue,
// machines that died, dates without a machine; when a working day opens it orders
// the digests and asks for the V°B° of the register, and when a version of the
// procedure is published, its notices. Nightly it looks at all of them, and for stored
// mails that became nothing.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"mesa/shared/awsclient"
	"mesa/shared/config"
	"mesa/shared/digest"
	"mesa/shared/edition"
	"mesa/shared/intake"
	"mesa/shared/lambdaio"
	"mesa/shared/machines"
	"mesa/shared/register"
	"mesa/shared/s3store"
	"mesa/shared/sfnexec"
	"mesa/shared/snsclient"
)

func main() {
	lambdaio.Log("sweeper")
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
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
	s := &machines.Sweeper{Store: base.Store, Executions: sfnexec.Open(base.AWS, v), Settings: base.Store, Road: base.Road, Now: base.Now, Wall: lambdaio.Wall}
	mails := &intake.Comparer{Store: base.Store, Objects: s3store.Open(base.AWS, v.MailBucket), Again: snsclient.Open(base.AWS, v.MailTopicARN), Now: base.Now, Wall: lambdaio.Wall}
	digests := &digest.Writer{Store: base.Store, Now: base.Now}
	notices := &edition.Teller{Store: base.Store, Now: base.Now}
	signOffs := &register.Reminder{Store: base.Store, Now: base.Now}
	lambda.Start(round{s.Sweep, mails.Compare, digests.Write, notices.Tell, signOffs.Write}.run)
	return nil
}
