package main

import (
	"embed"
	"io"
	"text/template"
)

//go:embed guide.txt
var guideText embed.FS

// practicePassword is the password deskctl gives to every practice account.
const practicePassword = "Mesa-de-ayuda-1" //nolint:gosec // protects nothing

// guidePage is what guide.txt shows.
type guidePage struct {
	Web      string
	SMTPPort int
	Seconds  float64
	Password string
	Logs     string
}

// guide tells, in Spanish and English, what there is to try.
func guide(w io.Writer, s *site) {
	page := guidePage{Web: s.webURL(), SMTPPort: portOf(s.smtp), Seconds: s.steps.total().Seconds(), Password: practicePassword, Logs: s.state.Dir}
	_ = writeGuide(w, page) // a terminal that is gone needs no guide
}

func writeGuide(w io.Writer, page guidePage) error {
	parsed, err := template.ParseFS(guideText, "guide.txt")
	if err != nil {
		return err
	}
	return parsed.Execute(w, page)
}
