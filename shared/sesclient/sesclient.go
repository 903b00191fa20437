// Package sesclient takes addresses off the account's own suppression list at
// Amazon SES: an address on it gets nothing, whatever the desk sends.
//
// It is one signed request (decision 0005), and stands apart from sesmail so that
// the portal, which has this right and no other at SES, does not carry SES's
// client.
package sesclient

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go/encoding/httpbinding"

	"mesa/shared/feedback"
	"mesa/shared/signclient"
)

// SuppressionList is the account's list in one region.
type SuppressionList struct{ client signclient.Client }

var _ feedback.Provider = SuppressionList{}

// Open makes the list of a function's account and region.
func Open(cfg aws.Config) SuppressionList {
	return SuppressionList{signclient.New(cfg, "ses")}
}

// longestAnswer is how many bytes are read of an answer that says nothing.
const longestAnswer = 1 << 10

// errNotListed: the address is not on the list, which is what was wanted.
var errNotListed = errors.New("not on the list")

// Forget takes an address off the list: DeleteSuppressedDestination.
func (l SuppressionList) Forget(ctx context.Context, address string) error {
	path := "/v2/email/suppression/addresses/" + httpbinding.EscapePath(address, true)
	url := l.client.Address("email", "") + path
	_, err := l.client.Send(ctx, signclient.Request{Method: http.MethodDelete, URL: url, Limit: longestAnswer}, refusal)
	if err != nil && !errors.Is(err, errNotListed) {
		return fmt.Errorf("forget a suppressed destination: %w", err)
	}
	return nil
}

// refusal says why SES did not do as asked. Its text repeats the address, so only
// the code is told.
func refusal(status int, header http.Header, text string) (again bool, err error) {
	code, _, _ := strings.Cut(header.Get("X-Amzn-Errortype"), ":")
	if code == "" {
		var body struct {
			Type string `json:"__type"`
		}
		_ = json.Unmarshal([]byte(text), &body) // what is no JSON has no code
		code = body.Type[strings.LastIndexByte(body.Type, '#')+1:]
	}
	if status == http.StatusNotFound && code == "NotFoundException" {
		return false, errNotListed
	}
	return status >= 500 || status == http.StatusTooManyRequests, fmt.Errorf("SES answered %s", strings.TrimSpace(fmt.Sprint(status, " ", code)))
}
