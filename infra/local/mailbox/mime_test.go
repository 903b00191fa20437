package mailbox

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jhillyerd/enmime/v2"
)

var accepted = time.Date(2026, 9, 16, 10, 5, 0, 0, time.UTC)

// simpleMessage is a whole message as the desk sends them.
func simpleMessage() Message {
	m := Message{ID: "0100-abc", AcceptedAt: accepted, Request: Request{
		FromEmailAddress: "Mesa de Ayuda <soporte@desk.qw.example>",
		Destination:      Destination{ToAddresses: []string{"Jefa/e de UT Ejemplo <jefatura@qw.example>"}, BccAddresses: []string{"copia@qw.example"}},
		ReplyToAddresses: []string{"reply+x@desk.qw.example"},
	}}
	simple := &Simple{Headers: []Tag{{"References", "<root@desk.qw.example>"}, {"Auto-Submitted", "auto-generated"}}}
	simple.Subject.Data = "Atención: aprobación"
	simple.Body.Text.Data = "Abra http://localhost:8080/approvals/x\nÑandú"
	simple.Body.Html.Data = "<p>Ñandú</p>"
	m.Request.Content.Simple = simple
	return m
}

func parse(t *testing.T, m Message) *enmime.Envelope {
	t.Helper()
	raw, err := m.MIME()
	if err != nil {
		t.Fatal(err)
	}
	envelope, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%v in\n%s", err, raw)
	}
	for _, problem := range envelope.Errors {
		if problem.Severe {
			t.Errorf("%s in\n%s", problem.Error(), raw)
		}
	}
	return envelope
}

func TestSimpleBecomesWhatSESWouldSend(t *testing.T) {
	envelope := parse(t, simpleMessage())
	want := map[string]string{
		"Message-ID":     "<0100-abc@email.amazonses.com>",
		"Date":           "Wed, 16 Sep 2026 10:05:00 +0000",
		"From":           `"Mesa de Ayuda" <soporte@desk.qw.example>`,
		"To":             `"Jefa/e de UT Ejemplo" <jefatura@qw.example>`,
		"Reply-To":       "reply+x@desk.qw.example",
		"Subject":        "Atención: aprobación",
		"References":     "<root@desk.qw.example>",
		"Auto-Submitted": "auto-generated",
		"Bcc":            "",
	}
	for name, value := range want {
		if got := envelope.GetHeader(name); got != value {
			t.Errorf("%s = %q, want %q", name, got, value)
		}
	}
	if envelope.Text != "Abra http://localhost:8080/approvals/x\r\nÑandú" || envelope.HTML != "<p>Ñandú</p>" {
		t.Errorf("text %q, html %q", envelope.Text, envelope.HTML)
	}
}

func TestBodiesAndFiles(t *testing.T) {
	cases := []struct {
		name   string
		change func(*Simple)
		root   string
		files  int
	}{
		{"text and HTML are alternatives", func(*Simple) {}, "multipart/alternative", 0},
		{"text alone has no parts", func(s *Simple) { s.Body.Html.Data = "" }, "text/plain", 0},
		{"HTML alone has no parts", func(s *Simple) { s.Body.Text.Data = "" }, "text/html", 0},
		{"files make it mixed", func(s *Simple) {
			s.Attachments = []Attachment{{FileName: "cédula.pdf", ContentType: "application/pdf", RawContent: bytes.Repeat([]byte("x"), 200)}}
		}, "multipart/mixed", 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m := simpleMessage()
			c.change(m.Request.Content.Simple)
			envelope := parse(t, m)
			if envelope.Root.ContentType != c.root || len(envelope.Attachments) != c.files {
				t.Errorf("root %s with %d files", envelope.Root.ContentType, len(envelope.Attachments))
			}
			for _, file := range envelope.Attachments {
				if file.FileName != "cédula.pdf" || len(file.Content) != 200 {
					t.Errorf("file %q of %d bytes", file.FileName, len(file.Content))
				}
			}
		})
	}
}

func TestRawKeepsAllButWhatSESReplaces(t *testing.T) {
	raw := "From: mesa@desk.qw.example\nMessage-ID:\n <own@desk>\nBcc: copia@qw.example\nDate: Mon, 1 Jan 2024 00:00:00 +0000\nX-Own: uno\n dos\n\nHola\n"
	m := Message{ID: "0100-raw", AcceptedAt: accepted}
	m.Request.Content.Raw = &struct{ Data []byte }{[]byte(raw)}
	got, err := m.MIME()
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"Message-ID: <0100-raw@email.amazonses.com>", "Date: Wed, 16 Sep 2026 10:05:00 +0000",
		"From: mesa@desk.qw.example", "X-Own: uno", " dos", "", "Hola", "",
	}, "\r\n")
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestMessageWithoutContentIsAnError(t *testing.T) {
	if _, err := (Message{ID: "x"}).MIME(); err == nil {
		t.Error("no error")
	}
}
