package notify

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean makes what people typed fit to be shown: valid UTF-8, no control or
// invisible characters that could reorder, hide or break a line (F35), no more
// than one blank line in a row.
func clean(s string) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\r\n", "\n"), "\uFFFD")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\u200d':
			return r
		case r == '\r', r == '\u2028', r == '\u2029':
			return '\n'
		case r == '\t', r == '\u00a0':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(oneBlank(s))
}

// oneLine is clean text on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// shorten cuts to so many characters, at a word if one ends near, with «…».
func shorten(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	runes := []rune(s)[:limit-1]
	for i := len(runes) - 1; i > len(runes)*2/3; i-- {
		if unicode.IsSpace(runes[i]) {
			runes = runes[:i]
			break
		}
	}
	return strings.TrimRightFunc(string(runes), func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '.' || r == ';' || r == ':' }) + "…"
}

// addressLike finds what a mail program would make a link of: something with a
// scheme, what follows an @, and names that end like those of the net. A final dot-word of a file
// or a program («acta.xlsx», «core.dll») is none.
var addressLike = regexp.MustCompile(`(?i)[a-z][a-z0-9+.-]*://|\b(?:javascript|data|mailto|tel|sms|file|vbscript):|@(?:[\pL\pN_-]+[.。．｡])+\pL{2}|` +
	`\b(?:[\pL\pN_-]+[.。．｡])+(?:com|net|org|info|biz|gob|gov|edu|mil|int|app|dev|xyz|top|site|online|link|click|shop|live|page|web|cloud|zip|mov|icu|club|work|pro|name|tech|store|support|help|email|bank|money|finance|loan|services|systems|network|digital|host|press|space|website|fun|live|life|today|world|group|team|center|academy|social|media|news|blog|vip|win|bid|best|cam|monster|buzz|rest|quest|bond|sbs|cfd|lol|ink|red|ai|im|ms|su|is|la|pe|es|us|uk|io|co|me|tv|cc|ru|cn|to|ly|gl|gg|be|br|ar|cl|mx|ec|bo|de|fr|it|eu|in|tk|ml|ga|cf|pw|ws|xn--[a-z0-9-]+)\b`)

// unlink breaks addresses that stand in what people typed with a zero-width
// space, so that no mail program turns them into links: the only link of a mail
// is the desk's own (F37). The case keeps the text as it was.
func unlink(s string) string {
	return addressLike.ReplaceAllStringFunc(s, func(address string) string {
		return strings.NewReplacer(".", ".\u200b", "。", "。\u200b", "．", "．\u200b", "｡", "｡\u200b", ":", ":\u200b").Replace(address)
	})
}
