package s3store

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"mesa/shared/lambdaio"
	"mesa/shared/upload"
)

// algorithm names the signature of a form; it is one of its fields.
const algorithm = "AWS4-HMAC-SHA256"

// Form signs what a browser may send as a form: one object, of the size and
// with the fields that the terms name, until they end on the wall clock (POST
// policy, Signature Version 4). S3 refuses whatever the policy does not name.
func (b *Bucket) Form(ctx context.Context, t upload.Terms) (upload.Form, error) {
	credentials, err := b.client.Credentials.Retrieve(ctx)
	if err != nil {
		return upload.Form{}, fmt.Errorf("sign a form for %s: %w", t.Key, err)
	}
	now := lambdaio.Wall()
	scope := strings.Join([]string{now.Format("20060102"), b.client.Region, "s3", "aws4_request"}, "/")
	fields := append([]upload.Field{{Name: "key", Value: t.Key}}, t.Exact...)
	fields = append(fields, upload.Field{Name: "x-amz-algorithm", Value: algorithm}, upload.Field{Name: "x-amz-credential", Value: credentials.AccessKeyID + "/" + scope},
		upload.Field{Name: "x-amz-date", Value: now.Format("20060102T150405Z")})
	if credentials.SessionToken != "" {
		fields = append(fields, upload.Field{Name: "x-amz-security-token", Value: credentials.SessionToken})
	}
	form := upload.Form{URL: b.address, Ends: now.Add(t.Life)}
	policy, err := b.policy(t, fields, form.Ends)
	if err != nil {
		return upload.Form{}, fmt.Errorf("sign a form for %s: %w", t.Key, err)
	}
	form.Fields = append(fields, upload.Field{Name: "policy", Value: policy}, upload.Field{Name: "x-amz-signature", Value: signPolicy(policy, credentials.SecretAccessKey, scope)})
	return form, nil
}

// policy is the base64 of the conditions that a form must meet.
func (b *Bucket) policy(t upload.Terms, exact []upload.Field, ends time.Time) (string, error) {
	conditions := []any{[]any{"eq", "$bucket", b.name}, []any{"content-length-range", 0, t.Most}}
	for _, f := range exact {
		conditions = append(conditions, []any{"eq", "$" + f.Name, f.Value})
	}
	for _, name := range t.Open {
		conditions = append(conditions, []any{"starts-with", "$" + name, ""})
	}
	text, err := json.Marshal(map[string]any{"expiration": ends.Format("2006-01-02T15:04:05.000Z"), "conditions": conditions})
	return base64.StdEncoding.EncodeToString(text), err
}

// signPolicy signs a policy with the day's key of the scope.
func signPolicy(policy, secret, scope string) string {
	key := []byte("AWS4" + secret)
	for _, part := range append(strings.Split(scope, "/"), policy) {
		h := hmac.New(sha256.New, key)
		h.Write([]byte(part)) // a hash never fails to write
		key = h.Sum(nil)
	}
	return hex.EncodeToString(key)
}
