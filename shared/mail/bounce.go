package mail

import (
	"regexp"
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
		if kind := parts[i].kind; kind == "message/delivery-status" || kind == "message/global-delivery-status" {
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

// readStatus reads a delivery-status part: groups of fields, the first about
// the message, each other about one recipient.
func (b *Bounce) readStatus(content []byte) {
	failed, delayed, delivered := false, false, false
	for _, group := range statusGroups(content) {
		address := group.get("Final-Recipient")
		if address == "" {
			address = group.get("Original-Recipient")
		}
		action := strings.ToLower(group.get("Action"))
		status, _, _ := strings.Cut(group.get("Status"), " ")
		if address == "" && action == "" {
			continue
		}
		switch {
		case strings.HasPrefix(action, "delay"):
			delayed = true
		case strings.HasPrefix(action, "deliver"), strings.HasPrefix(action, "relay"), strings.HasPrefix(action, "expand"):
			delivered = true
		case strings.HasPrefix(action, "fail"), strings.HasPrefix(status, "5"), action == "":
			failed = true
		}
		if _, after, ok := strings.Cut(address, ";"); ok {
			address = after
		}
		b.add(address, status, group.text("Diagnostic-Code"))
	}
	switch {
	case failed || !delayed && !delivered:
		b.Kind = BounceFailed
	case delayed:
		b.Kind = BounceDelayed
	default:
		b.Kind = BounceDelivered
	}
}

func statusGroups(content []byte) []header {
	var groups []header
	for len(content) > 0 && len(groups) <= maxRecipients {
		fields, rest, _ := splitHeader(content)
		if len(fields) == 0 {
			break
		}
		groups = append(groups, fields)
		content = rest
	}
	return groups
}

func (b *Bounce) add(address, status, diagnostic string) {
	address = cleanAddress(address)
	if address == "" || len(b.Recipients) >= maxRecipients {
		return
	}
	for _, have := range b.Recipients {
		if strings.EqualFold(have.Address, address) {
			return
		}
	}
	if !statusCode.MatchString(status) {
		status = ""
	}
	b.Recipients = append(b.Recipients, BounceRecipient{Address: address, Status: status, Diagnostic: clip(oneLine(diagnostic), 300)})
}

var (
	statusCode = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}$`)
	// bounceSubject begins the subject of reports of the big mail systems.
	bounceSubject = regexp.MustCompile(`(?i)^\W{0,3}(undeliver(ed|able)\b|undelivered mail|mail undeliverable|(e-?)?mail failure|e-?mail (could not be delivered|delivery (failure|failed))|rejected (mail|message|posting)|(your )?(mail|message) (was )?(rejected|refused)|delivery reports?|benachrichtigung zum |mail delivery (failed|failure|error|status|problem)|delivery (status )?notification\b|delivery (failure|failed|has failed|incomplete|problem|error|report)|message (delivery|not delivered|undeliverable|could not be delivered)|mail (system error|could not be delivered|not delivered)|returned (mail|to sender|message)|failure notice|failed (delivery|mail)|non[- ]?deliver(y|able)|nondeliverable mail|ndn\b|error sending|could not deliver|unable to deliver|address not found|permanent (delivery )?(error|failure)|bounced?( mail| message)?:|warning: (could not send|message)|message status - undeliverable|no se (puede|pudo) entregar|no entregado|no se ha podido entregar|correo (no entregado|devuelto|rechazado)|mensaje (no entregado|devuelto|rechazado|no se pudo entregar)|notificaci[óo]n de (estado de entrega|entrega|error)|error (de|en la) entrega|aviso de (no entrega|entrega)|fallo (de|en la) entrega|entrega fallida|devoluci[óo]n de correo|imposible entregar|non remis|[ée]chec de (la )?remise|unzustellbar|nicht zustellbar|zustellung fehlgeschlagen|mancato recapito|n[ãa]o entregue|falha na entrega|onbestelbaar)`)
	delaySubject  = regexp.MustCompile(`(?i)\b(delay(ed)?|retras|demora|warning: could not send|still (trying|being retried)|en cola)`)
	// daemonName is the local part or the name of what sends reports.
	daemonName = regexp.MustCompile(`(?i)^(mailer[-_. ]?daemon|mail[-_. ]?daemon|mail delivery (system|subsystem|service)|maildelivery|postmaster|post master|mail administrator|administrador (del|de) (sistema|correo).*|system administrator|microsoft outlook|microsoft exchange.*|microsoftexchange[0-9a-f]+|mail system|mmdf|uucp|bounces?|bounce[-+=].*|double-bounce|mail router|internet mail delivery|sistema de correo.*|correo devuelto)$`)
	// daemonBody is a sentence that only reports hold.
	daemonBody = regexp.MustCompile(`(?i)(this is the (mail system|qmail-send program|postfix program|mail delivery agent)|a message that you (sent|have sent) could not be delivered|your message (could not be delivered|wasn'?t delivered|to .{1,80} couldn'?t be delivered|did not reach)|the following (addresses had permanent|message could not be|recipient\(s\) (cannot|could not))|permanent fatal errors|delivery to the following recipients? (failed|has been delayed)|i'm afraid i wasn't able to deliver|undeliverable to the following|user unknown|no se pudo entregar (el|su|a)|no se ha podido entregar|su mensaje no (llegó|ha llegado|se entregó|pudo ser entregado)|recipient address rejected|550[- ]5\.\d\.\d)`)
)

// oddBounce recognises reports without a status part: of qmail, old Exim,
// Exchange, Notes, GroupWise and the many gateways. One sign alone is not
// enough, because people write about bounces and forward them.
func oddBounce(fields header, m *Message, parts []part) (BounceKind, string) {
	if fields.has("X-Failed-Recipients") {
		return kindBySubject(m.Subject), "X-Failed-Recipients"
	}
	local, _, _ := strings.Cut(m.From.Address, "@")
	daemon := daemonName.MatchString(local) || daemonName.MatchString(m.From.Name) || m.From.Address == "" && daemonName.MatchString(strings.Trim(fields.get("From"), " <>\""))
	null := emptyReturnPath(fields)
	subject := bounceSubject.MatchString(strings.TrimSpace(m.Subject))
	// Only asked when something else speaks for a bounce: it reads the text.
	body := func() bool { return daemonBody.MatchString(m.FullText[:min(len(m.FullText), 8192)]) }
	strong := strings.HasPrefix(strings.ToLower(local), "mailer-daemon")
	report := isDeliveryReport(fields)
	switch {
	case report && !hasKind(parts, "message/disposition-notification"):
		return kindBySubject(m.Subject), "report-type=delivery-status"
	case subject && (daemon || null || fields.has("Auto-Submitted") || body()):
		return kindBySubject(m.Subject), "Subject: " + clip(m.Subject, 150)
	case strong && (null || body() || m.Subject == "" || !thread.IsForward(m.Subject)):
		return kindBySubject(m.Subject), "From: " + m.From.Address
	case daemon && body():
		return kindBySubject(m.Subject), "From: " + m.From.Address
	}
	return "", ""
}

func isDeliveryReport(fields header) bool {
	m := parseMedia(fields.get("Content-Type"))
	return m.kind == "multipart/report" && strings.EqualFold(m.params["report-type"], "delivery-status")
}

func hasKind(parts []part, kind string) bool {
	for i := range parts {
		if parts[i].kind == kind {
			return true
		}
	}
	return false
}

func kindBySubject(subject string) BounceKind {
	if delaySubject.MatchString(subject) {
		return BounceDelayed
	}
	return BounceFailed
}

var (
	addressInText = regexp.MustCompile(`[A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,6}`)
	statusInText  = regexp.MustCompile(`\b[45]\.\d\.\d{1,3}\b`)
)

// oddRecipients finds whom a report without a status part is about: its own
// header, else the first address in the text that is not the reporter's.
func (b *Bounce) oddRecipients(fields header, m *Message) {
	status := statusInText.FindString(m.FullText[:min(len(m.FullText), 16384)])
	for _, value := range fields.all("X-Failed-Recipients") {
		for _, piece := range splitAddresses(value) {
			b.add(piece, status, "")
		}
	}
	if len(b.Recipients) > 0 {
		return
	}
	for _, address := range addressInText.FindAllString(m.FullText[:min(len(m.FullText), 8192)], 20) {
		local, _, _ := strings.Cut(address, "@")
		if daemonName.MatchString(local) || m.From.Is(address) || isAmong(m.To, address) {
			continue
		}
		b.add(address, status, "")
		return
	}
}

func isAmong(list []Address, address string) bool {
	for _, have := range list {
		if have.Is(address) {
			return true
		}
	}
	return false
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

var originalStart = regexp.MustCompile(`(?im)^[\s>]*(return-path|received|message-id|date|from|subject|x-pau-message):\s`)

// quotedHeader finds the header of the returned mail in the text of a report.
func quotedHeader(text string) header {
	marks := []string{"--- below this line", "----- this is a copy", "------ this is a copy", "original message", "mensaje original", "message headers", "encabezados"}
	lower := strings.ToLower(text)
	for _, mark := range marks {
		at := strings.Index(lower, mark)
		if at < 0 || at > len(text) {
			continue
		}
		start := originalStart.FindStringIndex(text[at:])
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
