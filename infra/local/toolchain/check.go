package toolchain

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
)

// Lookup finds a program by name, as exec.LookPath does.
type Lookup func(name string) (string, error)

// Probe runs a program and returns what it prints.
type Probe func(ctx context.Context, program string, args ...string) (string, error)

// RunProbe is the Probe that runs the real program.
func RunProbe(ctx context.Context, program string, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, program, args...).Output() //nolint:gosec // a Python found in PATH
	return strings.TrimSpace(string(out)), err
}

// pythons are the names a usable Python may go by, the usual one first.
var pythons = [...]string{"python3", "python3.11", "python3.12", "python3.13", "python3.14"}

// Check returns the Python to use, or an error that names everything missing,
// in Spanish and English.
func Check(ctx context.Context, find Lookup, probe Probe) (python string, err error) {
	var missing []string
	for _, tool := range []string{"go", "make"} {
		if _, err := find(tool); err != nil {
			missing = append(missing, tool)
		}
	}
	python = findPython(ctx, find, probe)
	if python == "" {
		missing = append(missing, "python3 >= 3.11")
	}
	if len(missing) > 0 {
		names := strings.Join(missing, ", ")
		return "", fmt.Errorf("Falta instalar: %s.\nPlease install: %s", names, names) //nolint:staticcheck // whole sentences, shown to people
	}
	return python, nil
}

func findPython(ctx context.Context, find Lookup, probe Probe) string {
	for _, name := range pythons {
		path, err := find(name)
		if err != nil {
			continue
		}
		out, err := probe(ctx, path, "-c", "import sys, venv, ensurepip; print(sys.version_info >= (3, 11))")
		if err == nil && out == "True" {
			return path
		}
	}
	return ""
}
