package mail

import (
	"strings"
	"testing"
)

const uuFile = "begin 644 nota.txt\n#0V%T\n`\nend\n"

func TestFilesInUuencodeAreTakenOutOfAnyText(t *testing.T) {
	multipart := func(kind string) string {
		return "From: a@b\nContent-Type: multipart/" + kind + "; boundary=b\n\n--b\nContent-Type: text/plain\n\nHola\n" + uuFile + "Adiós\n--b\nContent-Type: text/html\n\n<p>Hola</p>\n--b--\n"
	}
	tests := map[string]struct {
		raw, text string
		names     string
	}{
		"alone":                     {"From: a@b\n\nHola\n" + uuFile + "Adiós\n", "Hola\nAdiós\n", "nota.txt"},
		"two":                       {"From: a@b\n\n" + uuFile + "y\n" + strings.Replace(uuFile, "nota", "otra", 1), "y\n", "nota.txt otra.txt"},
		"within a multipart":        {multipart("mixed"), "Hola\nAdiós\n\nHola", "nota.txt"},
		"within an alternative":     {multipart("alternative"), "Hola\nAdiós", "nota.txt"},
		"within a signed text":      {multipart("signed"), "Hola\n" + strings.TrimRight(uuFile, "\n") + "\nAdiós\n\nHola", ""},
		"never ended":               {"From: a@b\n\nHola\nbegin 644 nota.txt\n#0V%T\n", "Hola\nbegin 644 nota.txt\n#0V%T\n", ""},
		"a sentence that begins so": {"From: a@b\n\nbegin 2026 plan\nend\n", "begin 2026 plan\nend\n", ""},
		"within a line":             {"From: a@b\n\nx begin 644 nota.txt\n#0V%T\n`\nend\n", "x begin 644 nota.txt\n#0V%T\n`\nend\n", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m := Parse([]byte(tt.raw))
			var names []string
			for _, a := range m.Attachments {
				names = append(names, a.Name)
				if string(a.Content) != "Cat" {
					t.Errorf("%s holds %q", a.Name, a.Content)
				}
			}
			if strings.TrimSpace(m.FullText) != strings.TrimSpace(tt.text) || strings.Join(names, " ") != tt.names {
				t.Errorf("text %q, files %v", m.FullText, names)
			}
		})
	}
}

func TestUuencodeInALongTextTakesNoTime(t *testing.T) {
	m := bounded(t, []byte("From: a@b\n\n"+strings.Repeat(uuFile, 20_000)+strings.Repeat("begin x\n", 100_000)))
	if len(m.Attachments) == 0 || len(m.Attachments) > maxParts {
		t.Errorf("%d attachments", len(m.Attachments))
	}
}
