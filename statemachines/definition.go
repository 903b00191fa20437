package statemachines

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Definition is a state machine in Amazon States Language, as far as ours use it.
type Definition struct {
	Comment        string
	QueryLanguage  string
	StartAt        string
	TimeoutSeconds int
	States         States
}

// States are the states of a definition in the order in which they are written, which is the order in which they are read.
type States []State

// State is one state. Fields that a type does not have stay empty.
type State struct {
	Name           string `json:"-"`
	Type           string
	Comment        string
	Resource       string     `json:",omitempty"`
	Arguments      *Arguments `json:",omitempty"`
	TimeoutSeconds any        `json:",omitempty"` // a number, or an expression on the wait
	Retry          []Retrier  `json:",omitempty"`
	Catch          []Catcher  `json:",omitempty"`
	Choices        []Choice   `json:",omitempty"`
	Default        string     `json:",omitempty"`
	Output         string     `json:",omitempty"`
	Error          string     `json:",omitempty"`
	Cause          string     `json:",omitempty"`
	Next           string     `json:",omitempty"`
}

// Arguments are what a task hands to lambda:invoke.
type Arguments struct {
	FunctionName string
	Payload      Payload
}

// Payload is the input of the workflow function. Only ids and the wait go in: the truth is read from the table.
type Payload struct {
	Op         string `json:"op"`
	Machine    string `json:"machine"`
	Ticket     string `json:"ticket"`
	Generation string `json:"generation"`
	Wait       string `json:"wait"`
	Token      string `json:"token,omitempty"`
	Cause      string `json:"cause,omitempty"`
}

// Retrier says which errors are tried again and how patiently.
type Retrier struct {
	ErrorEquals     []string
	IntervalSeconds int
	MaxAttempts     int
	BackoffRate     float64
	MaxDelaySeconds int
	JitterStrategy  string
}

// Catcher says where an error that is not retried any more leads.
type Catcher struct {
	Comment     string
	ErrorEquals []string
	Output      string `json:",omitempty"`
	Next        string
}

// Choice is one way out of a Choice state.
type Choice struct {
	Condition string
	Next      string
}

// Parse reads a definition; unknown fields are refused, so that none goes unchecked.
func Parse(text []byte) (Definition, error) {
	var d Definition
	if err := decodeStrictly(text, &d); err != nil {
		return Definition{}, fmt.Errorf("parse state machine: %w", err)
	}
	return d, nil
}

// Render writes a definition as its file stands in the repository: two blanks a step, the states in their order.
func Render(d Definition) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(d); err != nil {
		return nil, fmt.Errorf("render state machine: %w", err)
	}
	return out.Bytes(), nil
}

// MarshalJSON writes the states as one object in their order; a Go map would sort them.
func (s States) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	for i, state := range s {
		out.WriteByte("{,"[min(i, 1)])
		if err := enc.Encode(state.Name); err != nil {
			return nil, err
		}
		out.WriteByte(':')
		if err := enc.Encode(state); err != nil {
			return nil, err
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// UnmarshalJSON keeps the order of the file and refuses a name written twice.
func (s *States) UnmarshalJSON(text []byte) error {
	dec := json.NewDecoder(bytes.NewReader(text))
	if _, err := dec.Token(); err != nil {
		return err
	}
	seen := map[string]bool{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return err
		}
		var body json.RawMessage
		if err := dec.Decode(&body); err != nil {
			return err
		}
		state := State{Name: fmt.Sprint(name)}
		if seen[state.Name] {
			return fmt.Errorf("state %s is written twice", state.Name)
		}
		seen[state.Name] = true
		if err := decodeStrictly(body, &state); err != nil {
			return fmt.Errorf("state %s: %w", state.Name, err)
		}
		*s = append(*s, state)
	}
	return nil
}

// Named returns the state of that name.
func (s States) Named(name string) (State, bool) {
	for _, state := range s {
		if state.Name == name {
			return state, true
		}
	}
	return State{}, false
}

func decodeStrictly(text []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	return dec.Decode(into)
}
