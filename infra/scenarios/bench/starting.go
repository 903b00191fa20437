package main

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

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
