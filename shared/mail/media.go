package mail

import (
	"strconv"
	"strings"
)

// media is a Content-Type or Content-Disposition: a lower-case token and its
// parameters, decoded.
type media struct {
	kind   string
	params map[string]string
}

// parseMedia reads either field. mime.ParseMediaType refuses much of what mails
// hold (blanks in unquoted names, eight-bit, missing semicolons), and a refused
// field loses an attachment's name; this reader keeps what can be told.
func parseMedia(value string) media {
	pieces := splitParams(value)
	m := media{params: map[string]string{}}
	var kind string
	if len(pieces) > 0 {
		kind = strings.TrimSpace(pieces[0])
		pieces = pieces[1:]
	}
	if before, after, found := strings.Cut(kind, " "); found {
		// `text/plain charset=utf-8`, the semicolon forgotten.
		kind = before
		pieces = append([]string{after}, pieces...)
	}
	if strings.Contains(kind, "=") {
		pieces = append([]string{kind}, pieces...)
		kind = ""
	}
	m.kind = plainKind(strings.ToLower(strings.Trim(kind, " \t\"'")))
	m.addParams(pieces)
	return m
}

// plainKind takes off what no kind has, `text/plain/x`, and completes a
// `multipart` that does not say of what: it has parts all the same.
func plainKind(kind string) string {
	if kind == "multipart" || kind == "multipart/" {
		return "multipart/mixed"
	}
	family, form, _ := strings.Cut(kind, "/")
	if form, _, more := strings.Cut(form, "/"); more {
		return family + "/" + form
	}
	return kind
}

// splitParams cuts at semicolons outside quotes. A backslash escapes only a
// quote or a backslash: programs of Windows write whole paths into names.
func splitParams(value string) []string {
	var pieces []string
	start, quoted := 0, false
	for i := 0; i < len(value) && len(pieces) < 100; i++ {
		switch {
		case value[i] == '\\' && quoted && i+1 < len(value) && (value[i+1] == '"' || value[i+1] == '\\'):
			i++
		case value[i] == '=' && !quoted:
			i += max(0, wordLength(value[i:])-1)
		case value[i] == '"':
			quoted = !quoted
		case value[i] == ';' && !quoted:
			pieces = append(pieces, value[start:i])
			start = i + 1
		}
	}
	if start < len(value) {
		pieces = append(pieces, value[start:])
	}
	return pieces
}

// addParams collects the parameters: plain ones, and the pieces of RFC 2231
// (`name*0*=`), which win over a plain one of the same name.
func (m media) addParams(pieces []string) {
	extended := map[string]map[int]segment{}
	for _, piece := range pieces {
		name, value, ok := strings.Cut(piece, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if !ok || name == "" {
			continue
		}
		base, star, isExtended := strings.Cut(name, "*")
		if !isExtended {
			if _, repeated := m.params[name]; !repeated {
				m.params[name] = decodeWords(unquote(value))
			}
			continue
		}
		encoded := star == "" || strings.HasSuffix(star, "*")
		number, _ := strconv.Atoi(strings.TrimSuffix(star, "*"))
		if extended[base] == nil {
			extended[base] = map[int]segment{}
		}
		extended[base][number] = segment{text: unquote(value), encoded: encoded}
	}
	for base, segments := range extended {
		if value := joinSegments(segments); value != "" {
			m.params[base] = value
		}
	}
}

// segment is one numbered piece of an RFC 2231 value.
type segment struct {
	text    string
	encoded bool
}

func joinSegments(segments map[int]segment) string {
	var out strings.Builder
	var raw []byte // bytes of neighbouring encoded segments: letters may be split between them
	charset := ""
	flush := func() {
		text, _ := toUTF8(charset, raw)
		out.WriteString(text)
		raw = nil
	}
	first := 0
	if _, ok := segments[0]; !ok {
		first = 1 // counted from one, against the standard
	}
	for i := first; i < first+len(segments); i++ {
		piece, ok := segments[i]
		if !ok {
			break // a gap: what follows cannot be placed
		}
		text := piece.text
		if !piece.encoded {
			flush()
			out.WriteString(rawText(text))
			continue
		}
		if i == first && strings.Count(text, "'") >= 2 {
			var rest string
			charset, rest, _ = strings.Cut(text, "'")
			_, text, _ = strings.Cut(rest, "'")
		}
		raw = append(raw, percentDecode(text)...)
	}
	flush()
	return decodeWords(oneLine(out.String()))
}

func percentDecode(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			high, ok1 := hexDigit(text[i+1])
			low, ok2 := hexDigit(text[i+2])
			if ok1 && ok2 {
				out.WriteByte(high<<4 | low)
				i += 2
				continue
			}
		}
		out.WriteByte(text[i])
	}
	return out.String()
}

// unquote takes the quotes off a parameter value; a quote that never closes is
// taken off too, and a comment after the value is dropped.
func unquote(value string) string {
	value = strings.TrimSpace(value)
	if value == "" || value[0] != '"' {
		if at := strings.LastIndex(value, " ("); at >= 0 && strings.HasSuffix(value, ")") {
			value = value[:at] // a comment; `a (1).pdf` has none
		}
		return strings.TrimSpace(value)
	}
	value = value[1:]
	if end := strings.LastIndex(value, `"`); end >= 0 {
		value = value[:end]
	}
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(value)
}
