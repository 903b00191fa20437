package mail

import (
	"maps"
	"slices"
	"strings"
)

// Shape is what an answer to a question looks like.
type Shape int

// The shapes. Without its label only a number, a word of a list or the text
// itself can be told from other words.
const (
	AnyLine Shape = iota // one line: an office, a document
	Phone                // a telephone or an extension
	Code                 // a code of digits, as the label of a piece of equipment has it
	OneOf                // one of Options
	Gist                 // what the mail is about, in one line
	Whole                // what the mail says, in several lines
)

// Ask is one thing that was asked of the sender, and how people write it.
type Ask struct {
	Name    string
	Labels  []string // as they stand before the value; the first is the mail's own
	Shape   Shape
	Options map[string]string // of OneOf: value by what people call it
	Absent  string            // the name that says «there is none», "" if there is always one
	Most    int               // characters
}

// Limits of reading: what is longer was not written to answer a short question.
const (
	maxAnswerLines = 200
	maxAnswerLine  = 400
)

// ReadAnswers reads what a reply says of what was asked: lines with a label, as
// «Teléfono: 987 654 321», and, where one thing alone was asked, that thing by
// itself if it can be nothing else. Two different values for one question are
// none. What is not understood is left to people: nothing is guessed.
//
// own is what the sender wrote now, full the whole text: the lines to fill in that
// the desk's mail offers may have been completed where they are quoted.
func ReadAnswers(own, full, signer string, asks []Ask) map[string]string {
	if strings.TrimSpace(own) == "" {
		return nil // a forward, or nothing but a quoted mail
	}
	lines := letterLines(own, signer)
	found := labelled(unstrung(lines, asks), asks, false)
	if len(found) == 0 {
		maps.Copy(found, alone(lines, asks))
	}
	for name, value := range labelled(quotedLines(full), asks, true) {
		if _, known := found[name]; !known {
			found[name] = value
		}
	}
	return found
}

// letterLines are the lines between greeting and closing.
func letterLines(own, signer string) []string {
	lines := strings.Split(strings.TrimSpace(own), "\n")
	for len(lines) > 0 && (strings.TrimSpace(lines[0]) == "" || greets(lines[0])) {
		lines = lines[1:]
	}
	if len(lines) > 0 {
		lines = append([]string{lines[0]}, beforeClosing(lines[1:], signer)...)
	}
	return lines[:min(len(lines), maxAnswerLines)]
}

// unstrung parts a line that strings several answers together, «Oficina: 310,
// teléfono: 987 654 321», before each label.
func unstrung(lines []string, asks []Ask) []string {
	var parted []string
	for _, line := range lines {
		begun := 0
		for i := range line {
			if i > begun && strings.ContainsRune(",;.", rune(line[i-1])) && len(line) <= maxAnswerLine && startsLabel(line[i:], asks) {
				parted, begun = append(parted, line[begun:i]), i
			}
		}
		parted = append(parted, line[begun:])
	}
	return parted
}

// greets tells a line that greets and says nothing else.
func greets(line string) bool {
	words := wordsOf(line)
	return len(words) > 0 && len(words) <= 5 && slices.Contains([]string{"hola", "buenos", "buenas", "buen", "estimado", "estimada", "estimados", "estimadas", "senores", "senor", "senora"}, words[0])
}

// quotedLines are the quoted lines of a mail, without their marks.
func quotedLines(full string) []string {
	var quoted []string
	for line := range strings.SplitSeq(full, "\n") {
		if isQuoted(line) && len(quoted) < maxAnswerLines {
			quoted = append(quoted, strings.TrimLeft(line, "> "))
		}
	}
	return quoted
}

// labelled reads the lines that begin with the label of a question. Of quoted
// lines only those count that the desk's own mail offers, with a colon; and what a
// quoted mail was about says nothing new.
func labelled(lines []string, asks []Ask, quoted bool) map[string]string {
	values := map[string][]string{}
	for i := 0; i < len(lines); i++ {
		ask, value, ok := splitLabel(lines[i], asks, quoted)
		if !ok || quoted && ask.Shape >= Gist {
			continue
		}
		for ask.Shape == Whole && i+1 < len(lines) && !startsLabel(lines[i+1], asks) {
			i++
			value += "\n" + lines[i]
		}
		if name, clean, ok := ask.read(value); ok && !slices.Contains(values[name], clean) {
			values[name] = append(values[name], clean)
		}
	}
	return single(values, asks)
}

func startsLabel(line string, asks []Ask) bool {
	_, _, ok := splitLabel(line, asks, false)
	return ok
}

