package cloud

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// How long the emulator may take to answer and to save its state.
const (
	startPatience = 2 * time.Minute
	stopPatience  = time.Minute
)

// Program is what runs as the emulator.
type Program struct {
	Python   string   // of the emulator's environment
	Wrapper  string   // folder that holds the package "emulator"
	Settings []string // more of its environment, as NAME=value
}

// Emulator is the wrapped emulator as a child process.
type Emulator struct {
	program  Program
	state    State
	port     int
	patience time.Duration // with its end

	mu      sync.Mutex // one start, stop or restart at a time
	process *exec.Cmd
	exited  chan struct{}
	wanted  bool          // false while a stop is asked for
	died    chan struct{} // closed when it ends unasked
}

// StartEmulator starts it on the state's own port, or another free one when
// that is taken, and waits until it answers.
func StartEmulator(ctx context.Context, program Program, state State) (*Emulator, error) {
	e := &Emulator{program: program, state: state, patience: stopPatience, died: make(chan struct{})}
	if err := e.endLeftover(); err != nil {
		return nil, err
	}
	var err error
	if e.port, err = state.choosePort(); err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e, e.start(ctx)
}

// URL is where the emulator answers.
func (e *Emulator) URL() string { return fmt.Sprintf("http://127.0.0.1:%d", e.port) }

// Port is the loopback port of URL.
func (e *Emulator) Port() int { return e.port }

// PID is the process's id.
func (e *Emulator) PID() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.process.Process.Pid
}

// Died is closed when the emulator ends without being asked to.
func (e *Emulator) Died() <-chan struct{} { return e.died }

// Stop asks the emulator to save and end, and waits for it.
func (e *Emulator) Stop() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.stop()
}

// Restart stops the emulator as an operator would and starts it on its state. One
// that had to be killed is an error, since what it had not saved is lost, and yet
// is started: all else goes on.
func (e *Emulator) Restart(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return errors.Join(e.stop(), e.start(ctx))
}

func (e *Emulator) start(ctx context.Context) error {
	log, err := os.OpenFile(e.state.EmulatorLog(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	// The folder is an argument only so that endLeftover knows its own process.
	command := exec.Command(e.program.Python, "-B", "-m", "emulator", e.state.Dir) //nolint:gosec // our own tool; its end is ours to choose
	command.Dir, command.Stdout, command.Stderr = e.state.Dir, log, log
	command.Env = e.environment()
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is for us, who stop it in order
	EndWithParent(command)
	if err := command.Start(); err != nil {
		return err
	}
	exited := make(chan struct{})
	e.process, e.exited, e.wanted = command, exited, true
	if err := os.WriteFile(e.state.pidFile(), []byte(strconv.Itoa(command.Process.Pid)), 0o600); err != nil {
		return err
	}
	go func() {
		_ = command.Wait()
		close(exited)
		e.mu.Lock()
		defer e.mu.Unlock()
		if e.wanted && e.process == command {
			close(e.died)
		}
	}()
	return e.untilAnswering(ctx, exited)
}

func (e *Emulator) stop() error {
	e.wanted = false
	if e.process == nil {
		return nil
	}
	_ = e.process.Process.Signal(syscall.SIGTERM) // it may have ended
	select {
	case <-e.exited:
		return nil
	case <-time.After(e.patience):
		_ = e.process.Process.Kill()
		<-e.exited
		return errors.New("the emulator did not end in time and was killed")
	}
}

func (e *Emulator) environment() []string {
	return append(append(Environment(e.URL()), e.program.Settings...),
		"PYTHONPATH="+e.program.Wrapper, "PYTHONUNBUFFERED=1",
		"GATEWAY_PORT="+strconv.Itoa(e.port), "BIND_HOST=127.0.0.1", "MINISTACK_HOST=localhost",
		"IOT_MTLS_ENABLED=0", // would listen on every interface in spite of BIND_HOST
		"SFTP_ENABLED=0", "COGNITO_EMAIL_ENABLED=false", "AUTH=true",
		"PERSIST_STATE=1", "STATE_DIR="+e.state.emulatorDir(),
		"S3_PERSIST=1", "S3_DATA_DIR="+e.state.objectsDir(),
		"TMPDIR="+e.state.Dir, "DESK_MAIL_SPOOL="+e.state.Spool(),
		"DESK_FUNCTION_LOG="+e.state.FunctionLog(), "DESK_PERMISSION_LOG="+e.state.permissionLog())
}

func (e *Emulator) untilAnswering(ctx context.Context, exited <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, e.URL()+"/_ministack/health", nil)
		if err != nil {
			return err
		}
		if response, err := http.DefaultClient.Do(request); err == nil {
			_ = response.Body.Close()
			return nil
		}
		select {
		case <-exited:
			return fmt.Errorf("the emulator ended at once; see %s", e.state.EmulatorLog())
		case <-ctx.Done():
			return fmt.Errorf("the emulator does not answer; see %s", e.state.EmulatorLog())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// endLeftover stops the emulator that a killed earlier run left behind.
func (e *Emulator) endLeftover() error {
	content, err := os.ReadFile(e.state.pidFile())
	if err != nil {
		return nil //nolint:nilerr // no file, no leftover
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(content)))
	if err != nil || !isEmulator(pid, e.state.Dir) {
		return nil //nolint:nilerr // the file is of something else
	}
	if err := syscall.Kill(pid, syscall.SIGTERM); err != nil {
		return nil //nolint:nilerr // it ended by itself meanwhile
	}
	for end := time.Now().Add(stopPatience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if !isEmulator(pid, e.state.Dir) {
			return nil
		}
	}
	return fmt.Errorf("an earlier emulator, process %d, does not end", pid)
}

// isEmulator tells whether a process is the emulator of a state folder.
func isEmulator(pid int, dir string) bool {
	arguments, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
	return err == nil && strings.Contains(string(arguments), "\x00emulator\x00"+dir+"\x00")
}

// choosePort returns the port used before, if it is free, else a free one. The
// same port keeps links to attachments alive over a restart.
func (s State) choosePort() (int, error) {
	if content, err := os.ReadFile(s.portFile()); err == nil {
		if port, err := strconv.Atoi(string(content)); err == nil && portIsFree(port) {
			return port, nil
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = listener.Close() }()
	port := listener.Addr().(*net.TCPAddr).Port
	return port, os.WriteFile(s.portFile(), []byte(strconv.Itoa(port)), 0o600)
}

func portIsFree(port int) bool {
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return false
	}
	return listener.Close() == nil
}

// Save has the emulator write all its state now.
func (e *Emulator) Save(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, e.URL()+"/_local/save", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the emulator did not save: %s", response.Status)
	}
	return nil
}
