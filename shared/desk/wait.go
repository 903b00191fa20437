package desk

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Machine names a state machine; it owns waiting, never a decision.
type Machine string

// The three machines; their definitions are statemachines/<name>.asl.json.
const (
	MachineApproval   Machine = "approval"
	MachineEscalation Machine = "escalation"
	MachineHardware   Machine = "hardware-diagnosis"
)

// Machines lists the three in the order they are documented.
func Machines() []Machine { return []Machine{MachineApproval, MachineEscalation, MachineHardware} }

// WaitKind is what a ticket waits for.
type WaitKind string

// The kinds of wait. The machine that owns each is Machine's answer.
const (
	WaitApproval  WaitKind = "approval"  // a head decides
	WaitLevel     WaitKind = "level"     // a level attends
	WaitPaused    WaitKind = "paused"    // the requester or a vendor answers
	WaitDiagnosis WaitKind = "diagnosis" // the 60 minutes of 8.6.4
	WaitCustody   WaitKind = "custody"   // the equipment is to be fetched
	WaitReturn    WaitKind = "return"    // the equipment is to be given back
	WaitData      WaitKind = "data"      // missing fields are to arrive; no machine

	WaitDiagnosisPaused WaitKind = "diagnosis-paused" // the 60 minutes are to run on; no machine

	WaitRegularise   WaitKind = "regularise"   // the Jefatura UTI is to regularise; no machine
	WaitVerification WaitKind = "verification" // who asked verifies a closed case; no machine
)

// Machine returns the machine that waits, or "" for dates the sweeper works.
func (k WaitKind) Machine() Machine {
	switch k {
	case WaitApproval:
		return MachineApproval
	case WaitLevel, WaitPaused:
		return MachineEscalation
	case WaitDiagnosis, WaitCustody, WaitReturn:
		return MachineHardware
	default:
		return ""
	}
}

// WaitID is "<kind>#<seq of the opening act>": "approval#1".
type WaitID string

// NewWaitID makes the id of a wait of kind k opened by act seq.
func NewWaitID(k WaitKind, seq int) WaitID { return WaitID(fmt.Sprintf("%s#%d", k, seq)) }

// Kind returns the part before '#'.
func (id WaitID) Kind() WaitKind {
	k, _, _ := strings.Cut(string(id), "#")
	return WaitKind(k)
}

// Seq returns the part after '#', 0 if malformed.
func (id WaitID) Seq() int {
	_, s, _ := strings.Cut(string(id), "#")
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// Asked is one person asked to decide, and in which round last: a link is valid
// only in the round that person was last asked in.
type Asked struct {
	Person PersonID `json:"p"`
	For    PersonID `json:"for,omitempty"` // the principal, when Person stands in
	Round  int      `json:"r"`
}

// Wait is one date a ticket waits for. What is waited for is a pure function
// of the ticket (flow.Waits); Token and Generation belong to whoever waits
// and are outside the fold.
type Wait struct {
	ID         WaitID
	Stage      Stage     // of an approval
	Level      Level     // of a level or paused wait
	Vendor     bool      // paused for a vendor, not for who asked
	WakeAt     time.Time // business clock, UTC, whole seconds
	Round      int       // 1, then one more for each reminder
	Asked      []Asked
	Generation int    // of the machine that waits
	Token      string // task token; never leaves the table
	Settled    bool
}

// MachineRecord is the M# item: which execution may speak for a ticket.
type MachineRecord struct {
	Machine    Machine
	Generation int       // executions are named <ticket>-<machine>-<generation>
	Heals      int       // times it was started anew because it died
	HealedAt   time.Time // last heal; zero if none
	StartItem  string    // outbox item that starts this generation
	Cause      string    // why it stands stuck, for the operations page
}

// ExecutionName is the name of a generation's execution.
func ExecutionName(t TicketID, m Machine, generation int) string {
	return fmt.Sprintf("%s-%s-%d", t, m, generation)
}
