package intake_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/intake"
	"mesa/shared/mail"
)

// staff is who settles held mails; other is a colleague.
func staff() desk.Actor {
	return desk.Actor{Person: "especialista-mesa", Assurance: desk.AssuredSession}
}

func other() desk.Actor {
	return desk.Actor{Person: "informatica-mesa-1", Assurance: desk.AssuredSession}
}

// stranger is a mail that is held.
func stranger(n int) letter {
	l := withPhoto("Persona Nueva <nueva@example.org>")
	l.id = fmt.Sprintf("h%d@example.org", n)
	return l
}

func wantCode(t *testing.T, err error, want desk.Code) {
	t.Helper()
	if err == nil || desk.CodeOf(err) != want {
		t.Errorf("got %v, want code %q", err, want)
	}
}

func (m *mailroom) settled(id string) intake.Record {
	m.t.Helper()
	rec, ok, err := m.Store.MailRecord(m.t.Context(), id)
	if err != nil || !ok {
		m.t.Fatalf("record %s: %t, %v", id, ok, err)
	}
	return rec
}

// Held mails are listed oldest first, in pages; the next page is the same when
// somebody settles what stood on this one.
func TestHeldMailsAreListedInPages(t *testing.T) {
	m := newMailroom(t)
	for i := range 60 {
		l := stranger(i)
		l.from = fmt.Sprintf("nueva%d@example.org", i)
		m.receive(l)
	}
	seen, cursor, pages := []string{}, "", 0
	for {
		list, next, err := m.held.List(t.Context(), cursor)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			seen = append(seen, r.ID)
		}
		if pages++; next == "" {
			break
		}
		cursor = next
		if err := m.held.Discard(t.Context(), list[len(list)-1].ID, "Publicidad", staff()); err != nil {
			t.Fatal(err)
		}
	}
	if len(seen) != 60 || pages != 3 || seen[0] != "ses0001" || seen[59] != "ses0060" {
		t.Errorf("%d mails in %d pages, from %s", len(seen), pages, seen[0])
	}
	if list, next, err := m.held.List(t.Context(), "mangled"); err != nil || len(list) != 25 || list[0].ID != "ses0001" || next == "" {
		t.Errorf("with a mangled cursor: %d mails, %v", len(list), err)
	}
}

// What became of a settled mail is told; of others, nothing.
func TestSettledTellsWhatBecameOfAMail(t *testing.T) {
	m := newMailroom(t)
	waits, opened := m.receive(stranger(1)), m.receive(letter{from: known, subject: "Hola", id: "o@example.org", body: "x"})
	for _, id := range []string{waits.ID, opened.ID, "none"} {
		if rec, ok, err := m.held.Settled(t.Context(), id); ok || err != nil {
			t.Errorf("%s is settled: %+v, %v", id, rec, err)
		}
	}
	ticket, err := m.held.Release(t.Context(), waits.ID, "usuaria-administracion-1", staff())
	if err != nil {
		t.Fatal(err)
	}
	if rec, ok, err := m.held.Settled(t.Context(), waits.ID); !ok || err != nil || rec.Outcome != intake.Released || rec.Ticket != ticket || rec.By != staff().Person {
		t.Errorf("settled as %+v, %t, %v", rec, ok, err)
	}
}

