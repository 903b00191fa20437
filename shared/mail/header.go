package mail

import (
	"bytes"
	"strings"
)

// field is one header field as it stands in the mail, unfolded, undecoded.
type field struct {
	name  string
	value string
}

// header are the fields in their order. Order matters: what SES wrote is told
// from what a sender wrote by its place (see Trust).
type header []field

// get returns the first value of a field, raw. Names match without case.
func (h header) get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

// all returns the values of every field of a name.
func (h header) all(name string) []string {
	var values []string
	for _, f := range h {
		if strings.EqualFold(f.name, name) {
			values = append(values, f.value)
		}
	}
	return values
}

func (h header) has(name string) bool {
	for _, f := range h {
		if strings.EqualFold(f.name, name) {
			return true
		}
	}
	return false
}

// text returns the first value of a field as people read it.
func (h header) text(name string) string { return decodeWords(h.get(name)) }

// splitHeader parts a mail, or a part of one, into header fields and body. It
// reads anything: line ends of every kind, a leading mbox `From ` line, lines
// that are no fields. A text that does not begin with a field is all body. cut
// says that a limit was reached.
func splitHeader(raw []byte) (fields header, body []byte, cut bool) {
	rest := skipPreamble(raw)
	size := 0
	for len(rest) > 0 {
		line, after := cutLine(rest)
		if len(line) == 0 {
			return fields, after, cut
		}
		switch {
		case line[0] == ' ' || line[0] == '\t':
			if len(fields) > 0 && !cut {
				cut = fields[len(fields)-1].fold(line) || cut
			}
		default:
			name, value, ok := bytes.Cut(line, []byte(":"))
			if !ok || !isFieldName(name) {
				if !junkLine(line, name, ok) {
					// The blank line is missing: from here on it is text.
					return fields, rest, cut
				}
				break
			}
			if len(fields) >= maxFields || size > maxHeaderBytes {
				cut = true
				break
			}
			fields = append(fields, newField(name, value))
			cut = len(value) > maxFieldBytes || cut
		}
		size += len(line)
		rest = after
	}
	return fields, nil, cut
}

func newField(name, value []byte) field {
	value = bytes.TrimSpace(value)
	return field{name: string(bytes.TrimSpace(name)), value: string(value[:min(len(value), maxFieldBytes)])}
}

// fold appends a continuation line and says whether the limit was reached.
func (f *field) fold(line []byte) bool {
	if len(f.value)+len(line) > maxFieldBytes {
		return true
	}
	f.value = strings.TrimSpace(f.value + " " + string(bytes.TrimSpace(line)))
	return false
}

// isFieldName follows RFC 5322, tolerating blanks before the colon.
func isFieldName(name []byte) bool {
	name = bytes.TrimRight(name, " \t")
	for _, c := range name {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return len(name) > 0 && len(name) <= 200
}

// junkLine is a line among the fields that a mail store or a faulty gateway put
// there, or a field whose name is damaged; it ends nothing.
func junkLine(line, name []byte, colon bool) bool {
	return bytes.HasPrefix(line, []byte("From ")) || bytes.HasPrefix(line, []byte(">From ")) || colon && !bytes.ContainsAny(name, " \t")
}

// skipPreamble drops a byte order mark, blank lines and an mbox `From ` line.
func skipPreamble(raw []byte) []byte {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	for len(raw) > 0 {
		line, after := cutLine(raw)
		if len(bytes.TrimSpace(line)) > 0 && !bytes.HasPrefix(line, []byte("From ")) && !bytes.HasPrefix(line, []byte(">From ")) {
			break
		}
		raw = after
	}
	return raw
}

// cutLine takes the first line off, whatever ends it: CRLF, LF or CR.
func cutLine(text []byte) (line, rest []byte) {
	i := bytes.IndexAny(text, "\r\n")
	switch {
	case i < 0:
		return text, nil
	case text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n':
		return text[:i], text[i+2:]
	}
	return text[:i], text[i+1:]
}
