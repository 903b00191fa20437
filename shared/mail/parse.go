package mail

import (
	"strings"

	"mesa/shared/thread"
)

// Parse reads a raw mail. It never fails and never panics: see the package
// comment for what comes of a mail that is none.
func Parse(raw []byte) Message { return parse(raw, 0) }

// parse reads a mail that was attached to another so many levels up.
func parse(raw []byte, nested int) Message {
	m := Message{RawSHA256: hashOf(raw)}
	fields, content, cut := splitHeader(fromUTF16(raw))
	if cut {
		m.note(NoteHeaderCut)
	}
	if !looksLikeHeader(fields) {
		// No mail at all: what came is its text.
		fields, content = nil, raw
		m.note(NoteRescued)
	}
	m.block = sesBlock(fields)
	charset := declaredCharset(fields, content)
	fields.readEightBit(charset)
	m.readHeader(fields)
	t := readTree(fields, content, place{charset: charset})
	expandSigned(&t)
	expandUU(&t)
	expandTNEF(&t)
	m.readTree(t, nested)
	m.Bounce = bounceOf(fields, &m, t.parts)
	m.Auto = autoOf(fields, &m, t.parts)
	return m
}

// looksLikeHeader says whether these fields are those of a mail: a text whose
// first line has a colon is not one.
func looksLikeHeader(fields header) bool {
	for _, f := range fields {
		if isEssential(f.name) {
			return true
		}
	}
	return false
}

// readHeader fills in what the header says.
func (m *Message) readHeader(fields header) {
	if ids := thread.IDs(fields.get("Message-ID")); len(ids) > 0 {
		m.MessageID = oneLine(rawText(ids[0]))
	}
	senders, _ := parseAddresses(fields.all("From"))
	m.Senders = len(senders)
	if len(senders) > 0 {
		m.From = senders[0]
	} else {
		m.From = withoutDomain(fields.get("From"))
		if sender, _ := parseAddresses(fields.all("Sender")); m.From.Address == "" && len(sender) > 0 {
			m.From = sender[0] // to be read; nobody is believed for it
		}
	}
	m.ReplyTo = m.addresses(fields, "Reply-To")
	m.To = m.addresses(fields, "To")
	m.Cc = m.addresses(fields, "Cc")
	m.Subject = clip(fields.text("Subject"), maxSubject)
	m.Date = parseDate(fields.get("Date"))
	m.InReplyTo = cleanIDs(fields.all("In-Reply-To"))
	m.References = cleanIDs(fields.all("References"))
	m.Own = clip(fields.text("X-PAU-Message"), 100)
}

func cleanIDs(values []string) []string {
	ids := thread.IDs(values...)
	for i, id := range ids {
		ids[i] = oneLine(rawText(id))
	}
	return ids
}

func (m *Message) addresses(fields header, name string) []Address {
	list, cut := parseAddresses(fields.all(name))
	if cut {
		m.note(NoteAddressesCut)
	}
	return list
}

// readTree fills in text and attachments.
func (m *Message) readTree(t tree, nested int) {
	b := readBody(t.parts)
	for _, note := range append(t.notes, b.notes...) {
		m.note(note)
	}
	m.FullText, m.HTML = b.full, b.html
	m.Attachments = attachmentsOf(t.parts, b.used)
	if strings.TrimSpace(m.FullText) == "" {
		m.FullText = textWithin(t.parts, nested)
	}
	if strings.TrimSpace(m.FullText) == "" {
		m.FullText = textOfInvitations(t.parts)
	}
	if strings.TrimSpace(m.FullText) == "" {
		m.FullText = textOfUnknown(t.parts)
	}
	if isEncrypted(t.parts) {
		m.note(NoteEncrypted)
	}
	forward := thread.IsForward(m.Subject)
	m.NewText, m.OwnText = newTextOf(m.FullText, forward), ownTextOf(m.FullText, forward)
}

// textWithin is the text of the attached mails, for a mail that holds nothing
// else: people forward that way. The first is always read, others while they are
// small: hundreds of long ones are for opening, not for showing.
func textWithin(parts []part, nested int) string {
	if nested >= 3 {
		return ""
	}
	var texts []string
	read := 0
	for i := range parts {
		size := len(parts[i].content)
		if parts[i].kind == "message/rfc822" && (read == 0 || read+size <= maxHTMLBytes) {
			inner := parse(parts[i].content, nested+1)
			texts = append(texts, inner.FullText)
			read += size
		}
	}
	text := strings.Join(texts, "\n\n")
	return strings.ToValidUTF8(text[:min(len(text), maxTextBytes)], "")
}

// textOfUnknown is the text of the first part that is a text of a kind that is
// not known, where the mail says nothing else: it is read as plain (RFC 2046,
// 4.1.4), and stays the file that it may be.
func textOfUnknown(parts []part) string {
	for i := range parts {
		p := &parts[i]
		if strings.HasPrefix(p.kind, "text/") && extensionOf(p.kind) == ".txt" && p.kind != "text/calendar" && p.name == "" && p.disposition != "attachment" && !isReportPart(p) {
			text, _, _ := p.text(maxTextBytes)
			return strings.Trim(text, "\n")
		}
	}
	return ""
}

// isEncrypted recognises PGP and S/MIME mails that only the addressee can open.
func isEncrypted(parts []part) bool {
	for i := range parts {
		p := &parts[i]
		smime := p.kind == "application/pkcs7-mime" || p.kind == "application/x-pkcs7-mime"
		if p.kind == "application/pgp-encrypted" || smime && strings.EqualFold(p.params["smime-type"], "enveloped-data") {
			return true
		}
	}
	return false
}
