package cloud

import (
	"bufio"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// parentRole makes this test binary the process that starts another and is killed.
const parentRole = "DESK_TEST_PARENT"

// A desk that is killed takes its emulator along.
func TestEndWithParent(t *testing.T) {
	if os.Getenv(parentRole) != "" {
		child := exec.Command("sleep", "60")
		EndWithParent(child)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		_, _ = os.Stdout.WriteString("child " + strconv.Itoa(child.Process.Pid) + "\n")
		_ = child.Wait()
		return
	}
	parent := exec.Command(os.Args[0], "-test.run=^TestEndWithParent$") //nolint:gosec // this binary
	parent.Env = append(os.Environ(), parentRole+"=1")
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	child := childOf(t, bufio.NewScanner(out))
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait()
	for until := time.Now().Add(10 * time.Second); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		if ended(child) {
			return
		}
	}
	_ = syscall.Kill(child, syscall.SIGKILL)
	t.Error("the child outlives its killed parent")
}

func childOf(t *testing.T, lines *bufio.Scanner) int {
	t.Helper()
	for lines.Scan() {
		if pid, ok := strings.CutPrefix(lines.Text(), "child "); ok {
			n, err := strconv.Atoi(pid)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
	}
	t.Fatal("the parent started no child")
	return 0
}

// ended tells whether a process is gone, or a zombie that nobody waited for.
func ended(pid int) bool {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return true
	}
	_, after, _ := strings.Cut(string(status), ") ")
	return strings.HasPrefix(after, "Z")
}
