package mail

import (
	"slices"
	"strings"

	"mesa/shared/mailbox"
)

// Is says whether this is the mailbox of an address. Case never matters: no
// mail system of today tells Ana from ana.
func (a Address) Is(address string) bool {
	return a.Address != "" && strings.EqualFold(a.Address, strings.TrimSpace(address))
}

// Domain is the part after the @, as mailbox.Domain reads it.
func (a Address) Domain() string { return mailbox.DomainOf(a.Address) }

// Base is the canonical form, `Ana+pau@X` → `ana@x`: the same mailbox, for
// looking up who it is.
func (a Address) Base() string { return mailbox.Canonical(a.Address) }

// parseAddresses reads the values of an address header. It is more forgiving
// than RFC 5322: unquoted commas in names, semicolons between addresses, names
// in eight-bit, encoded words around everything, groups. Pieces without an
// address are dropped. cut says that there were more than the limit.
func parseAddresses(values []string) (list []Address, cut bool) {
	for _, value := range values {
		if hidesAddress(value) {
			value = decodeWords(value)
		}
		var name string // of a piece that a comma within a name tore off
		for _, piece := range splitAddresses(value) {
			address := parseAddress(piece)
			if address.Address == "" {
				name = strings.TrimSpace(name + " " + piece + ",")
				continue
			}
			if name != "" && address.Name != "" && strings.Contains(piece, "<") {
				address.Name = clip(decodeName(strings.TrimPrefix(name, ",")+" "+address.Name), maxPersonName)
			}
			name = ""
			if len(list) == maxAddresses {
				return list, true
			}
			list = append(list, address)
		}
	}
	return list, false
}

// hidesAddress says whether a header was encoded as a whole, address and all,
// which faulty programs do.
func hidesAddress(value string) bool {
	if !strings.Contains(value, "=?") {
		return false
	}
	bare := word().ReplaceAllString(value, "")
	return !strings.Contains(bare, "@")
}

// splitAddresses cuts a list at the commas and semicolons that stand outside
// quotes, brackets and comments. A group's name, up to its colon, is dropped.
func splitAddresses(value string) []string {
	var pieces []string
	start, quoted, angle, comment := 0, false, false, 0
	for i := 0; i < len(value) && len(pieces) <= 4*maxAddresses; i++ {
		switch c := value[i]; {
		case c == '\\':
			i++
		case c == '"' && comment == 0:
			quoted = !quoted
		case quoted:
		case c == '=':
			i += max(0, wordLength(value[i:])-1) // what stands encoded parts nothing
		case c == '(':
			comment++
		case c == ')' && comment > 0:
			comment--
		case comment > 0:
		case c == '<':
			angle = true
		case c == '>':
			angle = false
		case c == '@' && !angle && strings.TrimSpace(value[start:i]) == "":
			// A route without brackets: its commas part no addresses.
			if colon := strings.IndexByte(value[i:], ':'); colon > 0 {
				i += colon
			}
		case (c == ',' || c == ';') && !angle:
			pieces = append(pieces, value[start:i])
			start = i + 1
		case c == ':' && !angle && !strings.ContainsAny(value[start:i], "@<") && !isScheme(value[start:i]) && isGroup(value[i+1:]):
			start = i + 1
		}
	}
	if quoted && len(pieces) == 0 && strings.Count(value, `"`)%2 == 1 {
		// A quote that never closes swallowed the list: read without quotes.
		return splitAddresses(strings.ReplaceAll(value, `"`, ""))
	}
	pieces = append(pieces, value[min(start, len(value)):])
	return slices.DeleteFunc(pieces, func(piece string) bool { return strings.TrimSpace(piece) == "" })
}

// isGroup says whether what follows a colon is the rest of a group: one closes
// with a semicolon. `Ana: jefa <ana@x>` is a name that has a colon.
func isGroup(rest string) bool { return strings.Contains(rest, ";") || !strings.Contains(rest, "<") }

func isScheme(text string) bool {
	return strings.HasSuffix(strings.ToLower(strings.TrimSpace(text)), "mailto")
}

