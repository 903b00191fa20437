package desktest

import (
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

func subjects(t *testing.T, s Contract) {
	noErr(t, s.BindSubject(t.Context(), "https://issuer.example", "sub-1", Asker))
	noErr(t, s.BindSubject(t.Context(), "https://issuer.example", "sub-1", Asker))
	wantErr(t, s.BindSubject(t.Context(), "https://issuer.example", "sub-1", UTHead), work.ErrConflict)
	noErr(t, s.BindSubject(t.Context(), "https://issuer.example", "sub-2", Asker)) // one person, two identities
	noErr(t, s.BindSubject(t.Context(), "https://issuer.examples", "ub-1", UTHead))
	for _, c := range []struct {
		issuer, subject string
		want            desk.PersonID
	}{{"https://issuer.example", "sub-1", Asker}, {"https://issuer.example", "sub-2", Asker}, {"https://issuer.examples", "ub-1", UTHead}} {
		got, err := s.PersonOfSubject(t.Context(), c.issuer, c.subject)
		if got != c.want || err != nil {
			t.Errorf("%s %s is %s, %v", c.issuer, c.subject, got, err)
		}
	}
	_, err := s.PersonOfSubject(t.Context(), "https://issuer.example", "nobody")
	wantCode(t, err, desk.NotFound)
}

func sessions(t *testing.T, s Contract) {
	for want := range 3 {
		got, err := s.SessionEpoch(t.Context(), Asker)
		if got != want || err != nil {
			t.Errorf("epoch %d, %v, want %d", got, err, want)
		}
		if next, err := s.EndSessions(t.Context(), Asker); next != want+1 || err != nil {
			t.Errorf("ended: epoch %d, %v", next, err)
		}
	}
	if other, err := s.SessionEpoch(t.Context(), UTHead); other != 0 || err != nil {
		t.Errorf("somebody else's epoch is %d, %v", other, err)
	}
}

func clock(t *testing.T, s Contract) {
	got, err := s.Offset(t.Context())
	if got != 0 || err != nil {
		t.Errorf("an unset clock is off by %s, %v", got, err)
	}
	noErr(t, s.SetOffset(t.Context(), time.Hour))
	noErr(t, s.SetOffset(t.Context(), time.Hour))
	wantErr(t, s.SetOffset(t.Context(), time.Minute), work.ErrConflict)
	if got, err = s.Offset(t.Context()); got != time.Hour || err != nil {
		t.Errorf("offset %s, %v", got, err)
	}
}

func linkTries(t *testing.T, s Contract) {
	const link = "01J8Z3.approval#1.P-0102.1"
	until := Wednesday().Add(15 * time.Minute)
	for want := 1; want <= 5; want++ {
		n, locked, err := s.LinkTries(t.Context(), link)
		if n != want-1 || !locked.IsZero() || err != nil {
			t.Errorf("before try %d: %d, %s, %v", want, n, locked, err)
		}
		if n, err = s.CountTry(t.Context(), link, 5, until); n != want || err != nil {
			t.Errorf("try %d counts %d, %v", want, n, err)
		}
	}
	n, locked, err := s.LinkTries(t.Context(), link)
	if n != 0 || !locked.Equal(until) || err != nil {
		t.Errorf("after the lock: %d, %s, %v", n, locked, err)
	}
	if n, locked, err = s.LinkTries(t.Context(), "another"); n != 0 || !locked.IsZero() || err != nil {
		t.Errorf("another link: %d, %s, %v", n, locked, err)
	}
}

func counters(t *testing.T, s Contract) {
	const name, day = "from:a#b@example.com", "20260916"
	for _, told := range []struct {
		name, day, mail string
		within          bool
	}{
		{name, day, "a", true}, {name, day, "b", true},
		{name, day, "a", true}, // told again: counted once
		{name, day, "c", true}, {name, day, "d", false}, {name, day, "d", false},
		{name, day, "b", true}, // one of the first, even when told after the last
		{name, "20260917", "d", true}, {"from:b@example.com", day, "d", true},
	} {
		if within, err := s.CountMail(t.Context(), told.name, told.day, told.mail, 3); within != told.within || err != nil {
			t.Errorf("%+v: among the first three %t, %v", told, within, err)
		}
	}
	at, err := s.Watermark(t.Context(), "executions")
	if !at.IsZero() || err != nil {
		t.Errorf("a job that never ran is at %s, %v", at, err)
	}
	noErr(t, s.SetWatermark(t.Context(), "executions", Wednesday()))
	noErr(t, s.SetWatermark(t.Context(), "executions", Wednesday().Add(time.Minute)))
	if at, err = s.Watermark(t.Context(), "executions"); !at.Equal(Wednesday().Add(time.Minute)) || err != nil {
		t.Errorf("watermark %s, %v", at, err)
	}
}
