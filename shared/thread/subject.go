package thread

import (
	"regexp"
	"strings"

	"mesa/shared/desk"
)

var (
	// tagPattern finds the number as we write it and as people copy it: other
	// case, other blanks, a hyphen or # for the blank, brackets lost.
	tagPattern = regexp.MustCompile(`(?i)\[?\s*\bPAU[\s\x{00a0}#:_-]*(\d{4})\s?[-–]\s?(\d{6})\b\s*\]?`)
	// prefixPattern is what mail programs put before a subject when replying or
	// forwarding, in the languages that reach a Peruvian office; `Re[2]:` and
	// `RE: RV:` included.
	prefixPattern = regexp.MustCompile(`(?i)^\s*(re|rv|res|resp|r|fw|fwd|enc|reenv|tr|aw|wg|sv|vs|antw|i|ynt)\s*(\[\d+\]|\(\d+\))?\s*:`)
	forwarded     = regexp.MustCompile(`(?i)^\s*(rv|fw|fwd|enc|reenv|tr|wg|i)\s*(\[\d+\]|\(\d+\))?\s*:`)
)

// Tag is the mark of a ticket in a subject, `[PAU 2026-004217]`.
func Tag(number desk.Number) string { return "[PAU " + string(number) + "]" }

// WithTag puts the mark before a subject, once.
func WithTag(subject string, number desk.Number) string {
	if found, ok := FindNumber(subject); ok && found == number {
		return subject
	}
	return strings.TrimSpace(Tag(number) + " " + subject)
}

// FindNumber reads the first ticket number from a subject, however often it was
// replied to and forwarded.
func FindNumber(subject string) (desk.Number, bool) {
	found := tagPattern.FindStringSubmatch(subject)
	if found == nil {
		return "", false
	}
	return desk.Number(found[1] + "-" + found[2]), true
}

// Bare is a subject without reply and forward prefixes and without marks, for
// showing and for comparing.
func Bare(subject string) string {
	for {
		short := strings.TrimSpace(tagPattern.ReplaceAllString(subject, " "))
		if prefix := prefixPattern.FindString(short); prefix != "" {
			short = strings.TrimSpace(short[len(prefix):])
		}
		if short == subject {
			return strings.Join(strings.Fields(short), " ")
		}
		subject = short
	}
}

// IsForward says whether the outermost prefix is that of a forwarded mail. What
// stands below a forward is what the sender wants read.
func IsForward(subject string) bool {
	return forwarded.MatchString(tagPattern.ReplaceAllString(subject, ""))
}
