package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"mesa/infra/local/cloud"
	"mesa/infra/local/toolchain"
)

// tools checks the machine and prepares the Python environments, telling w of
// what takes time.
func tools(ctx context.Context, w io.Writer) (toolchain.Tools, error) {
	root, err := projectRoot()
	if err != nil {
		return toolchain.Tools{}, err
	}
	python, err := toolchain.Check(ctx, exec.LookPath, toolchain.RunProbe)
	if err != nil {
		return toolchain.Tools{}, err
	}
	installs, programs := toolchain.Environments(python,
		filepath.Join(root, "infra", "local", "python"), filepath.Join(root, ".local", "python"))
	steps := newSteps(w)
	for _, install := range installs {
		err := steps.run("Instalando "+install.Name, "installing "+install.Name, func() (bool, error) {
			return install.Prepare(ctx, toolchain.RunInstaller)
		})
		if err != nil {
			return toolchain.Tools{}, err
		}
	}
	return programs, nil
}

// checkTemplate validates the template as written and as SAM transforms it:
// circles through roles show only afterwards.
func checkTemplate(ctx context.Context) error {
	programs, err := tools(ctx, io.Discard)
	if err != nil {
		return err
	}
	root, err := projectRoot()
	if err != nil {
		return err
	}
	if err := show(ctx, root, programs.Sam, "validate", "--lint", "--config-file", filepath.Join("infra", "samconfig.toml"), "--config-env", "local"); err != nil {
		return err
	}
	return lintTransformed(ctx, root, filepath.Dir(programs.Sam))
}

// lintTransformed lints what CloudFormation will see.
func lintTransformed(ctx context.Context, root, bin string) error {
	file, err := os.CreateTemp("", "transformed-*.json")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())                                                                                                            //nolint:errcheck // a temporary file
	transform := exec.CommandContext(ctx, filepath.Join(bin, "python"), filepath.Join("infra", "stack", "transformed.py"), "template.yaml") //nolint:gosec // our own tool
	transform.Dir, transform.Stdout, transform.Stderr = root, file, os.Stderr
	transform.Env = append(cloud.Environment(""), "AWS_REGION=us-east-1")
	if err := errors.Join(transform.Run(), file.Close()); err != nil {
		return fmt.Errorf("transform template.yaml: %w", err)
	}
	return show(ctx, root, filepath.Join(bin, "cfn-lint"), "-r", "us-east-1", "--", file.Name())
}

// testWrapper runs the tests of the emulator's wrapper.
func testWrapper(ctx context.Context) error {
	programs, err := tools(ctx, io.Discard)
	if err != nil {
		return err
	}
	root, err := projectRoot()
	if err != nil {
		return err
	}
	local := filepath.Join(root, "infra", "local")
	files, err := filepath.Glob(filepath.Join(local, "emulator", "tests", "test_*.py"))
	if err != nil {
		return err
	}
	// Each file starts emulators of its own and mostly waits for them.
	results := make(chan error, len(files))
	for _, file := range files {
		module := "emulator.tests." + strings.TrimSuffix(filepath.Base(file), ".py")
		go func() { results <- show(ctx, local, programs.EmulatorPython, "-B", "-m", "unittest", module) }()
	}
	for range files {
		err = errors.Join(err, <-results)
	}
	return err
}

// show runs a program away from the person's AWS and prints what it said when
// it has ended, so that programs side by side do not mix their lines.
func show(ctx context.Context, dir, program string, arguments ...string) error {
	command := exec.CommandContext(ctx, program, arguments...) //nolint:gosec // our own tools
	command.Dir = dir
	command.Env = append(cloud.Environment(""), "SAM_CLI_TELEMETRY=0")
	out, err := command.CombinedOutput()
	fmt.Printf("%s\n%s", strings.Join(append([]string{filepath.Base(program)}, arguments...), " "), out)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(program), err)
	}
	return nil
}
