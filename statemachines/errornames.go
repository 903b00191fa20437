package statemachines

// The error names that Step Functions itself gives to a task that calls a function.
const (
	// LambdaServiceException is a fault inside the Lambda service.
	LambdaServiceException = "Lambda.ServiceException"
	// LambdaAWSLambdaException is a fault inside the Lambda service under its general name.
	LambdaAWSLambdaException = "Lambda.AWSLambdaException"
	// LambdaSdkClientException is a call that never reached Lambda.
	LambdaSdkClientException = "Lambda.SdkClientException"
	// LambdaClientExecutionTimeout is a call whose answer was lost.
	LambdaClientExecutionTimeout = "Lambda.ClientExecutionTimeoutException"
	// LambdaTooManyRequests is a throttled call.
	LambdaTooManyRequests = "Lambda.TooManyRequestsException"
	// LambdaUnknown is a function that died without an answer, as older runtimes tell it.
	LambdaUnknown = "Lambda.Unknown"
	// RuntimeExitError is a function that died without an answer, as provided.al2023 tells it: out of memory, a crash.
	RuntimeExitError = "Runtime.ExitError"
	// SandboxTimedout is a function that ran into its own timeout.
	SandboxTimedout = "Sandbox.Timedout"
	// StatesTimeout is a task whose TimeoutSeconds passed: for a wait, the ordinary end.
	StatesTimeout = "States.Timeout"
	// StatesTaskFailed is any failed task but a timeout.
	StatesTaskFailed = "States.TaskFailed"
	// StatesAll is every error that can be caught, and must stand alone and last.
	StatesAll = "States.ALL"
)

// The error names that our own functions answer with: a code of the desk, or one of two for everything else.
const (
	// DeskBusy means that the function lost several races in a row: ask again.
	DeskBusy = "desk.Busy"
	// DeskInvalid means that the machine sent what the function does not understand: asking again cannot help.
	DeskInvalid = "desk.Invalid"
	// Internal hides every fault without a code, among them a store that cannot be reached.
	Internal = "Internal"
	// TimedOut is a call inside the function that took too long.
	TimedOut = "TimedOut"
)

// Transient lists the errors that every task retries. States.Timeout is not among them: retrying a wait would wait twice.
func Transient() []string {
	return []string{LambdaServiceException, LambdaAWSLambdaException, LambdaSdkClientException, LambdaClientExecutionTimeout,
		LambdaTooManyRequests, LambdaUnknown, RuntimeExitError, SandboxTimedout, DeskBusy, Internal, TimedOut}
}

// Catchable lists every name that an ErrorEquals may hold: what the service raises and what our functions emit.
func Catchable() []string {
	return append(Transient(), DeskInvalid, StatesTimeout, StatesTaskFailed, StatesAll)
}

// ErrorName is a name with who raises it and what a machine does about it.
type ErrorName struct{ Name, Raised, Then string }

// ErrorNames explains every name that may be caught, for the README.
func ErrorNames() []ErrorName {
	const again, once = "asks again", "records it and stands stuck"
	return []ErrorName{
		{LambdaServiceException, "Lambda: a fault inside the service", again},
		{LambdaAWSLambdaException, "Lambda: the same under its general name", again},
		{LambdaSdkClientException, "Step Functions: the call never reached Lambda", again},
		{LambdaClientExecutionTimeout, "Step Functions: the answer was lost", again},
		{LambdaTooManyRequests, "Lambda: throttled", again},
		{LambdaUnknown, "Lambda: the function died without an answer, as older runtimes tell it", again},
		{RuntimeExitError, "Lambda: the function died without an answer: out of memory, a crash", again},
		{SandboxTimedout, "Lambda: the function ran into its own timeout", again},
		{DeskBusy, "our function: it lost several races in a row", again},
		{Internal, "our function: a fault without a code, as a store that cannot be reached", again},
		{TimedOut, "our function: a call inside it took too long", again},
		{DeskInvalid, "our function: it does not understand what the machine sent", once},
		{StatesTimeout, "Step Functions: `TimeoutSeconds` passed", "of a wait: asks what is due; of a call: " + once},
		{StatesTaskFailed, "Step Functions: any failed task but a timeout", once},
		{StatesAll, "Step Functions: everything else", once},
	}
}
