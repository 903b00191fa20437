package mail

import (
	"bytes"
	"strings"
)

// rescue takes a body apart by its boundary lines alone. It copies nothing,
// bounds levels and parts, and guesses the boundary when the header names none
// or a wrong one. What it cannot part stays one text.
func rescue(fields header, body []byte, at place) tree {
	t := tree{}
	t.rescue(fields, body, at)
	return t
}

func (t *tree) note(note Note) {
	for _, have := range t.notes {
		if have == note {
			return
		}
	}
	t.notes = append(t.notes, note)
}

func (t *tree) rescue(fields header, body []byte, at place) {
	m := parseMedia(fields.get("Content-Type"))
	if !strings.HasPrefix(m.kind, "multipart/") {
		t.add(newPart(fields, body, at))
		return
	}
	if at.depth >= maxDepth {
		t.note(NoteDepth)
		return
	}
	pieces := splitBoundary(body, m.params["boundary"])
	if len(pieces) == 0 {
		body = unwrapped(fields, body)
		pieces = splitBoundary(body, guessBoundary(body))
		t.note(NoteRescued)
	}
	if len(pieces) == 0 {
		t.add(newPart(header{{name: "Content-Type", value: "text/plain"}}, body, at))
		return
	}
	t.multis++
	below := at.below(m.kind, t.multis)
	for _, piece := range pieces {
		if len(t.parts) >= maxParts {
			t.note(NoteParts)
			return
		}
		t.rescuePiece(piece, below)
	}
}

// unwrapped undoes the transfer encoding that some programs give a whole
// multipart, against the standard (RFC 2045, 6.4).
func unwrapped(fields header, body []byte) []byte {
	if !strings.Contains(strings.ToLower(fields.get("Content-Transfer-Encoding")), "base64") || bytes.Contains(body, []byte("\n--")) || bytes.HasPrefix(body, []byte("--")) {
		return body
	}
	return decodeBase64(body)
}

// rescuePiece reads one part. Its header ends at the first blank line, which
// may be the first line of all.
func (t *tree) rescuePiece(piece []byte, at place) {
	if line, rest := cutLine(piece); len(line) == 0 {
		t.rescue(nil, rest, at)
		return
	}
	fields, body, _ := splitHeader(piece)
	t.rescue(fields, body, at)
}

func (t *tree) add(p part) {
	if len(t.parts) >= maxParts {
		t.note(NoteParts)
		return
	}
	t.parts = append(t.parts, p)
}

// splitBoundary returns what stands between the boundary lines, without the
// line end before each, which belongs to the boundary (RFC 2046, 5.1.1). The
// last part need not be closed.
func splitBoundary(body []byte, boundary string) [][]byte {
	if boundary == "" {
		return nil
	}
	delimiter := []byte("--" + boundary)
	var pieces [][]byte
	start := -1
	for offset := 0; len(pieces) <= maxParts; {
		at := indexLine(body[offset:], delimiter)
		if at < 0 {
			break
		}
		at += offset
		if start >= 0 {
			pieces = append(pieces, trimLineEnd(body[start:at]))
		}
		line, rest := cutLine(body[at:])
		start = len(body) - len(rest)
		offset = start
		if bytes.HasPrefix(line[len(delimiter):], []byte("--")) {
			return pieces
		}
	}
	if start >= 0 && start < len(body) {
		pieces = append(pieces, body[start:])
	}
	return pieces
}

// indexLine finds a line that is the delimiter, bare or closing, blanks after
// it allowed. Another boundary that begins with this one is none.
func indexLine(body, delimiter []byte) int {
	for offset := 0; ; {
		at := bytes.Index(body[offset:], delimiter)
		if at < 0 {
			return -1
		}
		at += offset
		offset = at + len(delimiter)
		if !beginsLine(body, at) {
			continue // before its end is looked for: all may stand in one line
		}
		line, _ := cutLine(body[offset:])
		closed := bytes.TrimRight(line, " \t")
		if len(closed) == 0 || bytes.HasPrefix(closed, []byte("--")) {
			return at
		}
	}
}

func beginsLine(text []byte, at int) bool {
	return at == 0 || text[at-1] == '\n' || text[at-1] == '\r'
}

func trimLineEnd(piece []byte) []byte {
	piece = bytes.TrimSuffix(piece, []byte("\n"))
	return bytes.TrimSuffix(piece, []byte("\r"))
}

// guessBoundary takes the first line that begins with -- and is followed by a
// Content- field.
func guessBoundary(body []byte) string {
	rest := body
	for range 200 {
		line, after := cutLine(rest)
		if len(line) > 2 && bytes.HasPrefix(line, []byte("--")) && hasPrefixFold(after, "content-") {
			return string(bytes.TrimRight(line[2:], " \t"))
		}
		if len(after) == 0 {
			return ""
		}
		rest = after
	}
	return ""
}

func hasPrefixFold(text []byte, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(string(text[:len(prefix)]), prefix)
}
