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
	fmt.Fprintf(s.w, "  %-34s %-30s ", spanish, english)
	did, err := work()
	switch {
	case err != nil:
		fmt.Fprintln(s.w, "✗")
	case did:
		fmt.Fprintf(s.w, "%5.1f s\n", s.now().Sub(began).Seconds())
	default:
		fmt.Fprintln(s.w, "    ok")
	}
	return err
}

// total is the time since the first step began.
func (s *steps) total() time.Duration { return s.now().Sub(s.began) }
