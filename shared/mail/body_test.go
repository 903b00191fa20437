package mail

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// multipart writes a multipart of this kind around parts, each with its header.
func multipart(kind, boundary string, parts ...string) string {
	var b strings.Builder
	b.WriteString("Content-Type: multipart/" + kind + "; boundary=\"" + boundary + "\"\n\n")
	for _, part := range parts {
		b.WriteString("--" + boundary + "\n" + part + "\n")
	}
	b.WriteString("--" + boundary + "--\n")
	return b.String()
}

func plain(text string) string { return "Content-Type: text/plain; charset=utf-8\n\n" + text }

func page(text string) string { return "Content-Type: text/html; charset=utf-8\n\n" + text }

func file(kind, name string) string {
	return "Content-Type: " + kind + "\nContent-Disposition: attachment; filename=\"" + name + "\"\n\ncontenido"
}

// read parses a mail whose content begins with its MIME header lines.
func read(content string) Message {
	return Parse([]byte("From: a@qw.gob.pe\nSubject: x\nMIME-Version: 1.0\n" + content))
}

func namesOf(m Message) []string {
	var names []string
	for _, a := range m.Attachments {
		names = append(names, a.Name)
	}
	return names
}

func TestTextAndFilesOfEveryShape(t *testing.T) {
	const picture = "Content-Type: image/png; name=a.png\nContent-ID: <a@x>\n\npng"
	tests := map[string]struct {
		content, text string
		files         []string
	}{
		"plain only":                   {plain("uno"), "uno", nil},
		"HTML only":                    {page("<p>uno</p>"), "uno", nil},
		"no content type":              {"\nuno", "uno", nil},
		"nonsense as content type":     {"Content-Type: text\n\nuno", "uno", nil},
		"text of another kind":         {"Content-Type: text/markdown\n\n# uno", "# uno", nil},
		"alternative takes plain":      {multipart("alternative", "b", plain("uno"), page("<p>dos</p>")), "uno", nil},
		"alternative, HTML first":      {multipart("alternative", "b", page("<p>dos</p>"), plain("uno")), "uno", nil},
		"alternative, plain is empty":  {multipart("alternative", "b", plain(" "), page("<p>dos</p>")), "dos", nil},
		"alternative in mixed":         {multipart("mixed", "m", multipart("alternative", "b", plain("uno"), page("<p>x</p>")), file("application/pdf", "a.pdf")), "uno", []string{"a.pdf"}},
		"related in alternative":       {multipart("alternative", "b", plain("uno"), multipart("related", "r", page("<p>x</p>"), picture)), "uno", []string{"a.png"}},
		"alternative in related":       {multipart("related", "r", multipart("alternative", "b", plain("uno"), page("<p>x</p>")), picture), "uno", []string{"a.png"}},
		"two alternatives":             {multipart("mixed", "m", multipart("alternative", "b", plain("uno"), page("<p>x</p>")), multipart("alternative", "c", plain("dos"), page("<p>y</p>"))), "uno\n\ndos", nil},
		"plain and then HTML":          {multipart("mixed", "m", plain("uno"), page("<p>dos</p>")), "uno\n\ndos", nil},
		"a list's footer":              {multipart("mixed", "m", plain("uno"), plain("pie de lista")), "uno\n\npie de lista", nil},
		"text around a file":           {multipart("mixed", "m", plain("uno"), file("image/png", "a.png"), plain("dos")), "uno\n\ndos", []string{"a.png"}},
		"named text beside the text":   {multipart("mixed", "m", plain("uno"), "Content-Type: text/plain; name=notas.txt\n\ndos"), "uno", []string{"notas.txt"}},
		"named text alone is the text": {multipart("mixed", "m", "Content-Type: text/plain; name=cuerpo.txt\n\nuno", file("application/pdf", "a.pdf")), "uno", []string{"a.pdf"}},
		"two named texts":              {multipart("mixed", "m", "Content-Type: text/plain; name=a.txt\n\nuno", "Content-Type: text/plain; name=b.txt\n\ndos"), "uno", []string{"b.txt"}},
		"text as attachment":           {multipart("mixed", "m", plain("uno"), file("text/plain", "a.txt")), "uno", []string{"a.txt"}},
		"only an attachment":           {file("application/pdf", "a.pdf"), "", []string{"a.pdf"}},
		"only a text attachment":       {file("text/plain", "a.txt"), "", []string{"a.txt"}},
		"no kind but a name":           {multipart("mixed", "m", plain("uno"), "Content-Disposition: attachment; filename=a.bin\n\nx"), "uno", []string{"a.bin"}},
		"text of a kind not known":     {"Content-Type: text/x-nota\n\nuno", "uno", []string{"adjunto-1.txt"}},
		"the same, beside a text":      {multipart("mixed", "m", plain("uno"), "Content-Type: text/x-nota\n\ndos"), "uno", []string{"adjunto-1.txt"}},
		"the same, attached":           {"Content-Type: text/x-nota; name=a.nota\n\nuno", "", []string{"a.nota"}},
		"multipart of nothing":         {"Content-Type: multipart; boundary=m\n\n--m\n\nuno\n--m--\n", "uno", nil},
		"kind with too many slashes":   {"Content-Type: text/plain/x; charset=utf-8\n\nuno", "uno", nil},
		"two carriage returns":         {"Content-Type: text/plain\n\nuno\r\r\ndos\r\r\n", "uno\ndos", nil},
		"disposition without kind":     {multipart("mixed", "m", plain("uno"), "Content-Disposition: attachment\n\nx"), "uno", []string{"adjunto-1.bin"}},
		"an empty unnamed part":        {multipart("mixed", "m", plain("uno"), "Content-Type: application/octet-stream\n\n"), "uno", nil},
		"a mail within":                {multipart("mixed", "m", plain("uno"), "Content-Type: message/rfc822\n\nSubject: dentro\n\ndos"), "uno", []string{"dentro.eml"}},
		"nothing but a mail within":    {multipart("mixed", "m", "Content-Type: message/rfc822\n\nSubject: dentro\n\ndos"), "dos", []string{"dentro.eml"}},
		"signed":                       {multipart("signed", "s", plain("uno"), "Content-Type: application/pgp-signature\n\nfirma"), "uno", []string{"firma.asc"}},
		"AMP beside HTML":              {multipart("alternative", "b", plain("uno"), "Content-Type: text/x-amp-html\n\n<b>x</b>", page("<p>x</p>")), "uno", nil},
		"an invitation":                {multipart("alternative", "b", plain("uno"), "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR"), "uno", []string{"invitacion.ics"}},
		"a vendor's multipart":         {multipart("x-otra", "b", plain("uno"), file("application/pdf", "a.pdf")), "uno", []string{"a.pdf"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m := read(tt.content)
			if m.FullText != tt.text {
				t.Errorf("text %q, want %q", m.FullText, tt.text)
			}
			if diff := cmp.Diff(tt.files, namesOf(m)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestInlinePicturesAreToldFromFiles(t *testing.T) {
	m := read(multipart("related", "r", page(`<img src="cid:a@x">`),
		"Content-Type: image/png; name=a.png\nContent-ID: <a@x>\n\npng", file("image/png", "b.png")))
	if len(m.Attachments) != 2 {
		t.Fatalf("%d attachments", len(m.Attachments))
	}
	if a := m.Attachments[0]; !a.Inline || a.ContentID != "a@x" {
		t.Errorf("picture %+v", a)
	}
	if b := m.Attachments[1]; b.Inline || b.ContentID != "" {
		t.Errorf("file %+v", b)
	}
}

func TestTheSameFileHasTheSameHash(t *testing.T) {
	m := read(multipart("mixed", "m", plain("uno"), file("image/png", "a.png"), file("image/png", "b.png")))
	if len(m.Attachments) != 2 || m.Attachments[0].SHA256 != m.Attachments[1].SHA256 || m.Attachments[0].SHA256 != hashOf([]byte("contenido")) {
		t.Errorf("attachments %+v", m.Attachments)
	}
}

func TestTheHTMLIsKeptForShowing(t *testing.T) {
	m := read(multipart("alternative", "b", plain("uno"), page("<p>Uno &amp; dos</p>")))
	if m.HTML != "<p>Uno &amp; dos</p>" {
		t.Errorf("HTML %q", m.HTML)
	}
	if m := read(page("<p>" + strings.Repeat("a", maxHTMLBytes+1))); !m.has(NoteHTMLCut) || len(m.HTML) > maxHTMLBytes {
		t.Errorf("%d bytes, notes %v", len(m.HTML), m.Notes)
	}
}

func TestAnUnknownCharsetIsToldToPeople(t *testing.T) {
	m := read("Content-Type: text/plain; charset=x-nada\n\nuno")
	if !m.has(NoteCharset) || m.FullText != "uno" {
		t.Errorf("text %q, notes %v", m.FullText, m.Notes)
	}
	m.note(NoteCharset)
	if len(m.Notes) != 1 {
		t.Errorf("a note stands twice: %v", m.Notes)
	}
}

func TestMailsWithinMailsEnd(t *testing.T) {
	content := "Subject: fondo\n\nmuy dentro"
	for range 30 {
		content = "Content-Type: message/rfc822\n\n" + content
	}
	m := read(content)
	if len(m.Attachments) != 1 || m.FullText != "" {
		t.Errorf("text %q, files %v", m.FullText, namesOf(m))
	}
}
