// Package s3store keeps bytes in S3: raw inbound mail and attachments.
//
// An object is a URL: its bytes are put there and got from there, with a
// signature (AWS Signature Version 4) that says who asks. In a request the
// signature stands in a header and covers the SHA-256 of the bytes sent, so S3
// refuses bytes that changed on their way; in a link it stands in the query,
// and covers until when the link works and under which name the file is saved.
//
// The signature is made by the SDK's signer, the request by net/http, and not
// all by the SDK's S3 client: templates call methods by name, so the linker
// must keep every method of the types that it reaches, and the client's
// hundred operations were a quarter of the portal's binary (decision 0005).
package s3store

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	signer "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"mesa/shared/signclient"
	"mesa/shared/upload"
)

// ErrAbsent: there is no object under the key (yet).
var ErrAbsent = errors.New("no such object")

// Bucket is one bucket.
type Bucket struct {
	name    string
	address string // URL, without the slash before the key
	client  signclient.Client
}

// Open makes a bucket that is known to exist. Its name has no dots: with them
// the certificate of its address would not fit.
func Open(cfg aws.Config, name string) *Bucket {
	client := signclient.New(cfg, "s3", func(o *signer.SignerOptions) { o.DisableURIPathEscaping = true }) // S3 alone signs a path as it is sent
	return &Bucket{name: name, address: client.Address(name+".s3", "/"+name), client: client}
}

// Read returns an object's bytes, at most limit of them; more is an error, so
// that a function's memory is bounded. ErrAbsent if there is none.
func (b *Bucket) Read(ctx context.Context, key string, limit int64) ([]byte, error) {
	a, err := b.send(ctx, call{method: http.MethodGet, key: key, limit: limit + 1})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", key, err)
	}
	if int64(len(a.Data)) > limit {
		return nil, fmt.Errorf("read %s: more than %d bytes", key, limit)
	}
	return a.Data, nil
}

// Write stores bytes under a key. Writing the same again is harmless.
func (b *Bucket) Write(ctx context.Context, key, contentType string, data []byte) error {
	if _, err := b.send(ctx, call{method: http.MethodPut, key: key, header: map[string]string{"Content-Type": contentType}, data: data}); err != nil {
		return fmt.Errorf("write %s: %w", key, err)
	}
	return nil
}

// Download signs a short link that saves the object under a name; it never
// opens in the page (F42). The wall clock counts its life, as S3's does.
func (b *Bucket) Download(ctx context.Context, key, name string) (string, error) {
	link, err := b.client.Presign(ctx, b.object(key)+"?"+url.Values{
		"X-Amz-Expires":                {strconv.Itoa(int(upload.LinkLife / time.Second))},
		"response-content-disposition": {mime.FormatMediaType("attachment", map[string]string{"filename": name})},
		"response-content-type":        {"application/octet-stream"},
	}.Encode())
	if err != nil {
		return "", fmt.Errorf("sign download of %s: %w", key, err)
	}
	return link, nil
}
