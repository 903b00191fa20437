package mail

import (
	"strings"
)

// decodeName reads a display name: quotes and escapes off, words decoded.
func decodeName(name string) string {
	name = decodeWords(unquotePhrase(strings.TrimSpace(name)))
	// Outlook writes names of its address book in single quotes.
	if len(name) >= 2 && (name[0] == '\'' || name[0] == '"') && name[len(name)-1] == name[0] {
		name = name[1 : len(name)-1]
	}
	return strings.TrimSpace(name)
}

// unquotePhrase takes the quotes off each word of a name, `"Rojas" "Ana"`, and
// the escapes within them. In an encoded word a quote is a letter like others.
func unquotePhrase(name string) string {
	var out strings.Builder
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c == '\\' && i+1 < len(name) && (name[i+1] == '"' || name[i+1] == '\\'):
			i++
			out.WriteByte(name[i])
		case c == '"':
		case c == '=' && wordLength(name[i:]) > 0:
			length := wordLength(name[i:])
			out.WriteString(name[i : i+length])
			i += length - 1
		default:
			out.WriteByte(c)
		}
	}
	return out.String()
}

// withoutDomain reads a sender that names a mailbox of some machine and no
// domain, `root` or `Cron <root>`: nobody can be answered there, but people want
// to read who it was.
func withoutDomain(value string) Address {
	value = strings.TrimSpace(value)
	if isEmptyGroup(value) {
		return Address{}
	}
	name, inside, ok := strings.Cut(value, "<")
	if !ok {
		inside, name, _ = strings.Cut(value, "(")
		name = strings.TrimRight(name, ") ")
	}
	inside = strings.Trim(oneLine(rawText(inside)), "<>\" ")
	if inside == "" || len(inside) > 64 || strings.ContainsFunc(inside, forbiddenInAddress) || strings.Contains(inside, "=?") {
		return Address{Name: clip(decodeName(strings.Trim(value, " <>")), maxPersonName)}
	}
	return Address{Name: clip(decodeName(name), maxPersonName), Address: inside}
}
