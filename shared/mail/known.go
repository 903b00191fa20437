package mail

import (
	"slices"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/mailbox"
	"mesa/shared/thread"
)

// Hints are the marks by which a mail may belong to a ticket: what to look up
// before judging it. Address and Root prove that the sender has seen a mail of
// the ticket; the others are only claims.
type Hints struct {
	Address desk.TicketID `json:"address,omitempty"`
	Root    desk.TicketID `json:"root,omitempty"`
	// IDs are message ids to look for among the mails received, the answered
	// one first.
	IDs    []string    `json:"ids,omitempty"`
	Number desk.Number `json:"number,omitempty"`
	// Item is the X-PAU-Message of a returned mail: the outbox item that bounced.
	Item string `json:"item,omitempty"`
}

// HintsOf reads the marks of a mail; those of a bounce stand in the mail that
// it returns.
func HintsOf(m *Message, r Receipt, marks thread.Marks) Hints {
	addresses := append([]string{}, r.Recipients...)
	for _, list := range [][]Address{m.To, m.Cc} {
		for _, address := range list {
			addresses = append(addresses, address.Address)
		}
	}
	ids, subject := newestFirst(m.InReplyTo, m.References), m.Subject
	h := Hints{}
	if m.Bounce.Is() {
		addresses = append(addresses, m.Bounce.OriginalReplyTo...)
		ids = append(append([]string{}, m.Bounce.OriginalIDs...), ids...)
		subject = m.Bounce.OriginalSubject + " " + subject
		h.Item = m.Bounce.OriginalMessage
	}
	for _, address := range addresses {
		if ticket, ok := marks.FromAddress(address); ok {
			h.Address = ticket
			break
		}
	}
	h.Root, _ = marks.FromIDs(ids)
	h.Number, _ = thread.FindNumber(subject)
	h.IDs = ids
	return h
}

// newestFirst orders what a mail refers to: the answered mail, then the thread
// backwards.
func newestFirst(inReplyTo, references []string) []string {
	ids := append([]string{}, inReplyTo...)
	for i := len(references) - 1; i >= 0; i-- {
		ids = append(ids, references[i])
	}
	return thread.IDs("<" + strings.Join(ids, "><") + ">")
}

// Mark is how a mail was found to belong to a ticket.
type Mark string

// The marks from the strongest to the weakest.
const (
	ByAddress Mark = "reply-address"
	ByRoot    Mark = "root"
	ByID      Mark = "inbound-id"
	BySubject Mark = "subject"
)

// proves says whether only somebody who saw a mail of the ticket has this mark.
func (m Mark) proves() bool { return m == ByAddress || m == ByRoot }

// Candidate is a ticket that a mark led to.
type Candidate struct {
	Ticket desk.TicketID `json:"ticket"`
	By     Mark          `json:"by"`
	// Belongs says that the sender's address is that of the requester, of a
	// participant or of the team of the ticket.
	Belongs bool `json:"belongs"`
	// Asked says that the sender's address is that of somebody who is asked to
	// decide in the open stage; ByReply that its service may be decided so.
	Asked   bool `json:"asked,omitempty"`
	ByReply bool `json:"byReply,omitempty"`
	// Since is when that stage opened: a mail sent before answers another.
	Since time.Time `json:"since,omitzero"`
}

// Sight is how a mail has been seen before.
type Sight string

// The ways of having been seen.
const (
	// SeenReception is the same reception, told twice (F1).
	SeenReception Sight = "reception"
	// SeenMail is the same mail received again, or by another of our addresses.
	SeenMail Sight = "mail"
	// SeenEdited is another mail with the id of one received before (F2).
	SeenEdited Sight = "edited"
)

// Known are the facts that a judgement needs and that are not in the mail. They
// come from the store and the directory; the zero value knows nothing.
type Known struct {
	// Addresses are all addresses of the desk, those of the units included.
	Addresses []string `json:"addresses,omitempty"`
	// ReplyDomain is the domain of the signed reply addresses.
	ReplyDomain string `json:"replyDomain,omitempty"`
	// Domains are the institution's own mail domains.
	Domains []string `json:"domains,omitempty"`
	// Person has the From address in the directory, empty when nobody has.
	Person desk.PersonID `json:"person,omitempty"`
	// Candidates are the tickets that the hints led to.
	Candidates []Candidate `json:"candidates,omitempty"`
	Seen       Sight       `json:"seen,omitempty"`
	// SeenTicket is where the mail seen before went.
	SeenTicket desk.TicketID `json:"seenTicket,omitempty"`
	// SeenBelongs says that the sender belongs to that ticket.
	SeenBelongs bool `json:"seenBelongs,omitempty"`
	// OverCap says that this sender has sent more today, or this ticket got
	// more, than people do (F32).
	OverCap bool `json:"overCap,omitempty"`
	// AnsweredToday says that the sender, unknown, has had today's answer.
	AnsweredToday bool `json:"answeredToday,omitempty"`
}

// Supposed is the person of a dry run: somebody of the directory.
const Supposed desk.PersonID = "supuesta"

// Suppose returns the facts of a dry run without receipt: the sender is known
// and verified, nothing was seen before.
func Suppose(m *Message) (Receipt, Known) {
	r := Receipt{Source: m.From.Address, Verdicts: Verdicts{Spam: Pass, Virus: Pass, SPF: Pass, DKIM: Pass, DMARC: Pass}}
	if r.Source == "" {
		r.Source = "supuesto@invalid"
	}
	return r, Known{Person: Supposed}
}

// best returns the strongest candidate.
func (k Known) best() (Candidate, bool) {
	for _, mark := range []Mark{ByAddress, ByRoot, ByID, BySubject} {
		for _, candidate := range k.Candidates {
			if candidate.By == mark && candidate.Ticket != "" {
				return candidate, true
			}
		}
	}
	return Candidate{}, false
}

// ours says whether an address is the desk's own.
func (k Known) ours(a Address) bool {
	if k.ReplyDomain != "" && a.Domain() == mailbox.Domain(k.ReplyDomain) {
		return true
	}
	return a.Address != "" && slices.ContainsFunc(k.Addresses, func(own string) bool { return a.Base() == mailbox.Canonical(own) })
}
