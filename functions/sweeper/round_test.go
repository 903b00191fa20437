package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"mesa/shared/machines"
)

// The minute looks at what is due, writes digests and notices and asks for V°B°; the
// night looks at everything, stored mails too. Each does its other tasks, and tells of
// all, though
// the first failed.
func TestRoundOfEachSchedule(t *testing.T) {
	away, gone, late, unsigned := errors.New("table away"), errors.New("bucket away"), errors.New("directory away"), errors.New("register away")
	tests := []struct {
		job            string
		sweep, compare error
		digest, notice error
		signOff        error
		nightly        bool
		compared       bool
		wrong          bool
	}{
		{job: "minute"},
		{job: "", compare: gone},
		{job: "minute", sweep: away, wrong: true},
		{job: "minute", digest: late, wrong: true},
		{job: "minute", digest: late, notice: away, wrong: true},
		{job: "minute", notice: away, wrong: true},
		{job: "nightly", digest: late, notice: late, nightly: true, compared: true},
		{job: "minute", signOff: unsigned, wrong: true},
		{job: "nightly", signOff: unsigned, nightly: true, compared: true},
		{job: "nightly", nightly: true, compared: true},
		{job: "nightly", sweep: away, nightly: true, compared: true, wrong: true},
		{job: "nightly", compare: gone, nightly: true, compared: true, wrong: true},
	}
	for _, test := range tests {
		t.Run(fmt.Sprint(test.job, " ", test.wrong), func(t *testing.T) {
			var nightly, compared, written, told, asked bool
			r := round{
				sweep: func(_ context.Context, all bool) (machines.Report, error) {
					nightly = all
					return machines.Report{}, test.sweep
				},
				compare: func(context.Context) (int, error) {
					compared = true
					return 3, test.compare
				},
				digest: func(context.Context) (int, error) {
					written = true
					return 2, test.digest
				},
				notice: func(context.Context) (int, error) {
					told = true
					return 4, test.notice
				},
				signOff: func(context.Context) (int, error) {
					asked = true
					return 5, test.signOff
				},
			}
			found, err := r.run(t.Context(), order{Job: test.job})
			if nightly != test.nightly || compared != test.compared || written == nightly || compared && found.Mails != 3 || written && found.Digests != 2 || told == nightly || told && found.Notices != 4 || asked == nightly || asked && found.SignOffs != 5 {
				t.Errorf("nightly %v, compared %v, digests written %v, notices written %v, V°B° asked for %v, found %+v", nightly, compared, written, told, asked, found)
			}
			if (err != nil) != test.wrong || err != nil && strings.Contains(err.Error(), "away") { // the cause is logged, not answered
				t.Errorf("error %v, want one: %v", err, test.wrong)
			}
		})
	}
}
