package desk

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Message names a mail of the procedure; package notify has its words (R152).
type Message string

// AudienceKind says how a notice finds its readers.
type AudienceKind string

// The audiences. Requester and Person are one person; Team is the team's one
// mailbox, else its lead; Lead is the lead alone.
const (
	ToRequester AudienceKind = "requester"
	ToPerson    AudienceKind = "person"
	ToTeam      AudienceKind = "team"
	ToLead      AudienceKind = "lead"
	ToUsersOf   AudienceKind = "users-of" // a system's users: fan-out
)

// Audience is who a notice is for.
type Audience struct {
	Kind   AudienceKind
	Person PersonID
	Team   TeamID
	System ServiceID
	For    PersonID // principal the person stands in for
}

// Notice is a mail that the procedure wants sent; Decide returns them, package
// notify makes them one outbox item per recipient.
type Notice struct {
	Message  Message
	Audience Audience
	Wait     WaitID // of a decision link
	Round    int    // of a decision link
	Stage    Stage
	Data     map[string]string // what the words need beyond the ticket
	Closing  bool              // the closing's R31 medium: if it fails, the assignee is told
}

// EffectOp is what an outbox item does in the world.
type EffectOp string

// The operations of an outbox item.
const (
	OpMail   EffectOp = "mail"
	OpStart  EffectOp = "start"
	OpResume EffectOp = "resume"
	OpFanOut EffectOp = "fan-out"
	OpFamily EffectOp = "family" // expanded into one follow for each case of a mass incident
	OpFollow EffectOp = "follow" // one case ends as its mass incident ended
)

// EffectState is how far an outbox item got.
type EffectState string

// The states of an outbox item. Uncertain: the call may have worked; due again
// in 10 minutes. Unconfirmed: two unknown ends; a person decides («Reenviar»).
const (
	EffectPending     EffectState = "pending"
	EffectDone        EffectState = "done"
	EffectFailed      EffectState = "failed"
	EffectUncertain   EffectState = "uncertain"
	EffectUnconfirmed EffectState = "unconfirmed"
)

// MachineCall is what a start or resume effect holds: never an old truth, only
// which machine, generation and wait to speak about.
type MachineCall struct {
	Machine    Machine `json:"machine"`
	Generation int     `json:"generation"`
	Wait       WaitID  `json:"wait,omitempty"`
}

// FanOut is what a fan-out effect holds: one mail for each user of a system,
// expanded in pages into items with deterministic numbers (R77).
type FanOut struct {
	System ServiceID `json:"s"`
	Mail   Mail      `json:"m"` // To and Person are filled for each user
	Next   int       `json:"n"` // users already expanded
}

// Follow is what a follow effect holds: which case ends as its mass incident did.
type Follow struct {
	Child TicketID `json:"c"`
}

// Mail is what a mail effect holds: words' name and data. No rendered secret:
// signed links and codes are made at send time.
type Mail struct {
	Message Message           `json:"m"`
	To      string            `json:"to"`             // one address
	Name    string            `json:"name,omitempty"` // display name of the recipient
	Person  PersonID          `json:"p,omitempty"`
	For     PersonID          `json:"for,omitempty"`
	Wait    WaitID            `json:"w,omitempty"`
	Round   int               `json:"r,omitempty"`
	Stage   Stage             `json:"s,omitempty"`
	ReplyTo string            `json:"rt,omitempty"` // in-reply-to: message id of the inbound mail
	Closing bool              `json:"c,omitempty"`
	Data    map[string]string `json:"d,omitempty"`
}

// Effect is an outbox item: O#<seq>.<n>, complete in itself.
type Effect struct {
	Ticket     TicketID
	Seq, N     int
	Op         EffectOp
	Mail       *Mail
	Call       *MachineCall
	FanOut     *FanOut
	Follow     *Follow
	State      EffectState
	Attempts   int
	DueAt      time.Time
	LeaseUntil time.Time
	LastError  string // English, no personal data
	SentID     string // id that SES gave
	CreatedAt  time.Time
	DoneAt     time.Time
	Delivery   Delivery // of a mail: what was heard of it since
}

// Ref is the item's sort key part: "<seq>.<n>".
func (e Effect) Ref() string { return fmt.Sprintf("%d.%d", e.Seq, e.N) }

// Tag names the item in the mail service's tags, which allow letters, digits, '_'
// and '-' only; the mail's own X-PAU-Message says the same.
func (e Effect) Tag() string { return fmt.Sprintf("%s-%d-%d", e.Ticket, e.Seq, e.N) }

// TaggedItem reads a tag back: whose item, and which.
func TaggedItem(tag string) (id TicketID, ref string, ok bool) {
	parts := strings.Split(tag, "-")
	if len(parts) != 3 || len(parts[0]) != ulidLength {
		return "", "", false
	}
	seq, err1 := strconv.ParseUint(parts[1], 10, 31)
	n, err2 := strconv.ParseUint(parts[2], 10, 31)
	if err1 != nil || err2 != nil || strings.IndexFunc(parts[0], func(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'Z') }) >= 0 {
		return "", "", false
	}
	return TicketID(parts[0]), Effect{Seq: int(seq), N: int(n)}.Ref(), true
}

// ulidLength is how long a ticket's id is.
const ulidLength = 26
