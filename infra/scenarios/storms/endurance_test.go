package storms_test

import (
	"os"
	"testing"
	"time"

	"mesa/infra/scenarios/endure"
)

// F47, F12–F16: 50 waits with dates of their own run out while the local cloud is
// restarted three times. Each date fires once, none early, none later than its
// tolerance, and each mail it orders arrives. The long form is «make soak».
func TestFiftyWaitsSurviveThreeRestarts(t *testing.T) {
	figures, err := endure.Run(t.Context(), running.Desk, endure.Options{Waits: 50, Restarts: 3, Seed: uint64(time.Now().UnixNano()), Progress: os.Stderr})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(figures)
	if wrong := figures.Wrong(); wrong != "" {
		t.Error(wrong)
	}
}
