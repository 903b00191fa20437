package mail

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDeliveryStatusIsReadByRecipient(t *testing.T) {
	group := func(address, action, status string) string {
		return "Final-Recipient: rfc822; " + address + "\nAction: " + action + "\nStatus: " + status + "\n"
	}
	const message = "Reporting-MTA: dns; mx\nArrival-Date: x\n\n"
	tests := map[string]struct {
		status string
		kind   BounceKind
		want   []BounceRecipient
	}{
		"failed":                {message + group("a@x.pe", "failed", "5.1.1"), BounceFailed, []BounceRecipient{{Address: "a@x.pe", Status: "5.1.1"}}},
		"delayed":               {message + group("a@x.pe", "Delayed", "4.4.7"), BounceDelayed, []BounceRecipient{{Address: "a@x.pe", Status: "4.4.7"}}},
		"delivered":             {message + group("a@x.pe", "delivered", "2.0.0"), BounceDelivered, []BounceRecipient{{Address: "a@x.pe", Status: "2.0.0"}}},
		"two, one failed":       {message + group("a@x.pe", "relayed", "2.0.0") + "\n" + group("b@x.pe", "failed", "5.2.2"), BounceFailed, []BounceRecipient{{Address: "a@x.pe", Status: "2.0.0"}, {Address: "b@x.pe", Status: "5.2.2"}}},
		"the same twice":        {message + group("a@x.pe", "failed", "5.1.1") + "\n" + group("A@x.pe", "failed", "5.1.1"), BounceFailed, []BounceRecipient{{Address: "a@x.pe", Status: "5.1.1"}}},
		"only the original one": {message + "Original-Recipient: rfc822;a@x.pe\nAction: failed\nStatus: 5.0.0 (unknown)\n", BounceFailed, []BounceRecipient{{Address: "a@x.pe", Status: "5.0.0"}}},
		"diagnostic":            {message + group("a@x.pe", "failed", "nada") + "Diagnostic-Code: smtp; 550\n 5.1.1 no such user\n", BounceFailed, []BounceRecipient{{Address: "a@x.pe", Diagnostic: "smtp; 550 5.1.1 no such user"}}},
		"no recipient at all":   {message, BounceFailed, nil},
		"no address type":       {message + group("a@x.pe", "failed", "5.1.1")[:len("Final-Recipient: ")] + "<a@x.pe>\nAction: failed\n", BounceFailed, []BounceRecipient{{Address: "a@x.pe"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var b Bounce
			b.readStatus([]byte(tt.status))
			if diff := cmp.Diff(tt.want, b.Recipients); diff != "" || b.Kind != tt.kind {
				t.Errorf("kind %s %s", b.Kind, diff)
			}
		})
	}
}

func TestAReportListsNoMoreThanItsLimit(t *testing.T) {
	var b Bounce
	b.readStatus([]byte(strings.Repeat("Final-Recipient: rfc822; a@x.pe\nAction: failed\n\n", 10_000)))
	for i := range 1000 {
		b.add(strings.Repeat("a", i%60+1)+"@x.pe", "", "")
	}
	if len(b.Recipients) > maxRecipients {
		t.Errorf("%d recipients", len(b.Recipients))
	}
}

func TestF31OneSignIsNotABounce(t *testing.T) {
	tests := map[string]struct {
		from, subject, body, extra string
		want                       bool
	}{
		"a person asks about a bounce":      {"a@qw.gob.pe", "Undelivered Mail Returned to Sender", "¿Qué es esto?", "", false},
		"a person forwards one":             {"a@qw.gob.pe", "RV: Undelivered Mail Returned to Sender", "This is the mail system at host mx.", "", false},
		"a person answers one":              {"a@qw.gob.pe", "Re: Delivery Status Notification (Failure)", "User unknown", "", false},
		"postmaster writes himself":         {"postmaster@qw.gob.pe", "Mantenimiento del correo", "El sábado habrá corte.", "", false},
		"postmaster reports":                {"postmaster@qw.gob.pe", "Undeliverable: x", "x", "", true},
		"a daemon without subject":          {"MAILER-DAEMON@qw.gob.pe", "", "x", "", true},
		"a daemon in another language":      {"MAILER-DAEMON@qw.gob.pe", "Vrátená pošta", "550 5.1.1 x", "", true},
		"null sender and subject":           {"correo@x.pe", "Mensaje no entregado", "x", "Return-Path: <>\n", true},
		"null sender alone":                 {"correo@x.pe", "Hola", "x", "Return-Path: <>\n", false},
		"subject and a sentence of its own": {"correo@x.pe", "Correo rechazado", "Su mensaje no pudo ser entregado a b@x.pe", "", true},
		"the header of Exim":                {"correo@x.pe", "Hola", "x", "X-Failed-Recipients: b@x.pe\n", true},
		"a read receipt is none":            {"a@qw.gob.pe", "Leído: x", "x", "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m := Parse([]byte("From: " + tt.from + "\nSubject: " + tt.subject + "\n" + tt.extra + "\n" + tt.body))
			if got := m.Bounce.Is(); got != tt.want {
				t.Errorf("bounce %t: %+v", got, m.Bounce)
			}
		})
	}
}
