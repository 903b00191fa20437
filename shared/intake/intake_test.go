package intake_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/intake"
	"mesa/shared/mail"
)

// Who writes decides what a mail becomes: known and verified acts; known alone
// is a contact to confirm; unknown is held, and answered only if verified.
func TestWhoWrites(t *testing.T) {
	tests := []struct {
		name       string
		letter     letter
		decision   mail.Decision
		requester  desk.PersonID
		unverified bool
		mails      string
	}{
		{"known and verified: contact and acknowledgement", letter{from: "Usuaria <" + known + ">"}, mail.OpenTicket, "usuaria-administracion-1", false, "map[received:1]"},
		{"a second address of the same person", letter{from: "tesoreria@qw.gob.pe"}, mail.OpenTicket, "usuaria-administracion-1", false, "map[received:1]"},
		{"known, spoofed: contact to confirm, no mail (F33)", letter{from: known, dmarc: mail.Fail}, mail.OpenTicket, "usuaria-administracion-1", true, "map[]"},
		{"known, unsigned: contact to confirm, no mail", letter{from: known, dmarc: mail.Gray}, mail.OpenTicket, "usuaria-administracion-1", true, "map[]"},
		{"unknown, verified: held, answered", letter{from: "proveedor@example.org"}, mail.Quarantine, "", false, "map[held:1]"},
		{"unknown, not verified: held, no answer", letter{from: "proveedor@example.org", dmarc: mail.Fail}, mail.Quarantine, "", false, "map[]"},
		{"unknown, verified, but nobody reads there", letter{from: "no-reply@example.org"}, mail.Quarantine, "", false, "map[]"},
		{"a virus, from whomever: held", letter{from: known, virus: mail.Fail}, mail.Quarantine, "", false, "map[]"},
		{"spam: held", letter{from: known, spam: mail.Fail}, mail.Quarantine, "", false, "map[]"},
		{"a robot: held, no answer", letter{from: known, headers: "Auto-Submitted: auto-generated\r\n"}, mail.Quarantine, "", false, "map[]"},
		{"a list to which people write: contact, no answer", letter{from: known, headers: "List-Id: <todos.qw.gob.pe>\r\n"}, mail.OpenTicket, "usuaria-administracion-1", false, "map[]"},
		{"who asks for no automatic answer: contact, no answer", letter{from: known, headers: "X-Auto-Response-Suppress: All\r\n"}, mail.OpenTicket, "usuaria-administracion-1", false, "map[]"},
		{"passed on by a rule: contact, no answer", letter{from: known, headers: "Auto-Submitted: auto-forwarded\r\n"}, mail.OpenTicket, "usuaria-administracion-1", false, "map[]"},
		{"an absence notice: dropped, no answer", letter{from: known, headers: "Auto-Submitted: auto-replied\r\n"}, mail.Drop, "", false, "map[]"},
		{"our own address: dropped", letter{from: "mesa-de-ayuda@qw.gob.pe"}, mail.Drop, "", false, "map[]"},
		{"a UT's own address: dropped", letter{from: "soporte.ut-piura@qw.gob.pe"}, mail.Drop, "", false, "map[]"},
		{"our own mail come back: dropped", letter{from: "x@example.org", headers: "X-PAU-Message: 01J8-1-1\r\n"}, mail.Drop, "", false, "map[]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := newMailroom(t)
			test.letter.subject, test.letter.id, test.letter.body = "No imprime", "a1@example.org", "Se atasca."
			rec := m.receive(test.letter)
			if rec.Decision != test.decision || rec.Held != (test.decision == mail.Quarantine) || rec.Why == "" {
				t.Errorf("record is %+v, want %s", rec, test.decision)
			}
			if stored, ok, err := m.Store.MailRecord(t.Context(), rec.ID); err != nil || !ok || stored != rec {
				t.Errorf("stored record %+v, %t, %v", stored, ok, err)
			}
			if got := fmt.Sprint(m.outbound()); got != test.mails {
				t.Errorf("mails out %s, want %s", got, test.mails)
			}
			if test.decision != mail.OpenTicket {
				m.wantTickets(0)
				return
			}
			got := m.Load(rec.Ticket).Ticket
			if got.Requester != test.requester || got.Unverified != test.unverified || got.State != desk.ToClassify || got.Subject != "No imprime" || got.Channel != desk.ChannelMail {
				t.Errorf("contact is %+v", got)
			}
		})
	}
}

