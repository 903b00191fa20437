package main

import (
	"embed"
	"io"
	"text/template"
)

//go:embed guide.txt
var guideText embed.FS

// guidePage is what guide.txt shows.
type guidePage struct {
	Web      string
	SMTPPort int
	Seconds  float64
	Log      string
}

// guide tells, in Spanish and English, what there is to try.
func guide(w io.Writer, s *site) {
	page := guidePage{Web: s.webURL(), SMTPPort: portOf(s.smtp), Seconds: s.steps.total().Seconds(), Log: s.state.EmulatorLog()}
	_ = writeGuide(w, page) // a terminal that is gone needs no guide
}

func writeGuide(w io.Writer, page guidePage) error {
	parsed, err := template.ParseFS(guideText, "guide.txt")
	if err != nil {
		return err
	}
	return parsed.Execute(w, page)
}
