package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// runAlone runs deskctl on a machine without a desk.
func runAlone(t *testing.T, args ...string) (code int, out, errOut string) {
	t.Helper()
	return runWith(t, "", args...)
}

// runWith runs it with an input.
func runWith(t *testing.T, input string, args ...string) (code int, out, errOut string) {
	t.Helper()
	for _, name := range append(deskVariables(), "AWS_PROFILE", "AWS_ENDPOINT_URL") {
		t.Setenv(name, "")
	}
	t.Setenv("DESK_LOCAL_FILE", filepath.Join(t.TempDir(), "none.json"))
	var stdout, stderr bytes.Buffer
	code = run(t.Context(), args, streams{strings.NewReader(input), &stdout, &stderr})
	return code, stdout.String(), stderr.String()
}

// deskVariables are the variables that a local desk's description sets.
func deskVariables() []string {
	names := []string{"DESK_TABLE", "DESK_CLOCK", "DESK_MAIL_DOMAIN", "DESK_OIDC_DISCOVERY_URL"}
	for _, name := range outputVariables {
		names = append(names, name)
	}
	return names
}

func mustWrite(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestExitCodes(t *testing.T) {
	letter := mustWrite(t, "letter.eml", "From: a@qw.gob.pe\r\nSubject: No imprime\r\n\r\nNo imprime.\r\n")
	tests := []struct {
		name    string
		args    []string
		code    int
		out     string // part of what is printed
		problem string // part of what is complained about
	}{
		{"help is success", []string{"--help"}, 0, "Usage: deskctl <command>", ""},
		{"the procedure prints without a desk", []string{"flows"}, 0, "8.1.4", ""},
		{"a mail is explained without a desk", []string{"mail", "explain", letter}, 0, "Decisión", ""},
		{"no desk is a failure that says what to do", []string{"verify"}, 1, "", "make run"},
		{"no desk stops an import", []string{"directory", "import", letter}, 1, "", "make run"},
		{"no desk stops the clock", []string{"clock", "advance", "61m"}, 1, "", "make run"},
		{"a moment that is none is a failure", []string{"clock", "set", "mañana"}, 1, "", "2026-09-15T14:05"},
		{"time does not go back", []string{"clock", "advance", "--", "-5m"}, 1, "", "no retrocede"},
		{"no command is wrong use", nil, 2, "", "expected one of"},
		{"an unknown command is wrong use", []string{"explode"}, 2, "", "deskctl --help"},
		{"a missing argument is wrong use", []string{"token"}, 2, "", "<role>"},
		{"a duration that is none is wrong use", []string{"clock", "advance", "soon"}, 2, "", "duration"},
		{"a mail that is not there is a failure", []string{"mail", "explain", "nowhere.eml"}, 1, "", "nowhere.eml"},
		{"no desk to ask about a mail is a failure", []string{"mail", "explain", letter, "--desk"}, 1, "", "make run"},
		{"a verdict that is none is wrong use", []string{"mail", "explain", letter, "--verdicts", "dmarc=SI"}, 2, "", "«SI» no es un resultado de dmarc"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			code, out, errOut := runAlone(t, test.args...)
			if code != test.code {
				t.Errorf("deskctl %s exits with %d, want %d\n%s%s", strings.Join(test.args, " "), code, test.code, out, errOut)
			}
			if !strings.Contains(out, test.out) {
				t.Errorf("it prints %q, want it to hold %q", out, test.out)
			}
			if !strings.Contains(errOut, test.problem) || (test.problem == "" && errOut != "") {
				t.Errorf("it complains %q, want %q", errOut, test.problem)
			}
		})
	}
}

// commands are the words of every command, as a person types them.
func commands(t *testing.T) [][]string {
	t.Helper()
	parser, err := kong.New(&cli{})
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for _, leaf := range parser.Model.Leaves(false) {
		all = append(all, strings.Fields(strings.TrimPrefix(leaf.Path(), parser.Model.Name)))
	}
	return all
}

func TestEveryCommandExplainsItself(t *testing.T) {
	all := commands(t)
	if len(all) < 10 {
		t.Fatalf("only %d commands: %v", len(all), all)
	}
	for _, words := range all {
		var typed []string // without what stands for arguments
		for _, w := range words {
			if !strings.ContainsAny(w, "<[") {
				typed = append(typed, w)
			}
		}
		t.Run(strings.Join(typed, " "), func(t *testing.T) {
			code, out, errOut := runAlone(t, append(typed, "--help")...)
			if code != 0 || errOut != "" {
				t.Errorf("exits with %d: %s", code, errOut)
			}
			if !strings.Contains(out, "Usage: deskctl "+strings.Join(typed, " ")) || !strings.Contains(out, " · ") {
				t.Errorf("help is not in two languages, or of another command:\n%s", out)
			}
		})
	}
}

func TestHelpFitsATerminal(t *testing.T) {
	_, out, _ := runAlone(t, "--help")
	for _, line := range strings.Split(out, "\n") {
		if n := len([]rune(line)); n > 120 {
			t.Errorf("a line has %d characters: %s", n, line)
		}
	}
}
