package scenarios_test

import (
	"os"
	"os/exec"
	"testing"

	"mesa/infra/scenarios/rig"
)

// The table of statemachines/README.md, row by row, on the machines as they are
// deployed here: a scripted function stands in for ours, so that every state and
// every Catch is entered.
func TestMachinesRunTheirTable(t *testing.T) {
	root, err := rig.Root()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "go", "test", "-count=1", "-parallel=8", "./statemachines") // the rows mostly wait
	command.Dir = root
	command.Env = append(os.Environ(), "DESK_EMULATOR_URL="+running.EmulatorURL)
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
