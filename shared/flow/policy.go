package flow

import (
	"time"

	"mesa/shared/desk"
)

// Policy is the local settings of time: «meta local», never norm (R37). The
// procedure itself sets only the 60 minutes of 8.6.4.
type Policy struct {
	Approval         []ApprovalStep
	Targets          map[desk.Priority]Target
	Diagnosis        time.Duration    // the 60 minutes of 8.6.4
	DiagnosisWorking bool             // count them in working time (R114)
	Questions        time.Duration    // working time before a question is repeated
	MissingData      time.Duration    // working time before missing data is asked again
	Custody          time.Duration    // working time before custody and return are reminded
	Verification     time.Duration    // working time in which who asked may say that it still fails (R87)
	LinkLife         time.Duration    // how long a signed link verifies at most
	SignIn           []desk.ServiceID // services whose decisions take signing in; none by default
	CredentialLife   time.Duration    // how long a temporary password waits to be seen (R101)
	SenderMails      int              // mails of one sender a day; more wait for a person (F32)
	TicketMails      int              // mails added to one case a day; more wait for a person (F32)
}

// ApprovalStep is what happens when a decision is not made in time. After is
// working time since the stage opened.
type ApprovalStep struct {
	After time.Duration
	Do    StepKind
}

// StepKind is what a step of the approval policy does. None decides.
type StepKind string

// The steps: a fresh link; the substitute, else the superior; the superior.
const (
	Remind       StepKind = "remind"
	AskNext      StepKind = "ask-next"
	AskSuperiors StepKind = "ask-superiors"
)

// Target is the local goal for one priority, in working time: R37.
type Target struct {
	Response time.Duration
	Solution time.Duration
}

// DefaultPolicy is what holds until the institution sets its own.
func DefaultPolicy() Policy {
	const hour = time.Hour
	return Policy{
		Approval: []ApprovalStep{{4 * hour, Remind}, {8 * hour, AskNext}, {16 * hour, AskSuperiors}},
		Targets: map[desk.Priority]Target{
			1: {1 * hour, 4 * hour}, 2: {2 * hour, 8 * hour}, 3: {4 * hour, 16 * hour}, 4: {8 * hour, 40 * hour},
		},
		Diagnosis:   60 * time.Minute,
		Questions:   8 * hour,
		MissingData: 8 * hour,
		Custody:     8 * hour,
		LinkLife:    60 * 24 * hour,

		Verification:   24 * hour,     // three working days
		CredentialLife: 5 * 24 * hour, // outlives a long weekend
		SenderMails:    40,
		TicketMails:    20,
	}
}

// target returns the goal for a priority; an unknown one is treated as P3.
func (p Policy) target(pr desk.Priority) Target {
	if t, ok := p.Targets[pr]; ok {
		return t
	}
	return p.Targets[3]
}
