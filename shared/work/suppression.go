package work

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"mesa/shared/desk"
	"mesa/shared/mailbox"
)

// Suppression is an address that takes no mail of the desk's: it bounced for
// good, or its reader complained. It is kept when the address is used again, so
// that what happened stays told, and so that an event that comes late does not
// close the address anew.
type Suppression struct {
	Address    string             `json:"a"`
	At         time.Time          `json:"at"` // since when
	Cause      desk.DeliveryCause `json:"c"`
	Status     string             `json:"s,omitempty"`
	Diagnostic string             `json:"x,omitempty"` // what the other side said, cut
	Ticket     desk.TicketID      `json:"t"`           // the mail that came back: its case,
	Ref        string             `json:"r"`           // its outbox item
	Message    desk.Message       `json:"m"`           // and what it was
	Times      int                `json:"n"`           // how often it was closed
	Release    *Release           `json:"o,omitempty"` // the last time it was opened again
	Open       bool               `json:"u,omitempty"` // it is open again, by Release
	Version    int                `json:"-"`           // of the stored item; 0: none
}

// Release is a person's word that an address may be written to again.
type Release struct {
	At     time.Time     `json:"at"` // whole seconds, as the times of mails are
	By     desk.PersonID `json:"p"`
	Reason string        `json:"r"`
}

// Active: nothing is sent to the address now.
func (s Suppression) Active() bool { return s.Times > 0 && !s.Open }

// Closed is the record after a mail came back that was sent at a time. It is
// unchanged if the address is closed already, or if the mail left before a person
// opened it again: that says nothing of the address as it is now.
func (s Suppression) Closed(by Suppression, sentAt time.Time) (Suppression, bool) {
	if s.Active() || s.Release != nil && sentAt.Before(s.Release.At) {
		return s, false
	}
	by.Times, by.Release, by.Open, by.Version = s.Times+1, s.Release, false, s.Version
	return by, true
}

// Opened is the record after a person had the address used again.
func (s Suppression) Opened(by Release) Suppression {
	s.Release, s.Open = &by, true
	return s
}

// AddressKey names an address in keys, links and logs without saying it; all
// spellings of one mailbox have the same.
func AddressKey(address string) string {
	sum := sha256.Sum256([]byte(mailbox.Canonical(address)))
	return hex.EncodeToString(sum[:16])
}
