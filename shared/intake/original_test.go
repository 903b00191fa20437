package intake_test

import (
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/intake"
)

// The ticket keeps what was new in a mail; the whole of it stays readable.
func TestTheOriginalOfAnAnswerIsReadAgain(t *testing.T) {
	m := newMailroom(t)
	id := m.receive(letter{from: known, subject: "No imprime", id: "1@x.pe", body: "Se atasca."}).Ticket
	m.receive(letter{from: known, to: m.address(id), subject: "RE: No imprime", id: "2@x.pe", body: "La bandeja 2.\r\n\r\nEl 14/09/2026 a las 9:10, Mesa escribió:\r\n> ¿Qué bandeja?\r\n"})
	added := m.records(id)[1]
	if added.Texts["message"] != "La bandeja 2." {
		t.Errorf("the ticket keeps %q", added.Texts["message"])
	}
	rec, msg, err := m.held.Original(t.Context(), intake.OriginalOf(added))
	if err != nil || rec.Ticket != id || !strings.Contains(msg.FullText, "¿Qué bandeja?") {
		t.Errorf("%+v, %q, %v", rec, msg.FullText, err)
	}
	if _, _, err := m.held.Original(t.Context(), "nadie"); desk.CodeOf(err) != desk.NotFound {
		t.Errorf("a mail never received: %v", err)
	}
	delete(m.bucket.objects, rec.Key)
	if _, _, err := m.held.Original(t.Context(), rec.ID); err == nil || desk.CodeOf(err) == desk.NotFound {
		t.Errorf("a mail whose bytes are gone: %v", err)
	}
}

func TestOnlyActsByMailHaveAnOriginal(t *testing.T) {
	for key, want := range map[string]string{"mail#ses:abc": "abc", "form#ses:abc": "", "mail#id:abc": "", "": ""} {
		if got := intake.OriginalOf(desk.Record{Key: key}); got != want {
			t.Errorf("%q: %q, want %q", key, got, want)
		}
	}
}
