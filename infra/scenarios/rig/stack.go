package rig

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"mesa/infra/local/cloud"
)

// Stack is a desk started for a test run: its own folder, free ports.
type Stack struct {
	*Desk
	dir   string
	run   *exec.Cmd
	ended chan error
}

// ReadyFileVariable names a running desk to use instead of starting one.
const ReadyFileVariable = "DESK_READY_FILE"

// startWithin is enough for a first build on a slow machine.
const startWithin = 6 * time.Minute

// Start uses the desk that DESK_READY_FILE names, or starts one and shows its
// progress on w.
func Start(ctx context.Context, w io.Writer) (*Stack, error) {
	root, err := Root()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "mesa-")
	if err != nil {
		return nil, err
	}
	s := &Stack{dir: dir}
	readyFile := os.Getenv(ReadyFileVariable)
	if readyFile == "" {
		readyFile = filepath.Join(dir, "ready.json")
		err = s.launch(ctx, root, readyFile, w)
	}
	if err == nil {
		s.Desk, err = Attach(ctx, root, readyFile, dir)
	}
	if err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

// launch runs infra/local and waits until it is ready.
func (s *Stack) launch(ctx context.Context, root, readyFile string, w io.Writer) error {
	program := filepath.Join(s.dir, "local")
	if err := build(ctx, root, program, "./infra/local"); err != nil {
		return err
	}
	s.run = exec.Command(program, "run", "-state", filepath.Join(s.dir, "state"), "-web-port", "0", "-smtp-port", "0", "-ready-file", readyFile) //nolint:gosec // our own command
	s.run.Dir, s.run.Stderr = root, w
	cloud.EndWithParent(s.run) // a test run that is cut short leaves nothing behind
	out, err := s.run.StdoutPipe()
	if err != nil {
		return err
	}
	if err := s.run.Start(); err != nil {
		return err
	}
	s.ended = make(chan error, 1)
	go func() {
		progress(w, out)
		s.ended <- s.run.Wait()
	}()
	return s.ready(ctx, readyFile)
}

// progress passes on the lines of the start and swallows the guide after it.
func progress(w io.Writer, out io.Reader) {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.TrimSpace(lines.Text()) == "" {
			break
		}
		fmt.Fprintln(w, lines.Text())
	}
	_, _ = io.Copy(io.Discard, out) // until it ends
}

func (s *Stack) ready(ctx context.Context, readyFile string) error {
	ctx, cancel := context.WithTimeout(ctx, startWithin)
	defer cancel()
	for {
		if _, err := os.Stat(readyFile); err == nil {
			return nil
		}
		select {
		case err := <-s.ended:
			s.run = nil
			return fmt.Errorf("the local desk ended before it was ready: %w", err)
		case <-ctx.Done():
			return fmt.Errorf("the local desk was not ready in time: %w", ctx.Err())
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// Stop ends a desk that Start started and removes its folder.
func (s *Stack) Stop() error {
	var err error
	if s.run != nil {
		_ = s.run.Process.Signal(syscall.SIGTERM) // it may be gone
		select {
		case <-s.ended: //nolint:errcheck // how it ended is told by its own output
		case <-time.After(time.Minute):
			err = errors.Join(errors.New("the local desk did not stop within a minute"), s.run.Process.Kill())
		}
	}
	return errors.Join(err, os.RemoveAll(s.dir))
}

// Root is the project's folder: here or above.
func Root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return at, nil
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("no go.mod in %s or above", dir)
		}
	}
}
