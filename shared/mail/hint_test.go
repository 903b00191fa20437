package mail

import (
	"encoding/base64"
	"testing"
)

func TestFilesWithoutANameAreNamedByTheirPlaceOrDescription(t *testing.T) {
	for name, tt := range map[string]struct{ head, want string }{
		"an address":                  {"Content-Type: image/png\r\nContent-Location: http://intranet.qw.gob.pe/a/foto%20uno.png?x=/y.gif", "foto uno.png"},
		"a name":                      {"Content-Type: image/jpeg\r\nContent-Location: Foto25.JPEG", "Foto25.JPEG"},
		"a description":               {"Content-Type: application/pdf\r\nContent-Disposition: attachment\r\nContent-Description: =?utf-8?Q?Resoluci=C3=B3n.pdf?=", "Resolución.pdf"},
		"a kind nobody knows":         {"Content-Type: application/octet-stream\r\nContent-Description: datos.sav", "datos.sav"},
		"its own name is the name":    {"Content-Type: image/png; name=a.png\r\nContent-Location: b.png", "a.png"},
		"another ending":              {"Content-Type: image/png\r\nContent-Location: http://qw.gob.pe/ver.php", "adjunto-1.png"},
		"a description in words":      {"Content-Type: application/pdf\r\nContent-Disposition: attachment\r\nContent-Description: Plan v. 2", "adjunto-1.pdf"},
		"an ending alone":             {"Content-Type: image/png\r\nContent-Location: http://qw.gob.pe/.png", "adjunto-1.png"},
		"a way out of the folder":     {"Content-Type: image/png\r\nContent-Location: ..%2F..%2Fa.png", "a.png"},
		"an address without an end":   {"Content-Type: image/png\r\nContent-Location: http://qw.gob.pe/", "adjunto-1.png"},
		"a description of many words": {"Content-Type: application/octet-stream\r\nContent-Description: datos. Ver la nota", "adjunto-1.bin"},
	} {
		m := Parse([]byte("From: a@b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHola\r\n--b\r\n" + tt.head + "\r\n\r\nX\r\n--b--\r\n"))
		if len(m.Attachments) != 1 || m.Attachments[0].Name != tt.want {
			t.Errorf("%s: files %+v, want %q", name, m.Attachments, tt.want)
		}
	}
}

func TestMultipartSentWholeInBase64IsTakenApart(t *testing.T) {
	body := "--b\r\nContent-Type: text/plain\r\n\r\nHola\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\nX\r\n--b--\r\n"
	m := Parse([]byte("From: a@b\r\nContent-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte(body))))
	if m.FullText != "Hola" || len(m.Attachments) != 1 || m.Attachments[0].Name != "a.pdf" {
		t.Errorf("text %q, files %+v", m.FullText, m.Attachments)
	}
}

func TestTheEuroOfCodePage858(t *testing.T) {
	if got, known := toUTF8("cp858", []byte("\xd5 10")); got != "€ 10" || !known {
		t.Errorf("%q, %v", got, known)
	}
}
