package main

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sns"

	"mesa/infra/local/cloud"
	"mesa/infra/local/front"
	"mesa/infra/local/mailbox"
	"mesa/infra/local/postbox"
)

// openDoors lets browsers in.
func (s *site) openDoors() error {
	host, err := cloud.APIHost(s.outputs["ApiUrl"])
	if err != nil {
		return err
	}
	emulator, err := url.Parse(s.emulator.URL())
	if err != nil {
		return err
	}
	s.front.Open(front.Routes{
		Emulator: emulator, APIHost: host, UserPool: s.outputs["UserPoolId"],
		Mailbox: mailbox.NewHandler(s.state.Spool()),
		Restart: func(r *http.Request) error { return s.emulator.Restart(context.WithoutCancel(r.Context())) },
	})
	return nil
}

// takeMail serves SMTP until ctx ends.
func (s *site) takeMail(ctx context.Context, cancel context.CancelCauseFunc) {
	config := cloud.Config(s.emulator.URL())
	office := postbox.Office{OwnDomains: s.options.domains, Now: s.receptionClock(ctx), Delivery: postbox.ReceiptRule{
		S3:     s3.NewFromConfig(config, func(o *s3.Options) { o.UsePathStyle = true }),
		SNS:    sns.NewFromConfig(config),
		Bucket: s.outputs["MailBucketName"], Topic: s.outputs["MailTopicArn"],
	}}
	if err := office.Serve(ctx, s.smtp); err != nil {
		cancel(err)
	}
}

// eventsOutput names the topic of the configuration set's event destination; a
// stack without it has nobody to tell.
const eventsOutput = "MailEventsTopicArn"

// tellEvery is how often the spool is looked at: SES's own events take seconds.
const tellEvery = 250 * time.Millisecond

// tellOfMail publishes SES's events until ctx ends.
func (s *site) tellOfMail(ctx context.Context, cancel context.CancelCauseFunc) {
	topic, ok := s.outputs[eventsOutput]
	if !ok {
		return
	}
	client := sns.NewFromConfig(cloud.Config(s.emulator.URL()))
	feed, err := mailbox.NewFeed(s.state.Spool())
	if err == nil {
		err = feed.Run(ctx, tellEvery, func(ctx context.Context, event []byte) error {
			_, err := client.Publish(ctx, &sns.PublishInput{TopicArn: &topic, Message: aws.String(string(event))})
			return err
		})
	}
	if err != nil {
		cancel(err)
	}
}

// describeAndLoad writes down where the cloud is and loads the sample data.
func (s *site) describeAndLoad(ctx context.Context) error {
	description := cloud.Description{
		WebURL: s.webURL(), SMTPAddress: s.smtp.Addr().String(), EmulatorURL: s.emulator.URL(),
		Region: cloud.Region, AccessKeyID: cloud.AccessKeyID, SecretAccessKey: cloud.SecretAccessKey,
		StateDir: s.state.Dir, MailSpool: s.state.Spool(), EmulatorLog: s.state.EmulatorLog(), FunctionLog: s.state.FunctionLog(),
		PID: os.Getpid(), EmulatorPID: s.emulator.PID(), Table: s.outputs["TableName"], Outputs: s.outputs,
	}
	if err := description.Write(s.state.LocalFile()); err != nil {
		return err
	}
	if s.options.samples {
		err := s.steps.run("Cargando los datos de ejemplo", "loading the sample data", func() (bool, error) { return s.loadSamples(ctx) })
		if err != nil {
			return err
		}
	}
	if s.options.readyFile == "" {
		return nil
	}
	return description.Write(s.options.readyFile)
}

// loadSamples runs the operator's command, the only one that knows the sample
// data, once per state and version of the sources.
func (s *site) loadSamples(ctx context.Context) (bool, error) {
	if have, err := os.ReadFile(s.state.SampleMark()); err == nil && string(have) == s.sources {
		return false, nil
	}
	if err := loadSampleData(ctx, s.options.root, s.emulator.URL(), s.state.LocalFile()); err != nil {
		return false, err
	}
	if err := s.emulator.Save(ctx); err != nil {
		return false, err
	}
	return true, os.WriteFile(s.state.SampleMark(), []byte(s.sources), 0o600)
}

// reset forgets a cloud's data and keeps the installed tools and the build.
func reset(arguments []string) error {
	o, err := parseOptions(arguments)
	if err != nil {
		return err
	}
	return cloud.State{Dir: filepath.Clean(o.state)}.Clear()
}
