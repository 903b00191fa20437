package intake_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"mesa/shared/intake"
	"mesa/shared/mail"
)

// A dry run decides as the desk does when a person of the directory writes.
func TestClassifyDecidesAsReceiveDoes(t *testing.T) {
	paths, err := filepath.Glob("../mail/testdata/*/*.eml")
	if err != nil || len(paths) < 150 {
		t.Fatalf("%d samples, %v", len(paths), err)
	}
	seen := map[mail.Decision]int{}
	for i, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		raw = bytes.ReplaceAll(raw, []byte("usuaria.ejemplo@qw.gob.pe"), []byte(known))
		m := newMailroom(t)
		m.in.Desk = []string{support}
		id := fmt.Sprintf("ses%04d", i)
		m.bucket.objects["inbound/"+id] = raw
		pass := mail.Verdicts{Spam: mail.Pass, Virus: mail.Pass, SPF: mail.Pass, DKIM: mail.Pass, DMARC: mail.Pass}
		rec := m.again(mail.Receipt{MessageID: id, Key: "inbound/" + id, Recipients: []string{support}, Source: known, At: m.Time(), Verdicts: pass})
		got := intake.Classify(path, raw, []string{support})
		if got.Decision == mail.OpenTicket && got.FromEmail != known {
			continue // of somebody who is in no directory
		}
		seen[got.Decision]++
		if got.Decision != rec.Decision {
			t.Errorf("%s: classified %s, received %s: %s", path, got.Decision, rec.Decision, rec.Why)
		}
	}
	for _, d := range []mail.Decision{mail.OpenTicket, mail.NoteBounce, mail.Drop, mail.Quarantine, mail.Reject} {
		if seen[d] == 0 {
			t.Errorf("no sample is %s: %v", d, seen)
		}
	}
}

// Bounces are made by machines too, and are no automatic answers for it.
func TestClassificationTellsBouncesFromAutomaticAnswers(t *testing.T) {
	for path, want := range map[string][2]bool{"bounce/postfix": {false, true}, "bounce/notes": {false, true}, "auto-reply/exchange-es": {true, false}, "auto-reply/sieve": {true, false}, "not-robots/forwards-a-bounce": {false, false}} {
		raw, err := os.ReadFile("../mail/testdata/" + path + ".eml")
		if err != nil {
			t.Fatal(err)
		}
		if c := intake.Classify(path, raw, nil); [2]bool{c.IsAutoReply, c.IsBounce} != want {
			t.Errorf("%s: automatic answer %t, bounce %t, want %v", path, c.IsAutoReply, c.IsBounce, want)
		}
	}
}

func TestClassificationHasEveryKeyWhateverTheMail(t *testing.T) {
	keys := []string{"file", "decision", "from_email", "from_name", "subject", "body_text", "attachments", "is_auto_reply", "is_bounce"}
	for name, c := range map[string]intake.Classification{"nothing": intake.Classify("f", nil, nil), "unreadable": intake.Unreadable("f")} {
		line, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var got map[string]any
		if err := json.Unmarshal(line, &got); err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if value, ok := got[key]; !ok || value == nil {
				t.Errorf("%s: %s is %v in %s", name, key, value, line)
			}
		}
		if len(got) != len(keys) {
			t.Errorf("%s: %d keys in %s", name, len(got), line)
		}
	}
}
