package main

import (
	"encoding/json"
	"fmt"
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