// parseAddress reads one piece: `Name <address>`, `address (Name)`, `address`.
func parseAddress(piece string) Address {
	piece = inAngles(strings.TrimSpace(piece))
	if open := strings.LastIndex(piece, "<"); open >= 0 {
		inside, after, _ := strings.Cut(piece[open+1:], ">")
		name := strings.TrimRight(piece[:open], "< ")
		if strings.TrimSpace(name) == "" {
			name = strings.Trim(strings.TrimSpace(after), "()")
		}
		if address := cleanAddress(inside); address != "" {
			return Address{Name: clip(decodeName(name), maxPersonName), Address: address}
		}
		// `<Ana> ana@x`: the address stands outside the brackets.
		piece = strings.TrimSpace(piece[:open] + " " + after)
	}
	if local, _, ok := quotedLocal(piece); ok && strings.Contains(local, " ") {
		if address := cleanAddress(piece); address != "" {
			return Address{Address: address}
		}
	}
	if after := piece[strings.LastIndexByte(piece, ')')+1:]; after != piece && after != "" {
		if address := cleanAddress(withoutComments(piece)); address != "" {
			return Address{Address: address} // `ana(casa)@x`
		}
	}
	bare, comment, _ := strings.Cut(piece, "(")
	if address := cleanAddress(bare); address != "" {
		return Address{Name: clip(decodeName(strings.TrimRight(comment, ") ")), maxPersonName), Address: address}
	}
	// `Ana ana@x`: the last word with an @ is the address. A comment that never
	// closes hides nothing.
	words := strings.Fields(bare)
	if len(words) == 0 {
		words = strings.Fields(strings.Trim(piece, "()"))
	}
	for i := len(words) - 1; i >= 0; i-- {
		if address := cleanAddress(words[i]); address != "" {
			return Address{Name: clip(decodeName(strings.Join(words[:i], " ")), maxPersonName), Address: address}
		}
	}
	return Address{}
}

// inAngles turns what Outlook writes when it quotes an address,
// `Ana Rojas [mailto:ana@x]`, into what it was. `ana@[192.0.2.1]` stays.
func inAngles(piece string) string {
	open := strings.LastIndexByte(piece, '[')
	if open < 0 || !strings.HasSuffix(piece, "]") || strings.ContainsRune(piece, '<') || !strings.Contains(piece[open:], "@") {
		return piece
	}
	return piece[:open] + "<" + piece[open+1:len(piece)-1] + ">"
}

// cleanAddress returns a usable address or nothing. Blanks within come from
// folding and from people; control characters come from attackers.
func cleanAddress(text string) string {
	text = strings.TrimSpace(text)
	if len(text) >= 7 && strings.EqualFold(text[:7], "mailto:") {
		text = text[7:]
	}
	if strings.Contains(text, "=?") {
		text = decodeWords(text)
	}
	text = withoutRoute(strings.Trim(rawText(text), " \t'<>"))
	if strings.HasPrefix(text, "[") {
		text = strings.Trim(text, "[]")
	}
	if local, domain, ok := quotedLocal(text); ok {
		if strings.ContainsAny(local, "\r\n<>\\") || strings.ContainsFunc(domain, forbiddenInAddress) || strings.Contains(domain, "@") {
			return ""
		}
		return plainLocal(local) + "@" + domain
	}
	text = aroundAt().ReplaceAllString(strings.Trim(withoutComments(text), `"`), "$1")
	at := strings.LastIndex(text, "@")
	if at <= 0 || at == len(text)-1 || len(text) > 320 || strings.ContainsFunc(text, forbiddenInAddress) || strings.Count(text, "@") > 1 {
		return ""
	}
	return text
}

// aroundAt are blanks that belong to no address.
var aroundAt = lazily(`[ \t]*([@.])[ \t]*`)

// withoutRoute drops the way that mail of the eighties was told to take,
// `@a,@b:ana@x` (RFC 5322, obs-route).
func withoutRoute(text string) string {
	if strings.HasPrefix(text, "@") {
		if _, address, ok := strings.Cut(text, ":"); ok {
			return strings.TrimSpace(address)
		}
	}
	return text
}

// quotedLocal parts `"ana rojas"@x`.
func quotedLocal(text string) (local, domain string, ok bool) {
	if !strings.HasPrefix(text, `"`) || len(text) > 320 {
		return "", "", false
	}
	local, domain, ok = strings.Cut(text[1:], `"@`)
	return local, domain, ok && local != "" && domain != ""
}

// plainLocal takes off quotes that a local part does not need.
func plainLocal(local string) string {
	if strings.ContainsFunc(local, func(r rune) bool { return forbiddenInAddress(r) || strings.ContainsRune(`@"():[]`, r) }) {
		return `"` + local + `"`
	}
	return local
}

func forbiddenInAddress(r rune) bool {
	return r <= ' ' || r == 0x7f || r == ',' || r == ';' || r == '<' || r == '>' || r == '\ufffd'
}

// isEmptyGroup recognises `undisclosed-recipients:;`.
func isEmptyGroup(value string) bool {
	return strings.HasSuffix(strings.TrimRight(value, "; "), ":") && !strings.ContainsAny(value, "<@")
}

// clip cuts a text to so many characters.
func clip(text string, most int) string {
	count := 0
	for i := range text {
		if count == most {
			return text[:i]
		}
		count++
	}
	return text
}
