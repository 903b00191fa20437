package toolchain

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestEnvironments(t *testing.T) {
	installs, tools := Environments("/usr/bin/python3", "/project/pins", "/project/.local/python")
	if len(installs) != 3 || installs[0].Name != "uv" {
		t.Fatalf("installs = %v, want uv first and two that need it", installs)
	}
	if tools.Sam != "/project/.local/python/deploy/bin/sam" {
		t.Errorf("sam = %q", tools.Sam)
	}
	for _, install := range installs {
		hashed := false
		err := install.Make(t.Context(), func(_ context.Context, _ string, args ...string) error {
			for _, arg := range args {
				hashed = hashed || arg == "--require-hashes"
			}
			return nil
		})
		if err != nil || !hashed {
			t.Errorf("%s: installed without hashes (%v)", install.Name, err)
		}
	}
}

func TestPrepare(t *testing.T) {
	dir := t.TempDir()
	pins := filepath.Join(dir, "pins.txt")
	write(t, pins, "one==1 --hash=sha256:00")
	runs := 0
	install := Install{Name: "x", Dir: filepath.Join(dir, "env"), Pins: pins}
	install.Make = func(ctx context.Context, run Installer) error { runs++; return run(ctx, "make") }
	works := func(context.Context, string, ...string) error { return nil }

	steps := []struct {
		name   string
		before func()
		run    Installer
		made   bool
		fails  bool
	}{
		{"fails without leaving a stamp", func() {}, func(context.Context, string, ...string) error { return errors.New("no network") }, false, true},
		{"installs what failed before", func() {}, works, true, false},
		{"does nothing when warm", func() {}, works, false, false},
		{"installs again when the pins change", func() { write(t, pins, "one==2 --hash=sha256:01") }, works, true, false},
	}
	for _, step := range steps {
		step.before()
		made, err := install.Prepare(t.Context(), step.run)
		if made != step.made || (err != nil) != step.fails {
			t.Errorf("%s: made %v, err %v", step.name, made, err)
		}
	}
	if runs != 3 {
		t.Errorf("installed %d times, want 3", runs)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestRealProgramsAreRun(t *testing.T) {
	if out, err := RunProbe(t.Context(), "echo", "uno"); err != nil || out != "uno" {
		t.Errorf("probe: %q, %v", out, err)
	}
	if err := RunInstaller(t.Context(), "true"); err != nil {
		t.Errorf("installer: %v", err)
	}
	err := RunInstaller(t.Context(), "sh", "-c", "echo sin red; exit 3")
	if err == nil || !strings.Contains(err.Error(), "sin red") {
		t.Errorf("failed installer: %v, want what it said", err)
	}
}

func TestMissingPinsAreAnError(t *testing.T) {
	install := Install{Name: "x", Dir: t.TempDir(), Pins: filepath.Join(t.TempDir(), "none.txt")}
	if _, err := install.Prepare(t.Context(), RunInstaller); err == nil {
		t.Error("no error")
	}
}

func TestCommittedPinsHaveHashesAndNameNoHost(t *testing.T) {
	files, err := filepath.Glob("../python/*.txt")
	if err != nil || len(files) != 3 {
		t.Fatalf("pins = %v, %v", files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(filepath.Clean(file))
		if err != nil {
			t.Fatal(err)
		}
		text := string(content)
		if pins, hashed := strings.Count(text, "=="), strings.Count(text, "--hash=sha256:"); pins == 0 || hashed < pins/2 {
			t.Errorf("%s: %d pins, %d hashes", file, pins, hashed)
		}
		if strings.Contains(text, "://") || strings.Contains(text, "--index-url") {
			t.Errorf("%s names a host", file)
		}
	}
}
