package mail

import (
	"strings"
)

var statusCode = lazily(`^[245]\.\d{1,3}\.\d{1,3}$`)

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
	if !statusCode().MatchString(status) {
		status = ""
	}
	b.Recipients = append(b.Recipients, BounceRecipient{Address: address, Status: status, Diagnostic: clip(oneLine(diagnostic), 300)})
}
