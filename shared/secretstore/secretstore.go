// Package secretstore reads keys from AWS Secrets Manager: once when a function
// begins, and again when they are older than five minutes, so that a rotation
// reaches every running function without a deploy.
package secretstore

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"mesa/shared/jsonclient"
)

// Life is how long a secret is used before it is read again.
const Life = 5 * time.Minute

// Fetch reads the text of the secret of an id.
type Fetch func(ctx context.Context, id string) (string, error)

// Open fetches from the service.
func Open(cfg aws.Config) Fetch {
	service := jsonclient.New(cfg, "secretsmanager", "secretsmanager")
	return func(ctx context.Context, id string) (string, error) {
		out := struct{ SecretString string }{}
		err := service.Ask(ctx, "GetSecretValue", map[string]string{"SecretId": id}, &out)
		return out.SecretString, err
	}
}

// Secret is one secret, parsed to T and kept for Life.
type Secret[T any] struct {
	Fetch Fetch
	ID    string
	Parse func(text []byte) (T, error)
	Wall  func() time.Time

	mu     sync.Mutex
	value  T
	readAt time.Time
}

// Get returns the secret. If a refresh fails, the value at hand is used on: keys
// outlive a moment without the service.
func (s *Secret[T]) Get(ctx context.Context) (T, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Wall()
	if !s.readAt.IsZero() && now.Sub(s.readAt) < Life {
		return s.value, nil
	}
	value, err := s.read(ctx)
	if err != nil && s.readAt.IsZero() {
		return value, err
	}
	if err == nil {
		s.value = value
	}
	s.readAt = now
	return s.value, nil
}

func (s *Secret[T]) read(ctx context.Context) (T, error) {
	var none T
	text, err := s.Fetch(ctx, s.ID)
	if err != nil {
		return none, fmt.Errorf("read secret %s: %w", s.ID, err)
	}
	value, err := s.Parse([]byte(text))
	if err != nil {
		return none, fmt.Errorf("parse secret %s: %w", s.ID, err)
	}
	return value, nil
}
