package rig

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"mesa/infra/local/postbox"
)

// Keep stores a mail as SES does, with its block above it, and tells nobody: its
// notification is lost on the way.
func (d *Desk) Keep(ctx context.Context, m Mail) error {
	verdicts, raw, err := postbox.Judge(m.bytes(), []string{"qw.gob.pe"})
	if err != nil {
		return err
	}
	r := postbox.Receipt{ID: strings.ToLower(NewKey()), From: m.From, Recipients: []string{m.To}, Client: postbox.Client{IP: "192.0.2.7", Hello: "correo.qw.gob.pe"},
		At: time.Now(), Verdicts: verdicts, Mail: raw}
	_, err = s3.NewFromConfig(d.AWS, func(o *s3.Options) { o.UsePathStyle = true }).PutObject(ctx,
		&s3.PutObjectInput{Bucket: aws.String(d.Outputs["MailBucketName"]), Key: aws.String(r.Key()), Body: bytes.NewReader(r.Object())})
	if err != nil {
		return fmt.Errorf("store %s: %w", r.Key(), err)
	}
	return nil
}
