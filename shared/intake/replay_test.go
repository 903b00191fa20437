package intake_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"mesa/shared/intake"
	"mesa/shared/mail"
)

// keep stores a mail as SES does and tells nobody.
func (m *mailroom) keep(id, subject string) (key string) {
	key = intake.Prefix + id
	m.bucket.objects[key] = []byte(fmt.Sprintf("Return-Path: <%s>\r\nReceived: from mx by inbound-smtp.us-east-1.amazonaws.com with SMTP id %s for x; Tue, 15 Sep 2026 14:00:00 +0000 (UTC)\r\n"+
		"X-SES-Spam-Verdict: PASS\r\nX-SES-Virus-Verdict: PASS\r\nAuthentication-Results: amazonses.com; spf=pass; dkim=pass header.i=@qw.gob.pe; dmarc=pass header.from=qw.gob.pe;\r\n"+
		"X-SES-DKIM-SIGNATURE: a=rsa-sha256\r\nFrom: %s\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <%s@correo.qw.gob.pe>\r\n\r\nNo imprime.\r\n", known, id, known, support, subject, id))
	return key
}

func (m *mailroom) replay(key string) (intake.Record, bool) {
	m.t.Helper()
	rec, isNew, err := m.in.Replay(m.t.Context(), key)
	if err != nil {
		m.t.Fatalf("replay %s: %v", key, err)
	}
	return rec, isNew
}

func TestAStoredMailIsReplayedOnce(t *testing.T) {
	m := newMailroom(t)
	key := m.keep("o3vrnil0e2ic28trm7dfhrc2v0cnbeccl4nbp0g1", "No imprime")
	first, isNew := m.replay(key)
	if !isNew || first.Decision != mail.OpenTicket || !first.Verified || first.Key != key {
		t.Errorf("replayed as %+v, new %t", first, isNew)
	}
	again, isNew := m.replay(key)
	if isNew || again != first {
		t.Errorf("the second time it is %+v, new %t", again, isNew)
	}
	m.wantTickets(1)
	if got := fmt.Sprint(m.outbound()); got != "map[received:1]" {
		t.Errorf("mails out %s", got)
	}
}

func TestAMailNobodyVouchesForIsHeldWithoutItsFiles(t *testing.T) {
	m := newMailroom(t)
	key := intake.Prefix + "planted"
	m.bucket.objects[key] = []byte("Return-Path: <" + known + ">\r\nReceived: from mx by inbound-smtp.us-east-1.amazonaws.com with SMTP id another for x\r\nFrom: " + known + "\r\nSubject: Urgente\r\n\r\nPague.\r\n")
	rec, isNew := m.replay(key)
	if !isNew || !rec.Held || !rec.Virus || rec.Verified || rec.Subject != "Urgente" || !strings.Contains(rec.Why, "no se sabe quién lo envió") {
		t.Errorf("it became %+v", rec)
	}
	m.wantTickets(0)
	if len(m.outbound()) != 0 {
		t.Errorf("it was answered: %v", m.outbound())
	}
	held, _, err := m.held.List(t.Context(), "")
	if err != nil || len(held) != 1 || held[0].ID != "planted" {
		t.Errorf("held: %+v, %v", held, err)
	}
}

func TestWhatIsNoMailIsNotReplayed(t *testing.T) {
	m := newMailroom(t)
	for _, key := range []string{"inbound/", "other/abc", "inbound/AMAZON_SES_SETUP_NOTIFICATION", ""} {
		if rec, isNew := m.replay(key); isNew || rec.ID != "" {
			t.Errorf("%q became %+v", key, rec)
		}
	}
	if _, isNew, err := m.in.Replay(t.Context(), "inbound/gone"); err == nil || isNew {
		t.Errorf("an object that is not there: %v", err)
	}
}

// The mail queue brings notifications and orders to replay; what is neither is
// delivered again until a person looks at it.
func TestTheQueueBringsNotificationsAndOrders(t *testing.T) {
	m := newMailroom(t)
	order, err := intake.ReplayOrder(m.keep("abc", "Del depósito"))
	if err != nil {
		t.Fatal(err)
	}
	notified := `{"notificationType":"Received","mail":{"messageId":"def","source":"` + known + `"},"receipt":{"recipients":["` + support + `"],"action":{"objectKey":"` + m.keep("def", "Anunciado") + `"},
		"spamVerdict":{"status":"PASS"},"virusVerdict":{"status":"PASS"},"spfVerdict":{"status":"PASS"},"dkimVerdict":{"status":"PASS"},"dmarcVerdict":{"status":"PASS"}}}`
	for _, body := range []string{string(order), notified, string(order), notified} {
		if err := m.in.Handle(t.Context(), []byte(body)); err != nil {
			t.Errorf("%.60s: %v", body, err)
		}
	}
	m.wantTickets(2)
	for _, body := range []string{`{}`, `{"replay":""}`, `replay`, `{"replay":7}`} {
		if err := m.in.Handle(t.Context(), []byte(body)); !errors.Is(err, mail.ErrReceipt) {
			t.Errorf("%s: %v", body, err)
		}
	}
}
