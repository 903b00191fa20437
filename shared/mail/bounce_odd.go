package mail

import (
	"strings"

	"mesa/shared/thread"
)

// oddSigns are what a report without a status part shows of itself: those of
// qmail, old Exim, Exchange, Notes, GroupWise and the many gateways.
type oddSigns struct {
	daemon  bool // a name or address that sends reports
	machine bool // a null return path, no sender at all, or another mark of programs
	subject bool // the subject of a report
}

// oddBounce recognises reports that follow no standard. One sign alone is not
// enough, because people write about bounces and forward them.
func oddBounce(fields header, m *Message, parts []part) (BounceKind, string) {
	if fields.has("X-Failed-Recipients") {
		return kindBySubject(m.Subject), "X-Failed-Recipients"
	}
	if isDeliveryReport(fields) && !hasKind(parts, "message/disposition-notification") {
		return kindBySubject(m.Subject), "report-type=delivery-status"
	}
	local, _, _ := strings.Cut(m.From.Address, "@")
	name := m.From.Name
	if m.From.Address == "" && name == "" {
		name = strings.Trim(fields.get("From"), " <>\"")
	}
	nobody := emptyReturnPath(fields) || m.From.Address == "" && fields.has("From")
	s := oddSigns{
		daemon:  daemonName().MatchString(local) || daemonName().MatchString(name),
		machine: nobody || markedByProgram(fields),
		subject: bounceSubject().MatchString(strings.TrimSpace(m.Subject)),
	}
	switch {
	case onlyDaemon().MatchString(local) && !thread.IsForward(m.Subject):
		return kindBySubject(m.Subject), "From: " + m.From.Address
	case s.subject && (s.daemon || s.machine), plainSubject().MatchString(strings.TrimSpace(m.Subject)) && saysBounced(m):
		return kindBySubject(m.Subject), "Subject: " + clip(m.Subject, 150)
	case s.daemon && (nobody || saysBounced(m)):
		return kindBySubject(m.Subject), "From: " + clip(m.From.Name+" "+m.From.Address, 150)
	case nobody && saysBounced(m) && !thread.IsForward(m.Subject):
		return kindBySubject(m.Subject), "texto de una devolución"
	}
	return "", ""
}

// saysBounced looks for a sentence that only reports hold. Asked last, because
// it reads the text.
func saysBounced(m *Message) bool {
	return bounceSentence().MatchString(m.FullText[:min(len(m.FullText), 8192)])
}

// markedByProgram: the headers that programs write of themselves. Lists write
// them above the mails of people too, and say so.
func markedByProgram(fields header) bool {
	if throughList(fields) || fields.has("List-Id") {
		return false
	}
	switch strings.ToLower(fields.get("Precedence")) {
	case "bulk", "junk", "auto_reply":
		return true
	}
	value := strings.ToLower(fields.get("Auto-Submitted"))
	return strings.HasPrefix(value, "auto-")
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

var (
	addressInText = lazily(`[A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,6}`)
	statusInText  = lazily(`\b[45]\.\d\.\d{1,3}\b`)
)

// oddRecipients finds whom a report without a status part is about: its own
// header, else the first address in the text that is not the reporter's.
func (b *Bounce) oddRecipients(fields header, m *Message) {
	status := statusInText().FindString(m.FullText[:min(len(m.FullText), 16384)])
	for _, value := range fields.all("X-Failed-Recipients") {
		for _, piece := range splitAddresses(value) {
			b.add(piece, status, "")
		}
	}
	if len(b.Recipients) > 0 {
		return
	}
	for _, address := range addressInText().FindAllString(m.FullText[:min(len(m.FullText), 8192)], 20) {
		local, _, _ := strings.Cut(address, "@")
		if daemonName().MatchString(local) || m.From.Is(address) || isAmong(m.To, address) {
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
