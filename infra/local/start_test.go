package main

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"mesa/infra/local/cloud"
)

func TestStartTellsAtOnceWhatIsInItsWay(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = busy.Close() }()
	taken := strconv.Itoa(portOf(busy))
	dir := t.TempDir()
	locked := cloud.State{Dir: filepath.Join(dir, "locked")}
	release, err := locked.Lock()
	if err != nil {
		t.Fatal(err)
	}
	defer release()

	cases := []struct {
		name, state string
		arguments   []string
		want        string
	}{
		{"busy web port", "a", []string{"-web-port", taken, "-smtp-port", "0"}, "-web-port"},
		{"busy mail port", "b", []string{"-web-port", "0", "-smtp-port", taken}, "-smtp-port"},
		{"state in use", "locked", []string{"-web-port", "0", "-smtp-port", "0"}, "already running"},
		{"unknown flag", "c", []string{"-fly"}, "not defined"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := start(t.Context(), append(c.arguments, "-state", filepath.Join(dir, c.state)))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("err = %v, want %q", err, c.want)
			}
		})
	}
	again := cloud.State{Dir: filepath.Join(dir, "a")}
	if release, err := again.Lock(); err != nil {
		t.Errorf("a failed start keeps its lock: %v", err)
	} else {
		release()
	}
}

func TestStoppingBeforeTheEmulatorStartedIsNothing(t *testing.T) {
	if err := (&site{}).stop(); err != nil {
		t.Error(err)
	}
}

func TestDoorsNeedTheAPIsAddress(t *testing.T) {
	s := &site{outputs: map[string]string{"ApiUrl": "http://localhost"}}
	if err := s.openDoors(); err == nil {
		t.Error("no error")
	}
}

// deskctl writes a project whose operator's command writes down how it was called.
func deskctl(t *testing.T, exit string) (root, calls string) {
	t.Helper()
	root = t.TempDir()
	calls = filepath.Join(root, "calls")
	source := `package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	call := strings.Join(append(os.Args[1:], os.Getenv("DESK_LOCAL_FILE"), os.Getenv("AWS_ENDPOINT_URL")), " ")
	if err := os.WriteFile("calls", []byte(call), 0o600); err != nil {
		panic(err)
	}
	fmt.Println("said")
	os.Exit(` + exit + `)
}
`
	for path, content := range map[string]string{"go.mod": "module trial\n\ngo 1.26\n", "infra/deskctl/main.go": source} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(root, path)), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, path), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root, calls
}

func TestSampleDataIsLoadedByTheOperatorsCommand(t *testing.T) {
	root, calls := deskctl(t, "0")
	if err := loadSampleData(t.Context(), root, "http://127.0.0.1:1", "/state/local.json"); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Clean(calls))
	if want := "sample load /state/local.json http://127.0.0.1:1"; err != nil || string(content) != want {
		t.Errorf("called with %q, %v, want %q", content, err, want)
	}
	root, _ = deskctl(t, "1")
	if err := loadSampleData(t.Context(), root, "", ""); err == nil || !strings.Contains(err.Error(), "said") {
		t.Errorf("failed load: %v, want what it said", err)
	}
}

func TestSampleDataIsLoadedOncePerSources(t *testing.T) {
	s := &site{state: cloud.State{Dir: t.TempDir()}, sources: "one"}
	if err := os.WriteFile(s.state.SampleMark(), []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if loaded, err := s.loadSamples(t.Context()); loaded || err != nil {
		t.Errorf("loaded again: %v, %v", loaded, err)
	}
}

func TestRootIsTheFolderOfTheModule(t *testing.T) {
	root, err := projectRoot()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "infra", "local", "start_test.go")); err != nil {
		t.Errorf("root = %s: %v", root, err)
	}
	t.Chdir(t.TempDir())
	if _, err := projectRoot(); err == nil || errors.Is(err, os.ErrPermission) {
		t.Errorf("outside a module: %v", err)
	}
}
