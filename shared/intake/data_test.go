package intake_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/mail"
)

// open86 posts a form of 8.6 without its code and office: both are asked back.
func (m *mailroom) open86() desk.TicketID {
	m.t.Helper()
	return m.Do("usuaria-administracion-1", desk.ActOpen, "", "service", "hardware-printers", "flow", "8.6", "subject", "No imprime", "description", "Se atasca.",
		"equipment", "Impresora", "goods", "printer").After.Ticket.ID
}

// says is a reply of who asked.
func (m *mailroom) says(id desk.TicketID, body string) letter {
	l := m.answers("usuaria-administracion-1", id, body)
	l.from = "Usuaria Administración <" + known + ">"
	return l
}

// A plain mail of who asked answers what is missing: by the same act as the link,
// with the whole mail beside it, and whoever has the case is told what was read
// (R104, R110, R119).
func TestMissingDataIsReadFromAReply(t *testing.T) {
	tests := []struct {
		name    string
		body    string
		missing []string
		texts   map[string]string
	}{
		{"both, labelled", "Código patrimonial: 740877120123\nOficina: 310, segundo piso\n\nSaludos", nil, map[string]string{"asset": "740877120123", "office": "310, segundo piso"}},
		{"one of them: the rest stays missing", "Oficina de ubicación - Logística", []string{"asset"}, map[string]string{"office": "Logística"}},
		{"there is no code at hand", "Código patrimonial: no lo tengo a la vista", []string{"office"}, map[string]string{"no_asset": "yes"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := newMailroom(t)
			id := m.open86()
			if got := m.Load(id).Ticket.Missing; !slices.Equal(got, []string{"asset", "office"}) {
				t.Fatalf("missing %v", got)
			}
			rec := m.receive(m.says(id, test.body))
			if rec.Decision != mail.AddComment || rec.Held {
				t.Fatalf("record is %+v", rec)
			}
			last := m.last(id)
			if got := m.Load(id).Ticket.Missing; !slices.Equal(got, test.missing) {
				t.Errorf("still missing %v, want %v", got, test.missing)
			}
			want := desk.Actor{Person: "usuaria-administracion-1", Via: "mail", Assurance: desk.AssuredDMARC}
			if last.Act != desk.ActProvideData || last.Actor != want || last.Channel != desk.ChannelMail {
				t.Errorf("recorded %s by %+v, %s", last.Act, last.Actor, last.Channel)
			}
			if comment, ok := last.Events[0].(desk.CommentAdded); !ok || comment.Sender != want.Person || comment.MailID == "" {
				t.Errorf("the message is %+v", last.Events[0])
			}
			texts := map[string]string{}
			for name, value := range last.Texts {
				if name != "message" {
					texts[name] = value
				}
			}
			if diff := cmp.Diff(test.texts, texts); diff != "" || !strings.HasPrefix(test.body, last.Texts["message"]) {
				t.Errorf("texts (-want +got):\n%s message %q", diff, last.Texts["message"])
			}
			told := m.mailed(id, desk.MailAnswered)
			if len(told) != 1 || told[0].Data["ms"] == "" || told[0].Data["rd"] == "" {
				t.Errorf("who has it is told %+v", told)
			}
		})
	}
}

// What is not understood, or not of who asked, is a comment: nothing is read of it,
// nothing is lost, and what is missing stays missing.
func TestOtherRepliesBringNoData(t *testing.T) {
	const body = "Código patrimonial: 740877120123"
	tests := map[string]func(m *mailroom, id desk.TicketID) letter{
		"not understood":                func(m *mailroom, id desk.TicketID) letter { return m.says(id, "Está en la etiqueta.") },
		"thanks":                        func(m *mailroom, id desk.TicketID) letter { return m.says(id, "Gracias.") },
		"a value that the form refuses": func(m *mailroom, id desk.TicketID) letter { return m.says(id, "Oficina: "+strings.Repeat("a", 130)) },
		"quoted":                        func(m *mailroom, id desk.TicketID) letter { return m.says(id, "> "+body) },
		"not proved (F33)": func(m *mailroom, id desk.TicketID) letter {
			l := m.says(id, body)
			l.dmarc = mail.Fail
			return l
		},
		"of somebody else of the case": func(m *mailroom, id desk.TicketID) letter {
			l := m.says(id, body)
			l.from = "especialista-mesa@qw.gob.pe"
			return l
		},
		"of a stranger": func(m *mailroom, id desk.TicketID) letter {
			l := m.says(id, body)
			l.from = "proveedor@example.org"
			return l
		},
	}
	for name, write := range tests {
		t.Run(name, func(t *testing.T) {
			m := newMailroom(t)
			id := m.open86()
			m.receive(write(m, id))
			if last := m.last(id); last.Act != desk.ActComment || last.Texts["message"] == "" {
				t.Errorf("it became %s: %+v", last.Act, last.Texts)
			}
			if got := m.Load(id).Ticket.Missing; len(got) != 2 {
				t.Errorf("missing %v", got)
			}
		})
	}
}

