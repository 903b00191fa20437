package cloud

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// started is an emulator on a state of its own; false without the Python
// environment, which "make tools" installs.
func started(t *testing.T, state State) (*Emulator, bool) {
	t.Helper()
	python, err := filepath.Abs("../../../.local/python/emulator/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		t.Log("the emulator is not installed; nothing was run")
		return nil, false
	}
	local, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	e, err := StartEmulator(t.Context(), Program{Python: python, Wrapper: local}, state)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Stop() }) // most tests have stopped it
	return e, true
}

func bucketIsKept(t *testing.T, e *Emulator) bool {
	t.Helper()
	client := s3.NewFromConfig(Config(e.URL()), func(o *s3.Options) { o.UsePathStyle = true })
	_, err := client.HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: aws.String("kept")})
	return err == nil
}

func TestEmulatorKeepsItsStateOverRestarts(t *testing.T) {
	state := State{Dir: t.TempDir()}
	e, ok := started(t, state)
	if !ok {
		return
	}
	client := s3.NewFromConfig(Config(e.URL()), func(o *s3.Options) { o.UsePathStyle = true })
	if _, err := client.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: aws.String("kept")}); err != nil {
		t.Fatal(err)
	}
	before := e.PID()
	if err := e.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	if e.PID() == before || !bucketIsKept(t, e) {
		t.Errorf("process %d before, %d after, bucket %v", before, e.PID(), bucketIsKept(t, e))
	}
	select {
	case <-e.Died():
		t.Error("a restart counts as a death")
	default:
	}
	port := e.Port()
	if err := e.Stop(); err != nil {
		t.Fatal(err)
	}
	again, _ := started(t, state)
	if again.Port() != port || !bucketIsKept(t, again) {
		t.Errorf("port %d, want %d; bucket %v", again.Port(), port, bucketIsKept(t, again))
	}
}

func TestEmulatorThatDoesNotEndIsStartedAgain(t *testing.T) {
	e, ok := started(t, State{Dir: t.TempDir()})
	if !ok {
		return
	}
	e.patience = 0
	if err := e.Restart(t.Context()); err == nil {
		t.Error("nobody is told that it was killed")
	}
	if err := e.Save(t.Context()); err != nil {
		t.Errorf("it does not run again: %v", err)
	}
}

func TestEmulatorThatIsKilledIsToldOf(t *testing.T) {
	e, ok := started(t, State{Dir: t.TempDir()})
	if !ok {
		return
	}
	if err := e.Save(t.Context()); err != nil {
		t.Error(err)
	}
	if err := syscall.Kill(e.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	select {
	case <-e.Died():
	case <-time.After(5 * time.Second):
		t.Error("nobody noticed")
	}
}

func TestLeftoverOfAKilledRunIsEndedFirst(t *testing.T) {
	state := State{Dir: t.TempDir()}
	leftover, ok := started(t, state)
	if !ok {
		return
	}
	pid := leftover.PID()
	e, _ := started(t, state)
	if isEmulator(pid, state.Dir) {
		t.Errorf("process %d still runs", pid)
	}
	if content, err := os.ReadFile(state.pidFile()); err != nil || string(content) != strconv.Itoa(e.PID()) {
		t.Errorf("pid file %q, %v, want %d", content, err, e.PID())
	}
}

func TestEmulatorThatCannotStartNamesItsLog(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	state := State{Dir: t.TempDir()}
	_, err := StartEmulator(ctx, Program{Python: "/bin/false", Wrapper: t.TempDir()}, state)
	if err == nil {
		t.Fatal("no error")
	}
	if _, missing := os.Stat(state.EmulatorLog()); missing != nil {
		t.Errorf("%v, but no log: %v", err, missing)
	}
}

func TestSaveTellsWhenTheEmulatorIsAway(t *testing.T) {
	e := &Emulator{port: 1}
	if err := e.Save(t.Context()); err == nil {
		t.Error("no error")
	}
	if _, err := Outputs(t.Context(), "http://127.0.0.1:1"); err == nil {
		t.Error("no error reading outputs")
	}
}
