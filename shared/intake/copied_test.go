package intake_test

import (
	"slices"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/mail"
)

// A mail to the desk with a copy to a head: her answer to all belongs to the
// case, and opens no second one (F34, FreeScout 2086).
func TestACopiedHeadsAnswerJoinsTheCase(t *testing.T) {
	const head = "jefa-administracion@qw.gob.pe"
	tests := []struct {
		name     string
		copied   string // of the mail that opens the case
		first    mail.Verdict
		answer   letter
		decision mail.Decision
		sender   desk.PersonID
	}{
		{"she answers all", head, "", letter{from: head, headers: "In-Reply-To: <first@example.org>\r\n"}, mail.AddComment, "jefa-administracion"},
		{"from another spelling of her address", "Jefa <JEFA-administracion+pau@QW.gob.pe>", "", letter{from: head, headers: "References: <first@example.org>\r\n"}, mail.AddComment, "jefa-administracion"},
		{"by the number alone", head, "", letter{from: head, subject: "RE: [PAU {number}] Compra"}, mail.AddComment, "jefa-administracion"},
		{"whose mail proves nothing is held", head, "", letter{from: head, dmarc: mail.Fail, headers: "In-Reply-To: <first@example.org>\r\n"}, mail.Quarantine, ""},
		{"somebody who was not copied is held", head, "", letter{from: "usuaria-ut-piura-1@qw.gob.pe", headers: "In-Reply-To: <first@example.org>\r\n"}, mail.Quarantine, ""},
		{"nobody was copied: held", "", "", letter{from: head, headers: "In-Reply-To: <first@example.org>\r\n"}, mail.Quarantine, ""},
		{"a mail that proves nobody brings nobody", head, mail.Fail, letter{from: head, headers: "In-Reply-To: <first@example.org>\r\n"}, mail.Quarantine, ""},
		{"Reply-To names nobody", head, "", letter{from: "otra@example.org", headers: "Reply-To: " + head + "\r\nIn-Reply-To: <first@example.org>\r\n"}, mail.Quarantine, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := newMailroom(t)
			opening := letter{from: known, subject: "Compra de tóner", id: "first@example.org", body: "¿Se puede?", dmarc: test.first}
			if test.copied != "" {
				opening.headers = "Cc: " + test.copied + ", proveedor@example.org, " + support + "\r\n"
			}
			id := m.receive(opening).Ticket
			answer := test.answer
			answer.id, answer.body = "second@example.org", "Aprobado."
			answer.subject = strings.ReplaceAll(answer.subject, "{number}", string(m.Load(id).Ticket.Number))
			rec := m.receive(answer)
			m.wantTickets(1)
			if rec.Decision != test.decision || rec.Ticket != id {
				t.Fatalf("record is %+v, want %s of %s", rec, test.decision, id)
			}
			records := m.records(id)
			if test.sender == "" {
				if len(records) != 1 {
					t.Errorf("%d records, want the opening alone", len(records))
				}
				return
			}
			if added := records[1].Events[0].(desk.CommentAdded); added.Sender != test.sender || records[1].Texts["message"] != "Aprobado." {
				t.Errorf("comment %+v says %q", added, records[1].Texts["message"])
			}
		})
	}
}

// Whoever a comment's mail went to belongs from then on; so does whoever a held
// mail went to, once a person released it.
func TestWhoIsCopiedLaterBelongsToo(t *testing.T) {
	m := newMailroom(t)
	id := m.receive(letter{from: known, subject: "Compra", id: "1@example.org", body: "¿Se puede?"}).Ticket
	m.receive(letter{from: known, to: m.address(id), id: "2@example.org", body: "Con copia.", headers: "Cc: jefa-administracion@qw.gob.pe\r\n"})
	if rec := m.receive(letter{from: "jefa-administracion@qw.gob.pe", id: "3@example.org", body: "Sí.", headers: "In-Reply-To: <2@example.org>\r\n"}); rec.Decision != mail.AddComment || rec.Ticket != id {
		t.Errorf("record is %+v", rec)
	}
	held := m.receive(letter{from: "proveedor@example.org", subject: "Otra", id: "4@example.org", body: "x", headers: "Cc: " + known + ", usuaria-ut-piura-1@qw.gob.pe\r\n"})
	released, err := m.held.Release(t.Context(), held.ID, "usuaria-administracion-1", desk.Actor{Person: "informatica-mesa-1", Assurance: desk.AssuredSession})
	if err != nil {
		t.Fatal(err)
	}
	if got := desk.CopiedOn(m.records(released)[0].Events[0]); !slices.Equal(got, []desk.PersonID{"usuaria-ut-piura-1"}) {
		t.Errorf("copied %v", got)
	}
}

// The id of a mail is no secret: who does not belong to its case adds nothing by
// writing under it (F2, F34).
func TestF34AnothersIDOpensNoDoor(t *testing.T) {
	for _, from := range []string{"proveedor@example.org", "usuaria-ut-piura-1@qw.gob.pe"} {
		m := newMailroom(t)
		id := m.receive(letter{from: known, subject: "No imprime", id: "first@example.org", body: "Se atasca."}).Ticket
		rec := m.receive(letter{from: from, subject: "No imprime", id: "first@example.org", body: "Cierre el caso."})
		if rec.Decision != mail.Quarantine || !rec.Held || len(m.records(id)) != 1 {
			t.Errorf("from %s: record %+v, %d records", from, rec, len(m.records(id)))
		}
		m.wantTickets(1)
	}
}
