package mail

import (
	"regexp"
	"strings"
	"unicode"
)

// word is an encoded word of RFC 2047. The pattern takes in what programs get
// wrong: blanks inside, a language, quoted-printable that leaves a ? bare.
var word = regexp.MustCompile(`=\?([^?\s]{1,60})\?([bBqQ])\?(.*?)\?=`)

// decodeWords turns a raw header value into text: encoded words decoded, raw
// eight-bit read by guess, control characters and line ends gone. What looks
// like an encoded word and is none stays as it stands.
func decodeWords(value string) string {
	if !strings.Contains(value, "=?") {
		return oneLine(rawText(value))
	}
	var out strings.Builder
	last := 0
	var pending []byte // bytes of neighbouring words of one charset: letters may be split between them
	var charset string
	flush := func() {
		text, _ := toUTF8(charset, pending)
		out.WriteString(text)
		pending, charset = nil, ""
	}
	for _, at := range word.FindAllStringSubmatchIndex(value, -1) {
		between := value[last:at[0]]
		label := charsetLabel(value[at[2]:at[3]])
		blank := strings.TrimSpace(between) == ""
		if !blank || label != charset {
			flush()
		}
		// White space between two words is not part of the text (RFC 2047, 6.2).
		if !blank || last == 0 {
			out.WriteString(rawText(between))
		}
		pending = append(pending, decodeWord(value[at[4]:at[5]], value[at[6]:at[7]])...)
		charset, last = label, at[1]
	}
	flush()
	out.WriteString(rawText(value[last:]))
	return oneLine(out.String())
}

func decodeWord(encoding, text string) []byte {
	if strings.EqualFold(encoding, "b") {
		return decodeBase64([]byte(text))
	}
	return decodeQuotedPrintable([]byte(strings.ReplaceAll(text, "_", " ")))
}

// rawText reads header bytes that should be ASCII and may be anything.
func rawText(value string) string {
	text, _ := toUTF8("", []byte(value))
	return text
}

// oneLine makes a text fit one header line or one table cell: no control and no
// direction-changing characters, blanks collapsed at the ends (F35).
func oneLine(text string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(clean)
}
