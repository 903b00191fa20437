package main

import (
	"context"
	"fmt"
	"os/exec"

	"mesa/infra/local/cloud"
)

// loadSampleData is the one place that calls the operator's command, which finds
// this cloud in the description given.
func loadSampleData(ctx context.Context, root, emulator, description string) error {
	command := exec.CommandContext(ctx, "go", "run", "./infra/deskctl", "sample", "load")
	command.Dir = root
	command.Env = append(cloud.Environment(emulator), "DESK_LOCAL_FILE="+description)
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("deskctl sample load: %w\n%s", err, out)
	}
	return nil
}
