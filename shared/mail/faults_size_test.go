package mail

import (
	"strings"
	"testing"
)

// What is cheap once must not be paid at every byte: one line of millions of
// codes, boundaries or files that begin, fields folded at every letter, and
// three hundred texts each as long as one may be.
func TestF28MailsOfManyMegabytesThatRepeatOneThingTakeNoTime(t *testing.T) {
	const head = "From: a@b\r\nSubject: x\r\n"
	parts := func(part string) string {
		return head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n"+part+"\r\n", maxParts-10) + "--b--\r\n"
	}
	for name, raw := range map[string]string{
		"folds of trace":     head + strings.Repeat("Received: a"+strings.Repeat("\r\n a", 16_000)+"\r\n", 200) + "\r\nTexto",
		"codes in one line":  head + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + strings.Repeat("=", 5<<20),
		"codes and blanks":   head + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + strings.Repeat("=  ", 2<<20),
		"boundaries in line": head + "Content-Type: multipart/mixed; boundary=b\r\n\r\nx" + strings.Repeat("--b ", 2<<20),
		"files in one line":  head + "\r\nx" + strings.Repeat("begin ", 2<<20),
		"pages":              parts("Content-Type: text/html\r\n\r\n" + strings.Repeat("<p>a", 5_000)),
		"pages of nothing":   parts("Content-Type: text/html\r\n\r\n" + strings.Repeat("<p>", 7_000)),
		"texts":              parts("Content-Type: text/plain\r\n\r\n" + strings.Repeat("El 1 a las 2 escribió\r\n", 1_000)),
		"mails":              parts("Content-Type: message/rfc822\r\n\r\nFrom: a@b\r\nContent-Type: text/html\r\n\r\n" + strings.Repeat("<p>a", 5_000)),
	} {
		t.Run(name, func(t *testing.T) {
			if m := bounded(t, []byte(raw)); m.From.Address != "a@b" || m.Subject != "x" {
				t.Errorf("from %q, subject %q", m.From.Address, m.Subject)
			}
		})
	}
}

// The texts of all parts together have the limit of one, and it is said.
func TestTextsBeyondTheLimitOfAllAreCutAndSaySo(t *testing.T) {
	for kind, note := range map[string]Note{"text/plain": NoteTextCut, "text/html": NoteHTMLCut} {
		part := "--b\r\nContent-Type: " + kind + "\r\n\r\n" + strings.Repeat("hola ", 40_000) + "\r\n"
		m := Parse([]byte("From: a@b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat(part, 8) + "--b--\r\n"))
		if !m.has(note) || len(m.FullText) > maxTextBytes || len(m.FullText) < maxTextBytes-10 || len(m.Attachments) != 0 {
			t.Errorf("%s: %d bytes, %d attachments, notes %v", kind, len(m.FullText), len(m.Attachments), m.Notes)
		}
	}
}

// Attached mails are read for a mail that has no text of its own: the first
// however long it is, others while all are small.
func TestAttachedMailsAreReadWhileTheyAreSmall(t *testing.T) {
	mailOf := func(text string, size int) string {
		return "--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b\r\nSubject: x\r\n\r\n" + text + strings.Repeat("\r\n", size) + "\r\n"
	}
	for name, tt := range map[string]struct{ content, want string }{
		"two small": {mailOf("uno", 1) + mailOf("dos", 1), "uno\n\ndos"},
		"one long":  {mailOf("uno", maxHTMLBytes), "uno"},
		"two long":  {mailOf("uno", maxHTMLBytes/3) + mailOf("dos", maxHTMLBytes/3), "uno"},
	} {
		m := Parse([]byte("From: a@b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + tt.content + "--b--\r\n"))
		if got := strings.Join(strings.Fields(m.FullText), "\n\n"); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
