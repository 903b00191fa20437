package httpapi_test

import (
	"testing"
	"time"
)

// shownTarget is the local target as a client reads it.
type shownTarget struct {
	LocalTarget *struct {
		Goal                 string
		Minutes, MinutesLeft int
		Since, DueAt         time.Time
		Stopped              bool
	}
}

// R37: the local target is for those who attend, never for who asked.
func TestLocalTargetIsForStaff(t *testing.T) {
	f := newFixture(t)
	s := f.mustOpen(t, requester, "k", form85)
	var seen shownTarget
	f.get(t, assigner, "/v1/tickets/"+s.Number).into(t, &seen)
	got := seen.LocalTarget
	if got == nil || got.Goal != "response" || got.Minutes != 240 || got.MinutesLeft != 240 || got.Stopped || !got.Since.Equal(noon) || !got.DueAt.Equal(noon.Add(5*time.Hour)) {
		t.Errorf("staff read %+v, want four hours from noon, lunch left out", got)
	}
	var hidden shownTarget
	f.get(t, requester, "/v1/tickets/"+s.Number).into(t, &hidden)
	if hidden.LocalTarget != nil {
		t.Errorf("who asked reads %+v", hidden.LocalTarget)
	}
}
