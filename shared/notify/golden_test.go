package notify

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestMailsReadAsApproved compares every mail, as it would be handed to the
// mail service, with the files that people have read and found good.
func TestMailsReadAsApproved(t *testing.T) {
	all, err := Samples()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		t.Run(s.Name, func(t *testing.T) {
			golden(t, s.Name+".txt", s.Mail.Envelope()+"\n"+s.Mail.Text)
			golden(t, s.Name+".html", s.Mail.HTML)
		})
	}
}

// TestStoredCopiesReadAsApproved does the same with what the timeline shows.
func TestStoredCopiesReadAsApproved(t *testing.T) {
	for _, name := range []string{"decide", "question", "closed", "need-ticket", "credentials"} {
		t.Run(name, func(t *testing.T) {
			subject, text, err := StoredCopy(mustSeal(t, mustSample(t, name)), desk.PNAEQW())
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".stored.txt", "Subject: "+subject+"\n\n"+text)
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (write it with: go test ./shared/notify -update)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s changed (-approved +now):\n%s", path, diff)
	}
}
