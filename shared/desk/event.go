package desk

import "time"

// Event is a fact that happened to a ticket. Each type below is one; its JSON
// is stored for ever, so keys are short and never change meaning.
type Event interface {
	// EventName is the type's name, the tag under which it is stored.
	EventName() string
}

// ContactOpened: a mail or a call reached L1 (8.1.1, R62); it has no flow yet.
type ContactOpened struct {
	Number      Number     `json:"n"`
	Requester   PersonID   `json:"r,omitempty"` // empty while the sender is unknown
	Unit        UnitID     `json:"u,omitempty"`
	Sede        SedeID     `json:"s"`
	Territorial bool       `json:"ut,omitempty"`
	Team        TeamID     `json:"t"`
	Suggested   Priority   `json:"p,omitempty"`
	Channel     Channel    `json:"c"`
	Unverified  bool       `json:"uv,omitempty"` // the sender is not proved
	Copied      []PersonID `json:"cc,omitempty"` // whom the mail went to besides the desk
}

// SenderConfirmed: L1 checked who writes: the person the mail shows, or, when it
// shows nobody of the directory, the one named here.
type SenderConfirmed struct {
	Requester   PersonID `json:"r,omitempty"`
	Unit        UnitID   `json:"u,omitempty"`
	Sede        SedeID   `json:"s,omitempty"`
	Territorial bool     `json:"ut,omitempty"`
}

// TicketOpened: the form was posted, a case opens with number and date (8.1.4, R65).
type TicketOpened struct {
	Number      Number    `json:"n"`
	Flow        FlowCode  `json:"f"`
	Rules       int       `json:"v"` // version of the flow's rows it keeps
	Service     ServiceID `json:"sv"`
	Kind        Kind      `json:"k"`
	Suggested   Priority  `json:"p"`
	Requester   PersonID  `json:"r"`
	Unit        UnitID    `json:"u"`
	Sede        SedeID    `json:"s"`
	Territorial bool      `json:"ut,omitempty"`
	Channel     Channel   `json:"c"`
	From        TicketID  `json:"from,omitempty"` // the L1 contact it grew out of (R64), or the ended case it presents anew
	AskedAt     time.Time `json:"at,omitzero"`    // when it was asked for, if entered afterwards (R90)
}

// TicketClassified: L1 gave the contact its flow, service and priority.
type TicketClassified struct {
	Flow     FlowCode  `json:"f"`
	Rules    int       `json:"v"`
	Service  ServiceID `json:"sv"`
	Kind     Kind      `json:"k"`
	Priority Priority  `json:"p"`
	Contact  bool      `json:"ct,omitempty"` // stays an L1 contact: 8.1, 8.2
}

// DataRequested: fields the flow wants are missing and were asked for (R104, R110).
type DataRequested struct {
	Fields []string `json:"f"`
}

// DataProvided: some missing fields arrived.
type DataProvided struct {
	Fields []string `json:"f"`
}

// TicketRedirected: L1 told the requester to take a PAU ticket (8.1.3).
type TicketRedirected struct{}

// TicketLinked: another ticket grew out of this contact (R64).
type TicketLinked struct {
	Other TicketID `json:"o"`
}

// ApprovalRequested: a stage opened and these persons were asked (8.1.4).
type ApprovalRequested struct {
	Stage   Stage     `json:"s"`
	Asked   []Asked   `json:"a,omitempty"` // empty: «sin aprobador»
	Skipped []Skipped `json:"k,omitempty"`
	More    []Stage   `json:"m,omitempty"` // stages still to come
}

// Skipped is a person who would have been asked, and why not.
type Skipped struct {
	Person PersonID `json:"p,omitempty"`
	Reason string   `json:"w"` // requester | vacant | absent | disabled | next-stage
}

// StageSkipped: nobody is asked twice. The stage's approver also stands in the
// next one, or approved an earlier one, and that decision stands for both.
type StageSkipped struct {
	Stage    Stage    `json:"s"`
	Person   PersonID `json:"p,omitempty"`
	Approved bool     `json:"ap,omitempty"` // an earlier stage, else asked in the next
}

// StageApproved: a person asked said yes (the record's actor says who).
type StageApproved struct {
	Stage Stage `json:"s"`
}

// StageRejected: a person asked said no; the reason stands in the texts.
type StageRejected struct {
	Stage Stage `json:"s"`
}

// TicketRejected: final for this case (R67, R69).
type TicketRejected struct{}

// ApprovalReminded: the persons asked got a fresh link; the old one died.
type ApprovalReminded struct {
	Round   int `json:"r"`
	Skipped int `json:"k,omitempty"` // steps passed over because only the furthest is performed
}

// ApprovalPassedOn: further persons were asked too; those asked before keep their
// right, and the link of the round they were asked in last.
type ApprovalPassedOn struct {
	Round   int       `json:"r"`
	Asked   []Asked   `json:"a"`
	Skipped []Skipped `json:"k,omitempty"`
}

// ApprovalDeclined: a person asked said the decision is not theirs; the desk finds out whose.
type ApprovalDeclined struct {
	Person PersonID `json:"p"`
}

// TicketWithdrawn: the requester took it back before a level had taken it.
type TicketWithdrawn struct{}

// PrioritySet: the desk applied the criteria of 7.4 (R36).
type PrioritySet struct {
	Priority Priority `json:"p"`
}

// LevelEntered: the ticket came to a level: 7.5, R50.
type LevelEntered struct {
	Level    Level       `json:"l"`
	From     Level       `json:"fr,omitempty"`
	Team     TeamID      `json:"t"`
	Assignee PersonID    `json:"a,omitempty"`
	Why      LevelReason `json:"w"`
}

