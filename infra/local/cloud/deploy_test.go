package cloud

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// project is a folder with a samconfig and a sam that writes down its calls.
func project(t *testing.T, exit string) (Deployment, func() string) {
	t.Helper()
	root := t.TempDir()
	write(t, filepath.Join(root, "infra/samconfig.toml"), "[local.deploy.parameters]\nparameter_overrides = [\"Clock=local\"]\n")
	write(t, filepath.Join(root, "go.mod"), "module trial\n\ngo 1.26\n")
	write(t, filepath.Join(root, "functions/api/main.go"), "package main\n\nfunc main() {}\n")
	calls := filepath.Join(root, "calls")
	sam := filepath.Join(root, "sam")
	script := "#!/bin/sh\necho \"$AWS_ENDPOINT_URL $CGO_ENABLED $@\" >> " + calls + "\necho said; exit " + exit + "\n"
	if err := os.WriteFile(sam, []byte(script), 0o700); err != nil { //nolint:gosec // it must be run
		t.Fatal(err)
	}
	state := State{Dir: filepath.Join(root, "state")}
	if err := os.MkdirAll(state.Dir, 0o750); err != nil {
		t.Fatal(err)
	}
	d := Deployment{Root: root, Sam: sam, BuildDir: filepath.Join(root, "build"), State: state, Emulator: "http://127.0.0.1:1"}
	return d, func() string {
		content, _ := os.ReadFile(filepath.Clean(calls))
		return string(content)
	}
}

func TestBuildAndDeployRunOnceForTheSameSources(t *testing.T) {
	d, calls := project(t, "0")
	for _, step := range []struct {
		sources string
		want    bool
	}{{"one", true}, {"one", false}, {"two", true}} {
		if built, err := d.Build(t.Context(), step.sources); err != nil || built != step.want {
			t.Errorf("build %s: %v, %v", step.sources, built, err)
		}
		if deployed, err := d.Deploy(t.Context(), step.sources); err != nil || deployed != step.want {
			t.Errorf("deploy %s: %v, %v", step.sources, deployed, err)
		}
	}
	if deployed, err := (Deployment{Root: d.Root, Sam: d.Sam, BuildDir: d.BuildDir, State: d.State, Override: map[string]string{"Clock": "wall"}}).Deploy(t.Context(), "two"); err != nil || !deployed {
		t.Errorf("other parameters: %v, %v, want a deployment", deployed, err)
	}
	text := calls()
	if strings.Count(text, " 0 build ") != 2 || !strings.Contains(text, "http://127.0.0.1:1 0 deploy") || !strings.Contains(text, "--parameter-overrides Clock=local") {
		t.Errorf("calls:\n%s", text)
	}
}

func TestCompilerErrorsAreShown(t *testing.T) {
	d, calls := project(t, "0")
	write(t, filepath.Join(d.Root, "functions/api/main.go"), "package main\n\nfunc main() { nothing() }\n")
	if _, err := d.Build(t.Context(), "one"); err == nil || !strings.Contains(err.Error(), "undefined: nothing") {
		t.Errorf("err = %v", err)
	}
	if text := calls(); text != "" {
		t.Errorf("sam was called: %s", text)
	}
}

func TestFailedBuildIsToldAndTriedAgain(t *testing.T) {
	d, _ := project(t, "1")
	for range 2 {
		_, err := d.Build(t.Context(), "one")
		if err == nil || !strings.Contains(err.Error(), "said") {
			t.Errorf("err = %v, want what sam said", err)
		}
	}
}
