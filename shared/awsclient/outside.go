package awsclient

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sfn"

	"mesa/shared/access"
	"mesa/shared/config"
	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/lambdaio"
	"mesa/shared/notify"
	"mesa/shared/s3store"
	"mesa/shared/secretstore"
	"mesa/shared/sesmail"
	"mesa/shared/sfnexec"
	"mesa/shared/thread"
)

// Machines are the stack's state machines.
func (b *Base) Machines(v config.Values) *sfnexec.Machines {
	return &sfnexec.Machines{Client: sfn.NewFromConfig(b.AWS), ARNs: map[desk.Machine]string{
		desk.MachineApproval: v.ApprovalMachineARN, desk.MachineEscalation: v.EscalationMachineARN, desk.MachineHardware: v.HardwareMachineARN}}
}

// Keys read the link secret, again every few minutes.
func (b *Base) Keys(v config.Values) *secretstore.Secret[sesmail.Keys] {
	return &secretstore.Secret[sesmail.Keys]{Client: secretsmanager.NewFromConfig(b.AWS), ID: v.LinkKeySecret, Parse: ParseKeys(v.MailDomain), Wall: lambdaio.Wall}
}

// Ring is the link part of the keys.
func Ring(keys *secretstore.Secret[sesmail.Keys]) func(ctx context.Context) (access.Ring, error) {
	return func(ctx context.Context) (access.Ring, error) {
		k, err := keys.Get(ctx)
		return k.Ring, err
	}
}

// Marks is the reply-address part of the keys.
func Marks(keys *secretstore.Secret[sesmail.Keys]) func(ctx context.Context) (thread.Marks, error) {
	return func(ctx context.Context) (thread.Marks, error) {
		k, err := keys.Get(ctx)
		return k.Marks, err
	}
}

// Mailer sends through SES.
func (b *Base) Mailer(v config.Values) *sesmail.Mailer {
	return &sesmail.Mailer{Client: sesv2.NewFromConfig(b.AWS), Keys: b.Keys(v).Get, From: v.MailFrom, Mailbox: v.MailFrom, BaseURL: v.BaseURL,
		ConfigurationSet: v.ConfigurationSet, Institution: notify.PNAEQW(), LinkLife: flow.DefaultPolicy().LinkLife}
}

// Bucket is one bucket.
func (b *Base) Bucket(name string) *s3store.Bucket {
	return &s3store.Bucket{Client: s3.NewFromConfig(b.AWS), Name: name}
}
