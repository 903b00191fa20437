package cloud

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
)

// Deployment builds the project and puts it into an emulator.
type Deployment struct {
	Root     string // the project
	Sam      string // the SAM CLI
	BuildDir string // shared by all clouds of the project
	State    State
	Emulator string            // its URL
	Override map[string]string // template parameters that this cloud decides
}

// buildFlags make the functions small and the same on every machine.
var buildFlags = [...]string{"CGO_ENABLED=0", "GOFLAGS=-trimpath -tags=lambda.norpc -ldflags=-s"}

// samSettings keep SAM to itself and quick: it looks every five seconds whether
// a deployment is done, which an emulator finishes in less than one.
var samSettings = [...]string{"SAM_CLI_TELEMETRY=0", "SAM_CLI_POLL_DELAY=0.3"}

// Build compiles the functions unless these very sources are built already; it
// tells whether it had to. SAM's own cache is of no use: it looks at a
// function's folder alone, and most of our code is in shared/.
func (d Deployment) Build(ctx context.Context, sources string) (built bool, err error) {
	release, err := d.claimBuild()
	if err != nil {
		return false, err
	}
	defer release()
	return d.build(ctx, sources)
}

// claimBuild waits until no other cloud of the project uses the build.
func (d Deployment) claimBuild() (release func(), err error) {
	if err := os.MkdirAll(d.BuildDir, 0o750); err != nil {
		return nil, err
	}
	return lockFile(d.BuildDir+".lock", syscall.LOCK_EX)
}

func (d Deployment) build(ctx context.Context, sources string) (built bool, err error) {
	mark := filepath.Join(d.BuildDir, ".sources")
	if have, err := os.ReadFile(filepath.Clean(mark)); err == nil && string(have) == sources {
		return false, nil
	}
	if err := d.compile(ctx); err != nil {
		return false, err
	}
	if err := d.sam(ctx, "build", "--build-dir", d.BuildDir, "--template-file", filepath.Join(d.Root, "template.yaml")); err != nil {
		return false, err
	}
	return true, os.WriteFile(mark, []byte(sources), 0o600)
}

// Deploy puts the built template into the emulator unless it is there already;
// it tells whether it had to.
func (d Deployment) Deploy(ctx context.Context, sources string) (deployed bool, err error) {
	config, err := os.ReadFile(d.configFile())
	if err != nil {
		return false, err
	}
	parameters := Parameters(string(config), d.Override)
	want := sources + "\n" + strings.Join(parameters, "\n")
	if have, err := os.ReadFile(d.State.deployed()); err == nil && string(have) == want {
		return false, nil
	}
	release, err := d.claimBuild()
	if err != nil {
		return false, err
	}
	defer release()
	if _, err := d.build(ctx, sources); err != nil { // another cloud may have built other sources since
		return false, err
	}
	arguments := slices.Concat([]string{"deploy", "--template-file", filepath.Join(d.BuildDir, "template.yaml"), "--parameter-overrides"}, parameters)
	if err := d.sam(ctx, arguments...); err != nil {
		return false, err
	}
	return true, os.WriteFile(d.State.deployed(), []byte(want), 0o600)
}

func (d Deployment) configFile() string { return filepath.Join(d.Root, "infra", "samconfig.toml") }

// compile compiles all functions at once, which SAM would do one by one and
// without showing the compiler's errors; SAM then only links.
func (d Deployment) compile(ctx context.Context) error {
	command := exec.CommandContext(ctx, "go", "build", "./functions/...")
	command.Dir = d.Root
	command.Env = append(os.Environ(), buildFlags[:]...)
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("go build ./functions/...: %w\n%s", err, out)
	}
	return nil
}

// sam runs one SAM command; what it printed is part of its error.
func (d Deployment) sam(ctx context.Context, arguments ...string) error {
	arguments = append(arguments, "--config-file", d.configFile(), "--config-env", "local")
	command := exec.CommandContext(ctx, d.Sam, arguments...) //nolint:gosec // our own tool
	command.Dir = d.Root
	command.Env = slices.Concat(Environment(d.Emulator), buildFlags[:], samSettings[:])
	out, err := command.CombinedOutput()
	if err != nil {
		return fmt.Errorf("sam %s: %w\n%s", arguments[0], err, out)
	}
	return nil
}

// Architecture is the template's name of this machine's processor.
func Architecture() string {
	if runtime.GOARCH == "arm64" {
		return "arm64"
	}
	return "x86_64"
}

var parameterPattern = regexp.MustCompile(`"(\w+)=([^"]*)"`)

// Parameters returns the parameter_overrides of samconfig's local deployment as
// arguments, sorted, with some values replaced. They must be given whole: on the
// command line they take the place of those in the file.
func Parameters(config string, override map[string]string) []string {
	_, section, _ := strings.Cut(config, "[local.deploy.parameters]")
	section, _, _ = strings.Cut(section, "\n[")
	var list []string
	seen := map[string]bool{}
	for _, match := range parameterPattern.FindAllStringSubmatch(section, -1) {
		name, value := match[1], match[2]
		if own, ok := override[name]; ok {
			value = own
		}
		seen[name] = true
		list = append(list, name+"="+value)
	}
	for name, value := range override {
		if !seen[name] {
			list = append(list, name+"="+value)
		}
	}
	slices.Sort(list)
	return list
}
