package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	awsconfig "github.com/aws/aws-sdk-go-v2/config"

	"mesa/infra/local/cloud"
	"mesa/shared/awsclient"
	"mesa/shared/config"
)

// desk is the desk that a command works on.
type desk struct {
	*awsclient.Base
	Values  config.Values
	Outputs map[string]string // of the stack, when it is a local one
}

// businessClock tells the desk's time.
type businessClock func(ctx context.Context) (time.Time, error)

// outputVariables are the settings that the outputs of a local stack tell.
var outputVariables = map[string]string{
	"TableName": "DESK_TABLE", "MailBucketName": "DESK_MAIL_BUCKET", "FilesBucketName": "DESK_FILES_BUCKET", "LinkKeySecretArn": "DESK_LINK_KEY_SECRET",
	"ApprovalStateMachineArn": "DESK_APPROVAL_MACHINE_ARN", "EscalationStateMachineArn": "DESK_ESCALATION_MACHINE_ARN",
	"HardwareDiagnosisStateMachineArn": "DESK_HARDWARE_MACHINE_ARN", "UserPoolClientId": "DESK_OIDC_CLIENT_ID",
}

// connectNow finds the desk and what time it is there.
func (c *cli) connectNow(ctx context.Context) (*desk, time.Time, error) {
	d, err := c.connect(ctx)
	if err != nil {
		return nil, time.Time{}, err
	}
	now, err := d.Now(ctx)
	return d, now, err
}

// connect finds the desk: a local one when its description is there, else the
// one of the environment.
func (c *cli) connect(ctx context.Context, required ...string) (*desk, error) {
	d := &desk{Outputs: map[string]string{"UserPoolId": os.Getenv("DESK_USER_POOL"), "OutboxFunctionName": os.Getenv("DESK_OUTBOX_FUNCTION"), "SweeperFunctionName": os.Getenv("DESK_SWEEPER_FUNCTION")}}
	local, err := c.describe()
	if err != nil {
		return nil, err
	}
	if local != nil && os.Getenv("DESK_TABLE") == "" {
		d.Outputs = local.Outputs
		if err := adopt(local); err != nil {
			return nil, err
		}
	}
	if d.Values, err = config.Read(append(required, "DESK_TABLE")...); err != nil {
		return nil, fmt.Errorf("no encuentro la mesa: inicie «make run» o defina las variables DESK_…\n%w", err)
	}
	cfg, err := awsconfig.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, fmt.Errorf("configuración de AWS: %w", err)
	}
	d.Base = awsclient.With(cfg, d.Values)
	return d, nil
}

// describe reads the description of a running local desk; nil if there is none.
func (c *cli) describe() (*cloud.Description, error) {
	content, err := os.ReadFile(c.Local)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var d cloud.Description
	if err := json.Unmarshal(content, &d); err != nil {
		return nil, fmt.Errorf("%s: %w", c.Local, err)
	}
	return &d, nil
}

// adopt takes a local desk's addresses and its public practice credentials.
func adopt(l *cloud.Description) error {
	set := map[string]string{"AWS_ENDPOINT_URL": l.EmulatorURL, "AWS_REGION": l.Region, "AWS_ACCESS_KEY_ID": l.AccessKeyID, "AWS_SECRET_ACCESS_KEY": l.SecretAccessKey,
		"DESK_CLOCK": "local", "DESK_MAIL_DOMAIN": "mesa.qw.gob.pe"}
	for output, variable := range outputVariables {
		set[variable] = l.Outputs[output]
	}
	for name, value := range set {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	return nil
}
