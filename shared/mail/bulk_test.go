package mail

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"
)

// bulkMail is the n-th of a stream of mails as an office writes them, with the
// decision that it must get.
func bulkMail(random *rand.Rand, n int) ([]byte, Decision) {
	header := fmt.Sprintf("Message-ID: <%d@qw.gob.pe>\r\nDate: Mon, 14 Sep 2026 09:%02d:00 -0500\r\nTo: soporte.usuario@qw.gob.pe\r\n", n, n%60)
	from := fmt.Sprintf("From: Usuaria %d <u%d@qw.gob.pe>\r\n", n%500, n%500)
	text := fmt.Sprintf("Solicitud número %d.\r\n%s", n, strings.Repeat("No imprime la impresora. ", random.Intn(200)))
	switch n % 20 {
	case 0:
		return []byte(from + header + "Subject: Respuesta automática: x\r\nAuto-Submitted: auto-replied\r\n\r\nVuelvo el lunes."), Drop
	case 1:
		return []byte("Return-Path: <>\r\nFrom: MAILER-DAEMON@x.pe\r\n" + header + "Subject: Undelivered Mail Returned to Sender\r\n\r\nThis is the mail system at host x."), NoteBounce
	case 2:
		return []byte(from + header + "Subject: Boletin\r\nPrecedence: bulk\r\n\r\nOfertas"), Quarantine
	case 3:
		return []byte(header + "Subject: Sin remitente\r\n\r\n" + text), Quarantine
	}
	return []byte(from + header + fmt.Sprintf("Subject: =?utf-8?Q?Atenci=C3=B3n_%d?=\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", n) +
		strings.ReplaceAll(text, "ú", "=FA")), OpenTicket
}

func TestF24SixThousandMailsAreSixThousandDecisions(t *testing.T) {
	random := rand.New(rand.NewSource(24))
	keys, counts := map[string]bool{}, map[Decision]int{}
	start, size := time.Now(), 0
	for n := range 6046 {
		raw, want := bulkMail(random, n)
		m := Parse(raw)
		got := judgeSample(&m)
		if got.Decision != want {
			t.Fatalf("mail %d: %s, want %s\n%s", n, got.Decision, want, raw[:min(len(raw), 300)])
		}
		if want == OpenTicket && (m.Subject != fmt.Sprintf("Atención %d", n) || !strings.HasPrefix(m.NewText, fmt.Sprintf("Solicitud número %d.", n))) {
			t.Fatalf("mail %d: subject %q, text %.60q", n, m.Subject, m.NewText)
		}
		keys[m.Key()] = true
		counts[got.Decision]++
		size += len(raw)
	}
	took := time.Since(start)
	t.Logf("%v, %d kB in %v: %.0f mails a second", counts, size>>10, took, 6046/took.Seconds())
	if len(keys) != 6046 {
		t.Errorf("%d different keys", len(keys))
	}
	if rate := 6046 / took.Seconds(); rate < 300 {
		t.Errorf("only %.0f mails a second", rate)
	}
}
