package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestClassifyPrintsOneLineForEachPath(t *testing.T) {
	letter := mustWrite(t, "letter.eml", "From ana@qw.gob.pe Mon Sep 14 09:30:00 2026\nFrom: \"Ana Rojas\" <ana@qw.gob.pe>\nSubject: =?utf-8?Q?No_imprime_<caf=C3=A9>?=\n"+
		"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nNo imprime.\n--b\nContent-Type: text/csv; name=a.csv\n\n1;2\n--b--\n")
	away := mustWrite(t, "away.eml", "From: ana@qw.gob.pe\nSubject: Fuera de la oficina\nAuto-Submitted: auto-replied\n\nVuelvo el lunes.\n")
	bounce := mustWrite(t, "bounce.eml", "From: MAILER-DAEMON@x.pe\nReturn-Path: <>\nSubject: Undelivered Mail Returned to Sender\n\nThis is the mail system at host x.\n")
	empty := mustWrite(t, "empty.eml", "")
	folder, missing := t.TempDir(), filepath.Join(t.TempDir(), "missing.eml")

	code, out, errOut := runWith(t, strings.Join([]string{letter, "", away + "\r", letter, bounce, missing, empty, folder}, "\n"), "mail", "classify")
	if code != 0 || !strings.Contains(errOut, missing) || !strings.Contains(errOut, folder) {
		t.Errorf("exits with %d, complains %q", code, errOut)
	}
	letterLine := `{"file":"` + letter + `","decision":"ticket","from_email":"ana@qw.gob.pe","from_name":"Ana Rojas","subject":"No imprime <café>","body_text":"No imprime.",` +
		`"attachments":[{"name":"a.csv","bytes":3,"sha256":"cbf6d3a344b6cdc05893f974cbab31c42bdafe2bf0acee2aa8f02f834e53a160"}],"is_auto_reply":false,"is_bounce":false}`
	nothing := func(file, decision string) string {
		return fmt.Sprintf(`{"file":%q,"decision":%q,"from_email":"","from_name":"","subject":"","body_text":"","attachments":[],"is_auto_reply":false,"is_bounce":false}`, file, decision)
	}
	want := []string{
		letterLine,
		`{"file":"` + away + `","decision":"drop","from_email":"ana@qw.gob.pe","from_name":"","subject":"Fuera de la oficina","body_text":"Vuelvo el lunes.","attachments":[],"is_auto_reply":true,"is_bounce":false}`,
		letterLine,
		`{"file":"` + bounce + `","decision":"bounce","from_email":"MAILER-DAEMON@x.pe","from_name":"","subject":"Undelivered Mail Returned to Sender","body_text":"This is the mail system at host x.","attachments":[],"is_auto_reply":false,"is_bounce":true}`,
		nothing(missing, "quarantine"), nothing(empty, "reject"), nothing(folder, "quarantine"),
	}
	if diff := cmp.Diff(want, strings.Split(strings.TrimSuffix(out, "\n"), "\n")); diff != "" {
		t.Error(diff)
	}
}

func TestClassifyDropsMailOfTheDeskItself(t *testing.T) {
	letter := mustWrite(t, "own.eml", "From: soporte.usuario@qw.gob.pe\nSubject: x\n\ny\n")
	for address, want := range map[string]string{"soporte.usuario@qw.gob.pe": "drop", "otra@qw.gob.pe": "ticket"} {
		_, out, _ := runWith(t, letter, "mail", "classify", "--address", address)
		var line struct{ Decision string }
		if err := json.Unmarshal([]byte(out), &line); err != nil || line.Decision != want {
			t.Errorf("with the address %s: %q, %v; want %s", address, line.Decision, err, want)
		}
	}
}

// Whatever stands on a line, one line answers it, in its place.
func TestClassifyAnswersOddPathsToo(t *testing.T) {
	folder := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const letter = "From: ana@qw.gob.pe\nSubject: Hola\n\nTexto\n"
	huge := write("huge.eml", letter)
	if err := os.Truncate(huge, 45<<20); err != nil {
		t.Fatal(err)
	}
	big := write("big.eml", letter)
	if err := os.Truncate(big, 40<<20); err != nil {
		t.Fatal(err)
	}
	paths := []struct{ path, decision string }{
		{write("con espacios  y tilde á.eml", letter), "ticket"},
		{write("  around  ", letter), "ticket"},
		{write("binary.eml", "\x00\x01\x02\xff\xfe\x00"+strings.Repeat("\xde\xad\xbe\xef", 1000)), "quarantine"},
		{huge, "quarantine"},
		{big, "ticket"},
		{filepath.Join(folder, strings.Repeat("x", 5000)), "quarantine"},
		{filepath.Join(folder, "nul\x00name"), "quarantine"},
		{folder, "quarantine"},
		{"/dev/null", "quarantine"},
		{write("last.eml", letter), "ticket"},
	}
	var lines []string
	for _, p := range paths {
		lines = append(lines, p.path)
	}
	code, out, _ := runWith(t, strings.Join(lines, "\n"), "mail", "classify") // no line break at the end
	got := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if code != 0 || len(got) != len(paths) {
		t.Fatalf("exits with %d, %d lines for %d paths", code, len(got), len(paths))
	}
	for i, p := range paths {
		var line struct{ File, Decision string }
		if err := json.Unmarshal([]byte(got[i]), &line); err != nil || line.File != p.path || line.Decision != p.decision {
			t.Errorf("line %d is %.200s, %v; want %q %s", i+1, got[i], err, p.path, p.decision)
		}
	}
	if code, out, errOut := runWith(t, "", "mail", "classify"); code != 0 || out != "" || errOut != "" {
		t.Errorf("nothing asked: exits with %d, %q, %q", code, out, errOut)
	}
}