// LevelReason is why a ticket came to a level.
type LevelReason string

// The reasons of LevelEntered.
const (
	BecauseOpened       LevelReason = "opened"
	BecauseApproved     LevelReason = "approved"
	BecauseAssigned     LevelReason = "assigned"
	BecausePase         LevelReason = "pase"
	BecauseExecution    LevelReason = "execution"
	BecauseEscalated    LevelReason = "escalated"
	BecauseReturned     LevelReason = "returned"
	BecauseClimbed      LevelReason = "climbed" // by the clock: L1→L2, headquarters 8.5–8.7
	BecauseReopened     LevelReason = "reopened"
	BecauseReclassified LevelReason = "reclassified"
	BecauseClassified   LevelReason = "classified" // what it is about belongs to another Level 1 team: 8.2.1
	BecauseRouted       LevelReason = "routed"     // by technical nature: 8.3.3
	BecauseSolved       LevelReason = "solved"     // infrastructure solved it, the solution goes up the chain: 8.3.3 c
)

// TicketAssigned: a person of the present team is to attend it (8.5.2, 8.6.2).
type TicketAssigned struct {
	Person PersonID `json:"p"`
}

// TicketTaken: a member of the present team works on it.
type TicketTaken struct {
	Level Level `json:"l"`
}

// QuestionAsked: work pauses until the requester answers (8.1.5, R72).
type QuestionAsked struct{}

// QuestionAnswered: work goes on with the time left. How much working time the
// pause was worth the calendar says whenever it is asked; it is not stored.
type QuestionAnswered struct{}

// CommentAdded: who asked, or a person of the ticket, wrote something.
type CommentAdded struct {
	Sender PersonID   `json:"p,omitempty"`
	MailID string     `json:"m,omitempty"`  // the inbound mail it came in
	Copied []PersonID `json:"cc,omitempty"` // whom it went to besides the desk
}

// CopiedOn are the people whom the mail of an event went to besides the desk.
// They belong to the conversation: an answer of theirs is a comment (R29).
func CopiedOn(e Event) []PersonID {
	switch e := e.(type) {
	case ContactOpened:
		return e.Copied
	case CommentAdded:
		return e.Copied
	}
	return nil
}

// NoteAdded: an internal note, never shown to the requester.
type NoteAdded struct{}

// RequesterTold: the requester was told something, by which medium (R31).
type RequesterTold struct {
	Medium Medium `json:"m"`
}

// ContactLogged: support spoke with the user (8.5.3, R106, R109).
type ContactLogged struct {
	Tool     string `json:"t"`
	Modality string `json:"m"`
	Reached  bool   `json:"ok,omitempty"`
}

// WorkaroundRecorded: a temporary solution, apart from the final one (R38).
type WorkaroundRecorded struct{}

// DiagnosisStarted: the 60 minutes begin (8.6.4, R114).
type DiagnosisStarted struct{}

// TransferAnnounced: the one mail of 8.6.4 was ordered (R113).
type TransferAnnounced struct {
	ByClock bool `json:"c,omitempty"` // the 60 minutes ran out; else declared early
}

// CustodyTaken: somebody took the equipment (R115).
type CustodyTaken struct {
	TakenAt time.Time `json:"at"`
}

// TransferCancelled: the equipment was not moved after all; a correcting mail went.
type TransferCancelled struct{}

// EquipmentReturned: the equipment is back (8.6.5, R116).
type EquipmentReturned struct {
	ReturnedAt time.Time `json:"at"`
}

// PaseHandedOver: L2 generated the hand-over folder (8.1.6, R74).
type PaseHandedOver struct {
	N int `json:"n"`
}

// InterruptionAnnounced: the users of the system were told it will stop (8.1.7, R76).
type InterruptionAnnounced struct {
	StartsAt time.Time `json:"s"`
	EndsAt   time.Time `json:"e"`
	System   ServiceID `json:"sy,omitempty"` // whose users are told; empty: the ticket's service
	Users    int       `json:"n,omitempty"`  // how many they were then
}

// ExecutionSucceeded: L3 executed without error (8.1.9).
type ExecutionSucceeded struct {
	N int `json:"n"`
}

// ExecutionFailed: L3 met an execution error; Desarrollo is to modify (8.1.8).
type ExecutionFailed struct {
	N int `json:"n"`
}

// WaitReminded: a date came and the people it concerns were told.
type WaitReminded struct {
	Wait   WaitKind `json:"w"`
	Round  int      `json:"r"`
	Missed int      `json:"m,omitempty"`  // steps passed over because only the furthest is performed
	Share  int      `json:"pc,omitempty"` // of a level: percent of its local target; 0: the whole of it
}

// Step is which step of a level's local target was told, in percent.
func (e WaitReminded) Step() int {
	if e.Share == 0 {
		return WholeTarget
	}
	return e.Share
}

// WholeTarget is the last step of a local target, in percent: it has come.
const WholeTarget = 100

// TicketClosed: the attention ended (R153).
type TicketClosed struct {
	Solution bool `json:"s,omitempty"` // false when closed without one: see texts
}

// RowRegistered: one row of Anexo 01 was written (R137).
type RowRegistered struct {
	Sede   SedeID `json:"s"`
	Period string `json:"m"` // yyyymm, Lima
	N      int    `json:"n"`
}

// TicketReopened: «sigue fallando» (R87).
type TicketReopened struct{}

// MailResent: a person had a mail that did not go sent again.
type MailResent struct {
	Ref string `json:"o"` // the outbox item that failed
}
