package mail

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseMedia(t *testing.T) {
	tests := map[string]struct {
		value, kind string
		params      map[string]string
	}{
		"ordinary":                       {"text/plain; charset=utf-8", "text/plain", map[string]string{"charset": "utf-8"}},
		"case":                           {"TEXT/Plain; CharSet=UTF-8", "text/plain", map[string]string{"charset": "UTF-8"}},
		"semicolon forgotten":            {"text/plain charset=utf-8", "text/plain", map[string]string{"charset": "utf-8"}},
		"kind forgotten":                 {`name="a.pdf"`, "", map[string]string{"name": "a.pdf"}},
		"blanks in a bare name":          {"application/pdf; name=Acta de entrega.pdf", "application/pdf", map[string]string{"name": "Acta de entrega.pdf"}},
		"semicolon in quotes":            {`attachment; filename="a;b.pdf"`, "attachment", map[string]string{"filename": "a;b.pdf"}},
		"escaped quote":                  {`attachment; filename="a\"b.pdf"`, "attachment", map[string]string{"filename": `a"b.pdf`}},
		"backslashes of Windows":         {`attachment; filename="C:\datos\a.pdf"`, "attachment", map[string]string{"filename": `C:\datos\a.pdf`}},
		"quote that never closes":        {`attachment; filename="a.pdf`, "attachment", map[string]string{"filename": "a.pdf"}},
		"repeated: the first counts":     {"a/b; x=1; x=2", "a/b", map[string]string{"x": "1"}},
		"comment after a value":          {"text/plain; charset=us-ascii (ASCII plano)", "text/plain", map[string]string{"charset": "us-ascii"}},
		"RFC 2231":                       {"attachment; filename*=utf-8''a%C3%B1o.pdf", "attachment", map[string]string{"filename": "año.pdf"}},
		"RFC 2231 wins":                  {"attachment; filename=a.pdf; filename*=utf-8''a%C3%B1o.pdf", "attachment", map[string]string{"filename": "año.pdf"}},
		"RFC 2231 split within a letter": {"attachment; filename*0*=utf-8''a%C3; filename*1*=%B1o.pdf", "attachment", map[string]string{"filename": "año.pdf"}},
		"RFC 2231 out of order":          {"attachment; filename*1=b.pdf; filename*0=a", "attachment", map[string]string{"filename": "ab.pdf"}},
		"RFC 2231 with a gap":            {"attachment; filename*0=a; filename*2=c", "attachment", map[string]string{"filename": "a"}},
		"RFC 2231 counted from one":      {"attachment; filename*1=a; filename*2=b.pdf", "attachment", map[string]string{"filename": "ab.pdf"}},
		"brackets in a bare name":        {"application/pdf; name=Acta (1).pdf", "application/pdf", map[string]string{"name": "Acta (1).pdf"}},
		"RFC 2231 bad percent":           {"attachment; filename*=utf-8''a%ZZ%4", "attachment", map[string]string{"filename": "a%ZZ%4"}},
		"RFC 2047 where it may not be":   {`attachment; filename="=?utf-8?Q?a=C3=B1o.pdf?="`, "attachment", map[string]string{"filename": "año.pdf"}},
		"RFC 2047 over continuations":    {`attachment; filename*0="=?utf-8?Q?a=C3"; filename*1="=B1o.pdf?="`, "attachment", map[string]string{"filename": "año.pdf"}},
		"semicolon in a bare word":       {"attachment; filename==?utf-8?Q?a;_b.pdf?=; size=3", "attachment", map[string]string{"filename": "a; b.pdf", "size": "3"}},
		"eight-bit":                      {"attachment; filename=\"a\xf1o.pdf\"", "attachment", map[string]string{"filename": "año.pdf"}},
		"empty":                          {"", "", map[string]string{}},
		"only semicolons":                {";;;", "", map[string]string{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := parseMedia(tt.value)
			if diff := cmp.Diff(tt.params, got.params); diff != "" || got.kind != tt.kind {
				t.Errorf("kind %q, want %q %s", got.kind, tt.kind, diff)
			}
		})
	}
}

