package cloud

import (
	"encoding/json"
	"errors"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestParametersAreTheLocalOnesWithOursReplaced(t *testing.T) {
	config := `
[default.deploy.parameters]
parameter_overrides = ["PortalUrl=https://mesa.qw.gob.pe"]

[local.deploy.parameters]
parameter_overrides = [
  "Clock=local",
  "MailFrom=mesa@mesa.qw.gob.pe",
  "PortalUrl=http://localhost:8080",
]

[other.deploy.parameters]
parameter_overrides = ["Clock=wall"]
`
	got := Parameters(config, map[string]string{"PortalUrl": "http://localhost:9090", "Architecture": "arm64"})
	want := []string{"Architecture=arm64", "Clock=local", "MailFrom=mesa@mesa.qw.gob.pe", "PortalUrl=http://localhost:9090"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSourcesChangeOnlyWithWhatIsDeployed(t *testing.T) {
	root := t.TempDir()
	sum := func() string {
		t.Helper()
		s, err := Sources(root)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	write(t, filepath.Join(root, "shared/desk/desk.go"), "package desk")
	last := sum()
	for _, step := range []struct {
		path    string
		changes bool
	}{
		{"shared/desk/desk.go", true},
		{"shared/desk/pages/page.html", true},
		{"functions/api/main.go", true},
		{"statemachines/approval.asl.json", true},
		{"template.yaml", true},
		{"shared/desk/desk_test.go", false},
		{"shared/desk/testdata/mail.eml", false},
		{"shared/README.md", false},
		{"infra/deskctl/main.go", false},
	} {
		write(t, filepath.Join(root, step.path), "content of "+step.path)
		now := sum()
		if (now != last) != step.changes {
			t.Errorf("%s: changed = %v, want %v", step.path, now != last, step.changes)
		}
		last = now
	}
}

func TestAPIHost(t *testing.T) {
	for address, want := range map[string]string{
		"http://e89f2cf8.execute-api.localhost:43361":         "e89f2cf8.execute-api.localhost",
		"https://abc.execute-api.us-east-1.amazonaws.com/dev": "abc.execute-api.localhost",
		"http://localhost:8080":                               "",
		"":                                                    "",
		"http://[bad":                                         "",
	} {
		got, err := APIHost(address)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("APIHost(%q) = %q, %v, want %q", address, got, err, want)
		}
	}
}

func TestEnvironmentLeadsNowhereElse(t *testing.T) {
	t.Setenv("AWS_PROFILE", "institution")
	t.Setenv("AWS_SESSION_TOKEN", "secret")
	t.Setenv("SAM_CLI_DEBUG", "1")
	environment := Environment("http://127.0.0.1:4566")
	for _, variable := range environment {
		if strings.HasPrefix(variable, "AWS_PROFILE=") || strings.HasPrefix(variable, "AWS_SESSION_TOKEN=") || strings.HasPrefix(variable, "SAM_") {
			t.Errorf("passed on: %s", variable)
		}
	}
	for _, want := range []string{"AWS_ENDPOINT_URL=http://127.0.0.1:4566", "AWS_CONFIG_FILE=/dev/null", "AWS_EC2_METADATA_DISABLED=true"} {
		if !slices.Contains(environment, want) {
			t.Errorf("missing: %s", want)
		}
	}
}

func TestStateIsLockedByOneAndClearedWhenFree(t *testing.T) {
	state := State{Dir: filepath.Join(t.TempDir(), "state")}
	release, err := state.Lock()
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(state.Dir, "port"), "1")
	if _, err := state.Lock(); !errors.Is(err, ErrInUse) {
		t.Errorf("second lock: %v, want ErrInUse", err)
	}
	if err := state.Clear(); !errors.Is(err, ErrInUse) {
		t.Errorf("clear while locked: %v, want ErrInUse", err)
	}
	release()
	if err := state.Clear(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(state.Dir); !os.IsNotExist(err) {
		t.Errorf("state still there: %v", err)
	}
}

func TestPortIsKeptUnlessTaken(t *testing.T) {
	state := State{Dir: t.TempDir()}
	first, err := state.choosePort()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := state.choosePort(); err != nil || again != first {
		t.Errorf("free port: %d, %v, want %d again", again, err, first)
	}
	taken, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(first)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	if other, err := state.choosePort(); err != nil || other == first {
		t.Errorf("taken port: %d, %v, want another", other, err)
	}
}

func TestOnlyOurOwnLeftoverIsTakenForAnEmulator(t *testing.T) {
	if isEmulator(os.Getpid(), t.TempDir()) {
		t.Error("this test was taken for an emulator")
	}
	e := &Emulator{state: State{Dir: t.TempDir()}}
	write(t, e.state.pidFile(), strconv.Itoa(os.Getpid()))
	if err := e.endLeftover(); err != nil { // must not end this process
		t.Error(err)
	}
}

func TestDescriptionIsWrittenWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ready.json")
	want := Description{WebURL: "http://localhost:8080", Table: "desk", Outputs: map[string]string{"TableName": "desk"}}
	if err := want.Write(path); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		t.Fatal(err)
	}
	var got Description
	if err := json.Unmarshal(content, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
