package main

import (
	"strings"
	"testing"
	"time"
)

func TestPackagesDone(t *testing.T) {
	const trace = "init internal/bytealg @0.008 ms, 0 ms clock, 0 bytes, 0 allocs\ninit runtime @0.05 ms, 0.10 ms clock, 0 bytes, 0 allocs\nother words\ninit mesa/shared/mail @2.5 ms, 1.25 ms clock, 10 bytes, 3 allocs\n"
	if got, err := packagesDone(trace); err != nil || got != 3750*time.Microsecond {
		t.Errorf("got %s, %v", got, err)
	}
	if _, err := packagesDone("nothing"); err == nil || !strings.Contains(err.Error(), "told nothing") {
		t.Errorf("without a trace: %v", err)
	}
}
