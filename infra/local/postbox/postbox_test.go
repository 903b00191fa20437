package postbox

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/smtp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var received = time.Date(2026, 9, 16, 15, 5, 0, 0, time.UTC)

const plainMail = "From: Persona Ejemplo <persona@qw.gob.pe>\r\nTo: soporte.usuario@qw.gob.pe\r\n" +
	"Subject: No imprime\r\nMessage-ID: <a@qw.gob.pe>\r\nX-SES-Spam-Verdict: PASS\r\n\r\nHola\r\n"

func TestJudge(t *testing.T) {
	ours := []string{"qw.gob.pe"}
	cases := []struct {
		name, mail string
		want       Verdicts
		body       string
		err        string
	}{
		{"our own domain passes", plainMail, Verdicts{Pass, Pass, Pass, Pass, Pass}, plainMail, ""},
		{"another domain is gray", strings.Replace(plainMail, "persona@qw.gob.pe", "a@other.example", 1), Verdicts{Pass, Pass, Gray, Gray, Gray}, "", ""},
		{"no sender is gray", "Subject: x\r\n\r\n", Verdicts{Pass, Pass, Gray, Gray, Gray}, "", ""},
		{"override is obeyed and removed", "X-Local-Verdicts: dmarc=FAIL spam=gray\r\n" + plainMail, Verdicts{Gray, Pass, Pass, Pass, Fail}, plainMail, ""},
		{"override further down is the sender's own", "Subject: x\r\nX-Local-Verdicts: dmarc=PASS\r\n\r\n", Verdicts{Pass, Pass, Gray, Gray, Gray}, "Subject: x\r\nX-Local-Verdicts: dmarc=PASS\r\n\r\n", ""},
		{"test virus is found", plainMail + eicar, Verdicts{Pass, Fail, Pass, Pass, Pass}, "", ""},
		{"unknown verdict is refused", "X-Local-Verdicts: dmarc=maybe\r\n" + plainMail, Verdicts{}, "", "unknown verdict"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, body, err := Judge([]byte(c.mail), ours)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Errorf("err = %v, want %q", err, c.err)
				}
				return
			}
			if err != nil || got != c.want {
				t.Errorf("verdicts = %v, %v, want %v", got, err, c.want)
			}
			if c.body != "" && string(body) != c.body {
				t.Errorf("mail = %q, want %q", body, c.body)
			}
		})
	}
}

func receipt() Receipt {
	return Receipt{
		ID: "id0123456789", From: "persona@qw.gob.pe", Recipients: []string{"soporte.usuario@desk.example"},
		Client: Client{"127.0.0.1", "pc.example"}, At: received,
		Verdicts: Verdicts{Pass, Pass, Pass, Pass, Fail}, Mail: []byte(plainMail),
	}
}

