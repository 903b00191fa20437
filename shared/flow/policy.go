package flow

import (
	"slices"
	"time"

	"mesa/shared/desk"
)

// Policy is the local settings of time: «meta local», never norm (R37). The
// procedure itself sets only the 60 minutes of 8.6.4.
type Policy struct {
	Approval         []ApprovalStep
	Digest           int // decisions pending from which a person gets one mail about all each working day; 0: never
	Targets          map[desk.Priority]Target
	LevelTargets     map[desk.Level]map[desk.Priority]Target // instead of Targets while a case stands at the level
	Warnings         []int                                   // percents of a target at which whoever has the case is warned; none: never
	AtTarget         []TargetRule                            // what happens when a target has come
	Diagnosis        time.Duration                           // the 60 minutes of 8.6.4
	DiagnosisWorking bool                                    // count them in working time (R114)
	Questions        time.Duration                           // working time before a question is repeated
	MissingData      time.Duration                           // working time before missing data is asked again
	Custody          time.Duration                           // working time before custody and return are reminded
	Verification     time.Duration                           // working time in which who asked may say that it still fails (R87)
	LinkLife         time.Duration                           // how long a signed link verifies at most
	SignIn           []desk.ServiceID                        // services whose decisions take signing in; none by default
	CredentialLife   time.Duration                           // how long a temporary password waits to be seen (R101)
	SenderMails      int                                     // mails of one sender a day; more wait for a person (F32)
	Since            time.Time                               `json:"-"`          // in force from; zero: the desk's own, never set
	By               desk.PersonID                           `json:",omitempty"` // who set it on the portal
	TicketMails      int                                     // mails added to one case a day; more wait for a person (F32)
	ReplyDecisions   []desk.ServiceID                        // services that may be decided by answering the mail; none by default (8.1.4)
}

// ApprovalStep is what happens when a decision is not made in time. After is
// working time since the stage opened.
type ApprovalStep struct {
	After time.Duration
	Do    StepKind
}

// StepKind is what a step of the approval policy does. None decides; each gives
// those asked a fresh link, and asks who began to stand in since.
type StepKind string

// The steps.
const (
	Remind       StepKind = "remind"        // nothing more
	AskNext      StepKind = "ask-next"      // the next in line: the superior, then the Jefatura of the UTI
	AskSuperiors StepKind = "ask-superiors" // all of them who are left
)

// Target is the local goal for one priority, in working time: R37. In a level's
// own targets 0 leaves the priority's.
type Target struct {
	Response time.Duration
	Solution time.Duration
}

// TargetRule says what is done when the target of certain cases has come. What
// it leaves empty it says of all.
type TargetRule struct {
	Priority desk.Priority
	Flow     desk.FlowCode
	Level    desk.Level
	Do       TargetStep
}

// TargetStep is what is done when a target has come.
type TargetStep string

// The steps, each more than the one before it. Climbing happens only where the
// procedure lets the clock move a case (Climbs); elsewhere people are told.
const (
	RemindHolder TargetStep = "remind"    // whoever has it
	TellLead     TargetStep = "tell-lead" // and who leads their team
	Climb        TargetStep = "climb"     // to Level 2, if nobody took it
)

// TargetSteps lists them.
func TargetSteps() []TargetStep { return []TargetStep{RemindHolder, TellLead, Climb} }

// DefaultPolicy is what holds until the institution sets its own.
func DefaultPolicy() Policy {
	const hour = time.Hour
	return Policy{
		Approval: []ApprovalStep{{4 * hour, Remind}, {8 * hour, AskNext}, {16 * hour, AskSuperiors}},
		Digest:   2,
		Targets: map[desk.Priority]Target{
			1: {1 * hour, 4 * hour}, 2: {2 * hour, 8 * hour}, 3: {4 * hour, 16 * hour}, 4: {8 * hour, 40 * hour},
		},
		Warnings:    []int{50, 75},
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

// limit is the working time that a priority has at a level; level is not 0 if it
// is the level's own. An unknown priority is treated as P3.
func (p Policy) limit(pr desk.Priority, at desk.Level, kind GoalKind) (limit time.Duration, level desk.Level) {
	own, ok := p.Targets[pr]
	if !ok {
		pr, own = 3, p.Targets[3]
	}
	if d := p.LevelTargets[at][pr].of(kind); d > 0 {
		return d, at
	}
	return own.of(kind), 0
}

func (t Target) of(kind GoalKind) time.Duration {
	if kind == GoalResponse {
		return t.Response
	}
	return t.Solution
}

// warnings are the percents before the whole target, in order, each once.
func (p Policy) warnings() []int {
	list := slices.DeleteFunc(slices.Clone(p.Warnings), func(share int) bool { return share < 1 || share >= desk.WholeTarget })
	slices.Sort(list)
	return slices.Compact(list)
}

// atTarget is what the most particular rule says: the one that names most of
// priority, flow and level; of two alike, the later one. Without any, a case
// climbs where it may.
func (p Policy) atTarget(t desk.Ticket) TargetStep {
	do, best := Climb, 0
	for _, r := range p.AtTarget {
		if n := r.names(t); n >= best {
			do, best = r.Do, n
		}
	}
	return do
}

// names counts what a rule says of a ticket in particular; -1 if it is not about it.
func (r TargetRule) names(t desk.Ticket) int {
	n := 0
	for _, part := range []struct{ named, same bool }{
		{r.Priority != 0, r.Priority == t.Priority}, {r.Flow != "", r.Flow == t.Flow}, {r.Level != 0, r.Level == t.Level},
	} {
		switch {
		case part.named && !part.same:
			return -1
		case part.named:
			n++
		}
	}
	return n
}
