// Package password is the rule of 8.4.3, footnote 3 (R103): at least eight
// characters, with upper case, lower case and symbols. Digits are allowed and
// not asked for: the norm does not mention them.
//
// The rule is checked where a temporary password is typed and told where one is
// shown, since the person then sets their own by the same rule. Nothing here
// keeps or logs a password; what is wrong with one is said without repeating it.
package password

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a password, in characters. The upper one only bounds what is stored.
const (
	MinLength = 8
	MaxLength = 64
)

// Rule is the norm's sentence, as people read it.
const Rule = "mínimo 8 caracteres, con mayúsculas, minúsculas y símbolos"

// Missing says what a password lacks, as the end of the sentence «le falta: …»;
// nothing when it keeps the rule.
func Missing(text string) []string {
	var upper, lower, symbol bool
	for _, r := range text {
		upper = upper || unicode.IsUpper(r)
		lower = lower || unicode.IsLower(r)
		symbol = symbol || unicode.IsPunct(r) || unicode.IsSymbol(r)
	}
	var missing []string
	if utf8.RuneCountInString(text) < MinLength {
		missing = append(missing, fmt.Sprintf("llegar a %d caracteres", MinLength))
	}
	for _, part := range []struct {
		there bool
		name  string
	}{{upper, "una mayúscula"}, {lower, "una minúscula"}, {symbol, "un símbolo"}} {
		if !part.there {
			missing = append(missing, part.name)
		}
	}
	return missing
}

// Check is the sentence that says what to mend, "" when all is well. Spaces and
// unseen characters are refused: who reads a password must be able to type it.
func Check(text string) string {
	switch missing := Missing(text); {
	case text == "":
		return "Escriba la contraseña temporal."
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unseen):
		return "Quite de la contraseña los espacios y los caracteres que no se ven."
	case utf8.RuneCountInString(text) > MaxLength:
		return fmt.Sprintf("Acorte la contraseña: el máximo es %d caracteres.", MaxLength)
	case len(missing) > 0:
		return "A la contraseña le falta: " + strings.Join(missing, ", ") + "."
	default:
		return ""
	}
}

func unseen(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsSpace(r) }

// What Generate draws from: nothing that is taken for something else when read
// aloud or copied by hand (0 and O, 1, l and I).
const (
	uppers  = "ABCDEFGHJKLMNPQRSTUVWXYZ"
	lowers  = "abcdefghijkmnopqrstuvwxyz"
	digits  = "23456789"
	symbols = "*+=?#@$"
)

// generated is how long a generated password is: 12 characters of these are
// over 60 bits, plenty for one that lives until it is changed.
const generated = 12

// Generate makes a password that keeps the rule from a source of randomness.
func Generate(random io.Reader) (string, error) {
	all := uppers + lowers + digits + symbols
	text := make([]byte, 0, generated)
	for _, from := range []string{uppers, lowers, symbols} { // one of each that the rule asks for
		c, err := draw(random, from)
		if err != nil {
			return "", err
		}
		text = append(text, c)
	}
	for len(text) < generated {
		c, err := draw(random, all)
		if err != nil {
			return "", err
		}
		text = append(text, c)
	}
	for i := len(text) - 1; i > 0; i-- { // nobody knows where the symbol stands
		j, err := below(random, i+1)
		if err != nil {
			return "", err
		}
		text[i], text[j] = text[j], text[i]
	}
	return string(text), nil
}

func draw(random io.Reader, from string) (byte, error) {
	i, err := below(random, len(from))
	if err != nil {
		return 0, err
	}
	return from[i], nil
}

// below draws a number under n, every one as likely: a byte that would favour
// the first ones is drawn again.
func below(random io.Reader, n int) (int, error) {
	fair := 256 - 256%n
	var b [1]byte
	for {
		if _, err := io.ReadFull(random, b[:]); err != nil {
			return 0, fmt.Errorf("password: %w", err)
		}
		if int(b[0]) < fair {
			return int(b[0]) % n, nil
		}
	}
}