// F1: a mail to two addresses that is held waits once; another text is another
// mail, and so is the same one another day.
func TestF1AHeldMailToTwoAddressesWaitsOnce(t *testing.T) {
	m := newMailroom(t)
	l := letter{from: "proveedor@example.org", subject: "Cotización", id: "q@example.org", body: "x"}
	var receipts []mail.Receipt
	for _, to := range []string{support, "soporte.ut-piura@qw.gob.pe", "soporte.ut-lima@qw.gob.pe"} {
		l.to = to
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
	waiting := func() []intake.Record {
		t.Helper()
		list, _, err := m.held.List(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if list := waiting(); len(list) != 1 || m.outbound()[desk.MailHeld] != 1 {
		t.Errorf("%d wait, mails out %v", len(list), m.outbound())
	}
	dropped := 0
	for _, r := range receipts {
		if rec := m.settled(r.MessageID); rec.Decision == mail.Drop && rec.Rule == mail.RuleDuplicate && !rec.Held {
			dropped++
		}
	}
	if dropped != 2 {
		t.Errorf("%d receptions are dropped, want 2", dropped)
	}
	l.body = "otro texto"
	if rec := m.receive(l); !rec.Held {
		t.Errorf("another text became %+v", rec)
	}
	m.Advance(24 * time.Hour)
	if rec := m.receive(l); !rec.Held || len(waiting()) != 3 {
		t.Errorf("the next day it became %+v, %d wait", rec, len(waiting()))
	}
}

// A machine's mail, released in the name of its own address, is not answered;
// released in a person's name, the person is.
func TestAReleasedMachineIsNotAnswered(t *testing.T) {
	for _, as := range []desk.PersonID{"usuaria-administracion-1", "usuaria-direccion-1"} {
		m := newMailroom(t)
		alert := m.receive(letter{from: known, subject: "Disco lleno", id: "alert@example.org", body: "x", headers: "Auto-Submitted: auto-generated\r\n"})
		id, err := m.held.Release(t.Context(), alert.ID, as, staff())
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		if as == "usuaria-direccion-1" {
			want = 1
		}
		if got := m.Load(id).Ticket; got.Requester != as || m.outbound()[desk.MailReceived] != want {
			t.Errorf("of %s: mails out %v", got.Requester, m.outbound())
		}
	}
}

// The record says which rule decided and what SES found, so that people read why.
func TestARecordSaysWhichRuleDecided(t *testing.T) {
	m := newMailroom(t)
	rec := m.receive(letter{from: "proveedor@example.org", subject: "x", id: "p@example.org", body: "x", dmarc: mail.Fail})
	if rec.Rule != "new" || rec.Verdicts != "dmarc=FAIL dkim=PASS spf=PASS spam=PASS virus=PASS" {
		t.Errorf("rule %q, verdicts %q", rec.Rule, rec.Verdicts)
	}
	steps := mail.StepsTo(rec.Rule, rec.Why)
	if n := len(steps); n == 0 || !steps[n-1].Hit || steps[n-1].Says != rec.Why {
		t.Errorf("steps %+v", steps)
	}
}

func TestGetShowsTheMailWhileItIsHeld(t *testing.T) {
	m := newMailroom(t)
	rec := m.receive(stranger(1))
	got, msg, err := m.held.Get(t.Context(), rec.ID)
	if err != nil || got != rec || msg.NewText != "Mire la foto." || len(msg.Attachments) != 1 {
		t.Errorf("got %+v, text %q, %d attachments, %v", got, msg.NewText, len(msg.Attachments), err)
	}
	ticket := m.receive(letter{from: known, id: "k@example.org", body: "x"})
	for _, id := range []string{"no-such", ticket.ID} {
		_, _, err = m.held.Get(t.Context(), id)
		wantCode(t, err, desk.NotFound)
	}
}

// Released, the mail is a verified contact of the person chosen, acknowledged,
// with its attachments; the same mail received again is no other.
func TestRelease(t *testing.T) {
	m := newMailroom(t)
	rec := m.receive(stranger(1))
	_, err := m.held.Release(t.Context(), rec.ID, "nobody", staff())
	wantCode(t, err, desk.Invalid)
	id, err := m.held.Release(t.Context(), rec.ID, "usuaria-ut-piura-1", staff())
	if err != nil {
		t.Fatal(err)
	}
	got := m.Load(id).Ticket
	if got.Requester != "usuaria-ut-piura-1" || got.Unverified || got.Team != "ut-piura" || got.State != desk.ToClassify {
		t.Errorf("contact is %+v", got)
	}
	opening := m.records(id)[0]
	if opening.Actor.Person != "especialista-mesa" || opening.Texts["from_address"] != "nueva@example.org" || len(opening.Files) != 1 || !opening.HappenedAt.Equal(rec.At) {
		t.Errorf("opening record is %+v", opening)
	}
	if n := m.outbound()[desk.MailReceived]; n != 1 {
		t.Errorf("%d acknowledgements, want 1", n)
	}
	if r := m.settled(rec.ID); r.Outcome != intake.Released || r.By != "especialista-mesa" || r.Ticket != id || !r.Held {
		t.Errorf("record is %+v", r)
	}
	_, err = m.held.Release(t.Context(), rec.ID, "usuaria-ut-piura-1", staff())
	wantCode(t, err, desk.NotFound)
	if again := m.receive(stranger(1)); again.Decision != mail.Drop || again.Ticket != id {
		t.Errorf("the same mail again is %+v", again)
	}
	m.wantTickets(1)
}

func TestAttach(t *testing.T) {
	m := newMailroom(t)
	id := m.Open85()
	rec := m.receive(stranger(1))
	wantCode(t, m.held.Attach(t.Context(), rec.ID, "2026-999999", staff()), desk.NotFound)
	if err := m.held.Attach(t.Context(), rec.ID, m.Load(id).Ticket.Number, staff()); err != nil {
		t.Fatal(err)
	}
	last := m.records(id)[1]
	if text := last.Texts["message"]; !strings.HasPrefix(text, "[Remitente sin verificar: nueva@example.org]") || last.Act != desk.ActComment || last.Actor.Person != "especialista-mesa" || len(last.Files) != 1 {
		t.Errorf("comment is %+v", last)
	}
	if r := m.settled(rec.ID); r.Outcome != intake.Attached || r.Ticket != id {
		t.Errorf("record is %+v", r)
	}
	m.wantTickets(1)
}

func TestDiscard(t *testing.T) {
	m := newMailroom(t)
	rec := m.receive(stranger(1))
	wantCode(t, m.held.Discard(t.Context(), rec.ID, "  ", staff()), desk.Invalid)
	if err := m.held.Discard(t.Context(), rec.ID, "Publicidad.", staff()); err != nil {
		t.Fatal(err)
	}
	if r := m.settled(rec.ID); r.Outcome != intake.Discarded || r.Reason != "Publicidad." || r.Ticket != "" || m.bucket.objects[r.Key] == nil {
		t.Errorf("record is %+v", r)
	}
	err := m.held.Discard(t.Context(), rec.ID, "Otra vez.", staff())
	wantCode(t, err, desk.NotFound)
	if !errors.Is(err, intake.ErrNotHeld) {
		t.Errorf("got %v, want it to say that the mail is not held", err)
	}
	m.wantTickets(0)
}

// Only Level 1 settles held mails.
func TestWhoSettlesHeldMails(t *testing.T) {
	for who, want := range map[desk.PersonID]desk.Code{"especialista-mesa": "", "informatica-mesa-1": "", "especialista-ut-piura": "",
		"soporte-1": desk.Forbidden, "usuaria-administracion-1": desk.Forbidden, "jefa-ut-piura": desk.Forbidden, "nobody": desk.Forbidden, "": desk.Forbidden} {
		t.Run("by "+string(who), func(t *testing.T) {
			m := newMailroom(t)
			rec := m.receive(stranger(1))
			actor := desk.Actor{Person: who, Assurance: desk.AssuredSession}
			if want == "" {
				if err := m.held.Discard(t.Context(), rec.ID, "Publicidad.", actor); err != nil {
					t.Error(err)
				}
				return
			}
			_, err := m.held.Release(t.Context(), rec.ID, "usuaria-ut-piura-1", actor)
			wantCode(t, err, want)
			wantCode(t, m.held.Discard(t.Context(), rec.ID, "Publicidad.", actor), want)
			wantCode(t, m.held.Attach(t.Context(), rec.ID, "2026-000001", actor), want)
			m.wantTickets(0)
		})
	}
}

// The attachments of a mail with a virus are never kept, whoever releases it.
func TestVirusIsNotKept(t *testing.T) {
	m := newMailroom(t)
	l := stranger(1)
	l.virus = mail.Fail
	rec := m.receive(l)
	id, err := m.held.Release(t.Context(), rec.ID, "usuaria-ut-piura-1", staff())
	if err != nil {
		t.Fatal(err)
	}
	if files := m.records(id)[0].Files; len(files) != 0 || len(m.bucket.writes) != 0 {
		t.Errorf("kept %v, wrote %v", files, m.bucket.writes)
	}
}

// Ten colleagues release one mail at once, for two different people: one ticket;
// who was not first is told or gets that same ticket.
func TestTenReleasesAtOnceAreOneTicket(t *testing.T) {
	m := newMailroom(t)
	rec := m.receive(stranger(1))
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() {
			actor, as := staff(), desk.PersonID("usuaria-ut-piura-1")
			if i%2 == 1 {
				actor, as = other(), "usuaria-ut-piura-2"
			}
			if _, err := m.held.Release(t.Context(), rec.ID, as, actor); err != nil && desk.CodeOf(err) != desk.NotFound {
				t.Errorf("release %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	m.wantTickets(1)
	if r := m.settled(rec.ID); r.Outcome != intake.Released || r.Ticket != m.Tickets()[0] {
		t.Errorf("record is %+v", r)
	}
	if n := m.outbound()[desk.MailReceived]; n != 1 {
		t.Errorf("%d acknowledgements, want 1", n)
	}
}

// A held mail that bears the id of a mail received before, with another text, is
// attached all the same: its text is not taken for the other's (F2).
func TestAttachAMailWithAnotherMailsID(t *testing.T) {
	m := newMailroom(t)
	first := m.receive(letter{from: known, subject: "No imprime", id: "same@example.org", body: "Se atasca."})
	edited := m.receive(letter{from: known, subject: "No imprime", id: "same@example.org", body: "Se atasca la bandeja 2.", spam: mail.Fail})
	if !edited.Held {
		t.Fatalf("record is %+v", edited)
	}
	if err := m.held.Attach(t.Context(), edited.ID, m.Load(first.Ticket).Ticket.Number, staff()); err != nil {
		t.Fatal(err)
	}
	records := m.records(first.Ticket)
	if len(records) != 2 || !strings.HasSuffix(records[1].Texts["message"], "Se atasca la bandeja 2.") {
		t.Errorf("%d records: the text was lost", len(records))
	}
}

// One mail held twice, as two of our addresses received it, about midnight, is
// one ticket.
func TestOneMailHeldTwice(t *testing.T) {
	m := newMailroom(t)
	first := m.receive(stranger(1))
	m.Advance(24 * time.Hour)
	second := m.receive(stranger(1))
	one, err := m.held.Release(t.Context(), first.ID, "usuaria-ut-piura-1", staff())
	if err != nil {
		t.Fatal(err)
	}
	two, err := m.held.Release(t.Context(), second.ID, "usuaria-ut-piura-1", staff())
	if err != nil || one != two {
		t.Errorf("tickets %s and %s, %v", one, two, err)
	}
	m.wantTickets(1)
}

// The act is in, its record is not: doing it again, oneself or by a colleague in
// another way, makes no second ticket and settles the record.
func TestCrashBetweenReleaseAndRecord(t *testing.T) {
	crash := func(t *testing.T) (*mailroom, intake.Record) {
		m := newMailroom(t)
		rec := m.receive(stranger(1))
		m.held.Store = forgetful{m.Store}
		if _, err := m.held.Release(t.Context(), rec.ID, "usuaria-ut-piura-1", staff()); err == nil {
			t.Fatal("the lost record was not reported")
		}
		m.held.Store = m.Store
		return m, rec
	}
	t.Run("the same person again", func(t *testing.T) {
		m, rec := crash(t)
		id, err := m.held.Release(t.Context(), rec.ID, "usuaria-ut-piura-1", staff())
		if err != nil || id != m.Tickets()[0] || m.settled(rec.ID).Outcome != intake.Released {
			t.Errorf("ticket %s, %v, record %+v", id, err, m.settled(rec.ID))
		}
		m.wantTickets(1)
	})
	t.Run("a colleague who would attach it", func(t *testing.T) {
		m, rec := crash(t)
		id := m.Open85()
		wantCode(t, m.held.Attach(t.Context(), rec.ID, m.Load(id).Ticket.Number, other()), desk.NotFound)
		if r := m.settled(rec.ID); r.Outcome != intake.Released || r.Ticket == id || r.Ticket == "" {
			t.Errorf("record is %+v", r)
		}
		if n := len(m.records(id)); n != 1 {
			t.Errorf("%d records on the other ticket", n)
		}
	})
}

// A road or bucket that fails leaves the mail held.
func TestFailuresLeaveTheMailHeld(t *testing.T) {
	m := newMailroom(t)
	rec := m.receive(stranger(1))
	m.bucket.fails = errors.New("403")
	if _, err := m.held.Release(t.Context(), rec.ID, "usuaria-ut-piura-1", staff()); err == nil {
		t.Error("released without its attachments")
	}
	m.bucket.fails = nil
	if _, _, err := m.held.Get(t.Context(), rec.ID); err != nil {
		t.Errorf("the mail is not held any more: %v", err)
	}
	m.wantTickets(0)
}
