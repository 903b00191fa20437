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
	Why       string            `json:"why"`                // Spanish, the last rule's words
	Rule      string            `json:"rule,omitempty"`     // the rule that decided; those before it said no
	Verdicts  string            `json:"verdicts,omitempty"` // of SES: `dmarc=PASS spam=GRAY`
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

// MailMark is a place in the list of held mails, oldest first: after the mail of
// this time and id. The zero mark stands before all.
type MailMark struct {
	At time.Time
	ID string
}

// Mark is the place of a mail in that list.
func (r MailRecord) Mark() MailMark { return MailMark{r.At, r.ID} }

// ErrNotHeld: somebody settled the held mail already.
var ErrNotHeld = errors.New("the mail is not held any more")

// LostMail is a stored mail that the nightly comparison found without a record.
type LostMail struct {
	ID string    `json:"id"`
	At time.Time `json:"at"` // when it was stored
}
