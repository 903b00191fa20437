package work

import (
	"errors"
	"time"

	"mesa/shared/desk"
)

// MailRecord is what became of one received mail. It is kept for ever; Held ones
// wait for a person.
type MailRecord struct {
	ID        string            `json:"id"` // SES's id of the reception
	Key       string            `json:"key"`
	At        time.Time         `json:"at"`
	Decision  desk.MailDecision `json:"decision"`
	Why       string            `json:"why"` // Spanish, the last rule's words
	Ticket    desk.TicketID     `json:"ticket,omitempty"`
	From      string            `json:"from,omitempty"`
	Name      string            `json:"name,omitempty"`
	Subject   string            `json:"subject,omitempty"`
	Recipient string            `json:"to,omitempty"`
	Verified  bool              `json:"verified,omitempty"`
	Virus     bool              `json:"virus,omitempty"` // its attachments are never kept
	Item      string            `json:"item,omitempty"`  // outbox item that bounced
	Held      bool              `json:"held,omitempty"`
	Outcome   string            `json:"outcome,omitempty"` // released, attached, discarded
	By        desk.PersonID     `json:"by,omitempty"`
	Reason    string            `json:"reason,omitempty"`
}

// ErrNotHeld: somebody settled the held mail already.
var ErrNotHeld = errors.New("the mail is not held any more")

// LostMail is a stored mail that the nightly comparison found without a record.
type LostMail struct {
	ID string    `json:"id"`
	At time.Time `json:"at"` // when it was stored
}
