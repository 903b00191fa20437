package desktest

import (
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// Edition is an invented edition of the procedure, in force from an instant on.
func Edition(version string, from time.Time) desk.Edition {
	return desk.Edition{Version: version, Approved: "Resolución de ejemplo N° " + version, From: from.UTC(), Changes: "Se agrega un servicio.\nCambia un plazo.",
		Guide: "https://www.example.gob.pe/guia.pdf", At: Wednesday().UTC(), By: Assigner, Reason: "Evaluación periódica (7.1)"}
}

// editionInForce: the institution's own until one is published; then the newest
// that has begun, whatever is set for the institution. None is written over.
func editionInForce(t *testing.T, s Contract) {
	first, second := Edition("02", Wednesday().Add(24*time.Hour)), Edition("03", Wednesday().Add(72*time.Hour))
	want := func(at time.Time, version, approved string) {
		t.Helper()
		got, err := s.Institution(t.Context(), at)
		noErr(t, err)
		if got.Version != version || got.Approved != approved {
			t.Errorf("at %v version %q, approved %q", at, got.Version, got.Approved)
		}
	}
	noErr(t, s.PublishEdition(t.Context(), 1, first))
	wantErr(t, s.PublishEdition(t.Context(), 1, second), work.ErrConflict)
	noErr(t, s.PublishEdition(t.Context(), 2, second))
	all, err := s.Editions(t.Context(), Wednesday())
	noErr(t, err)
	same(t, all, desk.Editions{first, second})

	want(first.From.Add(-time.Second), desk.PNAEQW().Version, desk.PNAEQW().Approved)
	want(first.From, "02", first.Approved)
	renamed := desk.PNAEQW()
	renamed.Programme = "Otro"
	noErr(t, s.SetInstitution(t.Context(), renamed, first.From.Add(time.Hour)))
	want(second.From.Add(-time.Second), "02", first.Approved)
	want(second.From.Add(time.Hour), "03", second.Approved)
}

// tellings: each edition has its own, zero before it begins.
func tellings(t *testing.T, s Contract) {
	want := func(number int, want desk.Telling) {
		t.Helper()
		got, err := s.Telling(t.Context(), number)
		noErr(t, err)
		same(t, got, want)
	}
	want(1, desk.Telling{})
	half := desk.Telling{After: Asker, People: 100}
	noErr(t, s.SetTelling(t.Context(), 1, half))
	want(1, half)
	want(2, desk.Telling{})
	whole := desk.Telling{After: UTHead, People: 130, DoneAt: Wednesday().UTC()}
	noErr(t, s.SetTelling(t.Context(), 1, whole))
	want(1, whole)
}
