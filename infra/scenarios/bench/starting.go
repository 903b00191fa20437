package main

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"

	"mesa/infra/local/cloud"
	"mesa/infra/scenarios/rig"
)

// functionEnvironments are the settings that the stack gave each function.
func functionEnvironments(ctx context.Context, desk *rig.Desk) (map[string][]string, error) {
	out, err := lambda.NewFromConfig(desk.AWS).ListFunctions(ctx, &lambda.ListFunctionsInput{})
	if err != nil {
		return nil, fmt.Errorf("list functions: %w", err)
	}
	all := map[string][]string{}
	for _, f := range out.Functions {
		name := strings.TrimPrefix(aws.ToString(f.FunctionName), cloud.StackName+"-")
		list := cloud.Environment(desk.EmulatorURL)
		if f.Environment != nil {
			for key, value := range f.Environment.Variables {
				list = append(list, key+"="+value)
			}
		}
		all[name] = list
	}
	return all, nil
}

// deployedSizes are those of a function as template.yaml deploys it, arm64.
func deployedSizes(ctx context.Context, root, name string) (size, zipped int64, err error) {
	folder, err := os.MkdirTemp("", "sizes-")
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	binary := filepath.Join(folder, "bootstrap")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-tags=lambda.norpc", "-ldflags=-s", "-o", binary, "./functions/"+name)
	build.Dir = root
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=arm64")
	if out, err := build.CombinedOutput(); err != nil {
		return 0, 0, fmt.Errorf("build %s: %w\n%s", name, err, out)
	}
	return sizes(binary)
}

// sizes are those of a function's program and of what is uploaded.
func sizes(binary string) (size, zipped int64, err error) {
	content, err := os.ReadFile(binary)
	if err != nil {
		return 0, 0, err
	}
	var count counter
	archive := zip.NewWriter(&count)
	entry, err := archive.Create("bootstrap")
	if err == nil {
		_, err = entry.Write(content)
	}
	return int64(len(content)), int64(count), errors.Join(err, archive.Close())
}

// counter is a writer that only counts. The archive's directory is small enough
// not to matter.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// initTries: the middle of so many starts is told.
const initTries = 9

// initTime is how long a function takes from its start until it asks for its
// first event: the process, the Go runtime, all packages and main().
func initTime(ctx context.Context, binary string, environment []string) (time.Duration, error) {
	var took []time.Duration
	for range initTries {
		one, err := startOnce(ctx, binary, environment)
		if err != nil {
			return 0, err
		}
		took = append(took, one)
	}
	slices.Sort(took)
	return took[len(took)/2], nil
}

// startOnce runs the program with a runtime API that has no event for it.
func startOnce(ctx context.Context, binary string, environment []string) (time.Duration, error) {
	asked := make(chan time.Time, 1)
	var once sync.Once
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	server := &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		once.Do(func() { asked <- time.Now() })
		<-r.Context().Done()
	})}
	go func() { _ = server.Serve(listener) }()
	defer func() { _ = server.Close() }()
	command := exec.CommandContext(ctx, binary)
	command.Env = append(slices.Clone(environment), "AWS_LAMBDA_RUNTIME_API="+listener.Addr().String(), "_HANDLER=bootstrap")
	command.Stdout, command.Stderr = io.Discard, io.Discard
	began := time.Now()
	if err := command.Start(); err != nil {
		return 0, err
	}
	defer func() {
		_ = command.Process.Kill() // it waits for an event that never comes
		_ = command.Wait()
	}()
	select {
	case at := <-asked:
		return at.Sub(began), nil
	case <-time.After(20 * time.Second):
		return 0, errors.New("it asked for no event")
	}
}
