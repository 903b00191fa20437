package cloud

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// State is the folder of one cloud.
type State struct{ Dir string }

// The folder's parts.
func (s State) emulatorDir() string   { return filepath.Join(s.Dir, "emulator") }
func (s State) objectsDir() string    { return filepath.Join(s.Dir, "objects") }
func (s State) portFile() string      { return filepath.Join(s.Dir, "port") }
func (s State) pidFile() string       { return filepath.Join(s.Dir, "emulator.pid") }
func (s State) permissionLog() string { return filepath.Join(s.Dir, "permissions.jsonl") }
func (s State) deployed() string      { return filepath.Join(s.Dir, "deployed") }

// EmulatorLog is where the emulator writes what it does.
func (s State) EmulatorLog() string { return filepath.Join(s.Dir, "emulator.log") }

// FunctionLog holds every invocation of a function with what it wrote.
func (s State) FunctionLog() string { return filepath.Join(s.Dir, "functions.log") }

// Spool is the folder of messages the desk sent.
func (s State) Spool() string { return filepath.Join(s.Dir, "mail") }

// LocalFile tells other commands where this cloud is; see Description.
func (s State) LocalFile() string { return filepath.Join(s.Dir, "local.json") }

// SampleMark is there once the sample data has been loaded.
func (s State) SampleMark() string { return filepath.Join(s.Dir, "sample") }

// ErrInUse means that another process runs on the same state.
var ErrInUse = errors.New("Ya hay una mesa en marcha con estos datos; ciérrela primero.\nA desk is already running on this state; stop it first") //nolint:staticcheck // whole sentences, shown to people

// Lock claims the folder, made if need be, until release is called or the
// process ends.
func (s State) Lock() (release func(), err error) {
	if err := os.MkdirAll(s.Dir, 0o750); err != nil {
		return nil, err
	}
	return lockFile(filepath.Join(s.Dir, "lock"), syscall.LOCK_EX|syscall.LOCK_NB)
}

// Clear forgets everything; it fails with ErrInUse while the cloud runs.
func (s State) Clear() error {
	release, err := s.Lock()
	if err != nil {
		return err
	}
	defer release()
	return os.RemoveAll(s.Dir)
}

func lockFile(path string, how int) (release func(), err error) {
	file, err := os.OpenFile(filepath.Clean(path), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), how); err != nil {
		_ = file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, ErrInUse
		}
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return func() { _ = file.Close() }, nil
}
