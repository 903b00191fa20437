// Package awsclient builds what every function of the desk begins with: the SDK
// configuration, the table and the road. It is called once, from main, before
// the first invocation.
package awsclient

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/oklog/ulid/v2"

	"mesa/shared/config"
	"mesa/shared/desk"
	"mesa/shared/dynamo"
	"mesa/shared/feedback"
	"mesa/shared/lambdaio"
	"mesa/shared/notify"
	"mesa/shared/work"
)

// Base is what functions share.
type Base struct {
	AWS    aws.Config
	Store  *dynamo.Store
	Road   *work.Road
	Reader *work.Reader
	Now    func(ctx context.Context) (time.Time, error) // business clock
}

// FromEnvironment is the SDK's configuration of a function: the keys, region
// and, on a developer's machine, the endpoint that its environment gives. The
// SDK's own search (profiles, instance roles, single sign-on) is for people's
// commands; it would make each function megabytes larger.
func FromEnvironment(v config.Values) (aws.Config, error) {
	c, err := config.ReadCredentials()
	if err != nil {
		return aws.Config{}, err
	}
	provider := aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: c.AccessKeyID, SecretAccessKey: c.SecretAccessKey, SessionToken: c.SessionToken, Source: "environment"}, nil
	})
	cfg := aws.Config{Region: c.Region, Credentials: provider}
	if v.Endpoint != "" {
		cfg.BaseEndpoint = aws.String(v.Endpoint)
	}
	return cfg, nil
}

// New builds the road on the table, for a function.
func New(_ context.Context, v config.Values) (*Base, error) {
	cfg, err := FromEnvironment(v)
	if err != nil {
		return nil, err
	}
	return With(cfg, v), nil
}

// With builds the road on the table with a configuration found elsewhere.
func With(cfg aws.Config, v config.Values) *Base {
	store := dynamo.New(dynamodb.NewFromConfig(cfg), v.Table)
	road := &work.Road{Store: store, Directory: store, Settings: store, Notifier: notify.Sealer{}, NewID: NewID, Salt: Salt, Pause: lambdaio.Pause, Denied: Denied}
	return &Base{AWS: cfg, Store: store, Road: road, Reader: &work.Reader{Road: road, Effects: store}, Now: lambdaio.Clock(v.Local(), store)}
}

// Feedback is what becomes of the mails that were sent.
func (b *Base) Feedback() *feedback.Desk {
	return &feedback.Desk{Store: b.Store, Directory: b.Store, Now: b.Now}
}

// Institution is whose desk this is, by the business clock.
func (b *Base) Institution(ctx context.Context) (desk.Institution, error) {
	now, err := b.Now(ctx)
	if err != nil {
		return desk.Institution{}, err
	}
	return b.Store.Institution(ctx, now)
}

// Denied logs an act that its actor may not do, or their reading what is not
// theirs: ids, never names, addresses or what was typed.
func Denied(ctx context.Context, act desk.Act, why *desk.Problem) {
	kind := cmp.Or(act.Kind, "read")
	slog.WarnContext(ctx, "act denied", "act", string(kind), "ticket", string(act.Ticket), "person", string(act.Actor.Person),
		"channel", string(act.Channel), "code", string(why.Code), "clause", why.Clause)
}

// NewID makes the id of a new ticket: a ULID of the business clock.
func NewID(at time.Time) (desk.TicketID, error) {
	id, err := ulid.New(ulid.Timestamp(at), rand.Reader)
	if err != nil {
		return "", fmt.Errorf("new ticket id: %w", err)
	}
	return desk.TicketID(id.String()), nil
}

// Salt is 16 random bytes in hex.
func Salt() (string, error) {
	b := make([]byte, 16)
	if _, err := rand.Read(b); err != nil {
		return "", err
	}
	return hex.EncodeToString(b), nil
}
