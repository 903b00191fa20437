// Package s3store keeps bytes in S3: raw inbound mail and attachments.
package s3store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	signer "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Open makes a bucket that is known to exist.
func Open(cfg aws.Config, name string) *Bucket { return New(s3.NewFromConfig(cfg), name) }

// ErrAbsent: there is no object under the key (yet).
var ErrAbsent = errors.New("no such object")

// Bucket is one bucket. It holds calls and not the client, so that the linker
// leaves the client's other methods out of the binary.
type Bucket struct {
	name         string
	get          func(context.Context, *s3.GetObjectInput, ...func(*s3.Options)) (*s3.GetObjectOutput, error)
	put          func(context.Context, *s3.PutObjectInput, ...func(*s3.Options)) (*s3.PutObjectOutput, error)
	signDownload func(context.Context, *s3.GetObjectInput, ...func(*s3.PresignOptions)) (*signer.PresignedHTTPRequest, error)
	signUpload   func(context.Context, *s3.PutObjectInput, ...func(*s3.PresignPostOptions)) (*s3.PresignedPostRequest, error)
}

// New makes a bucket that is known to exist.
func New(client *s3.Client, name string) *Bucket {
	presign := s3.NewPresignClient(client)
	return &Bucket{name: name, get: client.GetObject, put: client.PutObject, signDownload: presign.PresignGetObject, signUpload: presign.PresignPostObject}
}

// Read returns an object's bytes, at most limit of them; more is an error, so
// that a function's memory is bounded. ErrAbsent if there is none.
func (b *Bucket) Read(ctx context.Context, key string, limit int64) ([]byte, error) {
	out, err := b.get(ctx, &s3.GetObjectInput{Bucket: aws.String(b.name), Key: aws.String(key)})
	if _, absent := errors.AsType[*types.NoSuchKey](err); absent {
		return nil, fmt.Errorf("read %s: %w", key, ErrAbsent)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", key, err)
	}
	defer out.Body.Close() //nolint:errcheck // reading is over; there is nothing to lose
	data, err := io.ReadAll(io.LimitReader(out.Body, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", key, err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("read %s: more than %d bytes", key, limit)
	}
	return data, nil
}

// Write stores bytes under a key. Writing the same again is harmless.
func (b *Bucket) Write(ctx context.Context, key, contentType string, data []byte) error {
	_, err := b.put(ctx, &s3.PutObjectInput{Bucket: aws.String(b.name), Key: aws.String(key), Body: bytes.NewReader(data), ContentType: aws.String(contentType)})
	if err != nil {
		return fmt.Errorf("write %s: %w", key, err)
	}
	return nil
}

// LinkLife is how long a download link works.
const LinkLife = 5 * time.Minute

// Download signs a short link that saves the object under a name; it never
// opens in the page (F42).
func (b *Bucket) Download(ctx context.Context, key, name string) (string, error) {
	disposition := mime.FormatMediaType("attachment", map[string]string{"filename": name})
	out, err := b.signDownload(ctx, &s3.GetObjectInput{Bucket: aws.String(b.name), Key: aws.String(key),
		ResponseContentDisposition: aws.String(disposition), ResponseContentType: aws.String("application/octet-stream")}, s3.WithPresignExpires(LinkLife))
	if err != nil {
		return "", fmt.Errorf("sign download of %s: %w", key, err)
	}
	return out.URL, nil
}

// Form is what a browser posts straight to the bucket: fields, then the file last.
type Form struct {
	URL    string
	Fields map[string]string
}

// Upload signs a form for one file of at most limit bytes under a fixed key.
func (b *Bucket) Upload(ctx context.Context, key string, limit int64) (Form, error) {
	out, err := b.signUpload(ctx, &s3.PutObjectInput{Bucket: aws.String(b.name), Key: aws.String(key)}, func(o *s3.PresignPostOptions) {
		o.Expires = 15 * time.Minute
		o.Conditions = append(o.Conditions, []any{"content-length-range", 1, limit})
	})
	if err != nil {
		return Form{}, fmt.Errorf("sign upload of %s: %w", key, err)
	}
	return Form{out.URL, out.Values}, nil
}
