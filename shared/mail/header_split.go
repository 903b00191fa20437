package mail

import (
	"bytes"
	"strings"
)

// splitHeader parts a mail, or a part of one, into header fields and body. It
// reads anything: line ends of every kind, a leading mbox `From ` line, lines
// that are no fields. A text that does not begin with a field is all body. cut
// says that a limit was reached.
func splitHeader(raw []byte) (fields header, body []byte, cut bool) {
	s := headerScan{next: lineCutter(raw)}
	rest := skipPreamble(raw)
	for len(rest) > 0 {
		line, after := s.next(rest)
		if len(line) == 0 {
			return s.all(), after, s.cut
		}
		name, value, ok := bytes.Cut(line, []byte(":"))
		switch {
		case line[0] == ' ' || line[0] == '\t':
			s.fold(line)
		case ok && isFieldName(name):
			s.add(name, value)
		case junkLine(line, name, ok):
		case len(s.fields) > 0 && s.goesOn(after):
			s.fold(line) // the blank at the beginning of a folded line is lost
		default:
			// The blank line is missing: from here on it is text.
			return s.all(), rest, s.cut
		}
		rest = after
	}
	return s.all(), nil, s.cut
}

// headerScan is a header being read.
type headerScan struct {
	next    func(text []byte) (line, rest []byte)
	fields  header
	folded  []byte // the value of the last field, once it has a second line
	size    int    // of what is kept
	cut     bool
	dropped bool // the last field was beyond the limits, with all its lines
}

// add takes a field. Beyond the limits only those are taken that tell what the
// mail is: a megabyte of trace above them hides neither sender nor subject.
func (s *headerScan) add(name, value []byte) {
	s.unfold()
	f := newField(name, value)
	s.dropped = len(s.fields) >= maxFields || s.size > maxHeaderBytes
	if s.dropped && isEssential(f.name) && len(s.fields) < maxFields+100 {
		s.dropped = false
	}
	s.cut = s.cut || s.dropped || len(value) > maxFieldBytes
	if !s.dropped {
		s.fields = append(s.fields, f)
		s.size += len(f.value)
	}
}

// fold appends a continuation line.
func (s *headerScan) fold(line []byte) {
	if s.dropped || len(s.fields) == 0 {
		return
	}
	if s.folded == nil {
		s.folded = append(make([]byte, 0, 256), s.fields[len(s.fields)-1].value...)
	}
	line = bytes.TrimSpace(line)
	if len(s.folded)+len(line) >= maxFieldBytes {
		s.cut = true
		return
	}
	if len(s.folded) > 0 && len(line) > 0 {
		s.folded = append(s.folded, ' ')
	}
	s.folded = append(s.folded, oneSpaced(line)...)
	s.size += len(line)
}

// unfold ends the last field: only then its lines become one text, because a
// field of a hundred thousand short lines would be copied at each of them (F26).
func (s *headerScan) unfold() {
	if s.folded != nil {
		s.fields[len(s.fields)-1].value = string(s.folded)
		s.folded = nil
	}
}

// all are the fields read.
func (s *headerScan) all() header {
	s.unfold()
	return s.fields
}

// goesOn says whether the header goes on after a line that is no field: soon
// below, before any blank line, stands a field that every mail has.
func (s *headerScan) goesOn(rest []byte) bool {
	for range 3 {
		line, after := s.next(rest)
		if len(line) == 0 {
			return false
		}
		if name, _, ok := bytes.Cut(line, []byte(":")); ok && isEssential(string(bytes.TrimSpace(name))) {
			return true
		}
		rest = after
	}
	return false
}

// isEssential knows the fields by which a mail is told from a text that has
// colons in it.
func isEssential(name string) bool {
	switch strings.ToLower(name) {
	case "from", "to", "cc", "subject", "date", "message-id", "received", "return-path", "mime-version", "content-type", "delivered-to", "sender", "reply-to",
		"content-transfer-encoding", "content-disposition", "in-reply-to", "references", "auto-submitted", "precedence", "x-pau-message":
		return true
	}
	return false
}

func newField(name, value []byte) field {
	value = bytes.TrimSpace(value)
	return field{name: string(bytes.TrimSpace(name)), value: oneSpaced(value[:min(len(value), maxFieldBytes)])}
}

// oneSpaced reads a stray carriage return within a line as a blank.
func oneSpaced(line []byte) string { return strings.ReplaceAll(string(line), "\r", " ") }

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
	return isMboxLine(line) || colon && !bytes.ContainsAny(name, " \t")
}

// isMboxLine recognises `From ana@x Mon Sep 14 …`, and not `From : ana@x`.
func isMboxLine(line []byte) bool {
	line, ok := bytes.CutPrefix(bytes.TrimPrefix(line, []byte(">")), []byte("From "))
	return ok && !bytes.HasPrefix(bytes.TrimLeft(line, " \t"), []byte(":"))
}

// skipPreamble drops a byte order mark, blank lines and an mbox `From ` line.
func skipPreamble(raw []byte) []byte {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	for len(raw) > 0 {
		line, after := cutLine(raw)
		if len(bytes.TrimSpace(line)) > 0 && !isMboxLine(line) {
			break
		}
		raw = after
	}
	return raw
}

// lineCutter chooses how the lines of a header end. A carriage return alone is a
// line end only in mails that know no other: elsewhere it is a stray one, and to
// believe it would let the sender of a subject write fields.
func lineCutter(raw []byte) func(text []byte) (line, rest []byte) {
	feed := bytes.IndexByte(raw, '\n')
	if feed < 0 {
		return cutLine
	}
	if blank := bytes.Index(raw[:feed], []byte("\r\r")); blank >= 0 && blank+2 < feed {
		return cutLine
	}
	return cutFeed
}

// cutFeed takes the first line off that a line feed ends, whatever carriage
// returns stand before it.
func cutFeed(text []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(text, []byte("\n"))
	return bytes.TrimRight(line, "\r"), rest
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
