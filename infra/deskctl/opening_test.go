package main

import (
	"testing"
	"time"

	deskword "mesa/shared/desk"
	"mesa/shared/directory"
)

func TestNextOpening(t *testing.T) {
	d := directory.New(directory.Records{Units: []directory.Unit{{ID: "uti"}, {ID: "ut-puno"}}})
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, 9, day, hour, minute, 0, 0, deskword.Lima)
	}
	for name, test := range map[string]struct{ after, want time.Time }{
		"before it: today's":            {at(15, 7, 0), at(15, 8, 30)},
		"on the minute: tomorrow's":     {at(15, 8, 30), at(16, 8, 30)},
		"at lunch: not the afternoon":   {at(15, 13, 30), at(16, 8, 30)},
		"on a Friday evening: Monday's": {at(18, 19, 0), at(21, 8, 30)},
	} {
		if got := nextOpening(d, test.after); !got.Equal(test.want) {
			t.Errorf("%s: %s, want %s", name, got.In(deskword.Lima), test.want)
		}
	}
	if got := nextOpening(directory.New(directory.Records{}), at(15, 7, 0)); !got.IsZero() {
		t.Errorf("without units: %s", got)
	}
}
