// Package jsonclient asks AWS services that speak the JSON protocol: one signed
// POST, the operation in a header.
//
// It stands for the clients of Secrets Manager and KMS, of which the desk uses one
// operation each (decisions 0005 and 0007).
package jsonclient

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"

	"mesa/shared/signclient"
)

// longest is how many bytes of an answer are read.
const longest = 64 << 10

// Service is one service of a region.
type Service struct {
	client       signclient.Client
	name, target string // "kms", "TrentService"
}

// New is the service of that endpoint name and target prefix.
func New(cfg aws.Config, name, target string) Service {
	return Service{signclient.New(cfg, name), name, target}
}

// Ask makes a call, again if it failed by chance, and reads its answer into out.
// No error holds what was sent or answered.
func (s Service) Ask(ctx context.Context, operation string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("%s %s: %w", s.name, operation, err)
	}
	a, err := s.client.Send(ctx, signclient.Request{Method: http.MethodPost, URL: s.client.Address(s.name, "") + "/", Body: body, Limit: longest,
		Header: map[string]string{"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": s.target + "." + operation}}, s.refusal)
	if err != nil {
		return err
	}
	if json.Unmarshal(a.Data, out) != nil {
		return fmt.Errorf("%s answered no JSON that is expected", s.name) // the cause may quote a secret
	}
	return nil
}

func (s Service) refusal(status int, header http.Header, text string) (again bool, err error) {
	code := errorCode(header, text)
	again = status >= http.StatusInternalServerError || strings.HasPrefix(code, "Throttling")
	return again, fmt.Errorf("%s answered %s", s.name, strings.TrimSpace(fmt.Sprint(status, " ", code)))
}

// errorCode is the type of an error, without its namespace; "" if there is none.
// Its message is not told: it may repeat what was sent.
func errorCode(header http.Header, text string) string {
	var e struct {
		Type string `json:"__type"`
	}
	if json.Unmarshal([]byte(text), &e) != nil || e.Type == "" {
		e.Type = header.Get("X-Amzn-Errortype")
	}
	e.Type, _, _ = strings.Cut(e.Type, ":")
	if _, code, named := strings.Cut(e.Type, "#"); named {
		return code
	}
	return e.Type
}
