package mail

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

// toUTF8 reads bytes in a declared charset. A declaration is a hint: what is
// valid UTF-8 with letters beyond ASCII is UTF-8 whatever a Latin declaration
// says, because such text by chance is next to impossible; and what is declared
// UTF-8 and is not is Windows-1252, the other charset of this country. known is
// false when the declared charset is none that we know.
func toUTF8(charset string, text []byte) (result string, known bool) {
	label := charsetLabel(charset)
	if decoded, ok := byOrderMark(text); ok {
		return tidy(decoded), true
	}
	switch label {
	case "", "us-ascii", "utf-8", "iso-8859-1", "windows-1252", "binary", "8bit", "7bit", "unknown-8bit", "x-unknown", "unknown", "default", "default_charset":
		return tidy(guess(label, text)), true
	case "utf-7":
		return tidy(decodeUTF7(text)), true
	case "iso-2022-kr":
		return tidy(decodeISO2022KR(text)), true
	}
	if enc := encodingOf(label); enc != nil {
		if isUTF8After(label, text) {
			return tidy(string(text)), true
		}
		if decoded, err := enc.NewDecoder().Bytes(text); err == nil {
			return tidy(string(decoded)), true
		}
		return tidy(guess(label, text)), true
	}
	return tidy(guess(label, text)), false
}

// isUTF8After says whether a text is UTF-8 although another charset is declared.
// Short texts of two-byte charsets happen to be valid UTF-8, so they must show
// more letters of three bytes than chance gives.
func isUTF8After(label string, text []byte) bool {
	if strings.HasPrefix(label, "utf") || strings.HasPrefix(label, "iso-2022") || label == "hz-gb-2312" || !utf8.Valid(text) {
		return false
	}
	two, three := 0, 0
	for _, r := range string(text) {
		switch {
		case r >= 0x800:
			three++
		case r >= 0x80:
			two++
		}
	}
	if isDoubleByte(label) {
		return three >= 3
	}
	return two+three >= 2
}

// guess reads bytes of no, a Western or an unknown charset.
func guess(label string, text []byte) string {
	if utf8.Valid(text) {
		if label != "utf-8" && bytes.Contains(text, []byte("\x1b$")) {
			return decodeWith(japanese.ISO2022JP, text)
		}
		return string(text)
	}
	// A UTF-8 text that was cut or damaged in a few places keeps its letters.
	if good, bad := countUTF8(text); good > bad {
		return string(text)
	}
	return decodeWith(charmap.Windows1252, text)
}

// countUTF8 counts the letters beyond ASCII and the bytes that are no UTF-8. A
// surrogate in three bytes is how some programs write their emoji: it cannot be
// kept, but tells that the rest is UTF-8.
func countUTF8(text []byte) (good, bad int) {
	for len(text) > 0 {
		if len(text) >= 3 && text[0] == 0xed && text[1] >= 0xa0 && text[2] >= 0x80 {
			good++
			text = text[3:]
			continue
		}
		r, size := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		text = text[size:]
	}
	return good, bad
}

func decodeWith(enc encoding.Encoding, text []byte) string {
	decoded, err := enc.NewDecoder().Bytes(text)
	if err != nil {
		return string(text)
	}
	return string(decoded)
}

// byOrderMark believes a byte order mark over any declaration.
func byOrderMark(text []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(text, []byte("\xef\xbb\xbf")):
		return string(text[3:]), true
	case bytes.HasPrefix(text, []byte("\xff\xfe")), bytes.HasPrefix(text, []byte("\xfe\xff")):
		return decodeWith(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), text), true
	}
	return "", false
}

// fromUTF16 turns a mail that was saved as a text of Windows into the bytes it
// was: no mail travels as UTF-16.
func fromUTF16(raw []byte) []byte {
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		text, _ := byOrderMark(raw)
		return []byte(text)
	}
	return raw
}

// tidy makes a text storable and showable anywhere: valid UTF-8, one kind of
// line end, no control characters, which XML and with it spreadsheets refuse.
func tidy(text string) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	if !strings.ContainsFunc(text, unwanted) {
		return text
	}
	text = strings.NewReplacer("\r\r\n", "\n", "\r\n", "\n", "\r", "\n").Replace(text)
	return strings.Map(func(r rune) rune {
		if unwanted(r) {
			return -1
		}
		return r
	}, text)
}

func unwanted(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == '\ufffe' || r == '\uffff'
}

var metaCharset = lazily(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_.:-]+)`)

// charsetInHTML finds the charset that an HTML text names in its head.
func charsetInHTML(text []byte) string {
	found := metaCharset().FindSubmatch(text[:min(len(text), 2048)])
	if found == nil {
		return ""
	}
	return string(found[1])
}
