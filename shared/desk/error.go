package desk

import (
	"errors"
	"fmt"
	"strings"
)

// Code is the small set of failures that cross an edge. Everything else is
// internal: it is logged once and hidden behind "algo falló".
type Code string

// The codes. Each edge maps them to its own answers (HTTP status, batch failure).
const (
	Invalid   Code = "invalid"   // bad input: Problem.Fields says which and what to do
	NotFound  Code = "not-found" // no such thing, or not this person's to know
	Forbidden Code = "forbidden" // the row exists, this person does not hold the role
	Refused   Code = "refused"   // the flow does not allow the act now
	Stale     Code = "stale"     // the ticket changed since the actor saw it
	Repeated  Code = "repeated"  // same key, other content
	Busy      Code = "busy"      // lost several races in a row: try again
)

// FieldProblem is one thing wrong with one input field.
type FieldProblem struct {
	Field string `json:"field"`  // name or JSON path: "pase.rollback"
	Text  string `json:"detail"` // Spanish sentence that says what to do
}

// Problem is an error with a code for machines and a Spanish sentence for
// people. Clause cites the norm when the norm is the reason.
type Problem struct {
	Code   Code
	Text   string // shown to the user: Spanish, nothing internal
	Clause string // "8.1.6, R74" or empty
	Fields []FieldProblem
}

// Error is for logs: code, sentence and the names of the fields, never their content.
func (p *Problem) Error() string {
	names := make([]string, 0, len(p.Fields))
	for _, f := range p.Fields {
		names = append(names, f.Field)
	}
	s := string(p.Code) + ": " + p.Text
	if p.Clause != "" {
		s += " (" + p.Clause + ")"
	}
	if len(names) > 0 {
		s += " [" + strings.Join(names, " ") + "]"
	}
	return s
}

// NewProblem makes a problem without fields.
func NewProblem(code Code, clause, format string, args ...any) *Problem {
	return &Problem{Code: code, Clause: clause, Text: fmt.Sprintf(format, args...)}
}

// InvalidField makes an Invalid problem about one field.
func InvalidField(field, text string) *Problem {
	return &Problem{Code: Invalid, Text: "Hay datos por corregir.", Fields: []FieldProblem{{field, text}}}
}

// CodeOf returns the code inside err's chain, or "" when the error is internal.
func CodeOf(err error) Code {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p.Code
	}
	return ""
}
