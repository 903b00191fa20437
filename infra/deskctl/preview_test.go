package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mesa/shared/notify"
)

const approved = "../../shared/notify/testdata"

// TestPreviewWritesWhatWasApproved: the same bytes as the approved files, of all
// of them, and an index that leads to each.
func TestPreviewWritesWhatWasApproved(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mails")
	code, out, errOut := runAlone(t, "mail", "preview", "--out", dir)
	if code != 0 || !strings.Contains(out, filepath.Join(dir, "index.html")) {
		t.Fatalf("exits with %d: %s%s", code, out, errOut)
	}
	index := mustRead(t, filepath.Join(dir, "index.html"))
	files, err := filepath.Glob(approved + "/*.html")
	if err != nil || len(files) < 60 {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".html")
		for _, end := range []string{".html", ".txt"} {
			if mustRead(t, filepath.Join(approved, name+end)) != mustRead(t, filepath.Join(dir, name+end)) {
				t.Errorf("%s%s is not what was approved", name, end)
			}
			if !strings.Contains(index, `href="`+name+end+`"`) {
				t.Errorf("the index does not lead to %s%s", name, end)
			}
		}
		for _, theme := range []string{"light", "dark"} {
			if strings.Count(index, `src="`+name+"."+theme+`.html"`) != 2 {
				t.Errorf("%s is not framed twice in the %s", name, theme)
			}
		}
	}
}

func TestPreviewWritesTheCalendarFiles(t *testing.T) {
	dir := t.TempDir()
	if code, _, errOut := runAlone(t, "mail", "preview", "--out", dir); code != 0 {
		t.Fatal(errOut)
	}
	index := mustRead(t, filepath.Join(dir, "index.html"))
	for _, name := range []string{"room-booked", "room-moved", "room-cancelled"} {
		file := name + ".ics"
		if strings.ReplaceAll(mustRead(t, filepath.Join(dir, file)), "\r\n", "\n") != mustRead(t, filepath.Join(approved, file)) || !strings.Contains(index, `href="`+file+`"`) {
			t.Errorf("%s is not the approved one, or not in the index", file)
		}
	}
}

// TestIndexSaysOfEachMailWhenToWhomAndWhy reads every sample's own words back.
func TestIndexSaysOfEachMailWhenToWhomAndWhy(t *testing.T) {
	samples, err := notify.Samples()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := writePreview(dir, samples); err != nil {
		t.Fatal(err)
	}
	index := mustRead(t, filepath.Join(dir, "index.html"))
	for _, s := range samples {
		_, section, _ := strings.Cut(index, `<section id="`+s.Name+`">`)
		section, _, ok := strings.Cut(section, "</section>")
		for _, want := range []string{s.Title, s.When, s.To, s.Note, s.Clause, s.Rule} {
			if !ok || !strings.Contains(section, want) {
				t.Errorf("%s: the index does not say %q", s.Name, want)
			}
		}
	}
}

func TestPreviewHoldsItsTheme(t *testing.T) {
	samples, err := notify.Samples()
	if err != nil {
		t.Fatal(err)
	}
	light, dark, err := themes(samples[0].Mail.HTML)
	if err != nil || strings.Contains(light+dark, "prefers-color-scheme") || !strings.Contains(light, "@media not all{") || !strings.Contains(dark, "@media all{") {
		t.Errorf("%v: a theme is left to the system", err)
	}
	if _, _, err := themes("<html></html>"); err == nil {
		t.Error("a layout without themes was taken")
	}
}

func TestEachSystemHasItsBrowser(t *testing.T) {
	for system, want := range map[string]string{"darwin": "open", "windows": "explorer", "linux": "xdg-open", "freebsd": "xdg-open"} {
		if got := browser(system); got != want {
			t.Errorf("%s: %q, want %q", system, got, want)
		}
	}
}

func TestPreviewSaysWhereItCannotWrite(t *testing.T) {
	file := mustWrite(t, "taken", "")
	if code, _, errOut := runAlone(t, "mail", "preview", "--out", file); code != 1 || !strings.Contains(errOut, file) {
		t.Errorf("exits with %d: %q", code, errOut)
	}
}

func mustRead(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
