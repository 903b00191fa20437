package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"
)

// start is how long a function takes until it asks for its first event.
type start struct {
	packages time.Duration // the Go runtime and the init of all packages, as the runtime tells it
	own      time.Duration // the rest: the process, and main()
}

func (s start) whole() time.Duration { return s.packages + s.own }

// initTries: the middle of so many starts is told.
const initTries = 9

// initTime starts a function a few times; the middle one by its whole time.
func initTime(ctx context.Context, binary string, environment []string) (start, error) {
	var took []start
	for range initTries {
		one, err := startOnce(ctx, binary, environment)
		if err != nil {
			return start{}, err
		}
		took = append(took, one)
	}
	slices.SortFunc(took, func(a, b start) int { return int(a.whole() - b.whole()) })
	return took[len(took)/2], nil
}

// startOnce runs the program with a runtime API that has no event for it.
func startOnce(ctx context.Context, binary string, environment []string) (start, error) {
	asked := make(chan time.Time, 1)
	var once sync.Once
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return start{}, err
	}
	server := &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		once.Do(func() { asked <- time.Now() })
		<-r.Context().Done()
	})}
	go func() { _ = server.Serve(listener) }()
	defer func() { _ = server.Close() }()
	command := exec.CommandContext(ctx, binary)
	command.Env = append(slices.Clone(environment), "AWS_LAMBDA_RUNTIME_API="+listener.Addr().String(), "_HANDLER=bootstrap", "GODEBUG=inittrace=1")
	var trace bytes.Buffer
	command.Stdout, command.Stderr = io.Discard, &trace
	began := time.Now()
	if err := command.Start(); err != nil {
		return start{}, err
	}
	var at time.Time
	select {
	case at = <-asked:
	case <-time.After(20 * time.Second):
		err = errors.New("it asked for no event")
	}
	_ = command.Process.Kill() // it waits for an event that never comes
	_ = command.Wait()         // ends what fills trace
	if err != nil {
		return start{}, err
	}
	packages, err := packagesDone(trace.String())
	return start{packages: packages, own: at.Sub(began) - packages}, err
}

var initLine = regexp.MustCompile(`(?m)^init \S+ @([0-9.]+) ms, ([0-9.]+) ms clock`)

// packagesDone is when the last package was ready, counted from the start of the
// runtime: what a program's GODEBUG=inittrace=1 tells.
func packagesDone(trace string) (time.Duration, error) {
	lines := initLine.FindAllStringSubmatch(trace, -1)
	if len(lines) == 0 {
		return 0, errors.New("the runtime told nothing of its packages")
	}
	last := lines[len(lines)-1]
	at, err := strconv.ParseFloat(last[1], 64)
	took, err2 := strconv.ParseFloat(last[2], 64)
	return time.Duration((at + took) * float64(time.Millisecond)), errors.Join(err, err2)
}
