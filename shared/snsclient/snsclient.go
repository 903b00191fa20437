// Package snsclient publishes messages to an SNS topic: the one that tells the
// mail queue of received mail.
package snsclient

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sns"
)

// Topic is one topic. It holds the call and not the client, so that the linker
// leaves the client's other methods out of the binary.
type Topic struct {
	arn     string
	publish func(context.Context, *sns.PublishInput, ...func(*sns.Options)) (*sns.PublishOutput, error)
}

// Open makes the topic from a function's settings.
func Open(cfg aws.Config, arn string) *Topic {
	return &Topic{arn, sns.NewFromConfig(cfg).Publish}
}

// Publish hands each body over, in order. An error says how many were not
// taken; the others are on their way, so what is published must bear coming twice.
func (t *Topic) Publish(ctx context.Context, bodies [][]byte) error {
	for i, body := range bodies {
		if _, err := t.publish(ctx, &sns.PublishInput{TopicArn: aws.String(t.arn), Message: aws.String(string(body))}); err != nil {
			return fmt.Errorf("publish: %d of %d messages not taken: %w", len(bodies)-i, len(bodies), err)
		}
	}
	return nil
}
