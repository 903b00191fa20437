package mail

import (
	"strings"

	"mesa/shared/thread"
)

// BounceKind tells what became of a mail of ours.
type BounceKind string

// The kinds of a bounce.
const (
	// BounceFailed is final: the address gets no more mail until a person says so.
	BounceFailed BounceKind = "failed"
	// BounceDelayed is a warning; the other side is still trying.
	BounceDelayed BounceKind = "delayed"
	// BounceDelivered is a report of success that nobody had asked for.
	BounceDelivered BounceKind = "delivered"
)

// Bounce is a mail that reports on the delivery of another one. It never opens
// a ticket and is never answered.
type Bounce struct {
	Kind       BounceKind        `json:"kind,omitempty"`
	Recipients []BounceRecipient `json:"recipients,omitempty"`
	// Original are the marks of the returned mail: its ids and references, its
	// reply addresses, and its X-PAU-Message, as far as they came back.
	OriginalIDs     []string `json:"originalIds,omitempty"`
	OriginalReplyTo []string `json:"originalReplyTo,omitempty"`
	OriginalSubject string   `json:"originalSubject,omitempty"`
	OriginalMessage string   `json:"originalMessage,omitempty"`
	// Sign is what told that this is a bounce.
	Sign string `json:"sign,omitempty"`
}

// BounceRecipient is one address that was reported on.
type BounceRecipient struct {
	Address string `json:"address"`
	// Status is the enhanced code, `5.1.1`, empty when none was given.
	Status string `json:"status,omitempty"`
	// Diagnostic is the other server's text.
	Diagnostic string `json:"diagnostic,omitempty"`
}

// Is says whether the mail is a bounce at all.
func (b Bounce) Is() bool { return b.Kind != "" }

// bounceOf recognises reports by RFC 3464, and by their look those that follow
// no standard.
func bounceOf(fields header, m *Message, parts []part) Bounce {
	var b Bounce
	for i := range parts {
		// A report that a person forwards lies outside of any report.
		isReport := parts[i].place.report || !thread.IsForward(m.Subject)
		if kind := parts[i].kind; isReport && (kind == "message/delivery-status" || kind == "message/global-delivery-status") {
			b.readStatus(parts[i].content)
			b.Sign = kind
		}
	}
	if b.Kind == "" {
		b.Kind, b.Sign = oddBounce(fields, m, parts)
	}
	if b.Kind == "" {
		return Bounce{}
	}
	if len(b.Recipients) == 0 {
		b.oddRecipients(fields, m)
	}
	b.readOriginal(m, parts)
	return b
}

// readOriginal reads the marks of the returned mail: from a part that holds it
// or its header, else from header lines within the text, as qmail and Exim
// quote them.
func (b *Bounce) readOriginal(m *Message, parts []part) {
	var original header
	for i := range parts {
		switch parts[i].kind {
		case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers", "message/rfc822-headers":
			original, _, _ = splitHeader(parts[i].content)
		}
	}
	if len(original) == 0 {
		original = quotedHeader(m.FullText)
	}
	b.OriginalIDs = thread.IDs(append(original.all("Message-ID"), append(original.all("References"), original.all("In-Reply-To")...)...)...)
	if len(b.OriginalIDs) == 0 {
		b.OriginalIDs = thread.IDs(append(m.References, m.InReplyTo...)...)
	}
	replyTo, _ := parseAddresses(original.all("Reply-To"))
	for _, address := range replyTo {
		b.OriginalReplyTo = append(b.OriginalReplyTo, address.Address)
	}
	b.OriginalSubject = clip(original.text("Subject"), maxSubject)
	b.OriginalMessage = clip(oneLine(rawText(original.get("X-PAU-Message"))), 100)
}

var originalStart = lazily(`(?im)^[\s>]*(return-path|received|message-id|date|from|subject|x-pau-message):\s`)

// quotedHeader finds the header of the returned mail in the text of a report.
func quotedHeader(text string) header {
	marks := []string{"--- below this line", "----- this is a copy", "------ this is a copy", "original message", "mensaje original", "message headers", "encabezados"}
	lower := strings.ToLower(text)
	for _, mark := range marks {
		at := strings.Index(lower, mark)
		if at < 0 || at > len(text) {
			continue
		}
		start := originalStart().FindStringIndex(text[at:])
		if start == nil {
			continue
		}
		fields, _, _ := splitHeader([]byte(strings.TrimLeft(text[at+start[0]:], "\n >")))
		if len(fields) > 1 {
			return fields
		}
	}
	return nil
}
