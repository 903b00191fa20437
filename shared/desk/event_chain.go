package desk

// The chain of 8.3.3 c: infrastructure (Level 4) tells database and
// applications (Level 3) the solution and its verification, Level 3 tells
// Desarrollo (Level 2), and only Desarrollo closes (R97).

// SolutionReported: Level 4 told Level 3 what it did and how it verified it;
// both stand in the texts.
type SolutionReported struct{}

// SolutionAcknowledged: a level received the solution; Level 3 passes it on.
type SolutionAcknowledged struct {
	Level Level `json:"l"`
}

// EventName is the stored tag.
func (SolutionReported) EventName() string { return "SolutionReported" }

// EventName is the stored tag.
func (SolutionAcknowledged) EventName() string { return "SolutionAcknowledged" }

// Chain is how far the solution of infrastructure has been acknowledged.
type Chain string

// The links of the chain.
const (
	ChainNone     Chain = ""
	ChainAtThird  Chain = "3"  // Level 3 has to acknowledge
	ChainAtSecond Chain = "2"  // Desarrollo has to acknowledge
	ChainReceived Chain = "ok" // Desarrollo has it: it communicates and closes
)

// Waits tells whether a level has yet to acknowledge.
func (c Chain) Waits() bool { return c == ChainAtThird || c == ChainAtSecond }

// acknowledged is the chain after a level received the solution.
func acknowledged(l Level) Chain {
	if l >= 3 {
		return ChainAtSecond
	}
	return ChainReceived
}
