// Package signclient sends requests signed by the SDK's signer (AWS Signature
// Version 4), for the services of which the desk uses so little that their own
// clients would be most of a function (decision 0005).
//
// A signature says who asks and covers the SHA-256 of the bytes sent. What fails
// by chance is sent again, with pauses; what is refused is not.
package signclient

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	signer "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"

	"mesa/shared/lambdaio"
)

const (
	attempts     = 3                // of one request: none of those sent here may not be repeated
	firstPause   = 3                // of lambdaio.Pause: at most 160 ms, then at most 320 ms
	patience     = 10 * time.Second // between the last byte sent and the answer's first line
	longestError = 4 << 10          // bytes read of an error's text
)

// Client is one service of a region.
type Client struct {
	Region      string
	Credentials aws.CredentialsProvider
	service     string // as signatures name it
	emulator    string // address of the one that stands for all services, "" on AWS
	http        aws.HTTPClient
	signer      *signer.Signer
}

// New is the service that signatures call by that name.
func New(cfg aws.Config, service string, options ...func(*signer.SignerOptions)) Client {
	c := Client{Region: cfg.Region, Credentials: cfg.Credentials, service: service, http: cfg.HTTPClient, signer: signer.NewSigner(options...)}
	if cfg.BaseEndpoint != nil {
		c.emulator = strings.TrimSuffix(*cfg.BaseEndpoint, "/")
	}
	if c.http == nil { // the one that SDK clients make for themselves: it follows no redirects, which a signature would not survive
		c.http = awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) { t.ResponseHeaderTimeout = patience })
	}
	return c
}

// Address is where a host of the service answers, without the last slash: name is
// what stands before the region, "kms" or "bucket.s3". An emulator has no names
// below its host: what would be one is the path instead.
func (c Client) Address(name, path string) string {
	if c.emulator != "" {
		return c.emulator + path
	}
	domain := "amazonaws.com"
	if strings.HasPrefix(c.Region, "cn-") { // of the region's partition
		domain += ".cn"
	}
	return "https://" + name + "." + c.Region + "." + domain
}

// Request is one request.
type Request struct {
	Method, URL string
	Header      map[string]string // empty values are left out
	Body        []byte
	Limit       int64 // bytes read of the answer
}

// Answer is what the service said.
type Answer struct {
	Header http.Header
	Length int64 // of the whole, read or not; -1 if it is not told
	Data   []byte
}

// Refusal says why a service did not do as asked, and whether it may do so later.
// Its error must repeat nothing that was sent.
type Refusal func(status int, header http.Header, text string) (again bool, err error)

// Send sends a request, again if it failed by chance. A transfer that breaks off
// is such a chance, too.
func (c Client) Send(ctx context.Context, r Request, refusal Refusal) (Answer, error) {
	for attempt := 0; ; attempt++ {
		a, again, err := c.try(ctx, r, refusal)
		if err == nil || !again || attempt == attempts-1 {
			return a, err
		}
		if ended := lambdaio.Pause(ctx, firstPause+attempt); ended != nil {
			return Answer{}, fmt.Errorf("%w, and no time to try again: %w", err, ended)
		}
	}
}

// try sends once; again tells whether another attempt may go better.
func (c Client) try(ctx context.Context, r Request, refusal Refusal) (a Answer, again bool, err error) {
	request, err := c.signed(ctx, r)
	if err != nil {
		return Answer{}, false, err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return Answer{}, ctx.Err() == nil, err
	}
	defer response.Body.Close() //nolint:errcheck // reading is over; there is nothing to lose
	if response.StatusCode/100 != 2 {
		text, _ := io.ReadAll(io.LimitReader(response.Body, longestError)) // what did not arrive cannot be told
		again, err = refusal(response.StatusCode, response.Header, string(text))
		return Answer{}, again, err
	}
	a = Answer{Header: response.Header, Length: response.ContentLength}
	a.Data, err = io.ReadAll(io.LimitReader(response.Body, r.Limit))
	return a, err != nil && ctx.Err() == nil, err
}

// signed is the request with its signature. It asks for the bytes as they are
// stored, else net/http would unpack what is kept compressed.
func (c Client) signed(ctx context.Context, r Request) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, r.Method, r.URL, bytes.NewReader(r.Body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept-Encoding", "identity")
	for name, value := range r.Header {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	credentials, err := c.Credentials.Retrieve(ctx)
	if err != nil {
		return nil, err
	}
	return request, c.signer.SignHTTP(ctx, credentials, request, Hash(r.Body), c.service, c.Region, lambdaio.Wall())
}

// Hash is how a signature names the bytes of a body.
func Hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// Presign signs an address that anybody who has it may GET; what of it is signed
// stands in its query, its life too (X-Amz-Expires), which the wall clock counts.
func (c Client) Presign(ctx context.Context, address string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", err
	}
	credentials, err := c.Credentials.Retrieve(ctx)
	if err != nil {
		return "", err
	}
	link, _, err := c.signer.PresignHTTP(ctx, credentials, request, "UNSIGNED-PAYLOAD", c.service, c.Region, lambdaio.Wall())
	return link, err
}
