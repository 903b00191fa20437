// Command relay is a Lambda function that stands in for the workflow function while a path of states is tried: it hands every call
// to the test that listens at RELAY_URL and gives back what the test answers, errors with their type included.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambda/messages"
)

func main() {
	lambda.Start(relay)
}

func relay(ctx context.Context, call json.RawMessage) (json.RawMessage, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, os.Getenv("RELAY_URL"), bytes.NewReader(call))
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var body json.RawMessage
	if err := json.NewDecoder(resp.Body).Decode(&body); err != nil {
		return nil, fmt.Errorf("read the test's answer: %w", err)
	}
	if resp.StatusCode == http.StatusOK {
		return body, nil
	}
	var failure messages.InvokeResponse_Error
	if err := json.Unmarshal(body, &failure); err != nil {
		return nil, err
	}
	return nil, failure
}
