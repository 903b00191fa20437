package mail

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// words draws text as people write it here, without control characters.
func words(most int) *rapid.Generator[string] {
	letters := []rune("abcdefghijklmnñopqrstuvwxyzáéíóúüABCDEFÑ0123456789 ,.;:¿?¡!()'-_€")
	return rapid.Custom(func(t *rapid.T) string {
		drawn := rapid.SliceOfN(rapid.SampledFrom(letters), 1, most).Draw(t, "letters")
		text := strings.Join(strings.Fields(string(drawn)), " ")
		if text == "" {
			return "x"
		}
		return text
	})
}

func TestEncodedWordsComeBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		want := words(120).Draw(rt, "text")
		for name, encoder := range map[string]mime.WordEncoder{"q": mime.QEncoding, "b": mime.BEncoding} {
			if got := decodeWords(encoder.Encode("utf-8", want)); got != want {
				rt.Fatalf("%s: %q came back as %q", name, want, got)
			}
		}
	})
}

func TestNamesOfFilesComeBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		want := words(60).Draw(rt, "name") + ".pdf"
		for form, value := range map[string]string{
			"RFC 2231": mime.FormatMediaType("attachment", map[string]string{"filename": want}),
			"RFC 2047": `attachment; filename="` + mime.QEncoding.Encode("utf-8", want) + `"`,
			"raw":      `attachment; filename="` + want + `"`,
		} {
			if got := parseMedia(value).params["filename"]; got != want {
				rt.Fatalf("%s: %q came back as %q from %s", form, want, got, value)
			}
		}
	})
}

func TestAddressesComeBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var want []Address
		var values []string
		for i := range rapid.IntRange(1, 8).Draw(rt, "addresses") {
			a := Address{Name: words(30).Draw(rt, "name"), Address: fmt.Sprintf("persona%d@qw.gob.pe", i)}
			// A name in quotes, or of punctuation alone, has several right readings.
			if strings.Trim(a.Name, " ,.;:¿?¡!()'-_€") != a.Name {
				a.Name = "Ana " + fmt.Sprint(i)
			}
			want = append(want, a)
			values = append(values, (&mail.Address{Name: a.Name, Address: a.Address}).String())
		}
		got, cut := parseAddresses([]string{strings.Join(values, ", ")})
		if diff := cmp.Diff(want, got); diff != "" || cut {
			rt.Fatalf("%s\n%s", strings.Join(values, ", "), diff)
		}
	})
}

// composed is a mail built part by part, with what must be read from it.
type composed struct {
	raw   bytes.Buffer
	texts []string
	files []string
	// boundaries counts the multiparts, each with a boundary of its own.
	boundaries int
}

// compose writes a part: a multipart while levels are left, else a leaf.
func (c *composed) compose(rt *rapid.T, levels int) {
	if levels > 0 && rapid.Bool().Draw(rt, "multipart") {
		c.multipart(rt, levels-1)
		return
	}
	if rapid.Bool().Draw(rt, "is text") {
		text := words(200).Draw(rt, "text")
		c.texts = append(c.texts, text)
		c.leaf(rt, "Content-Type: text/plain; charset=utf-8", []byte(text))
		return
	}
	name := fmt.Sprintf("archivo %d ñ.bin", len(c.files))
	content := rapid.SliceOfN(rapid.Byte(), 1, 300).Draw(rt, "content")
	c.files = append(c.files, name+" "+hashOf(content))
	disposition := mime.FormatMediaType("attachment", map[string]string{"filename": name})
	c.leaf(rt, "Content-Type: application/octet-stream\r\nContent-Disposition: "+disposition, content)
}

func (c *composed) multipart(rt *rapid.T, levels int) {
	c.boundaries++
	boundary := fmt.Sprintf("=_frontera %d", c.boundaries)
	fmt.Fprintf(&c.raw, "Content-Type: multipart/mixed;\r\n\tboundary=%q\r\n\r\n", boundary)
	for range rapid.IntRange(1, 4).Draw(rt, "parts") {
		fmt.Fprintf(&c.raw, "--%s\r\n", boundary)
		c.compose(rt, levels)
		c.raw.WriteString("\r\n")
	}
	fmt.Fprintf(&c.raw, "--%s--\r\n", boundary)
}

func (c *composed) leaf(rt *rapid.T, header string, content []byte) {
	c.raw.WriteString(header)
	if rapid.Bool().Draw(rt, "base64") {
		c.raw.WriteString("\r\nContent-Transfer-Encoding: base64\r\n\r\n")
		encoded := base64.StdEncoding.EncodeToString(content)
		for ; len(encoded) > 76; encoded = encoded[76:] {
			c.raw.WriteString(encoded[:76] + "\r\n")
		}
		c.raw.WriteString(encoded)
		return
	}
	c.raw.WriteString("\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n")
	w := quotedprintable.NewWriter(&c.raw)
	w.Binary = true
	if _, err := w.Write(content); err != nil {
		rt.Fatal(err)
	}
	if err := w.Close(); err != nil {
		rt.Fatal(err)
	}
}

func TestEveryPartOfASoundMailComesBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var c composed
		c.raw.WriteString("From: a@qw.gob.pe\r\nMIME-Version: 1.0\r\n")
		c.multipart(rt, 4)
		m := Parse(c.raw.Bytes())
		if want := strings.Join(c.texts, "\n\n"); m.FullText != want {
			rt.Fatalf("text %q, want %q\n%s", m.FullText, want, c.raw.String())
		}
		var files []string
		for _, a := range m.Attachments {
			files = append(files, a.Name+" "+a.SHA256)
		}
		if diff := cmp.Diff(c.files, files); diff != "" {
			rt.Fatalf("%s\n%s", diff, c.raw.String())
		}
		fields, body, _ := splitHeader(c.raw.Bytes())
		if theirs, err := readWithEnmime(fields, body, place{}); err == nil {
			if diff := cmp.Diff(leavesOf(theirs), leavesOf(rescue(fields, body, place{}))); diff != "" {
				rt.Fatalf("-enmime +rescue: %s", diff)
			}
		}
	})
}
