package s3store

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/aws/smithy-go/encoding/httpbinding"

	"mesa/shared/signclient"
)

// longestAnswer is how many bytes of a copy's answer are read.
const longestAnswer = 4 << 10

// call is one operation on one object, or on the bucket. All may be repeated.
type call struct {
	method, key string
	query       url.Values // only of the bucket itself, key empty
	header      map[string]string
	data        []byte
	limit       int64 // bytes read of the answer
}

func (b *Bucket) send(ctx context.Context, c call) (signclient.Answer, error) {
	header := map[string]string{"X-Amz-Content-Sha256": signclient.Hash(c.data)}
	for name, value := range c.header {
		header[name] = value
	}
	return b.client.Send(ctx, signclient.Request{Method: c.method, URL: b.object(c.key) + c.question(), Header: header, Body: c.data, Limit: c.limit}, refusal)
}

// object is the URL of an object. S3 signs a path with every byte escaped that
// is no letter, digit or one of -._~ and /, which is more than net/url would.
func (b *Bucket) object(key string) string {
	return b.address + "/" + httpbinding.EscapePath(key, false)
}

// question is the call's query, as an address ends. A blank is %20: S3 signs it so.
func (c call) question() string {
	if len(c.query) == 0 {
		return ""
	}
	return "?" + strings.ReplaceAll(c.query.Encode(), "+", "%20")
}

// refusal says why S3 did not do as asked, and whether it may do so later. Of
// its text only the code is told: around it stand parts of the signature.
func refusal(status int, _ http.Header, text string) (again bool, err error) {
	code := errorCode(text)
	if status == http.StatusNotFound && code != "NoSuchBucket" {
		return false, ErrAbsent
	}
	again = status >= 500 || status == http.StatusTooManyRequests || code == "RequestTimeout" // 400: the bytes came too slowly
	return again, fmt.Errorf("S3 answered %s", strings.TrimSpace(fmt.Sprint(status, " ", code)))
}

// errorCode finds the code in an error's XML; "" if there is none. The code is
// one word, so no parser is needed.
func errorCode(text string) string {
	_, rest, _ := strings.Cut(text, "<Code>")
	code, _, closed := strings.Cut(rest, "</Code>")
	isOther := func(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') }
	if !closed || strings.ContainsFunc(code, isOther) {
		return ""
	}
	return code
}
