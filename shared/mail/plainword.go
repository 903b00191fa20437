package mail

import (
	"strings"
	"unicode"
)

// bareLetters are the letters that Spanish writes with a mark, without it.
var bareLetters = strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u", "ñ", "n", "º", "o", "°", "o", "ª", "a")

// folded is a text as it is compared with words: small letters without accents,
// composed or not, and without characters that nobody sees.
func folded(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsSpace(r) && r != '\n':
			return ' '
		}
		return unicode.ToLower(r)
	}, text)
	return bareLetters.Replace(text)
}

// wordsOf are the words of a folded text, without what stands between them.
func wordsOf(text string) []string {
	return strings.FieldsFunc(folded(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// closing begins the lines with which a letter ends: what follows is a
// signature, or what an institution puts below every mail.
var closing = lazily(`^(atentamente|atte|saludos|saludo|un saludo|cordialmente|cordial saludo|gracias|muchas gracias|quedo (atent[oa]|a la espera)|slds|respetuosamente|sin otro particular|best regards|regards|--|__)`)

// maxClosing is how many words a closing has: «Gracias, pero solo si…» is none.
const maxClosing = 5

// beforeClosing are the lines of a letter before the one that closes it, by a
// greeting or by the name of who signs.
func beforeClosing(lines []string, signer string) []string {
	signer = strings.Join(wordsOf(signer), " ")
	for i, line := range lines {
		plain, words := strings.TrimSpace(folded(line)), wordsOf(line)
		if closing().MatchString(plain) && len(words) <= maxClosing || signer != "" && strings.Join(words, " ") == signer {
			return lines[:i]
		}
	}
	return lines
}
