// Command bench measures a running local desk and prints the figures of issue
// and design: how long people wait, how big and how fast to start the functions
// are, and what the standard ticket costs.
//
//	go run ./infra/scenarios/bench        starts a desk of its own
//	DESK_READY_FILE=FILE go run …         measures a running one
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"time"

	"mesa/infra/scenarios/cost"
	"mesa/infra/scenarios/rig"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1) //nolint:gocritic // stop only stops listening for signals
	}
}

func run(ctx context.Context) (err error) {
	root, err := rig.Root()
	if err != nil {
		return err
	}
	desk, err := rig.Start(ctx, os.Stderr)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, desk.Stop()) }()
	if err := desk.NextMorning(ctx); err != nil { // a new day: the caps of senders begin anew
		return err
	}
	for _, part := range []func(context.Context, *rig.Desk, string) error{waiting, starting, billing, handlers} {
		if err := part(ctx, desk.Desk, root); err != nil {
			return err
		}
	}
	return nil
}

// starting prints how big each function is and how long it takes to be ready.
func starting(ctx context.Context, desk *rig.Desk, root string) error {
	fmt.Printf("\n%-10s %10s %10s %12s %12s   (sizes as deployed, arm64; packages: the runtime and theirs; main: the rest until the first event is asked for, with the process itself)\n", "function", "binary", "zip", "packages", "main")
	fmt.Printf("%-10s %13s %10s %25s   (api, links, workflow: 13 MB, 5 MB)\n", "aims", "20 MB", "7 MB", "10 ms")
	folders := map[string]string{"api": "ApiFunction", "links": "LinksFunction", "mail-in": "MailInFunction", "outbox": "OutboxFunction",
		"portal": "PortalFunction", "sweeper": "SweeperFunction", "workflow": "WorkflowFunction"}
	environments, err := functionEnvironments(ctx, desk)
	if err != nil {
		return err
	}
	for _, name := range []string{"api", "portal", "links", "mail-in", "outbox", "workflow", "sweeper"} {
		binary := filepath.Join(root, ".local", "build", folders[name], "bootstrap")
		size, zipped, err := deployedSizes(ctx, root, name)
		if err != nil {
			return err
		}
		spent, err := initTime(ctx, binary, environments[name])
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		small := name == "api" || name == "links" || name == "workflow"
		fmt.Printf("%-10s %7.1f MB %7.1f MB %9.1f ms %9.1f ms   %s\n", name, mega(size), mega(zipped), milliseconds(spent.packages), milliseconds(spent.own), verdict(small, size, zipped, spent.own))
	}
	return nil
}

// verdict compares with the aims.
func verdict(small bool, size, zipped int64, spent time.Duration) string {
	most, mostZipped := 20.0, 7.0
	if small {
		most, mostZipped = 13, 5
	}
	if mega(size) > most || mega(zipped) > mostZipped || spent > 10*time.Millisecond {
		return "over"
	}
	return "ok"
}

func mega(n int64) float64                 { return float64(n) / 1e6 }
func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// billing prints what the standard ticket costs against design 14.
func billing(ctx context.Context, desk *rig.Desk, _ string) error {
	c, err := desk.StandardTicket(ctx)
	if err != nil {
		return err
	}
	transitions, err := desk.Transitions(ctx, c.ID)
	if err != nil {
		return err
	}
	bill, err := cost.Run(ctx, desk.AWS)
	if err != nil {
		return err
	}
	fmt.Printf("\nstandard ticket   measured   budget (design 14)\n")
	fmt.Printf("  write units   %10.0f   %6d\n", bill.Writes, cost.MaxWrites)
	fmt.Printf("  read units    %10.1f   %6d   (%.1f more to draw the pages of its links)\n", bill.Reads, cost.MaxReads, bill.Pages)
	fmt.Printf("  transitions   %10d   %6d\n", transitions, cost.MaxTransitions)
	fmt.Printf("  dollars       %10.6f   %6.4f\n", bill.Dollars(transitions), cost.MaxDollars)
	return nil
}

// handlers runs the Go benchmarks of the handlers, without the emulator.
func handlers(ctx context.Context, _ *rig.Desk, root string) error {
	fmt.Printf("\nhandlers alone (aims: create 2 ms, read 0.5 ms, list 50 2 ms, mail 2 ms)\n")
	command := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", "Create|Read|List50|Render|ParseSamples|Receive", "-benchtime", "0.5s", "-benchmem",
		"./shared/httpapi", "./shared/intake", "./shared/mail", "./shared/web")
	command.Dir, command.Stdout, command.Stderr = root, os.Stdout, os.Stderr
	return command.Run()
}