func TestF35SafeName(t *testing.T) {
	for name, want := range map[string]string{
		"acta.pdf": "acta.pdf", " acta.pdf ": "acta.pdf", `C:\a\b.pdf`: "b.pdf", `\\servidor\x\b.pdf`: "b.pdf", "../../etc/passwd": "etc_passwd",
		"/etc/passwd": "etc_passwd", "a/b.pdf": "a_b.pdf", `a\b.pdf`: "a_b.pdf", ".htaccess": ".htaccess", "...": "", "..": "", "": "",
		"a\r\nb.pdf": "a b.pdf", "a\x00b.pdf": "ab.pdf", "fdp\u202eexe.pdf": "fdpexe.pdf", "a.pdf.": "a.pdf", "año 1.pdf": "año 1.pdf",
		"\xffa.pdf": "\ufffda.pdf",
	} {
		if got := safeName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if got := safeName(strings.Repeat("ñ", 500) + ".xlsx"); len(got) > maxName || !strings.HasSuffix(got, ".xlsx") {
		t.Errorf("%d bytes: %s", len(got), got)
	}
}

func TestPartsWithoutNameAreNamedByWhatTheyAre(t *testing.T) {
	for kind, want := range map[string]string{
		"application/pdf": "adjunto-3.pdf", "image/jpeg": "adjunto-3.jpg", "image/png": "adjunto-3.png", "text/calendar": "invitacion.ics",
		"application/pgp-signature": "firma.asc", "message/rfc822": "mensaje.eml", "x/y": "adjunto-3.bin", "": "adjunto-3.bin",
		"image/heic": "adjunto-3.heic", "image/svg+xml": "adjunto-3.svg", "image/x": "adjunto-3.bin", "audio/ogg": "adjunto-3.ogg", "audio/mpeg": "adjunto-3.mp3", "video/quicktime": "adjunto-3.mov",
		"text/x-python": "adjunto-3.txt", "text/markdown": "adjunto-3.md", "text/vcard": "adjunto-3.vcf", "message/partial": "adjunto-3.eml", "message/delivery-status": "adjunto-3.txt", "message/external-body": "adjunto-3.txt", "application/pgp-encrypted": "adjunto-3.asc",
		"application/vnd.openxmlformats-officedocument.presentationml.presentation": "adjunto-3.pptx", "application/vnd.oasis.opendocument.spreadsheet": "adjunto-3.ods", "application/vnd.rar": "adjunto-3.rar",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document": "adjunto-3.docx",
	} {
		if got := nameOf(&part{media: media{kind: kind}}, 3); got != want {
			t.Errorf("%s: %s, want %s", kind, got, want)
		}
	}
	forwarded := part{media: media{kind: "message/rfc822"}, content: []byte("Subject: =?utf-8?Q?a=C3=B1o?= 1/2\n\nx")}
	if got := nameOf(&forwarded, 1); got != "año 1_2.eml" {
		t.Errorf("got %s", got)
	}
}

func TestPicturesAreNamedByTheirIdWhenByNothingElse(t *testing.T) {
	for header, want := range map[string]string{
		"Content-Type: image/png\nContent-ID: <image001.png@01DB.7C>":              "image001.png",
		"Content-Type: image/jpeg\nContent-ID: <foto.JPG@x>":                       "foto.JPG",
		"Content-Type: image/png; name=logo.png\nContent-ID: <image001.png@01DB>":  "logo.png",
		"Content-Type: image/png\nContent-ID: <part1.ABC@x>":                       "adjunto-1.png",
		"Content-Type: image/png\nContent-ID: <.png@x>":                            "adjunto-1.png",
		"Content-Type: image/png\nContent-ID: <../../image001.png@x>":              "image001.png",
		"Content-Type: application/octet-stream\nContent-ID: <image001.png@01DB.>": "adjunto-1.bin",
	} {
		m := Parse([]byte("From: a@b\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x</p>\n--b\n" + header + "\n\nx\n--b--\n"))
		if len(m.Attachments) != 1 || m.Attachments[0].Name != want {
			t.Errorf("%s: %+v, want %s", header, m.Attachments, want)
		}
	}
}
