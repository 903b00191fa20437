package mailbox

import (
	"strings"
	"time"
)

// What becomes of a message: it is delivered, unless a test asked otherwise or
// the name of its recipient says so. The names are Spanish and those by which
// SES's own simulator lets a sender try each outcome.
const (
	fateBounce    = "bounce"
	fateFull      = "full"
	fateDelay     = "delay"
	fateAbsent    = "ooto"
	fateComplaint = "complain"
)

// fates are the beginnings of local parts, and what they make of a mail.
func fates() map[string]string {
	return map[string]string{"rebota": fateBounce, "bounce": fateBounce, "suppressionlist": fateBounce, "lleno": fateFull, "demora": fateDelay,
		"ausente": fateAbsent, "ooto": fateAbsent, "queja": fateComplaint, "complaint": fateComplaint}
}

func (m Message) fate() (fate, address string) {
	for _, recipient := range m.Recipients() {
		address = strings.ToLower(bareAddress(recipient))
		if m.Fate != "" {
			return m.Fate, address
		}
		for name, fate := range fates() {
			if strings.HasPrefix(address, name) {
				return fate, address
			}
		}
	}
	return "", address
}

// after are the events that follow a message's Send.
func (m Message) after() []event {
	fate, address := m.fate()
	switch fate {
	case fateBounce:
		return []event{m.bounced(address, "Permanent", "General", "5.1.1", "smtp; 550 5.1.1 user unknown")}
	case fateFull:
		return []event{m.bounced(address, "Transient", "MailboxFull", "5.2.2", "smtp; 552 5.2.2 mailbox full")}
	case fateDelay:
		return []event{m.delayed(address), m.delivered()}
	case fateAbsent:
		return []event{m.delivered(), m.bounced(address, "Transient", "General", "", "")}
	case fateComplaint:
		return []event{m.delivered(), {EventType: "Complaint", Mail: m.eventMail(), Complaint: map[string]any{
			"timestamp": m.later(2), "feedbackId": m.ID + "-complaint", "complaintSubType": nil, "complaintFeedbackType": "abuse",
			"complainedRecipients": []eventRecipient{{EmailAddress: address}},
		}}}
	default:
		return []event{m.delivered()}
	}
}

func (m Message) later(seconds int) string {
	return m.AcceptedAt.Add(time.Duration(seconds) * time.Second).Format(eventTime)
}

func (m Message) delivered() event {
	return event{EventType: "Delivery", Mail: m.eventMail(), Delivery: map[string]any{
		"timestamp": m.later(1), "processingTimeMillis": 1000, "recipients": m.Recipients(),
		"smtpResponse": "250 2.0.0 OK", "reportingMTA": "local.amazonses.com",
	}}
}

func (m Message) delayed(address string) event {
	return event{EventType: "DeliveryDelay", Mail: m.eventMail(), DeliveryDelay: map[string]any{
		"timestamp": m.later(1), "delayType": "TransientCommunicationFailure", "expirationTime": m.later(14 * 3600),
		"delayedRecipients": []eventRecipient{{address, "", "4.4.1", "smtp; 421 4.4.1 Unable to connect to remote host"}},
	}}
}

func (m Message) bounced(address, kind, sub, status, diagnostic string) event {
	return event{EventType: "Bounce", Mail: m.eventMail(), Bounce: map[string]any{
		"bounceType": kind, "bounceSubType": sub, "timestamp": m.later(1), "feedbackId": m.ID + "-bounce", "reportingMTA": "dns; local.amazonses.com",
		"bouncedRecipients": []eventRecipient{{address, "failed", status, diagnostic}},
	}}
}
