package scenarios_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"testing"

	"mesa/infra/scenarios/rig"
)

// running is the one desk of this test run; TestMain sets it before any test.
var running *rig.Stack

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(withDesk(m))
}

// withDesk starts the desk, runs the tests and leaves nothing behind.
func withDesk(m *testing.M) int {
	if testing.Short() {
		fmt.Fprintln(os.Stderr, "scenarios need a running desk, which -short does not start")
		return 0
	}
	var err error
	if running, err = rig.Start(context.Background(), os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "the local desk cannot start:", err)
		return 1
	}
	code := m.Run()
	if err := running.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "the local desk did not end well:", err)
		return 1
	}
	return code
}
