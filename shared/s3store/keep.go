package s3store

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/aws/smithy-go/encoding/httpbinding"

	"mesa/shared/upload"
)

var _ upload.Storage = (*Bucket)(nil)

const metaPrefix = "X-Amz-Meta-"

// Stat says what the bucket has under a key, upload.ErrAbsent if nothing.
func (b *Bucket) Stat(ctx context.Context, key string) (upload.Object, error) {
	a, err := b.send(ctx, call{method: http.MethodHead, key: key})
	if err != nil {
		return upload.Object{}, fmt.Errorf("stat %s: %w", key, absent(err))
	}
	o := upload.Object{Bytes: a.Length, Tag: a.Header.Get("ETag"), Meta: map[string]string{}}
	for name, values := range a.Header {
		if strings.HasPrefix(name, metaPrefix) {
			o.Meta[strings.ToLower(name)] = values[0]
		}
	}
	return o, nil
}

// Keep copies an object inside the bucket if its tag is still this one, and has
// S3 compute the SHA-256 of what it copied.
func (b *Bucket) Keep(ctx context.Context, from, to, tag string) (string, error) {
	a, err := b.send(ctx, call{method: http.MethodPut, key: to, limit: longestAnswer, header: map[string]string{
		"X-Amz-Copy-Source": "/" + b.name + "/" + httpbinding.EscapePath(from, false), "X-Amz-Copy-Source-If-Match": tag, "X-Amz-Checksum-Algorithm": "SHA256"}})
	if err != nil {
		return "", fmt.Errorf("copy %s to %s: %w", from, to, absent(err))
	}
	if !strings.Contains(string(a.Data), "<CopyObjectResult") { // S3 may say 200 and fail while it copies
		return "", fmt.Errorf("copy %s to %s: S3 answered 200 %s", from, to, errorCode(string(a.Data)))
	}
	return checksum(string(a.Data)), nil
}

// absent says the same to package upload.
func absent(err error) error {
	if errors.Is(err, ErrAbsent) {
		return fmt.Errorf("%w: %w", upload.ErrAbsent, err)
	}
	return err
}

// checksum is the SHA-256 in a copy's answer, in hex; "" if it has none.
func checksum(text string) string {
	_, rest, _ := strings.Cut(text, "<ChecksumSHA256>")
	value, _, closed := strings.Cut(rest, "</ChecksumSHA256>")
	sum, err := base64.StdEncoding.DecodeString(value)
	if !closed || err != nil {
		return ""
	}
	return hex.EncodeToString(sum)
}
