package mail

import (
	"strings"
)

// newTextOf separates what the sender wrote now from the mails quoted below or
// around it. It knows the marks that Outlook, Gmail, Zimbra, Thunderbird, Apple
// Mail and the phones put there, in Spanish and in English. What it cannot tell
// it keeps: a quote too many is a nuisance, a lost sentence is a lost request.
// The text below a forward is what the sender wants read, so it stays.
func newTextOf(full string, forward bool) string {
	if text := ownTextOf(full, forward); text != "" {
		return text
	}
	return strings.Trim(full, "\n ")
}

// ownTextOf is what the sender surely wrote now: nothing of a forward, and
// nothing of a mail that only quotes.
func ownTextOf(full string, forward bool) string {
	if forward || hasForwardMark(full) {
		return ""
	}
	lines := strings.Split(withoutArmour(full), "\n")
	start, length := findQuote(lines)
	kept := lines
	if start >= 0 {
		kept = append(append([]string{}, lines[:start]...), answersWithin(lines[:start], lines[start+length:])...)
	}
	return withoutSignature(withoutQuotes(kept))
}

var (
	// forwardMark is the line above a forwarded mail.
	forwardMark = lazily(`(?i)^[\s>]*(-{2,}\s*(forwarded message|mensaje reenviado|original message forwarded|mensagem encaminhada|message transféré)|inicio del mensaje reenviado|begin forwarded message)`)
	// originalMark is the line above a quoted mail of Outlook and Zimbra.
	originalMark = lazily(`(?i)^[\s>*]*[-_=]{2,}\s*(original message|mensaje original|mensagem original|message d'origine|ursprüngliche nachricht|original-nachricht|reply message|original appointment|cita original|messaggio originale|[^-]{1,100}\b(escribi[óo]|wrote|escreveu|schrieb)\s*:?)\s*[-_=]{2,}`)
	// groupWise stands above a quote in place of an introduction.
	groupWise = lazily(`^>>> .{1,120}\d.{0,40}>>>\s*$`)
	// headerLabel begins a line of the small header that Outlook writes above a
	// quoted mail; senderLabel is its first line.
	senderLabel = lazily(`(?i)^[\s>]*\*?(de|from|von|da|van|desde|exp[ée]diteur|fr[åa]n)\s*:\*?\s*\S`)
	headerLabel = lazily(`(?i)^[\s>]*\*?(de|from|enviad[oa]( el| em)?|enviados|fecha|sent|date|para|to|cc|asunto|subject|gesendet|an|betreff|data|assunto|envoy[ée]|objet|à|inviato|a|oggetto|verzonden|aan|onderwerp|skickat|till|[äa]mne|responder a|reply-to|importancia|importance)\s*:\*?`)
	// wrote ends the line that introduces a quote.
	wrote = lazily(`(?i)\b(wrote|writes|escribi[óo]|escribe|escreveu|a écrit|schrieb|ha scritto|schreef|skrev|napisał)(\s[^.!?]{0,60})?:?\s*$`)
	// dated introduces a quote with nothing but date and sender.
	dated = lazily(`^[\s>]*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b.{0,60}<[^<>\s]+@[^<>\s]+>\s*:\s*$`)
	// ruler is the line that Outlook's web client puts above its header.
	ruler = lazily(`^[\s>]*_{10,}\s*$`)
)

func hasForwardMark(full string) bool {
	for line := range strings.SplitSeq(full, "\n") {
		if strings.ContainsAny(line, "-mM") && forwardMark().MatchString(line) {
			return true
		}
	}
	return false
}

// longestMark bounds the lines that are looked at for marks of several words.
const longestMark = 400

// findQuote returns the first line that introduces a quoted mail and the number
// of lines of the introduction, or -1.
func findQuote(lines []string) (start, length int) {
	for i, line := range lines {
		trimmed := strings.TrimSpace(line)
		if trimmed == "" {
			continue
		}
		if len(line) <= longestMark && originalMark().MatchString(line) || ruler().MatchString(line) && headerBelow(lines, i+1) || headerBlock(lines, i) {
			return i, 1 + labelsBelow(lines[i+1:])
		}
		if len(line) <= longestMark && groupWise().MatchString(line) {
			return i, 1
		}
		if n := introduction(lines, i); n > 0 {
			return i, n
		}
	}
	return -1, 0
}

// labelsBelow counts the lines of the small header that follow, blank ones
// before it included.
func labelsBelow(lines []string) int {
	count := 0
	for i, line := range lines[:min(len(lines), 12)] {
		switch {
		case headerLabel().MatchString(line), senderLabel().MatchString(line):
			count = i + 1
		case strings.TrimSpace(line) != "" || count > 0:
			return count
		}
	}
	return count
}

