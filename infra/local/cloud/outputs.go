package cloud

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
)

// StackName is the stack's name in samconfig's local section.
const StackName = "mesa"

// Outputs reads the outputs of the deployed stack.
func Outputs(ctx context.Context, emulator string) (map[string]string, error) {
	name := StackName
	answer, err := cloudformation.NewFromConfig(Config(emulator)).DescribeStacks(ctx, &cloudformation.DescribeStacksInput{StackName: &name})
	if err != nil {
		return nil, fmt.Errorf("read outputs of stack %s: %w", name, err)
	}
	outputs := map[string]string{}
	for _, stack := range answer.Stacks {
		for _, output := range stack.Outputs {
			outputs[*output.OutputKey] = *output.OutputValue
		}
	}
	return outputs, nil
}

// APIHost is the Host header under which the emulator serves the HTTP API of an
// ApiUrl output. The name need not resolve: it is only sent.
func APIHost(apiURL string) (string, error) {
	parsed, err := url.Parse(apiURL)
	if err != nil {
		return "", fmt.Errorf("output ApiUrl: %w", err)
	}
	id, _, found := strings.Cut(parsed.Hostname(), ".execute-api.")
	if !found || id == "" {
		return "", fmt.Errorf("output ApiUrl %q is no execute-api address", apiURL)
	}
	return id + ".execute-api.localhost", nil
}

// Description tells commands and tests where a running cloud is.
type Description struct {
	WebURL          string            `json:"webUrl"`
	SMTPAddress     string            `json:"smtpAddress"`
	EmulatorURL     string            `json:"emulatorUrl"`
	Region          string            `json:"region"`
	AccessKeyID     string            `json:"accessKeyId"`
	SecretAccessKey string            `json:"secretAccessKey"`
	StateDir        string            `json:"stateDir"`
	MailSpool       string            `json:"mailSpool"`
	EmulatorLog     string            `json:"emulatorLog"`
	FunctionLog     string            `json:"functionLog"`
	PID             int               `json:"pid"`
	EmulatorPID     int               `json:"emulatorPid"`
	Table           string            `json:"table"`
	Outputs         map[string]string `json:"outputs"`
}

// Write puts the description into a file at one stroke.
func (d Description) Write(path string) error {
	content, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	partial := path + ".partial"
	if err := os.WriteFile(partial, append(content, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(partial, path)
}
