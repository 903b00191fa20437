// Package mailbox says when two spellings of a mail address are one mailbox.
//
//	Ana.Rojas+pau@QW.gob.pe   and   ana.rojas@qw.gob.pe
//	ana@ñandú.example         and   ANA@xn--and-6ma2c.example
//
// Everything that compares addresses compares their canonical forms: who is
// writing, which team's mailbox this is, whose mails are counted. The form may
// join spellings that mail systems take for the same and nothing else: joining
// two people's mail would be worse than asking one, so dots stay, and no
// look-alike letter of another script becomes the ASCII letter it resembles.
package mailbox

import (
	"strings"
	"unicode"
)

// Canonical is an address in lower case, without angle brackets and plus
// suffix, its domain as people read it. What is no address is only lowered.
func Canonical(address string) string {
	address = strings.TrimFunc(address, func(r rune) bool { return unicode.IsSpace(r) || r == '<' || r == '>' })
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return lower(address)
	}
	local := lower(address[:at])
	if plus := strings.IndexByte(local, '+'); plus > 0 {
		local = local[:plus]
	}
	return local + "@" + Domain(address[at+1:])
}

// DomainOf is the domain of an address, "" if it has none.
func DomainOf(address string) string {
	canonical := Canonical(address)
	if at := strings.LastIndexByte(canonical, '@'); at >= 0 {
		return canonical[at+1:]
	}
	return ""
}

// Domain is a domain in lower case without the root's dot, each label that was
// encoded for the name service (RFC 5891, `xn--…`) decoded.
func Domain(domain string) string {
	labels := strings.Split(lower(strings.TrimSuffix(domain, ".")), ".")
	for i, label := range labels {
		labels[i] = readable(label)
	}
	return strings.Join(labels, ".")
}

// readable decodes a label if it is the encoding of what it decodes to. One that
// hides plain ASCII or capitals encodes nothing: no name service made it, and
// decoded it would be somebody else's domain.
func readable(label string) string {
	encoded, ok := strings.CutPrefix(label, "xn--")
	if !ok {
		return label
	}
	decoded, ok := decode(encoded)
	if !ok || lower(decoded) != decoded || !strings.ContainsFunc(decoded, func(r rune) bool { return r > unicode.MaxASCII }) ||
		strings.ContainsFunc(decoded, func(r rune) bool { return r < unicode.MaxASCII && !plain(r) }) {
		return label
	}
	return decoded
}

// plain says whether an ASCII character may stand in a label.
func plain(r rune) bool {
	return r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z'
}

// lower lowers a text without turning a letter of another script into an ASCII
// one: the Kelvin sign K is no k.
func lower(text string) string {
	return strings.Map(func(r rune) rune {
		if low := unicode.ToLower(r); low > unicode.MaxASCII || r <= unicode.MaxASCII {
			return low
		}
		return r
	}, text)
}
