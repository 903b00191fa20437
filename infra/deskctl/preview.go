package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"mesa/shared/notify"
)

type mailPreviewCmd struct {
	Dir  string `name:"out" help:"Carpeta. · Folder." default:".local/mails" type:"path"`
	Open bool   `help:"Abre el índice en el navegador. · Opens the index in the browser."`
}

// Run writes each mail as HTML, as text and with its calendar file, and an
// index that shows them as a telephone and a desktop do, light and dark. They
// are the samples that the approved files hold: same data, same drawing.
func (p mailPreviewCmd) Run(ctx context.Context, out io.Writer) error {
	samples, err := notify.Samples()
	if err != nil {
		return err
	}
	if err := writePreview(p.Dir, samples); err != nil {
		return err
	}
	index := filepath.Join(p.Dir, "index.html")
	fmt.Fprintf(out, "%d correos en %s\n", len(samples), index)
	if !p.Open {
		return nil
	}
	return exec.CommandContext(ctx, browser(runtime.GOOS), index).Run()
}

// browser is the program that opens a file as its owner would.
func browser(system string) string {
	switch system {
	case "darwin":
		return "open"
	case "windows":
		return "explorer"
	default:
		return "xdg-open"
	}
}

//go:embed preview.html
var previewPage string

// preview is one mail in the index.
type preview struct {
	notify.Sample
	Files []string // calendar files
}

// writePreview writes all files; those of an earlier preview are replaced.
func writePreview(dir string, samples []notify.Sample) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	list := make([]preview, 0, len(samples))
	for _, s := range samples {
		p := preview{Sample: s}
		light, dark, err := themes(s.Mail.HTML)
		if err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
		files := map[string]string{".html": s.Mail.HTML, ".light.html": light, ".dark.html": dark, ".txt": s.Mail.Envelope() + "\n" + s.Mail.Text}
		for _, f := range s.Mail.Files {
			end := filepath.Ext(f.Name)
			files[end] = string(f.Content)
			p.Files = append(p.Files, s.Name+end)
		}
		for end, content := range files {
			if err := os.WriteFile(filepath.Join(dir, s.Name+end), []byte(content), 0o600); err != nil {
				return err
			}
		}
		list = append(list, p)
	}
	return writeIndex(filepath.Join(dir, "index.html"), list)
}

func writeIndex(path string, list []preview) error {
	page, err := template.New("index").Parse(previewPage)
	if err != nil {
		return err
	}
	var s strings.Builder
	if err := page.Execute(&s, list); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(s.String()), 0o600)
}

// The two places where a mail leaves its theme to the reader's system.
const (
	eitherTheme = "<style>\n:root{color-scheme:light dark}\n@media (prefers-color-scheme:dark){"
	oneTheme    = "<style>\n:root{color-scheme:%s}\n@media %s{"
)

// themes are a mail as it looks in the light and in the dark, whatever the
// system of who looks at the preview has set.
func themes(html string) (light, dark string, err error) {
	if strings.Count(html, eitherTheme) != 1 {
		return "", "", errors.New("the layout leaves its theme to the system in another way now")
	}
	light = strings.Replace(html, eitherTheme, fmt.Sprintf(oneTheme, "light", "not all"), 1)
	dark = strings.Replace(html, eitherTheme, fmt.Sprintf(oneTheme, "dark", "all"), 1)
	return light, dark, nil
}