func TestObjectHasTheBlockOfSESOnTop(t *testing.T) {
	headers := headersOf(receipt().Object())
	names := make([]string, 0, len(headers))
	for _, h := range headers {
		names = append(names, h.Name)
	}
	want := []string{
		"Return-Path", "Received", "X-SES-Spam-Verdict", "X-SES-Virus-Verdict", "Received-SPF",
		"Authentication-Results", "X-SES-RECEIPT", "X-SES-DKIM-SIGNATURE",
		"From", "To", "Subject", "Message-ID", "X-SES-Spam-Verdict",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	if got := headers[1].Value; !strings.Contains(got, "by inbound-smtp.us-east-1.amazonaws.com with SMTP id id0123456789 for soporte.usuario@desk.example;") {
		t.Errorf("Received = %q", got)
	}
	results := headers[5].Value
	for _, part := range []string{"amazonses.com; spf=pass", "dkim=pass header.i=@qw.gob.pe;", "dmarc=fail header.from=qw.gob.pe;"} {
		if !strings.Contains(results, part) {
			t.Errorf("Authentication-Results = %q, want %q in it", results, part)
		}
	}
	if !strings.HasSuffix(string(receipt().Object()), plainMail) {
		t.Error("the mail itself was changed")
	}
}

func TestNotification(t *testing.T) {
	raw, err := receipt().Notification("mail-bucket", "arn:topic")
	if err != nil {
		t.Fatal(err)
	}
	var n notificationJSON
	if err := json.Unmarshal(raw, &n); err != nil {
		t.Fatal(err)
	}
	want := receiptJSON{
		Timestamp: "2026-09-16T15:05:00.000Z", ProcessingTimeMillis: 10, Recipients: []string{"soporte.usuario@desk.example"},
		SpamVerdict: verdictJSON{Pass}, VirusVerdict: verdictJSON{Pass}, SPFVerdict: verdictJSON{Pass},
		DKIMVerdict: verdictJSON{Pass}, DMARCVerdict: verdictJSON{Fail}, DMARCPolicy: "reject",
		Action: actionJSON{"S3", "arn:topic", "mail-bucket", "inbound/", "inbound/id0123456789"},
	}
	if diff := cmp.Diff(want, n.Receipt); diff != "" {
		t.Error(diff)
	}
	common := commonHeadersJSON{
		ReturnPath: "persona@qw.gob.pe", From: []string{`"Persona Ejemplo" <persona@qw.gob.pe>`},
		To: []string{"soporte.usuario@qw.gob.pe"}, MessageID: "<a@qw.gob.pe>", Subject: "No imprime",
	}
	if diff := cmp.Diff(common, n.Mail.CommonHeaders); diff != "" {
		t.Error(diff)
	}
	if n.Mail.HeadersTruncated || n.Mail.MessageID != "id0123456789" {
		t.Errorf("mail = %+v", n.Mail)
	}
}

func TestLongHeadersAreCutAsSESDoes(t *testing.T) {
	r := receipt()
	r.Mail = []byte("X-Long: " + strings.Repeat("x", maxHeaderBytes) + "\r\n" + plainMail)
	raw, err := r.Notification("b", "t")
	if err != nil {
		t.Fatal(err)
	}
	var n notificationJSON
	if err := json.Unmarshal(raw, &n); err != nil {
		t.Fatal(err)
	}
	if !n.Mail.HeadersTruncated || n.Mail.CommonHeaders.Subject != "No imprime" {
		t.Errorf("truncated %v, subject %q", n.Mail.HeadersTruncated, n.Mail.CommonHeaders.Subject)
	}
}

// deliveries records what an Office delivers, or fails.
type deliveries struct {
	fail error
	got  chan Receipt
}

func (d deliveries) Deliver(_ context.Context, r Receipt) error {
	if d.fail == nil {
		d.got <- r
	}
	return d.fail
}

func open(t *testing.T, d deliveries) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	office := Office{OwnDomains: []string{"qw.gob.pe"}, Delivery: d, Now: func() time.Time { return received }}
	done := make(chan error, 1)
	ctx, cancel := context.WithCancel(context.Background())
	go func() { done <- office.Serve(ctx, listener) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	return listener.Addr().String()
}

func TestOfficeDeliversEnvelopeAndMail(t *testing.T) {
	d := deliveries{got: make(chan Receipt, 1)}
	to := []string{"soporte.usuario@qw.gob.pe", "ut.lima@qw.gob.pe"}
	if err := smtp.SendMail(open(t, d), nil, "persona@qw.gob.pe", to, []byte(plainMail)); err != nil {
		t.Fatal(err)
	}
	got := <-d.got
	if got.From != "persona@qw.gob.pe" || !cmp.Equal(got.Recipients, to) || got.Verdicts.DMARC != Pass {
		t.Errorf("receipt = %+v", got)
	}
	if string(got.Mail) != plainMail || len(got.ID) != 40 || strings.ToLower(got.ID) != got.ID {
		t.Errorf("id %q, mail %q", got.ID, got.Mail)
	}
}

func TestOfficeAsksToComeAgain(t *testing.T) {
	address := open(t, deliveries{fail: errors.New("bucket away")})
	err := smtp.SendMail(address, nil, "a@qw.gob.pe", []string{"b@qw.gob.pe"}, []byte(plainMail))
	if err == nil || !strings.HasPrefix(err.Error(), "451") {
		t.Errorf("err = %v, want 451", err)
	}
}

func TestOfficeRefusesUnknownOverride(t *testing.T) {
	mail := "X-Local-Verdicts: virus=perhaps\r\n" + plainMail
	err := smtp.SendMail(open(t, deliveries{}), nil, "a@qw.gob.pe", []string{"b@qw.gob.pe"}, []byte(mail))
	if err == nil || !strings.HasPrefix(err.Error(), "554") {
		t.Errorf("err = %v, want 554", err)
	}
}
