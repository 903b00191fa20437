package mail

import (
	"bytes"
	"fmt"
	"io"
	"net/textproto"
	"strings"

	"github.com/jhillyerd/enmime/v2"
)

// tree is a mail taken apart into its leaves.
type tree struct {
	parts  []part
	notes  []Note
	multis int // multiparts seen, for numbering the alternatives
}

// readTree takes the body of a mail apart. enmime does it where it can; what it
// refuses or would take too long for goes to rescue.
func readTree(fields header, body []byte, at place) tree {
	if !isMultipart(fields) {
		return tree{parts: []part{newPart(fields, body, at)}}
	}
	if fitsEnmime(body) {
		if t, err := readWithEnmime(fields, body, at); err == nil {
			return t
		}
	}
	return rescue(fields, body, at)
}

func isMultipart(fields header) bool {
	return strings.HasPrefix(parseMedia(fields.get("Content-Type")).kind, "multipart/")
}

// fitsEnmime looks for bodies that would cost enmime too much: it reads byte by
// byte through every level, and has no limit to levels or parts (F26, F28).
func fitsEnmime(body []byte) bool {
	return len(body) <= maxForEnmime && bytes.Count(body, []byte("\n--")) <= 4*maxParts && bytes.Count(body, []byte("boundary")) <= 2*maxDepth
}

// readWithEnmime gives enmime a header of our own reading, so that only the
// body can surprise it, and takes contents undecoded, because the charsets of
// real mails need more doubt than it has (see toUTF8). A panic inside the
// library is a refusal like any other.
func readWithEnmime(fields header, body []byte, at place) (t tree, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("enmime: %v", cause)
		}
	}()
	parser := enmime.NewParser(
		enmime.RawContent(true),
		enmime.MultipartWOBoundaryAsSinglePart(true),
		enmime.MaxStoredPartErrors(1),
		enmime.SetCustomParseMediaType(mediaForEnmime),
	)
	var head bytes.Buffer
	fmt.Fprintf(&head, "Content-Type: %s\r\n\r\n", fields.get("Content-Type"))
	root, err := parser.ReadParts(io.MultiReader(&head, bytes.NewReader(body)))
	if err != nil {
		return tree{}, fmt.Errorf("enmime: %w", err)
	}
	if err := t.addEnmime(root, at); err != nil {
		return tree{}, err
	}
	return t, nil
}

// mediaForEnmime keeps enmime from looking for parts in what is no multipart.
func mediaForEnmime(value string) (kind string, params map[string]string, invalid []string, err error) {
	m := parseMedia(value)
	if !strings.HasPrefix(m.kind, "multipart/") {
		delete(m.params, "boundary")
	}
	return m.kind, m.params, nil, nil
}

// addEnmime collects the leaves below an enmime part.
func (t *tree) addEnmime(p *enmime.Part, at place) error {
	if strings.HasPrefix(p.ContentType, "multipart/") {
		if p.FirstChild == nil {
			// No boundary, or none found: rescue guesses one.
			return fmt.Errorf("enmime: %s without parts", p.ContentType)
		}
		t.multis++
		below := at.below(p.ContentType, t.multis)
		for child := p.FirstChild; child != nil; child = child.NextSibling {
			if err := t.addEnmime(child, below); err != nil {
				return err
			}
		}
		return nil
	}
	if len(t.parts) >= maxParts || at.depth > maxDepth {
		return fmt.Errorf("enmime: more than %d parts or %d levels", maxParts, maxDepth)
	}
	t.parts = append(t.parts, newPart(fieldsOf(p.Header), p.Content, at))
	return nil
}

func fieldsOf(values textproto.MIMEHeader) header {
	var fields header
	for name, list := range values {
		for _, value := range list {
			fields = append(fields, field{name: name, value: value})
		}
	}
	return fields
}