// F1: the same notification, again and twenty times at once: one ticket, one
// acknowledgement, one record.
func TestF1SameNotificationTwentyTimes(t *testing.T) {
	m := newMailroom(t)
	r := m.arrive(letter{from: known, subject: "No imprime", id: "a1@example.org", body: "Se atasca."})
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, err := m.in.Receive(t.Context(), r); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	m.again(r)
	m.wantTickets(1)
	if got := m.outbound(); got[desk.MailReceived] != 1 || len(got) != 1 {
		t.Errorf("mails out %v, want one acknowledgement", got)
	}
}

// A mail to two of our addresses comes as two receptions and is one ticket.
func TestF1OneMailToTwoAddresses(t *testing.T) {
	m := newMailroom(t)
	l := letter{from: known, subject: "No imprime", id: "a1@example.org", body: "Se atasca."}
	first := m.receive(l)
	l.to = "soporte.ut-piura@qw.gob.pe"
	second := m.receive(l)
	if second.Ticket != first.Ticket || second.Decision != mail.Drop {
		t.Errorf("second reception is %+v", second)
	}
	m.wantTickets(1)
	if n := len(m.records(first.Ticket)); n != 1 {
		t.Errorf("%d records, want 1", n)
	}
}

// Both receptions at once, and both addresses in one reception, are one ticket.
func TestF1OneMailToTwoAddressesAtOnce(t *testing.T) {
	m := newMailroom(t)
	l := letter{from: "usuaria-ut-piura-1@qw.gob.pe", subject: "No imprime", id: "a1@example.org", body: "Se atasca."}
	both := m.arrive(l)
	both.Recipients = []string{support, "soporte.ut-piura@qw.gob.pe", "soporte.ut-lima@qw.gob.pe"}
	receipts := []mail.Receipt{both}
	for _, address := range both.Recipients {
		l.to = address
		receipts = append(receipts, m.arrive(l))
	}
	var wg sync.WaitGroup
	for range 5 {
		for _, r := range receipts {
			wg.Go(func() {
				if _, err := m.in.Receive(t.Context(), r); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	m.wantTickets(1)
	id := m.Tickets()[0]
	if n := len(m.records(id)); n != 1 {
		t.Errorf("%d records, want 1", n)
	}
	if got := m.outbound(); got[desk.MailReceived] != 1 || len(got) != 1 {
		t.Errorf("mails out %v, want one acknowledgement", got)
	}
	for _, r := range receipts {
		if rec, ok, err := m.Store.MailRecord(t.Context(), r.MessageID); err != nil || !ok || rec.Ticket != id || rec.Held {
			t.Errorf("the reception at %v became %+v, %t, %v", r.Recipients, rec, ok, err)
		}
	}
}

// What a unit's people write to its own address reaches its own Level 1: the UT
// addresses of 8.8.1 (R62, R125).
func TestEveryUnitsAddressReachesItsTeam(t *testing.T) {
	m := newMailroom(t)
	d, err := m.Store.Directory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	writers := map[desk.UnitID]string{}
	for _, p := range d.Directory.Records().People {
		writers[p.Unit] = p.Mail()
	}
	n := 0
	for _, u := range d.Directory.Records().Units {
		if u.Mail == "" {
			continue
		}
		n++
		want, ok := d.Directory.ContactTeam(u.ID, m.Time())
		if !ok || writers[u.ID] == "" {
			t.Fatalf("%s has no team or nobody", u.ID)
		}
		rec := m.receive(letter{from: writers[u.ID], to: u.Mail, subject: "Videoconferencia", id: string(u.ID) + "@example.org", body: "El martes."})
		if got := m.Load(rec.Ticket).Ticket; got.Team != want || got.Unit != u.ID {
			t.Errorf("what %s wrote to %s is with %s of %s, want %s", writers[u.ID], u.Mail, got.Team, got.Unit, want)
		}
	}
	if n < 28 {
		t.Errorf("%d addresses, want the 27 UTs' and headquarters'", n)
	}
}

// F2: the same Message-ID with another text is a comment, never lost.
func TestF2SameIDAnotherText(t *testing.T) {
	m := newMailroom(t)
	l := letter{from: known, subject: "No imprime", id: "a1@example.org", body: "Se atasca."}
	first := m.receive(l)
	l.body = "Se atasca la bandeja 2."
	edited := m.receive(l)
	if edited.Decision != mail.AddComment || edited.Ticket != first.Ticket {
		t.Errorf("edited mail is %+v", edited)
	}
	again := m.receive(l)
	if n := len(m.records(first.Ticket)); again.Decision != mail.AddComment && again.Decision != mail.Drop || n != 2 {
		t.Errorf("the edited mail again is %+v, %d records", again, n)
	}
	if text := m.records(first.Ticket)[1].Texts["message"]; text != "Se atasca la bandeja 2." {
		t.Errorf("comment says %q", text)
	}
	m.wantTickets(1)
}

// F2: what was edited may be the file alone, forgotten or corrected; it is no
// duplicate to drop.
func TestF2SameIDAnotherFile(t *testing.T) {
	m := newMailroom(t)
	l := withPhoto(known)
	first := m.receive(l)
	l.body = strings.Replace(l.body, "/9j/4AAQ", "/9j/4AAR", 1)
	if edited := m.receive(l); edited.Decision != mail.AddComment || edited.Ticket != first.Ticket {
		t.Errorf("the mail with another file is %+v", edited)
	}
	records := m.records(first.Ticket)
	if len(records) != 2 || len(records[1].Files) != 1 || records[1].Files[0].SHA256 == records[0].Files[0].SHA256 {
		t.Fatalf("records %+v", records)
	}
	if again := m.receive(l); again.Decision != mail.Drop {
		t.Errorf("the same mail again is %+v", again)
	}
	m.wantTickets(1)
}

// F3: no Message-ID: the raw mail's hash tells the same from another.
func TestF3NoMessageID(t *testing.T) {
	m := newMailroom(t)
	l := letter{from: known, subject: "No imprime", body: "Se atasca."}
	m.receive(l)
	m.receive(l)
	m.wantTickets(1)
	l.body = "Otra cosa."
	m.receive(l)
	m.wantTickets(2)
}

// F4: the raw mail cannot be read, or an attachment not kept: an error, and
// nothing written; delivered again, it is received.
func TestF4BucketFails(t *testing.T) {
	m := newMailroom(t)
	gone := mail.Receipt{MessageID: "ses9999", Key: "inbound/ses9999", Recipients: []string{support}}
	if _, err := m.in.Receive(t.Context(), gone); err == nil || !strings.Contains(err.Error(), "inbound/ses9999") {
		t.Errorf("absent object: %v, want an error that names it", err)
	}
	r := m.arrive(withPhoto(known))
	for name, fails := range map[string]error{"refused": errors.New("403"), "slow": context.DeadlineExceeded} {
		m.bucket.fails = fails
		if _, err := m.in.Receive(t.Context(), r); !errors.Is(err, fails) || !strings.Contains(err.Error(), r.MessageID) {
			t.Errorf("%s: %v, want an error that names the mail", name, err)
		}
	}
	m.wantTickets(0)
	if _, done, _ := m.Store.MailRecord(t.Context(), r.MessageID); done {
		t.Error("a mail that was not received has a record")
	}
	m.bucket.fails = nil
	m.again(r)
	m.wantTickets(1)
}

func withPhoto(from string) letter {
	return letter{from: from, subject: "Impresora rota", id: "p1@example.org", headers: "Content-Type: multipart/mixed; boundary=b\r\n",
		body: "--b\r\nContent-Type: text/plain\r\n\r\nMire la foto.\r\n--b\r\nContent-Type: image/jpeg; name=foto.jpg\r\nContent-Disposition: attachment; filename=foto.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n/9j/4AAQ\r\n--b--"}
}

// Attachments are kept once, under names the mail decides, and recorded with
// their digest.
func TestAttachmentsAreKeptOnce(t *testing.T) {
	m := newMailroom(t)
	rec := m.receive(withPhoto(known))
	files := m.records(rec.Ticket)[0].Files
	if len(files) != 1 || files[0].Name != "foto.jpg" || files[0].Key != "mail/"+rec.ID+"/0" || files[0].SHA256 == "" || files[0].Bytes != 6 || files[0].Type != "image/jpeg" {
		t.Errorf("files %+v", files)
	}
	if n := m.bucket.writes["mail/"+rec.ID+"/0"]; n != 1 {
		t.Errorf("written %d times", n)
	}
}

// A crash between the act and its record: the mail delivered again finds the
// ticket and leaves the record.
func TestCrashBetweenActAndRecord(t *testing.T) {
	m := newMailroom(t)
	r := m.arrive(letter{from: known, subject: "No imprime", id: "a1@example.org", body: "x"})
	m.in.Store = forgetful{m.Store}
	if _, err := m.in.Receive(t.Context(), r); err == nil {
		t.Fatal("the lost record was not reported")
	}
	m.in.Store = m.Store
	rec := m.again(r)
	m.wantTickets(1)
	if rec.Ticket != m.Tickets()[0] {
		t.Errorf("record names %q", rec.Ticket)
	}
}

// The cap holds what comes after it; strangers have one answer a day.
func TestCaps(t *testing.T) {
	m := newMailroom(t)
	most := flow.DefaultPolicy().SenderMails
	for i := range most + 3 {
		rec := m.receive(letter{from: known, subject: "No imprime", id: fmt.Sprintf("c%d@example.org", i), body: fmt.Sprint(i)})
		if rec.Held != (i >= most) {
			t.Fatalf("mail %d: held %t", i+1, rec.Held)
		}
	}
	for i := range 3 {
		m.receive(letter{from: "proveedor@example.org", subject: "Cotización", id: fmt.Sprintf("d%d@example.org", i), body: "x"})
	}
	if n := m.outbound()[desk.MailHeld]; n != 1 {
		t.Errorf("%d answers to a stranger, want 1 a day", n)
	}
	m.Advance(24 * time.Hour)
	m.receive(letter{from: "proveedor@example.org", subject: "Cotización", id: "d9@example.org", body: "x"})
	if n := m.outbound()[desk.MailHeld]; n != 2 {
		t.Errorf("%d answers after a day, want 2", n)
	}
	if rec := m.receive(letter{from: known, subject: "No imprime", id: "c99@example.org", body: "x"}); rec.Held {
		t.Error("the cap did not end with the day")
	}
}

// Mail that waited keeps the hour it was received (R90, R156).
func TestMailThatWaitedKeepsItsHour(t *testing.T) {
	m := newMailroom(t)
	r := m.arrive(letter{from: known, subject: "No imprime", id: "a1@example.org", body: "x"})
	m.Advance(3 * time.Hour)
	rec := m.again(r)
	if got := m.records(rec.Ticket)[0].HappenedAt; !got.Equal(r.At) {
		t.Errorf("happened at %v, want %v", got, r.At)
	}
}

// The object that SES writes when its rule is made is no mail.
func TestSetupNotification(t *testing.T) {
	m := newMailroom(t)
	rec, err := m.in.Receive(t.Context(), mail.Receipt{MessageID: "AMAZON_SES_SETUP_NOTIFICATION"})
	if err != nil || rec != (intake.Record{}) {
		t.Errorf("got %+v, %v", rec, err)
	}
}
