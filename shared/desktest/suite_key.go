package desktest

import (
	"strings"
	"testing"
	"time"

	"mesa/shared/work"
)

func keyInForce(t *testing.T, s Contract) {
	c := Open(ID(1), "2026-000001", Wednesday())
	c.Keys = []work.Key{FormKey(c, "k1")}
	MustCommit(t, s, c)
	k, ok, err := s.FindKey(t.Context(), c.Keys[0].Scope, "k1", Wednesday().Add(time.Hour))
	noErr(t, err)
	if !ok {
		t.Fatal("the key is not found")
	}
	same(t, k, c.Keys[0])
	again := Open(ID(2), "2026-000002", Wednesday().Add(time.Hour))
	again.Keys = []work.Key{FormKey(again, "k1")}
	wantErr(t, s.Commit(t.Context(), again), work.ErrKeyTaken)
	both := Open(ID(1), "2026-000001", Wednesday().Add(time.Hour)) // version and key taken: the key says more
	both.Keys = []work.Key{FormKey(both, "k1")}
	wantErr(t, s.Commit(t.Context(), both), work.ErrKeyTaken)
	other := Open(ID(3), "2026-000003", Wednesday())
	other.Keys = []work.Key{{Scope: "form/P-OTHER", Key: "k1", Ticket: ID(3), Seq: 1}, {Scope: "mail", Key: "k1", Ticket: ID(3), Seq: 1}}
	MustCommit(t, s, other)
	k, ok, err = s.FindKey(t.Context(), "mail", "k1", Wednesday().AddDate(50, 0, 0))
	noErr(t, err)
	if !ok || !k.Until.IsZero() {
		t.Errorf("a key without end: %v %+v", ok, k)
	}
}

func keyOver(t *testing.T, s Contract) {
	c := Open(ID(1), "2026-000001", Wednesday())
	c.Keys = []work.Key{FormKey(c, "k1")}
	MustCommit(t, s, c)
	later := c.Keys[0].Until
	if _, ok, err := s.FindKey(t.Context(), c.Keys[0].Scope, "k1", later); ok || err != nil {
		t.Errorf("a key that is over: %v, %v", ok, err)
	}
	again := Open(ID(2), "2026-000002", later)
	again.Keys = []work.Key{FormKey(again, "k1")}
	MustCommit(t, s, again)
	k, ok, err := s.FindKey(t.Context(), c.Keys[0].Scope, "k1", later)
	noErr(t, err)
	if !ok || k.Ticket != ID(2) {
		t.Errorf("the key used again: %v %+v", ok, k)
	}
	forEver := Open(ID(3), "2026-000003", Wednesday())
	forEver.Keys = []work.Key{{Scope: "mail", Key: "m1", Ticket: ID(3), Seq: 1}}
	MustCommit(t, s, forEver)
	much := Open(ID(4), "2026-000004", Wednesday().AddDate(30, 0, 0))
	much.Keys = []work.Key{{Scope: "mail", Key: "m1", Ticket: ID(4), Seq: 1}}
	wantErr(t, s.Commit(t.Context(), much), work.ErrKeyTaken)
}

// hostilePairs are scopes and keys that would meet if they were just put together.
func hostilePairs() [][2]string {
	long := strings.Repeat("k", 3000)
	return [][2]string{
		{"a", "b#c"}, {"a#b", "c"}, {"a%23b", "c"}, {"a", "b%23c"}, {"", "a#b#c"}, {"%", "x"}, {"%25", "x"},
		{"mail", "<id@example.com>"}, {"mail", "\x00\r\n"}, {"mail", "ñ’😀"}, {"mail", " "}, {"mail", "META"}, {"mail", "#"}, {"mail", "\xff"}, {"mail", "\xfe"}, {"\xff", "mail"},
		{"mail", long}, {"mail", long + "k"}, {"mai", "l" + long}, {strings.Repeat("s", 600), "x"}, {strings.Repeat("s", 599), "sx"},
	}
}

func hostileKeys(t *testing.T, s Contract) {
	for n, pair := range hostilePairs() {
		c := Open(ID(n+1), "", Wednesday())
		c.Keys = []work.Key{{Scope: pair[0], Key: pair[1], Ticket: c.After.ID, Seq: 1}}
		MustCommit(t, s, c)
	}
	for n, pair := range hostilePairs() {
		k, ok, err := s.FindKey(t.Context(), pair[0], pair[1], Wednesday())
		if err != nil || !ok || k.Ticket != ID(n+1) {
			t.Errorf("key %.20q %.20q: %v %v %v, want ticket %s", pair[0], pair[1], k.Ticket, ok, err, ID(n+1))
		}
	}
	empty := Open(ID(99), "", Wednesday())
	empty.Keys = []work.Key{{Scope: "mail", Ticket: ID(99)}}
	if err := s.Commit(t.Context(), empty); err == nil {
		t.Error("an empty key was taken")
	}
}
