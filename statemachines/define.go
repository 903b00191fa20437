package statemachines

import "fmt"

// The states that every machine has beside its waits.
const (
	FollowAnswer = "FollowAnswer"
	AskWhatIsDue = "AskWhatIsDue"
	WaitingOver  = "WaitingOver"
	Superseded   = "Superseded"
	RecordStuck  = "RecordStuck"
	Stuck        = "Stuck"
)

// The two words that end a machine; every other `next` names one of its waits.
const (
	NextDone       = "done"
	NextSuperseded = "superseded"
)

// The budget of a machine, in seconds. The numbers stand as literals in the files, with this reasoning in the top Comment.
const (
	lifeSeconds = 31_536_000 // one year, the longest that an execution may run; an older ticket gets the next generation
	longestWait = 31_449_600 // 364 days, the longest wait that is handed over; a test holds it against the rules
	callSeconds = 60         // twice the timeout of the workflow function, so that its own timeout is seen first, and retried
)

const invokeFunction = "arn:aws:states:::lambda:invoke"

// Define draws a machine: its waits and the six shared states around them.
func Define(m Machine) Definition {
	states := States{followAnswer(m)}
	for _, await := range m.Awaits {
		states = append(states, awaitState(m, await))
	}
	states = append(states, askWhatIsDue(m), waitingOver(m), superseded(m), recordStuck(m), stuck(m))
	return Definition{
		Comment: m.Comment + " Budget: a wait lasts the seconds that come with it, at most 364 days; one call takes at most" +
			" 60 s and is tried 7 times over at most 122 s of pauses; the whole at most a year, after which the sweeper starts the next generation.",
		QueryLanguage:  "JSONata",
		StartAt:        FollowAnswer,
		TimeoutSeconds: lifeSeconds,
		States:         states,
	}
}

func followAnswer(m Machine) State {
	s := State{
		Name:    FollowAnswer,
		Type:    "Choice",
		Comment: m.Clauses + ": goes where the last answer says; the start input is already an answer, and an answer that nobody knows is recorded.",
		Default: RecordStuck,
	}
	for _, await := range m.Awaits {
		s.Choices = append(s.Choices, chooses(await.State, await.State))
	}
	s.Choices = append(s.Choices, chooses(NextDone, WaitingOver), chooses(NextSuperseded, Superseded))
	return s
}

func chooses(word, next string) Choice {
	return Choice{Condition: fmt.Sprintf("{%% $states.input.next = '%s' %%}", word), Next: next}
}

func awaitState(m Machine, await Await) State {
	call := payload("open", m)
	call.Token = "{% $states.context.Task.Token %}"
	return State{
		Name:           await.State,
		Type:           "Task",
		Comment:        await.Comment,
		Resource:       invokeFunction + ".waitForTaskToken",
		Arguments:      &Arguments{FunctionName: "${WorkflowFunctionArn}", Payload: call},
		TimeoutSeconds: "{% $states.input.wait.seconds %}",
		Retry:          retryCall(),
		Catch: []Catcher{
			{Comment: "The time of the wait is over: an ordinary end.", ErrorEquals: []string{StatesTimeout}, Output: "{% $states.input %}", Next: AskWhatIsDue},
			toRecord(),
		},
		Output: "{% $merge([$states.input, $states.result]) %}",
		Next:   FollowAnswer,
	}
}

func askWhatIsDue(m Machine) State {
	return State{
		Name:           AskWhatIsDue,
		Type:           "Task",
		Comment:        m.Clauses + ": the clock's turn: reminds, passes on or warns as policy says, and learns what to wait for next.",
		Resource:       invokeFunction,
		Arguments:      &Arguments{FunctionName: "${WorkflowFunctionArn}", Payload: payload("overdue", m)},
		TimeoutSeconds: callSeconds,
		Retry:          retryCall(),
		Catch:          []Catcher{toRecord()},
		Output:         "{% $merge([$states.input, $states.result.Payload]) %}",
		Next:           FollowAnswer,
	}
}

func recordStuck(m Machine) State {
	call := payload("stuck", m)
	call.Cause = "{% $exists($states.input.cause) ? $states.input.cause : 'unknown answer: ' & $states.input.next %}"
	return State{
		Name:           RecordStuck,
		Type:           "Task",
		Comment:        m.Clauses + ": puts the cause on the operations page; the wait itself stays open in the table, so nothing is lost.",
		Resource:       invokeFunction,
		Arguments:      &Arguments{FunctionName: "${WorkflowFunctionArn}", Payload: call},
		TimeoutSeconds: callSeconds,
		Retry:          retryCall(),
		Catch: []Catcher{{
			Comment:     "Even the record failed: the execution fails all the same, and the sweeper finds it by that.",
			ErrorEquals: []string{StatesAll}, Output: "{% $states.input %}", Next: Stuck,
		}},
		Output: "{% $states.input %}",
		Next:   Stuck,
	}
}

func waitingOver(m Machine) State {
	return State{Name: WaitingOver, Type: "Succeed", Comment: m.Clauses + ": nothing more to wait for; the ticket itself says how it ended."}
}

func superseded(m Machine) State {
	return State{Name: Superseded, Type: "Succeed", Comment: m.Clauses + ": a newer generation waits in this one's place."}
}

func stuck(m Machine) State {
	return State{
		Name:    Stuck,
		Type:    "Fail",
		Comment: m.Clauses + ": failed on purpose, so that the alarm rings and the sweeper starts the next generation.",
		Error:   "Stuck",
		Cause:   "The workflow function could not be asked, or answered what this machine does not know; see the ticket on the operations page.",
	}
}

func payload(op string, m Machine) Payload {
	return Payload{
		Op:         op,
		Machine:    m.Name,
		Ticket:     "{% $states.input.ticket %}",
		Generation: "{% $states.input.generation %}",
		Wait:       "{% $states.input.wait %}",
	}
}

func retryCall() []Retrier {
	return []Retrier{{
		ErrorEquals: Transient(), IntervalSeconds: 2, MaxAttempts: 6, BackoffRate: 2, MaxDelaySeconds: 60, JitterStrategy: "FULL",
	}}
}

func toRecord() Catcher {
	return Catcher{
		Comment:     "The function cannot be asked: the cause goes to the operations page.",
		ErrorEquals: []string{StatesAll},
		Output:      "{% $merge([$states.input, {'cause': $states.errorOutput.Error & ': ' & $states.errorOutput.Cause}]) %}",
		Next:        RecordStuck,
	}
}
