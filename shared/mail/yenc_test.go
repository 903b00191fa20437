package mail

import (
	"strings"
	"testing"
)

// yenc is a text as yEnc sends it.
func yenc(text string) string {
	var b strings.Builder
	for i := range len(text) {
		c := text[i] + 42
		if c == 0 || c == '\n' || c == '\r' || c == '=' {
			b.WriteByte('=')
			c += 64
		}
		b.WriteByte(c)
	}
	return b.String()
}

func TestFilesInYEncAreTakenOutOfTheText(t *testing.T) {
	const file = "Cat\xd6\xe3\x13" // what must be escaped among it
	for name, tt := range map[string]struct{ raw, text, names string }{
		"alone":           {"Hola\n=ybegin line=128 size=6 name=a b.bin\n" + yenc(file) + "\n=yend size=6\nAdiós\n", "Hola\nAdiós", "a b.bin"},
		"in parts":        {"Hola\n=ybegin part=1 total=1 line=128 size=6 name=a.bin\n=ypart begin=1 end=6\n" + yenc(file[:2]) + "\r\n" + yenc(file[2:]) + "\n=yend size=6 part=1\n", "Hola", "a.bin"},
		"never ended":     {"Hola\n=ybegin line=128 size=6 name=a.bin\nabc\n", "Hola\n=ybegin line=128 size=6 name=a.bin\nabc", ""},
		"a text about it": {"La línea =ybegin line=128 size=6 name=a.bin\n=yend\n", "La línea =ybegin line=128 size=6 name=a.bin\n=yend", ""},
	} {
		m := Parse([]byte("From: a@b\n\n" + tt.raw))
		var names []string
		for _, a := range m.Attachments {
			names = append(names, a.Name)
			if string(a.Content) != file {
				t.Errorf("%s: file holds %q", name, a.Content)
			}
		}
		if strings.TrimSpace(m.FullText) != tt.text || strings.Join(names, " ") != tt.names {
			t.Errorf("%s: text %q, files %q", name, m.FullText, names)
		}
	}
}
