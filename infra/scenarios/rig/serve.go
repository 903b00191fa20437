package rig

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"

	"mesa/infra/permissions"
)

// Serve starts a desk, has the tests of a package run on it and leaves nothing
// behind. It returns the exit code; short runs start no desk and test nothing.
func Serve(short bool, tests func(*Stack) int) int {
	if short {
		fmt.Fprintln(os.Stderr, "these tests need a running desk, which -short does not start")
		return 0
	}
	running, err := Start(context.Background(), os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, "the local desk cannot start:", err)
		return 1
	}
	code := tests(running)
	if err := running.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "the local desk did not end well:", err)
		return 1
	}
	return code
}

// Uses reads what the functions asked of the services since the desk began.
func (d *Desk) Uses(ctx context.Context) ([]permissions.Use, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, d.WebURL+"/_local/permissions", nil)
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	return permissions.ReadUses(content)
}
