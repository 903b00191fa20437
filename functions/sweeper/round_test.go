package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"mesa/shared/machines"
)

// The minute looks at what is due; the night at everything, stored mails too, and
// tells of both though the first failed.
func TestRoundOfEachSchedule(t *testing.T) {
	away, gone := errors.New("table away"), errors.New("bucket away")
	tests := []struct {
		job            string
		sweep, compare error
		nightly        bool
		compared       bool
		wrong          bool
	}{
		{job: "minute"},
		{job: "", compare: gone},
		{job: "nightly", nightly: true, compared: true},
		{job: "nightly", sweep: away, nightly: true, compared: true, wrong: true},
		{job: "nightly", compare: gone, nightly: true, compared: true, wrong: true},
	}
	for _, test := range tests {
		t.Run(fmt.Sprint(test.job, " ", test.wrong), func(t *testing.T) {
			var nightly, compared bool
			r := round{
				sweep: func(_ context.Context, all bool) (machines.Report, error) {
					nightly = all
					return machines.Report{}, test.sweep
				},
				compare: func(context.Context) (int, error) {
					compared = true
					return 3, test.compare
				},
			}
			found, err := r.run(t.Context(), order{Job: test.job})
			if nightly != test.nightly || compared != test.compared || compared && found.Mails != 3 {
				t.Errorf("nightly %v, compared %v, found %+v", nightly, compared, found)
			}
			if (err != nil) != test.wrong || err != nil && strings.Contains(err.Error(), "away") { // the cause is logged, not answered
				t.Errorf("error %v, want one: %v", err, test.wrong)
			}
		})
	}
}
