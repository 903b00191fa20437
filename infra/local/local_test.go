package main

import (
	"bytes"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestGuideFitsEightyColumns(t *testing.T) {
	var out bytes.Buffer
	page := guidePage{Web: "http://localhost:8080", SMTPPort: 2525, Seconds: 12.34, Password: practicePassword, Logs: ".local/state"}
	if err := writeGuide(&out, page); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if utf8.RuneCountInString(strings.TrimRight(line, "\n")) > 80 {
			t.Errorf("wider than 80: %q", line)
		}
	}
	for _, want := range []string{"http://localhost:8080/mailbox", "smtp://127.0.0.1:2525", "12.3 s", "make reset"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("missing %q in\n%s", want, out.String())
		}
	}
}

func TestPracticePasswordIsTheOneDeskctlGives(t *testing.T) {
	source, err := os.ReadFile("../deskctl/sample.go")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(source), strconv.Quote(practicePassword)) {
		t.Errorf("infra/deskctl/sample.go does not know %q", practicePassword)
	}
}

func TestBusyPortIsToldInBothLanguages(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = busy.Close() }()
	_, err = listen(portOf(busy), "web-port")
	if err == nil || !strings.Contains(err.Error(), "está ocupado") || !strings.Contains(err.Error(), "in use") || !strings.Contains(err.Error(), "-web-port") {
		t.Errorf("err = %v", err)
	}
	free, err := listen(0, "web-port")
	if err != nil {
		t.Fatal(err)
	}
	if err := free.Close(); err != nil {
		t.Error(err)
	}
}

func TestOptions(t *testing.T) {
	cases := []struct {
		name      string
		arguments []string
		setting   string
		web       int
		domains   int
		fails     bool
	}{
		{"standard ports", nil, "", 8080, 1, false},
		{"port by environment", nil, "9000", 9000, 1, false},
		{"flag before environment", []string{"-web-port", "0"}, "9000", 0, 1, false},
		{"several domains", []string{"-own-domains", "a.example,b.example"}, "", 8080, 2, false},
		{"unknown flag", []string{"-nothing"}, "", 0, 0, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("DESK_WEB_PORT", c.setting)
			o, err := parseOptions(c.arguments)
			if (err != nil) != c.fails {
				t.Fatalf("err = %v", err)
			}
			if err == nil && (o.webPort != c.web || len(o.domains) != c.domains || !filepath.IsAbs(o.state)) {
				t.Errorf("options = %+v", o)
			}
		})
	}
}

func TestStepsTellWhatWasDone(t *testing.T) {
	var out bytes.Buffer
	s := newSteps(&out)
	clock := time.Unix(0, 0)
	s.began, s.now = clock, func() time.Time { clock = clock.Add(1500 * time.Millisecond); return clock }
	failure := errors.New("no")
	for _, step := range []struct {
		did  bool
		err  error
		want string
	}{{true, nil, "1.5 s"}, {false, nil, "ok"}, {true, failure, "✗"}} {
		out.Reset()
		if err := s.run("Haciendo", "doing", func() (bool, error) { return step.did, step.err }); !errors.Is(err, step.err) {
			t.Errorf("err = %v, want %v", err, step.err)
		}
		if !strings.Contains(out.String(), step.want) {
			t.Errorf("told %q, want %q", out.String(), step.want)
		}
	}
}

func TestUnknownCommandIsAnError(t *testing.T) {
	for _, arguments := range [][]string{nil, {"fly"}} {
		if err := run(t.Context(), arguments); err == nil {
			t.Errorf("%v: no error", arguments)
		}
	}
}

func TestResetClearsTheStateGiven(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	if err := os.MkdirAll(filepath.Join(dir, "mail"), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := reset([]string{"-state", dir}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("still there: %v", err)
	}
}
