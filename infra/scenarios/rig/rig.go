// Package rig works a running local desk as its people do: it signs in, posts
// forms, writes mails, opens the links of mails that were sent, and moves the
// clock. Beside that it looks at the table from outside, so that what a test
// counts was not counted by the desk.
//
// Everything goes through the doors that people use (HTTP, SMTP, the mailbox
// page, deskctl). The one exception is Table, which only reads.
package rig

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"mesa/infra/local/cloud"
	"mesa/infra/sample"
	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/dynamo"
	"mesa/shared/lambdaio"
)

// Desk is a running local desk.
type Desk struct {
	cloud.Description
	AWS   aws.Config
	Store *dynamo.Store // for reading

	readyFile string
	deskctl   string
	people    directory.Records
	client    *http.Client

	mu       sync.Mutex
	tokens   map[desk.PersonID]string
	sessions map[desk.PersonID]*Browser
}

// maxClients is how many connections tests keep to the desk.
const maxClients = 128

// Attach works the desk that a ready file describes; tools is a folder for the
// operator's command, which is built there.
func Attach(ctx context.Context, root, readyFile, tools string) (*Desk, error) {
	content, err := os.ReadFile(readyFile)
	if err != nil {
		return nil, fmt.Errorf("no desk is running: %w", err)
	}
	d := &Desk{readyFile: readyFile, deskctl: filepath.Join(tools, "deskctl"), tokens: map[desk.PersonID]string{}, sessions: map[desk.PersonID]*Browser{}}
	if err := json.Unmarshal(content, &d.Description); err != nil {
		return nil, fmt.Errorf("%s: %w", readyFile, err)
	}
	if d.people, err = sample.Records(); err != nil {
		return nil, err
	}
	if err := build(ctx, root, d.deskctl, "./infra/deskctl"); err != nil {
		return nil, err
	}
	d.AWS = cloud.Config(d.EmulatorURL)
	d.Store = dynamo.New(dynamodb.NewFromConfig(d.AWS), d.Table)
	transport := http.DefaultTransport.(*http.Transport).Clone() //nolint:errcheck,forcetypeassert // what the library says it is
	transport.MaxIdleConnsPerHost = maxClients
	d.client = &http.Client{Timeout: 2 * time.Minute, Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return d, nil
}

// build compiles a command of the project.
func build(ctx context.Context, root, into, name string) error {
	command := exec.CommandContext(ctx, "go", "build", "-o", into, name)
	command.Dir = root
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("go build %s: %w\n%s", name, err, out)
	}
	return nil
}

// Deskctl runs the operator's command and returns what it printed.
func (d *Desk) Deskctl(ctx context.Context, arguments ...string) (string, error) {
	command := exec.CommandContext(ctx, d.deskctl, arguments...) //nolint:gosec // our own command
	command.Env = append(cloud.Environment(d.EmulatorURL), "DESK_LOCAL_FILE="+d.readyFile)
	var complaint bytes.Buffer
	command.Stderr = &complaint
	out, err := command.Output()
	if err != nil {
		return string(out), fmt.Errorf("deskctl %s: %w\n%s%s", strings.Join(arguments, " "), err, out, complaint.Bytes())
	}
	return strings.TrimSpace(string(out)), nil
}

// Now is the desk's business time.
func (d *Desk) Now(ctx context.Context) (time.Time, error) {
	return lambdaio.Clock(true, d.Store)(ctx)
}

// Address is where somebody gets mail: an address stays as it is, a person or a
// team is found in the sample directory.
func (d *Desk) Address(name string) (string, error) {
	if strings.Contains(name, "@") {
		return name, nil
	}
	for _, p := range d.people.People {
		if string(p.ID) == name {
			return p.Mail(), nil
		}
	}
	for _, t := range d.people.Teams {
		if string(t.ID) == name {
			return t.Mailbox, nil
		}
	}
	return "", fmt.Errorf("nobody in infra/sample is called %q", name)
}

// Control calls one of the running cloud's control paths (POST).
func (d *Desk) Control(ctx context.Context, path string) error {
	status, body, err := d.request(ctx, http.MethodPost, d.WebURL+"/_local/"+path, nil, nil)
	if err == nil && status >= http.StatusBadRequest {
		err = fmt.Errorf("%s: %d %s", path, status, body)
	}
	return err
}

// Until calls check until it says nil, for at most limit; its last word is the error.
func Until(ctx context.Context, limit time.Duration, check func() error) error {
	deadline := time.Now().Add(limit)
	for {
		err := check()
		if err == nil || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(40 * time.Millisecond):
		}
	}
}
