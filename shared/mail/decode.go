package mail

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// decodeTransfer undoes a Content-Transfer-Encoding. It never fails: damaged
// content is decoded as far as it goes, an unknown encoding is left alone.
func decodeTransfer(encoding string, content []byte) []byte {
	encoding, _, _ = strings.Cut(encoding, ";")
	switch strings.ToLower(strings.Trim(encoding, " \t\"'")) {
	case "base64":
		return decodeBase64(content)
	case "quoted-printable":
		return decodeQuotedPrintable(content)
	}
	return content
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
		line, rest := cutLine(content)
		if len(content) == 0 || len(bytes.TrimRight(line, " \t")) == 0 && len(rest) < len(content) {
			content = rest // a soft line break
			continue
		}
		out = append(out, '=')
	}
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
