package desktest

import (
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// institutionInForce: the norm's until one is set; then the newest that has
// begun, whatever the order of setting; none is written over.
func institutionInForce(t *testing.T, s Contract) {
	named := func(name string) desk.Institution {
		i := desk.PNAEQW()
		i.Programme = name
		return i
	}
	wantName := func(at time.Time, want string) {
		t.Helper()
		got, err := s.Institution(t.Context(), at)
		noErr(t, err)
		if got.Programme != want {
			t.Errorf("at %v it is %q, want %q", at, got.Programme, want)
		}
	}
	wantName(Wednesday(), desk.PNAEQW().Programme)
	later, sooner := Wednesday().Add(48*time.Hour), Wednesday().Add(24*time.Hour)
	noErr(t, s.SetInstitution(t.Context(), named("Segundo"), later))
	noErr(t, s.SetInstitution(t.Context(), named("Primero"), sooner))
	wantErr(t, s.SetInstitution(t.Context(), named("Otro"), sooner), work.ErrConflict)
	wantName(sooner.Add(-time.Second), desk.PNAEQW().Programme)
	wantName(sooner, "Primero")
	wantName(later.Add(-time.Second), "Primero")
	wantName(later.Add(time.Hour), "Segundo")
}
