package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	deskword "mesa/shared/desk"
)

func TestNextNight(t *testing.T) {
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, 9, day, hour, minute, 0, 0, deskword.Lima)
	}
	for name, test := range map[string]struct{ after, want time.Time }{
		"in the evening: tomorrow's":      {at(15, 18, 0), at(16, 2, 30)},
		"after midnight: today's":         {at(16, 0, 5), at(16, 2, 30)},
		"on the minute: the next one":     {at(16, 2, 30), at(17, 2, 30)},
		"the last day of a month":         {at(30, 9, 0), time.Date(2026, 10, 1, 2, 30, 0, 0, deskword.Lima)},
		"what is still yesterday in Lima": {time.Date(2026, 9, 16, 4, 0, 0, 0, time.UTC), at(16, 2, 30)},
	} {
		if got := nextNight(test.after); !got.Equal(test.want) {
			t.Errorf("%s: %s, want %s", name, got.In(deskword.Lima), test.want)
		}
	}
}

// The local night comes when the deployed one does.
func TestNightIsThatOfTheTemplate(t *testing.T) {
	template, err := os.ReadFile("../../template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("ScheduleExpression: cron(%d %d * * ? *)\n      ScheduleExpressionTimezone: America/Lima", nightMinute, nightHour)
	if !strings.Contains(string(template), want) {
		t.Errorf("template.yaml has no schedule %q", want)
	}
}

func TestNightComesFirst(t *testing.T) {
	night := time.Date(2026, 9, 16, 2, 30, 0, 0, deskword.Lima)
	before, after := night.Add(-time.Hour), night.Add(time.Hour)
	tests := []struct {
		name         string
		target, next time.Time
		want         bool
	}{
		{"nothing else is due", after, time.Time{}, true},
		{"something is due later", after, after, true},
		{"something is due with it", after, night, true},
		{"something is due before it", after, before, false},
		{"the target is it", night, time.Time{}, true},
		{"the target is before it", before, time.Time{}, false},
		{"the target is before it, and something later", before, after, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := comesFirst(night, test.target, test.next); got != test.want {
				t.Errorf("%v, want %v", got, test.want)
			}
		})
	}
}
