package mail

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// decodeTransfer undoes a Content-Transfer-Encoding. It never fails: damaged
// content is decoded as far as it goes, an unknown encoding is left alone.
func decodeTransfer(encoding string, content []byte) []byte {
	switch encodingLabel(encoding) {
	case "base64":
		return decodeBase64(content)
	case "quotedprintable":
		return decodeQuotedPrintable(content)
	case "uuencode", "xuuencode", "xuue", "uue":
		if _, _, after := findLine(content, "begin ", uuBegin()); len(after) > 0 {
			if file, _, ok := decodeUU(after); ok {
				return file
			}
		}
	}
	return content
}

// encodingLabel is a declaration in the letters that matter: programs write
// `base-64`, `Quoted_Printable`, a comment or a parameter behind it.
func encodingLabel(encoding string) string {
	encoding = encoding[:min(len(encoding), 200)]
	if end := strings.IndexAny(encoding, ";(,"); end >= 0 {
		encoding = encoding[:end]
	}
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(encoding))
}

// decodeBase64 skips everything that is not of the alphabet, line ends and
// damage alike. Padding ends a run and a new run may follow: some programs
// encode line by line. What lists append below it is no code.
func decodeBase64(content []byte) []byte {
	out := make([]byte, 0, len(content)*3/4)
	run := make([]byte, 0, min(len(content), 4096))
	for i, c := range content {
		switch {
		case isBase64(rune(c)):
			run = append(run, c)
			if len(run) == 4096 { // a multiple of four decodes without rest
				out, run = appendRun(out, run), run[:0]
			}
		case c == '=' && len(run)%4 != 0:
			out, run = appendRun(out, run), run[:0]
			if isFooter(content[i+1:]) {
				return out
			}
		}
	}
	return appendRun(out, run)
}

// isFooter says whether what follows the padding begins with the line that lists
// draw above their footer.
func isFooter(rest []byte) bool {
	rest = bytes.TrimLeft(rest, "= \t\r\n")
	return bytes.HasPrefix(rest, []byte("--")) || bytes.HasPrefix(rest, []byte("__"))
}

func appendRun(out, run []byte) []byte {
	if len(run)%4 == 1 {
		run = run[:len(run)-1] // six bits left over make no byte
	}
	decoded, err := base64.RawStdEncoding.AppendDecode(out, run)
	if err != nil {
		return out
	}
	return decoded
}

// decodeQuotedPrintable undoes RFC 2045 section 6.7. An = that begins no code
// stays an =.
func decodeQuotedPrintable(content []byte) []byte {
	out := make([]byte, 0, len(content))
	for {
		i := bytes.IndexByte(content, '=')
		if i < 0 {
			return append(out, content...)
		}
		out = append(out, content[:i]...)
		content = content[i+1:]
		if len(content) >= 2 {
			high, ok1 := hexDigit(content[0])
			low, ok2 := hexDigit(content[1])
			if ok1 && ok2 {
				out = append(out, high<<4|low)
				content = content[2:]
				continue
			}
		}
		if rest, soft := afterSoftBreak(content); soft {
			content = rest
			continue
		}
		out = append(out, '=')
	}
}

// afterSoftBreak returns what follows a line end, blanks before it allowed. It
// looks no further than the blanks: a line without end may hold millions of =.
func afterSoftBreak(content []byte) (rest []byte, soft bool) {
	rest = bytes.TrimLeft(content, " \t")
	switch {
	case len(rest) == 0:
		return content, len(content) == 0
	case rest[0] != '\r' && rest[0] != '\n':
		return content, false
	}
	_, rest = cutLine(rest)
	return rest, true
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	}
	return 0, false
}
