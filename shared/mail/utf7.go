package mail

import (
	"encoding/base64"
	"strings"
	"unicode/utf16"
)

// decodeUTF7 reads RFC 2152 text. x/text leaves this encoding out because
// browsers may not sniff it; mails of old programs declare it. A shift that is
// no base 64 stays as it stands.
func decodeUTF7(text []byte) string {
	var out strings.Builder
	rest := string(text)
	for {
		before, after, ok := strings.Cut(rest, "+")
		out.WriteString(before)
		if !ok {
			return out.String()
		}
		end := strings.IndexFunc(after, func(r rune) bool { return !isBase64(r) })
		if end < 0 {
			end = len(after)
		}
		out.WriteString(shifted(after[:end]))
		rest = strings.TrimPrefix(after[end:], "-")
	}
}

// shifted reads the base 64 between + and -; nothing between them is a plus.
func shifted(code string) string {
	if code == "" {
		return "+"
	}
	raw, err := base64.RawStdEncoding.DecodeString(code)
	if err != nil || len(raw) < 2 {
		return "+" + code
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	return string(utf16.Decode(units))
}

func isBase64(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '+' || r == '/'
}
