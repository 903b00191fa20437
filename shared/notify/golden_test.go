package notify

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestMailsReadAsApproved compares every mail, as it would be handed to the
// mail service, with the files that people have read and found good.
func TestMailsReadAsApproved(t *testing.T) {
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			m := mustSeal(t, s)
			r := mustRender(t, m, env())
			golden(t, s.name+".txt", envelope(r)+"\n"+r.Text)
			golden(t, s.name+".html", r.HTML)
		})
	}
}

// TestTheAnswerToAnUnknownSenderReadsAsApproved: it is about no case.
func TestTheAnswerToAnUnknownSenderReadsAsApproved(t *testing.T) {
	r := mustRender(t, heldMail(), env())
	golden(t, "held.txt", envelope(r)+"\n"+r.Text)
	golden(t, "held.html", r.HTML)
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

// envelope shows what stands before the body.
func envelope(r Rendered) string {
	var s strings.Builder
	fmt.Fprintf(&s, "From: %s\nTo: %s\nReply-To: %s\nSubject: %s\n", r.From, r.To, r.ReplyTo, r.Subject)
	for _, h := range r.Headers {
		fmt.Fprintf(&s, "%s: %s\n", h.Name, h.Value)
	}
	return s.String()
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
