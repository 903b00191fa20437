package desktest

import (
	"errors"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// delivering is a commit that keeps a credential beside an ordinary act.
func delivering(before work.Stored, sealed string, replaced ...int) work.Commit {
	at := Wednesday().Add(time.Hour)
	c := Act(before, desk.ActDeliverCredential, Developer, at, desk.CredentialDelivered{Medium: desk.ByMail, Replaced: replaced})
	c.Vault = desk.Vault{Keep: &desk.Credential{Delivery: c.Record.Seq, Sealed: []byte(sealed), Until: at.Add(24 * time.Hour)}, Drop: replaced}
	return c
}

// showing is a commit that shows a delivery.
func showing(before work.Stored, delivery int) work.Commit {
	c := Act(before, desk.ActShowCredential, Asker, Wednesday().Add(2*time.Hour), desk.CredentialShown{Delivery: delivery})
	c.Vault.Show = delivery
	return c
}

func credentialOnce(t *testing.T, s Contract) {
	opened := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	_, err := s.Credential(t.Context(), ID(1), 2)
	wantCode(t, err, desk.NotFound)
	delivered := MustCommit(t, s, delivering(opened, "cifrado \x00\xff"))
	got, err := s.Credential(t.Context(), ID(1), 2)
	noErr(t, err)
	same(t, got, desk.Credential{Delivery: 2, Sealed: []byte("cifrado \x00\xff"), Until: Wednesday().Add(25 * time.Hour)})
	_, err = s.Credential(t.Context(), ID(2), 2)
	wantCode(t, err, desk.NotFound)

	shown := MustCommit(t, s, showing(delivered, 2))
	_, err = s.Credential(t.Context(), ID(1), 2)
	wantCode(t, err, desk.NotFound)
	wantErr(t, s.Commit(t.Context(), showing(shown, 2)), work.ErrConflict)
	wantErr(t, s.Commit(t.Context(), showing(shown, 9)), work.ErrConflict)
	if got := MustLoad(t, s, ID(1)); got.Ticket.Version != 3 || len(got.Ticket.Unseen) != 0 {
		t.Errorf("version %d, unseen %v", got.Ticket.Version, got.Ticket.Unseen)
	}
}

// What is replaced goes in the transaction of what replaces it; to replace what
// went by itself is no conflict.
func credentialDropped(t *testing.T, s Contract) {
	opened := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	first := MustCommit(t, s, delivering(opened, "uno"))
	second := MustCommit(t, s, delivering(first, "dos", 2))
	_, err := s.Credential(t.Context(), ID(1), 2)
	wantCode(t, err, desk.NotFound)
	wantErr(t, s.Commit(t.Context(), showing(second, 2)), work.ErrConflict)
	third := MustCommit(t, s, delivering(second, "tres", 2, 3))
	for delivery, want := range map[int]desk.Code{2: desk.NotFound, 3: desk.NotFound, 4: ""} {
		_, err := s.Credential(t.Context(), ID(1), delivery)
		wantCode(t, err, want)
	}
	stale := delivering(second, "cuatro")
	wantErr(t, s.Commit(t.Context(), stale), work.ErrConflict)
	if got, err := s.Credential(t.Context(), ID(1), third.Ticket.Version); err != nil || string(got.Sealed) != "tres" {
		t.Errorf("kept %q, %v after a commit that was refused", got.Sealed, err)
	}
}

func raceCredential(t *testing.T, s Contract) {
	opened := MustCommit(t, s, Open(ID(1), "2026-000001", Wednesday()))
	MustCommit(t, s, delivering(opened, "una vez"))
	var won atomic.Int32
	for _, err := range together(50, func(n int) error {
		for {
			before, err := s.Load(t.Context(), ID(1))
			if err != nil {
				return err
			}
			c := showing(before, 2)
			c.Nonce = strconv.Itoa(n) // as the road gives each attempt its own
			if err = s.Commit(t.Context(), c); err == nil {
				won.Add(1)
			}
			if desk.CodeOf(err) != desk.Busy {
				return err
			}
		}
	}) {
		if err != nil && !errors.Is(err, work.ErrConflict) {
			t.Errorf("a loser got %v", err)
		}
	}
	if won.Load() != 1 {
		t.Errorf("%d showed it", won.Load())
	}
}
