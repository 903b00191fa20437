package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"mesa/shared/intake"
	"mesa/shared/mail"
)

// bucketful lists stored mails; become says what each becomes.
type bucketful struct {
	objects []intake.Object
	stops   error
	become  func(key string) (intake.Record, bool, error)
	asked   []string
}

func (b *bucketful) List(_ context.Context, _ string, visit func(key string, at time.Time) error) error {
	for _, o := range b.objects {
		if err := visit(o.Key, o.At); err != nil {
			return err
		}
	}
	return b.stops
}

func (b *bucketful) Replay(_ context.Context, key string) (intake.Record, bool, error) {
	b.asked = append(b.asked, key)
	return b.become(key)
}

// replayed runs a replay of everything since a moment.
func (b *bucketful) replayed(t *testing.T, from time.Time) (out, errOut string, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	at := from
	r := replay{objects: b, mails: b, now: func() time.Time { at = at.Add(time.Second); return at }, std: &streams{out: &stdout, errOut: &stderr}}
	err = r.run(t.Context(), from)
	return stdout.String(), stderr.String(), err
}

func TestReplayTellsHowItGoes(t *testing.T) {
	from := time.Date(2026, 11, 20, 13, 0, 0, 0, time.UTC)
	b := &bucketful{objects: []intake.Object{{Key: "inbound/old", At: from.Add(-time.Second)}, {Key: "inbound/AMAZON_SES_SETUP_NOTIFICATION", At: from}}}
	for i := range 250 {
		b.objects = append(b.objects, intake.Object{Key: fmt.Sprintf("inbound/m%03d", i), At: from.Add(time.Duration(i) * time.Minute)})
	}
	b.become = func(key string) (intake.Record, bool, error) {
		switch key {
		case "inbound/m007":
			return intake.Record{Decision: mail.OpenTicket, Ticket: "01J8", Subject: "Secreto"}, true, nil
		case "inbound/m008":
			return intake.Record{Decision: mail.Quarantine, Held: true, From: "ana@qw.gob.pe"}, true, nil
		case "inbound/m009":
			return intake.Record{}, false, errors.New("throttled")
		}
		return intake.Record{Decision: mail.OpenTicket, Ticket: "01J0"}, false, nil
	}
	out, errOut, err := b.replayed(t, from)
	want := `Correos guardados desde el 20/11/2026 08:00 (hora de Lima):
inbound/m007  se abre un caso: 01J8
inbound/m008  queda en «Correos en espera» hasta que una persona decida
… 100 revisados, 2 recibidos ahora, 97 ya tenían registro, 1 con error (1s)
… 200 revisados, 2 recibidos ahora, 197 ya tenían registro, 1 con error (2s)
Total: 250 revisados, 2 recibidos ahora, 247 ya tenían registro, 1 con error (3s)
`
	if out != want {
		t.Errorf("it prints\n%swant\n%s", out, want)
	}
	if errOut != "inbound/m009: throttled\n" || err == nil || !strings.Contains(err.Error(), "1 correos no se pudieron recibir") {
		t.Errorf("it complains %q and ends with %v", errOut, err)
	}
	if len(b.asked) != 250 || b.asked[0] != "inbound/m000" {
		t.Errorf("%d mails were received, from %s", len(b.asked), b.asked[0])
	}
}

func TestReplayThatStopsSaysSo(t *testing.T) {
	b := &bucketful{objects: []intake.Object{{Key: "inbound/a", At: time.Now()}}, stops: errors.New("403"), become: func(string) (intake.Record, bool, error) { return intake.Record{}, false, nil }}
	out, _, err := b.replayed(t, time.Now().Add(-time.Hour))
	if !strings.Contains(out, "Total: 1 revisados") || err == nil || !strings.Contains(err.Error(), "repítalo") || !strings.Contains(err.Error(), "403") {
		t.Errorf("it prints %q and ends with %v", out, err)
	}
}

func TestSinceIsAMomentOrHowLongAgo(t *testing.T) {
	now := time.Date(2026, 11, 25, 15, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"72h": "2026-11-22T15:00:00Z", "2026-11-20": "2026-11-20T05:00:00Z", "2026-11-20T08:30": "2026-11-20T13:30:00Z", "": "", "-3h": "", "ayer": "", "2026-02-30": "",
	} {
		var s since
		err := s.UnmarshalText([]byte(text))
		if (err == nil) != (want != "") || err == nil && s.from(now).UTC().Format(time.RFC3339) != want {
			t.Errorf("%q is %v, %v; want %s", text, s.from(now).UTC(), err, want)
		}
	}
	if code, _, errOut := runAlone(t, "mail", "replay", "--since", "ayer"); code != 2 || !strings.Contains(errOut, "«ayer» no es un tiempo") {
		t.Errorf("exits with %d: %s", code, errOut)
	}
}
