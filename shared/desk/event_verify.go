package desk

// The facts of «que realice la verificación respectiva»: 8.2.4, 8.3.3, R87, R92.
// The case is closed at once; what is open is only the window in which who asked
// says whether it was solved.

// VerificationRequested: who asked was told to verify; the window opens.
type VerificationRequested struct{}

// VerificationConfirmed: it was solved, by word of who asked or by silence.
type VerificationConfirmed struct {
	Rating  int  `json:"r,omitempty"` // 1 to 5; 0: none given
	ByClock bool `json:"c,omitempty"` // the window ended and nobody had said otherwise
}

// VerificationFailed: it still fails; the same case is reopened.
type VerificationFailed struct {
	Rating int `json:"r,omitempty"`
}

// EventName implementations.

func (VerificationRequested) EventName() string { return "VerificationRequested" }
func (VerificationConfirmed) EventName() string { return "VerificationConfirmed" }
func (VerificationFailed) EventName() string    { return "VerificationFailed" }

// Verifying tells whether it is solved and who asked may still say otherwise:
// «Resuelto, por verificar».
func (t Ticket) Verifying() bool { return t.State == Closed && t.VerifyAt.Open() }
