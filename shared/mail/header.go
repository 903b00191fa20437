package mail

import (
	"strings"
	"unicode/utf8"
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

// readEightBit turns values that are neither ASCII nor UTF-8 into text of a
// charset: programs that write eight-bit into a header write it as in the body.
func (h header) readEightBit(charset string) {
	if charset == "" {
		return
	}
	for i := range h {
		if !utf8.ValidString(h[i].value) {
			h[i].value, _ = toUTF8(charset, []byte(h[i].value))
		}
	}
}

var charsetParam = lazily(`(?i)\bcharset\s*=\s*["']?([A-Za-z0-9_:.-]{2,40})`)

// declaredCharset is the first charset that a mail names, in its header or near
// the beginning of its body.
func declaredCharset(fields header, body []byte) string {
	for _, text := range [][]byte{[]byte(fields.get("Content-Type")), body[:min(len(body), 8192)]} {
		if found := charsetParam().FindSubmatch(text); found != nil {
			return string(found[1])
		}
	}
	return ""
}