// headerBelow looks for the small header after a ruler, blank lines between.
func headerBelow(lines []string, i int) bool {
	for ; i < len(lines); i++ {
		if strings.TrimSpace(lines[i]) != "" {
			return headerBlock(lines, i)
		}
	}
	return false
}

// headerBlock says whether a small header of a quoted mail begins here: a
// sender, and two more labels close below.
func headerBlock(lines []string, i int) bool {
	if !strings.Contains(lines[i], ":") || !senderLabel().MatchString(lines[i]) {
		return false
	}
	labels := 0
	for _, line := range lines[i+1 : min(i+9, len(lines))] {
		if headerLabel().MatchString(line) {
			labels++
		}
	}
	return labels >= 2
}

// introduction returns how many lines from i on are an introduction such as
// «El lun, 14 sept 2026 a las 9:30, Mesa de ayuda (<…>) escribió:», which mail
// programs wrap. It must name a date or an address, or stand right above
// quoted lines: «El usuario escribió:» alone is ordinary text.
func introduction(lines []string, i int) int {
	joined := ""
	for n := 1; n <= 4 && i+n <= len(lines); n++ {
		line := strings.TrimSpace(strings.TrimLeft(lines[i+n-1], "> "))
		joined = strings.TrimSpace(joined + " " + line)
		if line == "" || len(joined) > 400 {
			return 0
		}
		if isIntroduction(joined) || (saysWrote(joined) || namesMail(joined)) && quotedBelow(lines, i+n) {
			return n
		}
		if n == 1 && !introduces(joined) {
			return 0 // only an introduction that begins like one is wrapped
		}
	}
	return 0
}

// isIntroduction says whether a line introduces a quote whatever follows it.
func isIntroduction(line string) bool {
	if startsWithDate(line) && strings.Contains(line, "@") && dated().MatchString(line) {
		return true
	}
	return strings.ContainsAny(line, "0123456789@") && saysWrote(line) && introduces(line)
}

// namesMail recognises, in whatever language, a line that ends in a colon and
// names an address; above a quote it introduces it.
func namesMail(line string) bool {
	return strings.Contains(line, "@") && (strings.HasSuffix(line, ":") || strings.HasSuffix(line, "："))
}

// saysWrote looks for a verb of writing at the end of a line. The stems are
// compared first because this is asked of every line of every mail.
func saysWrote(line string) bool {
	tail := strings.ToLower(line[max(0, len(line)-80):])
	for _, stem := range []string{"wr", "escr", "crit", "schr", "skr", "napi"} {
		if strings.Contains(tail, stem) {
			return wrote().MatchString(line)
		}
	}
	return false
}

var introducing = lazily(`(?i)^(on|el|em|le|am|il|op|den|dnia|w dniu|en|a las|mensaje de|quoting|citando a)\b`)

// introduces says whether a line with a date or an address and a verb of
// writing is about a mail: it begins as such lines do, or names an address.
func introduces(line string) bool {
	return strings.Contains(line, "@") || startsWithDate(line) || introducing().MatchString(line)
}

func startsWithDate(line string) bool { return line[0] >= '0' && line[0] <= '9' }

func quotedBelow(lines []string, i int) bool {
	for ; i < len(lines); i++ {
		if trimmed := strings.TrimSpace(lines[i]); trimmed != "" {
			return trimmed[0] == '>'
		}
	}
	return false
}

// answersWithin returns what the sender wrote below the introduction of a quote:
// answers between the quoted lines, or all of the text when nothing stands
// above. Without quote marks nothing below can be told from the quoted mail.
func answersWithin(above, below []string) []string {
	last := -1
	for i, line := range below {
		if isQuoted(line) {
			last = i
		}
	}
	if last < 0 {
		return nil
	}
	if blank(above) {
		return below
	}
	var answers []string
	for i, line := range below[:last] {
		wrapped := i > 0 && isQuoted(below[i-1]) && len(below[i-1]) >= 60
		if i > 0 && !isQuoted(line) && !wrapped && strings.TrimSpace(line) != "" {
			answers = append(answers, line)
		}
	}
	return answers
}

func isQuoted(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " "), ">") }

func blank(lines []string) bool {
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			return false
		}
	}
	return true
}

// withoutQuotes drops the quoted lines that stand without an introduction.
func withoutQuotes(lines []string) []string {
	var kept []string
	for _, line := range lines {
		if !isQuoted(line) {
			kept = append(kept, line)
		}
	}
	return kept
}
