package main

import (
	"fmt"
	"io"
	"time"
)

// steps tells a person what is being done and how long each part took.
type steps struct {
	w     io.Writer
	began time.Time
	now   func() time.Time
}

func newSteps(w io.Writer) *steps { return &steps{w: w, began: time.Now(), now: time.Now} }

// run does one step; work tells whether there was anything to do.
func (s *steps) run(spanish, english string, work func() (bool, error)) error {
	began := s.now()
	s.tell("  %-34s %-30s ", spanish, english)
	did, err := work()
	switch {
	case err != nil:
		s.tell("✗\n")
	case did:
		s.tell("%5.1f s\n", s.now().Sub(began).Seconds())
	default:
		s.tell("    ok\n")
	}
	return err
}

// tell writes for people; a terminal that is gone stops nothing.
func (s *steps) tell(format string, args ...any) { _, _ = fmt.Fprintf(s.w, format, args...) }

// total is the time since the first step began.
func (s *steps) total() time.Duration { return s.now().Sub(s.began) }
