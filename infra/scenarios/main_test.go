package scenarios_test

import (
	"flag"
	"os"
	"testing"

	"mesa/infra/scenarios/rig"
)

// running is the one desk of this test run; TestMain sets it before any test.
var running *rig.Stack

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(rig.Serve(testing.Short(), func(s *rig.Stack) int {
		running = s
		return m.Run()
	}))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
