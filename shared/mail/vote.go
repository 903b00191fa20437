package mail

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Choice is what a reply decides.
type Choice string

// The choices. No choice is not a no: who asked is told how to decide.
const (
	NoChoice Choice = ""
	Approves Choice = "approve"
	Rejects  Choice = "reject"
)

// Vote is a reply read as a decision (8.1.4).
type Vote struct {
	Choice Choice `json:"choice,omitempty"`
	Reason string `json:"reason,omitempty"` // of a rejection
	// Why says, in Spanish, why there is no choice.
	Why string `json:"-"`
	// Speaks says that the first line talks of deciding, clearly or not.
	Speaks bool `json:"-"`
}

// Why a reply is no decision, as people read it after «porque».
const (
	WhyNoWord    = "su primera línea no es APROBADO, ni RECHAZADO y el motivo"
	WhyNotAlone  = "su primera línea dice algo más que APROBADO, o lo dice como pregunta o con condiciones"
	WhyBoth      = "dice a la vez que aprueba y que rechaza"
	WhyNoReason  = "falta el motivo del rechazo"
	WhyLongWords = "el motivo del rechazo tiene más de 4000 caracteres"
)

// maxReason is what a reason may have, as on the page that the link opens.
const maxReason = 4000

// minReason is the letters and digits below which a reason says nothing.
const minReason = 4

// ReadVote reads the first line of what somebody wrote now, which is neither
// quoted nor forwarded (Message.OwnText). Only the word alone approves, with
// nothing but a full stop after it; a rejection brings its reason, on the line or
// below. Whatever else the mail says must not take that back: anything doubtful
// is no choice. signer is the name that ends the letter.
func ReadVote(own, signer string) Vote {
	lines := strings.Split(strings.TrimSpace(own), "\n")
	first, rest := strings.TrimSpace(lines[0]), beforeClosing(lines[1:], signer)
	word, after := firstWord(first)
	v := Vote{Speaks: speaks(first), Why: WhyNoWord}
	switch {
	case approving(word):
		return v.approve(after, rest, lines[1:])
	case rejecting(word):
		return v.reject(after, rest, lines[1:])
	case v.Speaks:
		v.Why = WhyNotAlone
	}
	return v
}

func (v Vote) approve(after string, rest, below []string) Vote {
	switch {
	case strings.Trim(after, " .!,;:*_") != "", asks(after), qualified(rest):
		v.Why = WhyNotAlone
	case anyWord(below, rejecting):
		v.Why = WhyBoth
	default:
		v.Choice, v.Why = Approves, ""
	}
	return v
}

func (v Vote) reject(after string, rest, below []string) Vote {
	reason := strings.Trim(after, " .!,;:*_-–—")
	if reason == "" {
		reason = strings.TrimSpace(strings.Join(rest, "\n"))
	} else {
		reason = strings.TrimSpace(strings.Join(append([]string{reason}, paragraph(rest)...), "\n"))
	}
	switch {
	case asks(after):
		v.Why = WhyNotAlone
	case anyWord(append(below, after), approving):
		v.Why = WhyBoth
	case len(strings.Join(wordsOf(reason), "")) < minReason:
		v.Why = WhyNoReason
	case utf8.RuneCountInString(reason) > maxReason:
		v.Why = WhyLongWords
	default:
		v.Choice, v.Reason, v.Why = Rejects, reason, ""
	}
	return v
}

// paragraph are the lines up to the first blank one.
func paragraph(lines []string) []string {
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			return lines[:i]
		}
	}
	return lines
}

// firstWord parts the first word of a line from what follows it. Stars are what
// mail programs make of bold letters; other marks before the word make it doubtful.
func firstWord(line string) (word, after string) {
	line = strings.TrimLeft(strings.TrimLeft(line, "\ufeff\u200b"), "*_ ")
	end := strings.IndexFunc(line, func(r rune) bool { return strings.ContainsRune(" \t\u00a0.,;:!?¡¿*_-–—\"'«»“”()/", r) })
	if end < 0 {
		end = len(line)
	}
	return folded(line[:end]), line[end:]
}

func approving(word string) bool { return slices.Contains([]string{"aprobado", "aprobada"}, word) }

func rejecting(word string) bool { return slices.Contains([]string{"rechazado", "rechazada"}, word) }

// speaks tells whether a line talks of deciding.
func speaks(line string) bool {
	for _, word := range wordsOf(line) {
		for _, stem := range []string{"aprob", "aprueb", "rechaz", "desaprob", "deneg"} {
			if strings.HasPrefix(word, stem) {
				return true
			}
		}
	}
	return false
}

func asks(text string) bool { return strings.ContainsAny(text, "?¿") }

// qualified tells whether what follows an approval makes conditions, takes it
// back or asks something.
func qualified(lines []string) bool {
	text := strings.Join(lines, "\n")
	if asks(text) {
		return true
	}
	for _, word := range wordsOf(text) {
		if slices.Contains([]string{"no", "si", "pero", "salvo", "excepto", "siempre", "sujeto", "sujeta", "aunque", "todavia"}, word) {
			return true
		}
		for _, stem := range []string{"observa", "condicion", "rechaz", "desaprob", "deneg"} {
			if strings.HasPrefix(word, stem) {
				return true
			}
		}
	}
	return false
}

func anyWord(lines []string, is func(string) bool) bool {
	return slices.ContainsFunc(wordsOf(strings.Join(lines, "\n")), is)
}
