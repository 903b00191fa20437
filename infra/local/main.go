// Command local runs the whole service desk on this machine, without Docker and
// without a cloud account: the project's own template, deployed with the same
// commands as to AWS, into an emulator. One door on 127.0.0.1:8080 serves the
// pages, the sign-in and everyone's mailbox; mail is taken in on port 2525.
//
//	go run ./infra/local run      start (make run)
//	go run ./infra/local reset    forget all data (make reset)
//	go run ./infra/local tools    only prepare the Python environments
//	go run ./infra/local check    sam validate and cfn-lint on the template
//	go run ./infra/local test     the tests of the emulator's wrapper
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// commands by name; each parses its own flags.
func run(ctx context.Context, arguments []string) error {
	if len(arguments) == 0 {
		return errors.New("uso / usage: go run ./infra/local run|reset|tools|check|test")
	}
	name, rest := arguments[0], arguments[1:]
	switch name {
	case "run":
		return start(ctx, rest)
	case "reset":
		return reset(rest)
	case "tools":
		_, err := tools(ctx, os.Stdout)
		return err
	case "check":
		return checkTemplate(ctx)
	case "test":
		return testWrapper(ctx)
	default:
		return fmt.Errorf("orden desconocida / unknown command: %s", name)
	}
}
