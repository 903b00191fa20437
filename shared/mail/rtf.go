package mail

import (
	"encoding/binary"
	"strconv"
	"strings"
	"unicode/utf16"
)

// rtfDictionary is what every compressed RTF body refers back to (MS-OXRTFCP,
// 2.1.2.1).
const rtfDictionary = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"

const (
	rtfCompressed = 0x75465a4c // LZFu
	rtfStored     = 0x414c454d // MELA
	rtfWindow     = 4096
)

// decompressRTF opens the rich text that Outlook puts into winmail.dat, as far as
// it is whole.
func decompressRTF(data []byte) []byte {
	if len(data) < 16 {
		return nil
	}
	kind, rest := binary.LittleEndian.Uint32(data[8:]), data[16:]
	if kind == rtfStored {
		return rest[:min(len(rest), maxHTMLBytes)]
	}
	if kind != rtfCompressed {
		return nil
	}
	var window [rtfWindow]byte
	at := copy(window[:], rtfDictionary)
	var out []byte
	put := func(c byte) {
		out = append(out, c)
		window[at] = c
		at = (at + 1) % rtfWindow
	}
	for len(rest) > 0 && len(out) < maxHTMLBytes {
		control := rest[0]
		rest = rest[1:]
		for bit := 0; bit < 8 && len(rest) > 0; bit++ {
			if control>>bit&1 == 0 {
				put(rest[0])
				rest = rest[1:]
				continue
			}
			if len(rest) < 2 {
				return out
			}
			reference := int(rest[0])<<8 | int(rest[1])
			rest = rest[2:]
			from := reference >> 4
			if from == at {
				return out // the mark of the end
			}
			for range reference&15 + 2 {
				put(window[from])
				from = (from + 1) % rtfWindow
			}
		}
	}
	return out
}

// rtfHidden are the groups whose text is not for reading.
func rtfHidden(word string) bool {
	switch word {
	case "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "listtable", "listoverridetable", "themedata", "generator":
		return true
	}
	return false
}

// rtfText writes rich text as plain text. Of HTML that Outlook wrapped into RTF
// the tags stand in groups of their own, which are not read, and what only
// repeats them as RTF is marked `\htmlrtf`.
type rtfText struct {
	out    []byte // Windows-1252, with letters beyond it as UTF-8 in texts
	text   strings.Builder
	hidden []bool // by group
	html   bool   // within \htmlrtf
	skip   int    // characters that stand for the letter before them
	half   rune   // the first half of a letter
}

// textOfRTF reads a rich text.
func textOfRTF(source []byte) string {
	w := rtfText{hidden: []bool{false}}
	for len(source) > 0 {
		c := source[0]
		source = source[1:]
		switch c {
		case '{':
			if len(w.hidden) < 1000 {
				w.hidden = append(w.hidden, w.hidden[len(w.hidden)-1])
			}
		case '}':
			w.hidden = w.hidden[:max(1, len(w.hidden)-1)]
		case '\\':
			source = w.control(source)
		case '\r', '\n':
		default:
			w.put(c)
		}
	}
	w.flush()
	return strings.TrimSpace(tidy(w.text.String()))
}

func (w *rtfText) put(c byte) {
	if w.skip > 0 {
		w.skip--
		return
	}
	if !w.html && !w.hidden[len(w.hidden)-1] {
		w.out = append(w.out, c)
	}
}

// flush reads the bytes gathered since the last letter beyond Windows-1252.
func (w *rtfText) flush() {
	text, _ := toUTF8("windows-1252", w.out)
	w.text.WriteString(text)
	w.out = w.out[:0]
}

// control reads what follows a backslash and returns the rest.
func (w *rtfText) control(source []byte) []byte {
	if len(source) == 0 {
		return nil
	}
	switch c := source[0]; {
	case c == '\'' && len(source) >= 3:
		high, ok1 := hexDigit(source[1])
		low, ok2 := hexDigit(source[2])
		if ok1 && ok2 {
			w.put(high<<4 | low)
		}
		return source[3:]
	case c == '*':
		w.hidden[len(w.hidden)-1] = true
		return source[1:]
	case c == '~':
		w.put(' ')
		return source[1:]
	case c == '\\' || c == '{' || c == '}':
		w.put(c)
		return source[1:]
	case c < 'a' || c > 'z':
		return source[1:]
	}
	end := 0
	for end < len(source) && end < 32 && source[end] >= 'a' && source[end] <= 'z' {
		end++
	}
	word, rest := string(source[:end]), source[end:]
	end = 0
	for end < len(rest) && end < 20 && (rest[end] >= '0' && rest[end] <= '9' || end == 0 && rest[end] == '-') {
		end++
	}
	w.word(word, string(rest[:end]))
	rest = rest[end:]
	if len(rest) > 0 && rest[0] == ' ' {
		rest = rest[1:]
	}
	return rest
}

// word does what a control word says.
func (w *rtfText) word(word, number string) {
	switch {
	case word == "par" || word == "line" || word == "row":
		w.put('\n')
	case word == "tab" || word == "cell":
		w.put('\t')
	case word == "htmlrtf":
		w.html = number != "0"
	case rtfHidden(word):
		w.hidden[len(w.hidden)-1] = true
	case word == "u" && !w.html && !w.hidden[len(w.hidden)-1]:
		if n, err := strconv.Atoi(number); err == nil && n >= -0x8000 && n <= 0xffff {
			w.letter(rune(uint16(n)))
		}
	}
}

// letter writes one beyond Windows-1252; letters beyond 16 bits come in halves.
// What follows stands for it in programs that know none.
func (w *rtfText) letter(r rune) {
	w.flush()
	w.skip = 1
	if utf16.IsSurrogate(r) && w.half == 0 {
		w.half = r
		return
	}
	if w.half != 0 {
		r, w.half = utf16.DecodeRune(w.half, r), 0
	}
	w.text.WriteRune(r)
}
