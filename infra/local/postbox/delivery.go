package postbox

import (
	"bytes"
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sns"
)

// ReceiptRule is the S3 action of the desk's receipt rule.
type ReceiptRule struct {
	S3     *s3.Client
	SNS    *sns.Client
	Bucket string
	Topic  string
}

// Deliver stores the object, then publishes, as SES does: who hears of a mail
// can read it.
func (r ReceiptRule) Deliver(ctx context.Context, receipt Receipt) error {
	_, err := r.S3.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &r.Bucket, Key: aws.String(receipt.Key()), Body: bytes.NewReader(receipt.Object()),
	})
	if err != nil {
		return fmt.Errorf("store %s: %w", receipt.Key(), err)
	}
	notification, err := receipt.Notification(r.Bucket, r.Topic)
	if err != nil {
		return err
	}
	_, err = r.SNS.Publish(ctx, &sns.PublishInput{
		TopicArn: &r.Topic, Subject: aws.String(subject), Message: aws.String(string(notification)),
	})
	if err != nil {
		return fmt.Errorf("publish %s: %w", receipt.Key(), err)
	}
	return nil
}
