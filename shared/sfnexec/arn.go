package sfnexec

import "strings"

// executionARN is the address of a named execution of a state machine:
// arn:…:stateMachine:NAME → arn:…:execution:NAME:RUN.
func executionARN(machineARN, name string) string {
	return strings.Replace(machineARN, ":stateMachine:", ":execution:", 1) + ":" + name
}
