package work

import (
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
)

func TestAnAddressIsClosedOncePerEpisode(t *testing.T) {
	at := func(h, m int) time.Time { return time.Date(2026, 11, 24, h, m, 0, 500, time.UTC) }
	bounce := Suppression{Address: "a@qw.gob.pe", At: at(9, 5), Cause: desk.CauseNoAddress, Ticket: "01J", Ref: "1.1"}
	closed, news := Suppression{}.Closed(bounce, at(9, 0))
	if !news || !closed.Active() || closed.Times != 1 {
		t.Fatalf("first bounce: %+v, news %t", closed, news)
	}
	if again, news := closed.Closed(bounce, at(9, 30)); news || again != closed {
		t.Errorf("a second bounce closed it anew: %+v", again)
	}
	opened := closed.Opened(Release{At: at(10, 0), By: "mesa", Reason: "Corregida."})
	if opened.Active() {
		t.Error("released and still active")
	}
	if late, news := opened.Closed(bounce, at(9, 59)); news || late.Active() {
		t.Error("a mail sent before the release closed the address again")
	}
	for _, sent := range []time.Time{at(10, 0), at(10, 1)} {
		next, news := opened.Closed(bounce, sent)
		if !news || !next.Active() || next.Times != 2 || next.Release == nil || next.Release.By != "mesa" {
			t.Errorf("a mail sent at %s after the release: %+v", sent, next)
		}
	}
}

func TestKeysOfAddresses(t *testing.T) {
	key := AddressKey("Persona.Uno@QW.gob.pe")
	for _, other := range []string{"persona.uno@qw.gob.pe", " <PERSONA.UNO@qw.gob.pe>\r\n", "persona.uno+pau@qw.gob.pe"} {
		if AddressKey(other) != key {
			t.Errorf("%q has another key", other)
		}
	}
	for _, other := range []string{"personauno@qw.gob.pe", "persona.uno@gob.pe", ""} {
		if AddressKey(other) == key {
			t.Errorf("%q has the same key", other)
		}
	}
	if len(key) != 32 || strings.Contains(key, "persona") {
		t.Errorf("key %q", key)
	}
}
