package awsclient

import (
	"context"

	"mesa/shared/access"
	"mesa/shared/config"
	"mesa/shared/lambdaio"
	"mesa/shared/secretstore"
	"mesa/shared/thread"
)

// Only what most functions need stands here: a client that one function uses is
// opened by its adapter (s3store.Open, sfnexec.Open, sesmail.Mailer), so that
// the others do not carry it.

// Keys read the link secret, again every few minutes.
func (b *Base) Keys(v config.Values) *secretstore.Secret[secretstore.LinkKeys] {
	return &secretstore.Secret[secretstore.LinkKeys]{Fetch: secretstore.Open(b.AWS), ID: v.LinkKeySecret,
		Parse: secretstore.ParseLinkKeys(v.MailDomain), Wall: lambdaio.Wall}
}

// Ring is the link part of the keys.
func Ring(keys *secretstore.Secret[secretstore.LinkKeys]) func(ctx context.Context) (access.Ring, error) {
	return func(ctx context.Context) (access.Ring, error) {
		k, err := keys.Get(ctx)
		return k.Ring, err
	}
}

// Marks is the reply-address part of the keys.
func Marks(keys *secretstore.Secret[secretstore.LinkKeys]) func(ctx context.Context) (thread.Marks, error) {
	return func(ctx context.Context) (thread.Marks, error) {
		k, err := keys.Get(ctx)
		return k.Marks, err
	}
}
