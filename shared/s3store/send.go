package s3store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/smithy-go/encoding/httpbinding"

	"mesa/shared/lambdaio"
)

const (
	attempts      = 3                // of one call; both kinds may be repeated
	firstPause    = 3                // of lambdaio.Pause: at most 160 ms, then at most 320 ms
	patience      = 10 * time.Second // between the last byte sent and the answer's first line
	longestError  = 4 << 10          // bytes read of an error's text
	longestAnswer = 4 << 10          // and of a copy's
)

// call is one operation on one object, or on the bucket.
type call struct {
	method, key string
	query       url.Values // only of the bucket itself, key empty
	header      map[string]string
	data        []byte
	limit       int64 // bytes read of the answer
}

// answered is what S3 said.
type answered struct {
	header http.Header
	length int64 // of the object, read or not
	data   []byte
}

// send makes a call, again if it failed by chance, and returns the answer. A transfer that breaks off is such a chance, too.
func (b *Bucket) send(ctx context.Context, c call) (answered, error) {
	for attempt := 0; ; attempt++ {
		a, again, err := b.try(ctx, c)
		if err == nil || !again || attempt == attempts-1 {
			return a, err
		}
		if ended := lambdaio.Pause(ctx, firstPause+attempt); ended != nil {
			return answered{}, fmt.Errorf("%w, and no time to try again: %w", err, ended)
		}
	}
}

// try makes a call once; again tells whether another attempt may go better.
func (b *Bucket) try(ctx context.Context, c call) (a answered, again bool, err error) {
	request, err := b.request(ctx, c)
	if err != nil {
		return answered{}, false, err
	}
	response, err := b.client.Do(request)
	if err != nil {
		return answered{}, ctx.Err() == nil, err
	}
	defer response.Body.Close() //nolint:errcheck // reading is over; there is nothing to lose
	if response.StatusCode/100 != 2 {
		again, err = refusal(response)
		return answered{}, again, err
	}
	a = answered{header: response.Header, length: response.ContentLength}
	a.data, err = io.ReadAll(io.LimitReader(response.Body, c.limit))
	return a, err != nil && ctx.Err() == nil, err
}

// request is a signed request. It asks for the bytes as they are stored, else
// net/http would unpack an object that is kept compressed.
func (b *Bucket) request(ctx context.Context, c call) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, c.method, b.object(c.key)+c.question(), bytes.NewReader(c.data))
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(c.data)
	hash := hex.EncodeToString(sum[:])
	request.Header.Set("Accept-Encoding", "identity")
	request.Header.Set("X-Amz-Content-Sha256", hash)
	for name, value := range c.header {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	credentials, err := b.credentials.Retrieve(ctx)
	if err != nil {
		return nil, err
	}
	return request, b.signer.SignHTTP(ctx, credentials, request, hash, "s3", b.region, lambdaio.Wall())
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
func refusal(response *http.Response) (again bool, err error) {
	text, _ := io.ReadAll(io.LimitReader(response.Body, longestError)) // what did not arrive cannot be told
	code := errorCode(string(text))
	if response.StatusCode == http.StatusNotFound && code != "NoSuchBucket" {
		return false, ErrAbsent
	}
	again = response.StatusCode >= 500 || response.StatusCode == http.StatusTooManyRequests || code == "RequestTimeout" // 400: the bytes came too slowly
	return again, fmt.Errorf("S3 answered %s", strings.TrimSpace(fmt.Sprint(response.StatusCode, " ", code)))
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