// Completed by the link meanwhile, or the case ended: the mail is a comment.
func TestDataThatAreNotMissingAnyMoreAreAComment(t *testing.T) {
	for name, before := range map[string]func(m *mailroom, id desk.TicketID){
		"completed": func(m *mailroom, id desk.TicketID) {
			m.Do("usuaria-administracion-1", desk.ActProvideData, id, "asset", "1234", "office", "310")
		},
		"withdrawn": func(m *mailroom, id desk.TicketID) { m.Do("usuaria-administracion-1", desk.ActWithdraw, id) },
	} {
		t.Run(name, func(t *testing.T) {
			m := newMailroom(t)
			id := m.open86()
			before(m, id)
			m.receive(m.says(id, "Código patrimonial: 740877120123"))
			if last := m.last(id); last.Act != desk.ActComment {
				t.Errorf("it became %s", last.Act)
			}
		})
	}
}

// The race with the link, between the look and the act.
func TestDataRefusedByTheRowsAreAComment(t *testing.T) {
	m := newMailroom(t)
	id := m.open86()
	m.in.Road = refusingOnce{m.Road, desk.ActProvideData}
	if rec := m.receive(m.says(id, "Código patrimonial: 740877120123")); rec.Held || m.last(id).Act != desk.ActComment {
		t.Errorf("record %+v, last act %s", rec, m.last(id).Act)
	}
}

// A mail without subject and description is one contact and one mail back, and its
// answer names and describes the case (R104).
func TestAnEmptyMailIsAskedBackOnceAndAnswered(t *testing.T) {
	m := newMailroom(t)
	id := m.receive(letter{from: known, id: "empty@example.org"}).Ticket
	if got := m.outbound(); got[desk.MailReceived] != 1 || got[desk.MailMissingData] != 0 {
		t.Errorf("mails %v, want the acknowledgement alone", got)
	}
	asked := m.mailed(id, desk.MailReceived)[0]
	if asked.Wait != desk.NewWaitID(desk.WaitData, 1) || asked.Data["fl"] != "Asunto, Descripción" {
		t.Errorf("the acknowledgement asks for %q by %q", asked.Data["fl"], asked.Wait)
	}
	m.receive(m.says(id, "Buenos días:\nNo puedo entrar al SIGO desde ayer.\nSale error 500.\n\nSaludos"))
	ticket, last := m.Load(id).Ticket, m.last(id)
	if len(ticket.Missing) > 0 || ticket.Subject != "No puedo entrar al SIGO desde ayer." || last.Texts["description"] != "No puedo entrar al SIGO desde ayer.\nSale error 500." {
		t.Errorf("missing %v, subject %q, description %q", ticket.Missing, ticket.Subject, last.Texts["description"])
	}
}

// An answer to a question and the data at once: both count, by one act.
func TestOneMailAnswersAQuestionAndBringsData(t *testing.T) {
	m := newMailroom(t)
	id := m.open86()
	m.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	m.Do("soporte-1", desk.ActAsk, id, "question", "¿Desde cuándo?")
	m.receive(m.says(id, "Desde ayer.\nOficina: 310"))
	if got := m.Load(id).Ticket; got.State != desk.InProgress && got.State != desk.Assigned || !slices.Equal(got.Missing, []string{"asset"}) {
		t.Errorf("state %s, missing %v", got.State, got.Missing)
	}
}

// The reminder asks only for what is still missing, in working time.
func TestTheReminderListsTheRest(t *testing.T) {
	m := newMailroom(t)
	id := m.open86()
	m.receive(m.says(id, "Oficina: 310"))
	wait := m.Load(id).Waits[slices.IndexFunc(m.Load(id).Waits, func(w desk.Wait) bool { return w.ID.Kind() == desk.WaitData })]
	if working := m.Time().Add(9 * time.Hour); wait.WakeAt.Before(working) { // 9:00 and eight working hours, lunch between
		t.Errorf("reminded at %s", wait.WakeAt)
	}
	m.SetTime(wait.WakeAt)
	act := desk.Act{Kind: desk.ActOverdue, Ticket: id, At: m.Time(), Channel: desk.ChannelClock, Actor: desk.Actor{Person: desk.Clock, Assurance: desk.AssuredSelf}, Fields: desk.Fields{"wait": string(wait.ID)}}
	if _, err := m.Road.Perform(t.Context(), act); err != nil {
		t.Fatal(err)
	}
	if again := m.mailed(id, desk.MailMissingData); len(again) != 1 || again[0].Data["fl"] != "Código patrimonial" {
		t.Errorf("reminded by %+v", again)
	}
}

// What an unproved mail said is known once somebody confirms who wrote it: only the
// rest is asked for (R104).
func TestAConfirmedSenderIsAskedOnlyForTheRest(t *testing.T) {
	for body, missing := range map[string][]string{"Se atasca desde ayer.": nil, "": {"description"}} {
		m := newMailroom(t)
		id := m.receive(letter{from: known, subject: "No imprime", id: "u@example.org", body: body, dmarc: mail.Fail}).Ticket
		m.Do("especialista-mesa", desk.ActConfirmSender, id, "how", "Por teléfono")
		if got := m.Load(id).Ticket.Missing; !slices.Equal(got, missing) {
			t.Errorf("«%s»: missing %v, want %v", body, got, missing)
		}
	}
}
