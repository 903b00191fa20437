package annex

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
)

// An object of a PDF: name, text, number, ref, list, dict, bool or nil.
type (
	name string
	text string // as bytes, decoded by words
	ref  int
	list []any
	dict map[string]any
)

// maxNesting bounds lists and dictionaries within each other, maxItems those of
// one.
const (
	maxNesting = 24
	maxItems   = 5000
)

// lexer reads objects of a PDF one after another. It never fails: what is no
// object is nil, and every step moves on.
type lexer struct {
	data []byte
	at   int
}

func isBlank(b byte) bool {
	return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == '\f' || b == 0
}

func isDelimiter(b byte) bool { return strings.IndexByte("()<>[]{}/%", b) >= 0 }

// skip passes blanks and comments.
func (l *lexer) skip() {
	for l.at < len(l.data) {
		switch b := l.data[l.at]; {
		case isBlank(b):
			l.at++
		case b == '%':
			for l.at < len(l.data) && l.data[l.at] != '\n' && l.data[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

func (l *lexer) ahead(s string) bool {
	return bytes.HasPrefix(l.data[min(l.at, len(l.data)):], []byte(s))
}

// object reads one object; keyword is a bare word that is none, as «endobj».
func (l *lexer) object(depth int) (value any, keyword string) {
	l.skip()
	if l.at >= len(l.data) || depth > maxNesting {
		l.at = len(l.data)
		return nil, "end"
	}
	switch b := l.data[l.at]; {
	case l.ahead("<<"):
		return l.dictionary(depth), ""
	case b == '<':
		return l.hex(), ""
	case b == '(':
		return l.literal(), ""
	case b == '[':
		return l.list(depth), ""
	case b == '/':
		l.at++
		return name(l.plainName()), ""
	case isDelimiter(b):
		l.at++
		return nil, string(b)
	default:
		return l.bare()
	}
}

// word reads up to the next blank or delimiter.
func (l *lexer) word() string {
	from := l.at
	for l.at < len(l.data) && !isBlank(l.data[l.at]) && !isDelimiter(l.data[l.at]) {
		l.at++
	}
	return string(l.data[from:l.at])
}

// plainName resolves the #xx of names.
func (l *lexer) plainName() string {
	w := l.word()
	for i := 0; i+2 < len(w); i++ {
		if n, err := strconv.ParseUint(w[i+1:i+3], 16, 8); err == nil && w[i] == '#' {
			w = w[:i] + string([]byte{byte(n)}) + w[i+3:]
		}
	}
	return w
}

// bare reads a number, a reference «12 0 R», true, false, null, or a keyword.
func (l *lexer) bare() (any, string) {
	w := l.word()
	n, err := strconv.ParseFloat(w, 64)
	if err != nil {
		switch w {
		case "true", "false":
			return w == "true", ""
		case "null":
			return nil, ""
		}
		return nil, w
	}
	back := l.at
	l.skip()
	if gen := l.word(); gen != "" && len(gen) <= 5 && strings.Trim(gen, "0123456789") == "" && n >= 1 && n < 1<<31 {
		l.skip()
		if l.word() == "R" {
			return ref(n), ""
		}
	}
	l.at = back
	return n, ""
}

func (l *lexer) list(depth int) list {
	l.at++
	var items list
	for len(items) < maxItems {
		v, keyword := l.object(depth + 1)
		if keyword == "]" || keyword == "end" || keyword == "endobj" {
			break
		}
		if keyword == "" {
			items = append(items, v)
		}
	}
	return items
}

func (l *lexer) dictionary(depth int) dict {
	l.at += 2
	d := dict{}
	for len(d) < maxItems {
		l.skip()
		if l.ahead(">>") {
			l.at += 2
			break
		}
		key, keyword := l.object(depth + 1)
		if keyword == "end" || keyword == "endobj" || keyword == "stream" {
			break
		}
		if k, ok := key.(name); ok {
			l.skip()
			if l.ahead(">>") {
				continue
			}
			d[string(k)], _ = l.object(depth + 1)
		}
	}
	return d
}

// hex reads «<FEFF0041>».
func (l *lexer) hex() text {
	l.at++
	var digits []byte
	for l.at < len(l.data) && l.data[l.at] != '>' {
		if c := l.data[l.at]; !isBlank(c) {
			digits = append(digits, c)
		}
		l.at++
	}
	l.at++
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	out := make([]byte, 0, len(digits)/2)
	for i := 0; i+1 < len(digits); i += 2 {
		n, err := strconv.ParseUint(string(digits[i:i+2]), 16, 8)
		if err != nil {
			return text(out)
		}
		out = append(out, byte(n))
	}
	return text(out)
}

// literal reads «(text (with) \(brackets\) and \341)».
func (l *lexer) literal() text {
	l.at++
	var out []byte
	for open := 1; l.at < len(l.data); l.at++ {
		switch c := l.data[l.at]; c {
		case '\\':
			out = l.escaped(out)
			continue
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				l.at++
				return text(out)
			}
		}
		out = append(out, l.data[l.at])
	}
	return text(out)
}

// escaped reads what follows a backslash and stands on its last byte.
func (l *lexer) escaped(out []byte) []byte {
	l.at++
	if l.at >= len(l.data) {
		return out
	}
	c := l.data[l.at]
	switch i := strings.IndexByte("nrtbf", c); {
	case i >= 0:
		return append(out, "\n\r\t\b\f"[i])
	case c == '\n':
		return out
	case c >= '0' && c <= '7':
		n := 0
		for digits := 0; digits < 3 && l.at < len(l.data) && l.data[l.at] >= '0' && l.data[l.at] <= '7'; digits++ {
			n = n*8 + int(l.data[l.at]-'0')
			l.at++
		}
		l.at--
		return append(out, byte(n))
	default:
		return append(out, c)
	}
}

// words are the characters of a text: UTF-16 or UTF-8 where it says so by its
// mark, else one byte each.
func (t text) words() string {
	s := string(t)
	switch {
	case strings.HasPrefix(s, "\xfe\xff"):
		units := make([]uint16, 0, len(s)/2)
		for i := 2; i+1 < len(s); i += 2 {
			units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
		}
		return string(utf16.Decode(units))
	case strings.HasPrefix(s, "\xef\xbb\xbf"):
		return strings.ToValidUTF8(s[3:], "")
	}
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(latin(s[i]))
	}
	return b.String()
}

// latin is a byte of PDFDocEncoding, which is Latin-1 but for some marks.
func latin(c byte) rune {
	switch c {
	case 0x84, 0x85:
		return '—'
	case 0x8d, 0x8e:
		return '"'
	case 0x8f, 0x90:
		return '\''
	case 0x80:
		return '•'
	default:
		return rune(c)
	}
}
