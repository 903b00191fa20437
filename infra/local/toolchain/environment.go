package toolchain

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Tools are the programs of the prepared environments.
type Tools struct {
	EmulatorPython string // runs the emulator and its tests
	Sam            string // builds and deploys the template
	CfnLint        string // checks the template
}

// Install is one environment to prepare.
type Install struct {
	Name string                                 // for people
	Dir  string                                 // where it goes
	Pins string                                 // its requirements file
	Make func(context.Context, Installer) error // fills Dir
}

// Installer runs one command of an installation.
type Installer func(ctx context.Context, program string, args ...string) error

// RunInstaller is the Installer that runs the real program; what it printed
// is part of its error.
func RunInstaller(ctx context.Context, program string, args ...string) error {
	out, err := exec.CommandContext(ctx, program, args...).CombinedOutput() //nolint:gosec // our own environments
	if err != nil {
		return fmt.Errorf("%s %v: %w\n%s", filepath.Base(program), args, err, out)
	}
	return nil
}

// Environments lists what must be prepared, in order, and the tools that come of
// it. pins is the folder of requirements files, dir the folder to install under.
func Environments(python, pins, dir string) ([]Install, Tools) {
	uv := filepath.Join(dir, "uv", "bin", "uv")
	emulator, deploy := filepath.Join(dir, "emulator"), filepath.Join(dir, "deploy")
	withUV := func(name, into string) Install {
		requirements := filepath.Join(pins, name+".txt")
		return Install{Name: name, Dir: into, Pins: requirements, Make: func(ctx context.Context, run Installer) error {
			if err := run(ctx, uv, "venv", "--quiet", "--no-project", "--python", python, into); err != nil {
				return err
			}
			return run(ctx, uv, "pip", "install", "--quiet", "--python", filepath.Join(into, "bin", "python"),
				"--require-hashes", "-r", requirements)
		}}
	}
	requirements := filepath.Join(pins, "uv.txt")
	first := Install{Name: "uv", Dir: filepath.Join(dir, "uv"), Pins: requirements, Make: func(ctx context.Context, run Installer) error {
		if err := run(ctx, python, "-m", "venv", filepath.Join(dir, "uv")); err != nil {
			return err
		}
		return run(ctx, filepath.Join(dir, "uv", "bin", "python"), "-m", "pip", "install", "--quiet",
			"--require-hashes", "-r", requirements)
	}}
	return []Install{first, withUV("emulator", emulator), withUV("deploy", deploy)}, Tools{
		EmulatorPython: filepath.Join(emulator, "bin", "python"),
		Sam:            filepath.Join(deploy, "bin", "sam"),
		CfnLint:        filepath.Join(deploy, "bin", "cfn-lint"),
	}
}

// Prepare makes the environment unless its stamp says that these very pins are
// installed; it tells whether it had to. A broken earlier attempt has no stamp
// and is started over.
func (i Install) Prepare(ctx context.Context, run Installer) (made bool, err error) {
	want, err := stamp(i.Pins)
	if err != nil {
		return false, err
	}
	stampFile := filepath.Join(i.Dir, ".stamp")
	if have, err := os.ReadFile(filepath.Clean(stampFile)); err == nil && bytes.Equal(have, want) {
		return false, nil
	}
	if err := os.RemoveAll(i.Dir); err != nil {
		return false, err
	}
	if err := i.Make(ctx, run); err != nil {
		return false, fmt.Errorf("No se pudo instalar %s.\nCould not install %s: %w", i.Name, i.Name, err) //nolint:staticcheck // whole sentences, shown to people
	}
	if err := os.MkdirAll(i.Dir, 0o750); err != nil {
		return false, err
	}
	return true, os.WriteFile(stampFile, want, 0o600)
}

func stamp(pins string) ([]byte, error) {
	content, err := os.ReadFile(filepath.Clean(pins))
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(content)
	return []byte(hex.EncodeToString(sum[:])), nil
}
