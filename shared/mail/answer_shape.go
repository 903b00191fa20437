package mail

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// read is a value as it is recorded, by the shape of its question; ok is false
// for what is none: a blank left blank, a number without digits, a word that is
// not on the list.
func (a Ask) read(value string) (name, clean string, ok bool) {
	clean = strings.Trim(strings.TrimSpace(value), " \t«»\"*")
	if a.Shape < Gist {
		clean = strings.TrimRight(clean, ".;, ")
	}
	switch {
	case strings.Trim(clean, "_.-–… \n") == "", utf8.RuneCountInString(clean) > a.Most:
		return "", "", false
	case a.Shape < Gist && denies(clean):
		return a.Absent, "yes", a.Absent != ""
	}
	switch a.Shape {
	case Phone:
		return a.Name, clean, digits(clean) >= 3 && !strings.Contains(clean, ":")
	case Code:
		return a.Name, clean, digits(clean) >= 4 && !strings.ContainsAny(clean, ":,;")
	case OneOf:
		option, ok := a.option(clean)
		return a.Name, option, ok
	case Whole:
		return a.Name, clean, true
	default:
		return a.Name, clean, !strings.Contains(clean, "\n")
	}
}

// option is the value that people call so.
func (a Ask) option(said string) (string, bool) {
	words := wordsOf(said)
	for called, value := range a.Options {
		if slices.Equal(words, wordsOf(called)) {
			return value, true
		}
	}
	return "", false
}

// sure tells whether words can be nothing but an answer of this shape, label or
// not. least is how many digits a telephone must have.
func (a Ask) sure(value string, least int) bool {
	n := digits(value)
	switch a.Shape {
	case Phone:
		return onlyOf(value, "0123456789 +-()/.") && n >= least && n <= 11
	case Code: // nine digits that begin with a nine are a mobile telephone
		return onlyOf(value, "0123456789 -.") && n >= 8 && n <= 15 && !(n == 9 && strings.TrimSpace(value)[0] == '9')
	case OneOf:
		_, ok := a.option(value)
		return ok
	case AnyLine: // «Oficina 310», not «Oficina cerrada»; and never without its label
		first, _, _ := strings.Cut(value, " ")
		return least < 6 && digits(first) > 0
	default:
		return false
	}
}

// denies tells the ways of saying that there is none, or that it is not known.
func denies(value string) bool {
	words := strings.Join(wordsOf(value), " ")
	for _, start := range []string{"no tengo", "no lo tengo", "no la tengo", "no tiene", "no se", "no lo se", "no figura", "no aplica", "no hay", "no cuento", "no corresponde", "sin ", "ningun", "desconozco"} {
		if strings.HasPrefix(words+" ", start) {
			return true
		}
	}
	return words == "no" || words == "na" || words == "n a"
}

func digits(value string) int {
	n := 0
	for _, r := range value {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

func onlyOf(value, allowed string) bool {
	return strings.IndexFunc(value, func(r rune) bool { return !strings.ContainsRune(allowed, r) }) < 0
}
