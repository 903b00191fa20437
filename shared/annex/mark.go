package annex

import (
	"strings"
	"unicode/utf8"
)

// answer is what a question with printed choices was answered.
type answer struct {
	chosen string // yes, no, guest; empty if none or several are marked
	marked int    // how many
}

// token is a word of a choice or a mark: yes, no, guest, on, off.
type token string

const (
	yesWord   token = "yes"
	noWord    token = "no"
	guestWord token = "guest"
	marked    token = "on"
	unmarked  token = "off"
)

func (t token) word() bool { return t == yesWord || t == noWord || t == guestWord }

// readMarks reads «SI ( X ) NO ( )», «☒ Sí ☐ No», «X SI NO» or a bare «NO». A
// mark belongs to the word before it, or to the one after it if the first mark
// stands before the first word.
func readMarks(text string) answer {
	tokens := choiceTokens(text)
	var words, boxes []token
	for _, t := range tokens {
		if t.word() {
			words = append(words, t)
		} else {
			boxes = append(boxes, t)
		}
	}
	if len(boxes) == 0 {
		if len(words) == 1 {
			return answer{string(words[0]), 1}
		}
		return answer{}
	}
	var a answer
	leads := !tokens[0].word()
	for i, t := range tokens {
		if t != marked {
			continue
		}
		a.marked++
		if owner := i - 1; !leads && owner >= 0 && tokens[owner].word() {
			a.chosen = string(tokens[owner])
		} else if owner = i + 1; leads && owner < len(tokens) && tokens[owner].word() {
			a.chosen = string(tokens[owner])
		}
	}
	if a.marked > 1 {
		a.chosen = ""
	}
	return a
}

// choiceTokens are the words and marks of a text in their order.
func choiceTokens(text string) []token {
	var tokens []token
	for rest := text; rest != ""; {
		t, size := nextToken(rest)
		if t != "" {
			tokens = append(tokens, t)
		}
		rest = rest[size:]
	}
	return tokens
}

// boxes are the characters that forms and people use as marked and empty boxes.
const (
	fullBoxes  = "☒☑✓✔✗✘✕✖√■●◉⊠\u00d7"
	emptyBoxes = "☐□○◯❏❑"
)

// nextToken reads one token, "" for what is none, and how many bytes it takes.
func nextToken(s string) (token, int) {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError:
		return "", size
	case strings.ContainsRune(fullBoxes, r):
		return marked, size
	case strings.ContainsRune(emptyBoxes, r):
		return unmarked, size
	case r == '(' || r == '[':
		return bracketed(s)
	case foldRune(r) >= 'a' && foldRune(r) <= 'z':
		return wordToken(s)
	default:
		return "", size
	}
}

// bracketed reads «( )», «(X)», «[ x ]»; brackets that hold more are no box.
func bracketed(s string) (token, int) {
	end := strings.IndexAny(s, ")]")
	if end < 0 || end > 12 {
		return "", 1
	}
	switch inside := strings.Trim(squeezed(s[1:end]), " _.-"); {
	case inside == "":
		return unmarked, end + 1
	case len(inside) == 1 || strings.ContainsAny(s[1:end], fullBoxes):
		return marked, end + 1
	case inside == "si" || inside == "no": // (SI): the word stands in its own box
		return token(map[string]token{"si": yesWord, "no": noWord}[inside]), end + 1
	default:
		return "", 1
	}
}

// wordToken reads a word of a choice, or a bare X.
func wordToken(s string) (token, int) {
	plain, at := fold(s, 20)
	end := 0
	for end < len(plain) && isWord(plain[end]) {
		end++
	}
	size := at[end]
	switch word := plain[:end]; {
	case word == "si" || word == "yes":
		return yesWord, size
	case word == "no":
		return noWord, size
	case strings.HasPrefix(word, "invitad"):
		if strings.HasPrefix(plain[end:], "/a") || strings.HasPrefix(plain[end:], "/o") {
			size = at[end+2]
		}
		return guestWord, size
	case word == "x":
		return marked, size
	default:
		return "", size
	}
}
