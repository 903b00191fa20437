package mail

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is an encoded word of RFC 2047. The pattern takes in what programs get
// wrong: blanks inside, a language, quoted-printable that leaves a ? bare.
var word = lazily(`=\?\s*([^?\s]{1,60})\s*\?\s*([bBqQ])\s*\?(.*?)\?=`)

// decodeWords turns a raw header value into text: encoded words decoded, raw
// eight-bit read by guess, control characters and line ends gone. What looks
// like an encoded word and is none stays as it stands.
func decodeWords(value string) string {
	if !strings.Contains(value, "=?") {
		return oneLine(rawText(value))
	}
	var w wordReader
	last := 0
	for {
		at := word().FindStringSubmatchIndex(value[last:])
		if at == nil {
			break
		}
		for i := range at {
			at[i] += last
		}
		at[7], at[1] = endOfWord(value, at)
		between := value[last:at[0]]
		blank := strings.TrimSpace(between) == ""
		if !blank || last == 0 {
			// White space between two words is not part of the text (RFC 2047, 6.2).
			w.flush()
			w.out.WriteString(rawText(between))
		}
		w.add(charsetLabel(value[at[2]:at[3]]), value[at[4]:at[5]], value[at[6]:at[7]])
		last = at[1]
	}
	w.flush()
	w.out.WriteString(rawText(value[last:]))
	return oneLine(w.out.String())
}

// endOfWord finds where the text of a word and the word itself end. A ?= that
// stands before two hexadecimal digits, in a word that goes on, is a question
// mark left bare and an encoded byte.
func endOfWord(value string, at []int) (text, end int) {
	text, end = at[7], at[1]
	if !strings.EqualFold(value[at[4]:at[5]], "q") {
		return text, end
	}
	for end+2 <= len(value) {
		_, high := hexDigit(value[end])
		_, low := hexDigit(value[end+1])
		next := strings.Index(value[end:], "?=")
		if !high || !low || next < 0 || strings.ContainsAny(value[end:end+next], " \t?") {
			break
		}
		text, end = end+next, end+next+2
	}
	return text, end
}

// wordReader joins neighbouring words of one charset before reading them: faulty
// programs split letters between words, and even the four letters of base 64.
type wordReader struct {
	out     strings.Builder
	charset string
	words   []encodedWord
}

type encodedWord struct {
	base64 bool
	text   string
}

func (w *wordReader) add(charset, encoding, text string) {
	if charset != w.charset {
		w.flush()
	}
	w.charset = charset
	w.words = append(w.words, encodedWord{strings.EqualFold(encoding, "b"), text})
}

func (w *wordReader) flush() {
	content, odd := decodeEach(w.words)
	if len(w.words) > 1 && (odd || w.charset == "utf-8" && !utf8.Valid(content)) {
		// The base 64 goes on in the next word.
		if whole, _ := decodeEach(joinBase64(w.words)); w.charset != "utf-8" || utf8.Valid(whole) {
			content = whole
		}
	}
	text, _ := toUTF8(w.charset, content)
	w.out.WriteString(text)
	w.words, w.charset = nil, ""
}

// decodeEach decodes word by word. odd says that the base 64 of a word cannot be
// whole, not even with its padding forgotten.
func decodeEach(words []encodedWord) (content []byte, odd bool) {
	for _, word := range words {
		if !word.base64 {
			content = append(content, decodeQuotedPrintable([]byte(strings.ReplaceAll(word.text, "_", " ")))...)
			continue
		}
		content = append(content, decodeBase64([]byte(word.text))...)
		odd = odd || len(strings.TrimSpace(word.text))%4 == 1
	}
	return content, odd
}

// joinBase64 makes one word of neighbours in base 64.
func joinBase64(words []encodedWord) []encodedWord {
	var joined []encodedWord
	for i := 0; i < len(words); {
		var text strings.Builder
		start := i
		for ; i < len(words) && words[i].base64; i++ {
			text.WriteString(words[i].text)
		}
		if i > start {
			joined = append(joined, encodedWord{true, text.String()})
			continue
		}
		joined = append(joined, words[i])
		i++
	}
	return joined
}

// wordLength is the length of the encoded word that a text begins with, 0 if it
// begins with none. Programs leave commas and quotes bare in them.
func wordLength(text string) int {
	inner, ok := strings.CutPrefix(text[:min(len(text), 2000)], "=?")
	if !ok {
		return 0
	}
	charset, rest, ok := strings.Cut(inner, "?")
	if !ok || len(charset) > 60 || len(rest) < 2 || rest[1] != '?' || !strings.ContainsRune("bBqQ", rune(rest[0])) {
		return 0
	}
	end := strings.Index(rest[2:], "?=")
	if end < 0 {
		return 0
	}
	return len("=?") + len(charset) + len("?q?") + end + len("?=")
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