// single are the questions with one answer: one that is answered twice in
// different ways, or given and denied, is not answered.
func single(values map[string][]string, asks []Ask) map[string]string {
	found := map[string]string{}
	for name, list := range values {
		if len(list) == 1 {
			found[name] = list[0]
		}
	}
	for _, ask := range asks {
		if ask.Absent != "" && len(values[ask.Name]) > 0 && len(values[ask.Absent]) > 0 {
			delete(found, ask.Name)
			delete(found, ask.Absent)
		}
	}
	return found
}

// splitLabel parts the label of a question from the value behind it: after a
// colon, a dash or an equals sign whatever the value, and after a blank if the
// value can be nothing else.
func splitLabel(line string, asks []Ask, quoted bool) (Ask, string, bool) {
	if len(line) > maxAnswerLine {
		return Ask{}, "", false
	}
	if _, offered, found := strings.Cut(line, ": «"); found { // the desk's own «Lo que falta: «…»
		if ask, value, ok := splitLabel(offered, asks, quoted); ok {
			return ask, value, true
		}
	}
	line = strings.Trim(line, " \t-*•·«»")
	for _, mark := range []string{":", "=", " - ", "–", "—"} {
		head, value, found := strings.Cut(line, mark)
		if ask, ok := labelIn(asks, head, quoted); found && ok && (!quoted || mark == ":") {
			return ask, value, true
		}
	}
	if quoted {
		return Ask{}, "", false
	}
	fields := strings.Fields(line)
	for n := min(len(fields)-1, 5); n > 0; n-- {
		ask, ok := labelIn(asks, strings.Join(fields[:n], " "), false)
		if value := strings.Join(fields[n:], " "); ok && ask.sure(value, 3) {
			return ask, value, true
		}
	}
	return Ask{}, "", false
}

// labelIn finds the question whose label these words are, «mi», «el» and «es»
// around it included.
func labelIn(asks []Ask, head string, own bool) (Ask, bool) {
	words := wordsOf(head)
	if len(words) > 1 && slices.Contains([]string{"mi", "el", "la", "su", "nuestro", "nuestra"}, words[0]) {
		words = words[1:]
	}
	for n := len(words); n > 1 && slices.Contains([]string{"es", "no", "n", "o", "nro", "numero"}, words[n-1]); n = len(words) {
		words = words[:n-1]
	}
	for _, ask := range asks {
		for i, label := range ask.Labels {
			if (i == 0 || !own) && slices.Equal(words, wordsOf(label)) {
				return ask, true
			}
		}
	}
	return Ask{}, false
}

// alone reads a reply without labels. One question is answered by its first line,
// if that can be nothing else; and what the request is about, where that was
// missing, by all that the reply says.
func alone(lines []string, asks []Ask) map[string]string {
	if len(lines) == 0 || len(asks) == 0 || courtesy(lines) {
		return nil
	}
	if found := told(lines, asks); found != nil {
		return found
	}
	if first := strings.TrimSpace(lines[0]); len(asks) == 1 && asks[0].sure(first, 6) {
		if name, value, ok := asks[0].read(first); ok {
			return map[string]string{name: value}
		}
	}
	return nil
}

// told reads what the request is about, when nothing else was asked: the text is
// the description, and its first line names it.
func told(lines []string, asks []Ask) map[string]string {
	found, text := map[string]string{}, strings.TrimSpace(strings.Join(lines, "\n"))
	for _, ask := range asks {
		value := text
		switch {
		case ask.Shape == Gist && len(asks) == 1 && strings.Contains(text, "\n"):
			return nil // which line?
		case ask.Shape == Gist:
			value = gist(lines[0])
		case ask.Shape != Whole:
			return nil
		}
		name, clean, ok := ask.read(value)
		if !ok || len(wordsOf(text)) < 3 {
			return nil
		}
		found[name] = clean
	}
	return found
}

// gist is a line short enough for a subject, cut at a word.
func gist(line string) string {
	const most = 100
	words := strings.Fields(line)
	for i := range words {
		if len([]rune(strings.Join(words[:i+1], " "))) > most {
			return strings.Join(words[:i], " ") + "…"
		}
	}
	return strings.Join(words, " ")
}

// courtesy tells a reply that only thanks or acknowledges.
func courtesy(lines []string) bool {
	for _, word := range wordsOf(strings.Join(lines, " ")) {
		if !slices.Contains([]string{"gracias", "muchas", "muchisimas", "ok", "okay", "listo", "recibido", "entendido", "conforme", "perfecto", "de", "acuerdo", "por", "su", "la", "el", "atencion", "respuesta", "ayuda", "apoyo", "quedo", "atento", "atenta", "saludos"}, word) {
			return false
		}
	}
	return true
}
