package mail

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
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
	case "", "us-ascii", "ascii", "utf-8", "utf8", "utf8mb4", "unicode-1-1-utf-8", "iso-8859-1", "latin1", "windows-1252", "cp1252", "ansi", "binary", "8bit", "unknown-8bit":
		return tidy(guess(label, text)), true
	case "utf-7", "unicode-1-1-utf-7", "utf7":
		return tidy(decodeUTF7(text)), true
	}
	if enc := encodingOf(label); enc != nil {
		if decoded, err := enc.NewDecoder().Bytes(text); err == nil {
			return tidy(string(decoded)), true
		}
		return tidy(guess(label, text)), true
	}
	return tidy(guess(label, text)), false
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

// charsetLabel brings a declaration to the form of the tables: some programs
// write quotes, a year, or the parameter's own name into it.
func charsetLabel(charset string) string {
	label := strings.ToLower(strings.Trim(charset, " \t\"'<>;"))
	label = strings.TrimPrefix(label, "charset=")
	label = strings.Trim(label, " \"'")
	label, _, _ = strings.Cut(label, ":")
	label, _, _ = strings.Cut(label, "*")
	return strings.ReplaceAll(label, "_8859", "-8859")
}

// encodingOf finds an encoding by its label, nil when there is none. The labels
// listed here are those that programs write and no standard knows.
func encodingOf(label string) encoding.Encoding {
	switch label {
	case "cp932", "ms932", "windows-31j", "sjis", "x-sjis", "shift-jis":
		return japanese.ShiftJIS
	case "iso-2022-jp", "iso-2022-jp-2", "iso-2022-jp-ms", "cp50220", "csiso2022jp":
		return japanese.ISO2022JP
	case "cp949", "uhc", "ks_c_5601", "ks_c_5601-1987", "ks_c_5601-1989":
		return korean.EUCKR
	case "cp936", "ms936", "gb2312-80", "gb_2312", "x-gbk":
		return simplifiedchinese.GBK
	case "cp850", "ibm850", "cp-850":
		return charmap.CodePage850
	case "cp437", "ibm437":
		return charmap.CodePage437
	case "utf-16", "utf16", "ucs-2", "iso-10646-ucs-2":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case "8859-1", "latin-1", "iso8859-1", "iso88591", "iso-8859-1-windows-3.1-latin-1", "x-ansi", "iso646-us":
		return charmap.Windows1252
	case "8859-15", "latin-9", "latin9", "iso8859-15":
		return charmap.ISO8859_15
	case "macroman", "x-mac-roman":
		return charmap.Macintosh
	}
	if strings.HasPrefix(label, "cp125") {
		label = "windows-" + label[2:]
	}
	if enc, err := htmlindex.Get(label); err == nil && enc != encoding.Replacement {
		return enc
	}
	if enc, err := ianaindex.MIME.Encoding(label); err == nil && enc != nil {
		return enc
	}
	return nil
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

// tidy makes a text storable and showable anywhere: valid UTF-8, one kind of
// line end, no control characters, which XML and with it spreadsheets refuse.
func tidy(text string) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	if !strings.ContainsFunc(text, unwanted) {
		return text
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
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

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_.:-]+)`)

// charsetInHTML finds the charset that an HTML text names in its head.
func charsetInHTML(text []byte) string {
	found := metaCharset.FindSubmatch(text[:min(len(text), 2048)])
	if found == nil {
		return ""
	}
	return string(found[1])
}
