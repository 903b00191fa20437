package storms_test

import (
	"flag"
	"os"
	"testing"
	"time"

	"mesa/infra/permissions"
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

// waitLimit is how long the desk may take to do what follows from an act.
const waitLimit = 15 * time.Second

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Least privilege under load and after crashes too: no function was refused what
// it tried. It runs after the storms; what is never used, the stories tell.
func TestNothingWasRefused(t *testing.T) {
	uses, err := running.Uses(t.Context())
	must(t, err)
	if refused := permissions.Refused(uses, "mesa"); len(uses) == 0 || len(refused) > 0 {
		t.Errorf("of %d uses these were refused: %v", len(uses), refused)
	}
}
