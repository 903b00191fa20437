// Package jsonclient asks an AWS service that speaks the JSON protocol: one POST,
// the operation in a header, signed by the SDK's signer (Signature Version 4).
//
// It stands for the clients of which the desk uses one operation: with all their
// operations, Secrets Manager's and KMS's would be a tenth of the function that
// opens signed links (decisions 0005 and 0007).
package jsonclient

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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

// Service is one service of a region.
type Service struct {
	name, target    string // "kms", "TrentService"
	address, region string
	credentials     aws.CredentialsProvider
	client          aws.HTTPClient
	signer          *signer.Signer
}

const (
	attempts   = 3                // of one call: both may be repeated
	firstPause = 3                // of lambdaio.Pause: at most 160 ms, then at most 320 ms
	patience   = 10 * time.Second // until the answer's first line
	longest    = 64 << 10         // bytes read of an answer
)

// New is the service of that endpoint name and target prefix.
func New(cfg aws.Config, name, target string) Service {
	s := Service{name: name, target: target, address: "https://" + name + "." + cfg.Region + "." + domain(cfg.Region), region: cfg.Region,
		credentials: cfg.Credentials, client: cfg.HTTPClient, signer: signer.NewSigner()}
	if cfg.BaseEndpoint != nil { // an emulator
		s.address = strings.TrimSuffix(*cfg.BaseEndpoint, "/")
	}
	if s.client == nil {
		s.client = awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) { t.ResponseHeaderTimeout = patience })
	}
	return s
}

// domain is that of the region's partition.
func domain(region string) string {
	if strings.HasPrefix(region, "cn-") {
		return "amazonaws.com.cn"
	}
	return "amazonaws.com"
}

// Ask makes a call, again if it failed by chance, and reads its answer into out.
// No error holds what was sent or answered.
func (s Service) Ask(ctx context.Context, operation string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("%s %s: %w", s.name, operation, err)
	}
	for attempt := 0; ; attempt++ {
		again, err := s.try(ctx, operation, body, out)
		if err == nil || !again || attempt == attempts-1 {
			return err
		}
		if ended := lambdaio.Pause(ctx, firstPause+attempt); ended != nil {
			return fmt.Errorf("%w, and no time to try again: %w", err, ended)
		}
	}
}

// try makes a call once; again tells whether another attempt may go better.
func (s Service) try(ctx context.Context, operation string, body []byte, out any) (again bool, err error) {
	request, err := s.request(ctx, operation, body)
	if err != nil {
		return false, err
	}
	response, err := s.client.Do(request)
	if err != nil {
		return ctx.Err() == nil, err
	}
	defer response.Body.Close() //nolint:errcheck // reading is over; there is nothing to lose
	text, err := io.ReadAll(io.LimitReader(response.Body, longest))
	if err != nil {
		return ctx.Err() == nil, err
	}
	if response.StatusCode != http.StatusOK {
		code := errorCode(response, text)
		again = response.StatusCode >= 500 || strings.HasPrefix(code, "Throttling")
		return again, fmt.Errorf("%s answered %s", s.name, strings.TrimSpace(fmt.Sprint(response.StatusCode, " ", code)))
	}
	if err := json.Unmarshal(text, out); err != nil {
		return false, fmt.Errorf("%s answered no JSON that is expected", s.name) // the cause may quote a secret
	}
	return false, nil
}

func (s Service) request(ctx context.Context, operation string, body []byte) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.address+"/", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/x-amz-json-1.1")
	request.Header.Set("X-Amz-Target", s.target+"."+operation)
	credentials, err := s.credentials.Retrieve(ctx)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	return request, s.signer.SignHTTP(ctx, credentials, request, hex.EncodeToString(sum[:]), s.name, s.region, lambdaio.Wall())
}

// errorCode is the type of an error, without its namespace; "" if there is none.
// Its message is not told: it may repeat what was sent.
func errorCode(response *http.Response, text []byte) string {
	var e struct {
		Type string `json:"__type"`
	}
	if json.Unmarshal(text, &e) != nil || e.Type == "" {
		e.Type = response.Header.Get("X-Amzn-Errortype")
	}
	e.Type, _, _ = strings.Cut(e.Type, ":")
	if _, code, named := strings.Cut(e.Type, "#"); named {
		return code
	}
	return e.Type
}
