package intake

import "mesa/shared/mail"

// Classification is what the desk would do with a mail that came without a
// receipt, and what it reads in it: one line of `deskctl mail classify`.
type Classification struct {
	File      string        `json:"file"`
	Decision  mail.Decision `json:"decision"`
	FromEmail string        `json:"from_email"`
	FromName  string        `json:"from_name"`
	Subject   string        `json:"subject"`
	// BodyText is all readable text, quoted mails and signature included: the
	// plain version where there is one, else the HTML one as text.
	BodyText    string           `json:"body_text"`
	Attachments []ClassifiedFile `json:"attachments"`
	// IsAutoReply says that a program wrote the mail and nothing may answer it:
	// an answer that is dropped, or another mail that is held.
	IsAutoReply bool `json:"is_auto_reply"`
	IsBounce    bool `json:"is_bounce"`
}

// ClassifiedFile is an attachment of a classified mail.
type ClassifiedFile struct {
	Name   string `json:"name"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Classify reads and judges one mail as Receive does. Nothing is known of it but
// its bytes, so its sender is supposed known and verified, and no ticket exists
// that it could answer: what a person wrote is a ticket. desk are the addresses
// whose own mail is dropped.
func Classify(file string, raw []byte, desk []string) Classification {
	msg := mail.Parse(raw)
	receipt, known := mail.Suppose(&msg)
	known.Addresses = desk
	c := Unreadable(file)
	c.Decision = mail.Judge(&msg, receipt, known).Decision
	c.FromEmail, c.FromName, c.Subject, c.BodyText = msg.From.Address, msg.From.Name, msg.Subject, msg.FullText
	for _, a := range msg.Attachments {
		c.Attachments = append(c.Attachments, ClassifiedFile{Name: a.Name, Bytes: a.Size, SHA256: a.SHA256})
	}
	c.IsAutoReply, c.IsBounce = msg.Auto.Machine() && !msg.Bounce.Is(), msg.Bounce.Is()
	return c
}

// Unreadable is the classification of a mail whose bytes are not to be had: it
// waits for a person, as a stored mail would.
func Unreadable(file string) Classification {
	return Classification{File: file, Decision: mail.Quarantine, Attachments: []ClassifiedFile{}}
}
