package dynamo_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desktest"
	"mesa/shared/intake"
	"mesa/shared/mail"
	"mesa/shared/work"
)

func TestMailRecordIsWrittenOnceAndSettledOnce(t *testing.T) {
	s := mustNewStore(t)
	held := intake.Record{ID: "o3vrnil0e2ic28trm7dfhrc2v0cnbeccl4nbp0g1", Key: "inbound/o3v", At: desktest.Wednesday(), Decision: mail.Quarantine,
		Why: "Remitente desconocido.", From: "persona@example.com", Held: true}
	if _, ok, err := s.MailRecord(t.Context(), held.ID); ok || err != nil {
		t.Errorf("a mail not yet received: %v, %v", ok, err)
	}
	for range 2 { // the notification may come twice
		if err := s.PutMailRecord(t.Context(), held); err != nil {
			t.Fatal(err)
		}
	}
	other := held
	other.Why = "another end of the same reception"
	if err := s.PutMailRecord(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	if got, ok, err := s.MailRecord(t.Context(), held.ID); !ok || err != nil || !cmp.Equal(got, held) {
		t.Errorf("got %+v, %v, %v", got, ok, err)
	}
	settled := held
	settled.Outcome, settled.By = "discarded", desktest.Assigner
	if err := s.PutMailRecord(t.Context(), settled); err != nil {
		t.Fatal(err)
	}
	if err := s.PutMailRecord(t.Context(), settled); !errors.Is(err, intake.ErrNotHeld) {
		t.Errorf("settled twice: %v", err)
	}
	if got, _, err := s.MailRecord(t.Context(), held.ID); err != nil || !cmp.Equal(got, settled) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestHeldMailsAreListedOldestFirstUntilSettled(t *testing.T) {
	s := mustNewStore(t)
	for n, id := range []string{"b", "a", "c"} {
		r := intake.Record{ID: id, At: desktest.Wednesday().Add(time.Duration(-n) * time.Hour), Decision: mail.Quarantine, Held: true}
		if err := s.PutMailRecord(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.PutMailRecord(t.Context(), intake.Record{ID: "d", At: desktest.Wednesday(), Decision: mail.OpenTicket}); err != nil {
		t.Fatal(err)
	}
	after := func(mark work.MailMark, limit int) (ids string) {
		t.Helper()
		list, err := s.HeldMails(t.Context(), mark, limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			ids += r.ID
		}
		return ids
	}
	ids := func(limit int) string { t.Helper(); return after(work.MailMark{}, limit) }
	hour := func(n int) time.Time { return desktest.Wednesday().Add(time.Duration(n) * time.Hour) }
	for mark, want := range map[work.MailMark]string{{At: hour(-2), ID: "c"}: "ab", {At: hour(-1), ID: "a"}: "b", {At: hour(-1)}: "ab", {At: hour(0), ID: "b"}: "", {At: hour(-1), ID: "gone"}: "b"} {
		if got := after(mark, 10); got != want {
			t.Errorf("after %v: %q, want %q", mark, got, want)
		}
	}
	if got := ids(10); got != "cab" {
		t.Errorf("held: %s", got)
	}
	if got := ids(2); got != "ca" {
		t.Errorf("two of them: %s", got)
	}
	if err := s.PutMailRecord(t.Context(), intake.Record{ID: "a", At: desktest.Wednesday(), Held: true, Outcome: "released"}); err != nil {
		t.Fatal(err)
	}
	if got := ids(10); got != "cb" {
		t.Errorf("after one is settled: %s", got)
	}
}
