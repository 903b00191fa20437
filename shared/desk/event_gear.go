package desk

// The acts that stop and continue the 60 minutes of 8.6.4: R114.
const (
	ActPauseDiagnosis  ActKind = "pause-diagnosis"  // with a reason, which is recorded
	ActResumeDiagnosis ActKind = "resume-diagnosis" // with the time that was left
)

// DiagnosisPaused: the 60 minutes stopped for a reason, which stands in the
// texts (R114). Left is what remains of them, in seconds of the clock that they
// are counted on.
type DiagnosisPaused struct {
	Left int `json:"l"`
}

// DiagnosisResumed: the 60 minutes run on with what was left of them (R114).
type DiagnosisResumed struct{}

// EventName is the stored tag.
func (DiagnosisPaused) EventName() string { return "DiagnosisPaused" }

// EventName is the stored tag.
func (DiagnosisResumed) EventName() string { return "DiagnosisResumed" }
