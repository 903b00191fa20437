package intake_test

import (
	"testing"

	"mesa/shared/desk"
	"mesa/shared/mail"
)

// Senders that are none, several, or say where else to answer (F30).
func TestF30OddSenders(t *testing.T) {
	tests := []struct {
		name       string
		letter     letter
		decision   mail.Decision
		requester  desk.PersonID
		unverified bool
		answered   string // the one address that is written to; "" for none
	}{
		{"no From: held, no answer", letter{}, mail.Quarantine, "", false, ""},
		{"a From without address: held, no answer", letter{from: "Usuaria"}, mail.Quarantine, "", false, ""},
		{"two Froms: a contact to confirm, no answer", letter{from: known, headers: "From: otra@example.org\r\n"}, mail.OpenTicket, "usuaria-administracion-1", true, ""},
		{"two senders in one From: the same", letter{from: known + ", otra@example.org"}, mail.OpenTicket, "usuaria-administracion-1", true, ""},
		{"Reply-To elsewhere: who wrote is answered, at the address of the directory", letter{from: known, headers: "Reply-To: ladron@example.org\r\n"}, mail.OpenTicket, "usuaria-administracion-1", false, known},
		{"Reply-To of a head: nobody's power", letter{from: "otra@example.org", headers: "Reply-To: jefa-administracion@qw.gob.pe\r\nSender: jefa-administracion@qw.gob.pe\r\n"}, mail.Quarantine, "", false, "otra@example.org"},
		{"a second address: answered at the main one", letter{from: "Tesoreria@QW.gob.pe"}, mail.OpenTicket, "usuaria-administracion-1", false, known},
		{"a plus address: the person's", letter{from: "usuaria-administracion-1+casa@qw.gob.pe"}, mail.OpenTicket, "usuaria-administracion-1", false, known},
		{"a person's name on a stranger's address: a stranger", letter{from: `"` + known + `" <otra@example.org>`}, mail.Quarantine, "", false, "otra@example.org"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := newMailroom(t)
			test.letter.subject, test.letter.id, test.letter.body = "No imprime", "a1@example.org", "Se atasca."
			rec := m.receive(test.letter)
			if rec.Decision != test.decision {
				t.Fatalf("record is %+v, want %s", rec, test.decision)
			}
			written := map[string]int{}
			for message, n := range m.outbound() {
				written[string(message)] = n
			}
			want := 0
			if test.answered != "" {
				want = 1
			}
			if len(written) != want || want == 1 && len(m.to(test.answered)) != 1 {
				t.Errorf("mails out %v, want %d to %q", written, want, test.answered)
			}
			if test.decision == mail.OpenTicket {
				if got := m.Load(rec.Ticket).Ticket; got.Requester != test.requester || got.Unverified != test.unverified {
					t.Errorf("contact is of %q, unverified %t", got.Requester, got.Unverified)
				}
			}
		})
	}
}
