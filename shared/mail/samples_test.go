package mail

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

// sample is one mail of testdata, filed by disease: testdata/<disease>/<name>.eml.
type sample struct {
	disease, name string
	raw           []byte
}

func readSamples(t testing.TB) []sample {
	t.Helper()
	paths, err := filepath.Glob("testdata/*/*.eml")
	if err != nil {
		t.Fatal(err)
	}
	var samples []sample
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		disease := filepath.Base(filepath.Dir(path))
		samples = append(samples, sample{disease, strings.TrimSuffix(filepath.Base(path), ".eml"), raw})
	}
	return samples
}

// golden is what a sample must become: the message, and the decision about it
// when its sender is known and verified.
type golden struct {
	Message
	Notes     []Note
	FullText  string `json:"fullText,omitempty"`
	HTMLBytes int    `json:"htmlBytes,omitempty"`
	Decision  Decision
	Answer    Answer `json:",omitempty"`
	Rule      string
}

func judgeSample(m *Message) Judgement {
	receipt, known := Suppose(m)
	known.Addresses = []string{"soporte.usuario@qw.gob.pe"}
	return Judge(m, receipt, known)
}

func goldenOf(s sample) golden {
	m := Parse(s.raw)
	j := judgeSample(&m)
	g := golden{Message: m, Notes: m.Notes, HTMLBytes: len(m.HTML), Decision: j.Decision, Answer: j.Answer, Rule: j.Why[len(j.Why)-1].Rule}
	if m.FullText != m.NewText {
		g.FullText = m.FullText
	}
	g.Message.RawSHA256 = "" // changes with every edit of a sample and says nothing
	return g
}

func TestSamplesBecomeWhatTheirGoldenFilesSay(t *testing.T) {
	for _, s := range readSamples(t) {
		t.Run(s.disease+"/"+s.name, func(t *testing.T) {
			var got bytes.Buffer
			encoder := json.NewEncoder(&got)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", "  ")
			if err := encoder.Encode(goldenOf(s)); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", s.disease, s.name+".json")
			if *update {
				if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestF23DiseasesGetTheirDecision does not trust the golden files: what a folder's
// mails must become is said here.
func TestF23DiseasesGetTheirDecision(t *testing.T) {
	person := map[string]bool{"clients": true, "hostile": true, "charset": true, "names": true, "mime": true, "not-robots": true}
	for _, s := range readSamples(t) {
		m := Parse(s.raw)
		j := judgeSample(&m)
		switch {
		case person[s.disease] && (j.Decision != OpenTicket || m.Auto.Machine() || m.Bounce.Is()):
			t.Errorf("%s/%s: %s, %+v, %+v; a person wrote it", s.disease, s.name, j.Decision, m.Auto, m.Bounce)
		case s.disease == "auto-reply" && (j.Decision != Drop || !m.Auto.Reply):
			t.Errorf("%s/%s: %s, %+v; it is an automatic reply", s.disease, s.name, j.Decision, m.Auto)
		case s.disease == "bounce" && (j.Decision != NoteBounce || len(m.Bounce.Recipients) == 0 || m.Bounce.Recipients[0].Address != "nadie@qw.gob.pe"):
			t.Errorf("%s/%s: %s, %+v; it is a bounce of nadie@", s.disease, s.name, j.Decision, m.Bounce)
		case s.disease == "machine" && j.Decision != Quarantine && j.Decision != Drop:
			t.Errorf("%s/%s: %s; a program wrote it", s.disease, s.name, j.Decision)
		}
		if !person[s.disease] && s.disease != "header" && s.name != "header-only" && j.Answer != NoAnswer {
			t.Errorf("%s/%s is answered", s.disease, s.name)
		}
	}
}

// checkInvariants are the promises of Parse and Judge about any mail at all.
func checkInvariants(t testing.TB, raw []byte) {
	t.Helper()
	before := hashOf(raw)
	m := Parse(raw)
	if m.RawSHA256 != before || hashOf(raw) != before {
		t.Errorf("the raw mail was changed: %s before, %s said, %s now", before, m.RawSHA256, hashOf(raw))
	}
	texts := []string{m.MessageID, m.From.Name, m.From.Address, m.Subject, m.NewText, m.FullText, m.HTML, m.Own, m.Bounce.OriginalSubject}
	lines := []string{m.MessageID, m.From.Name, m.From.Address, m.Subject, m.Own, m.Bounce.OriginalMessage}
	for _, a := range m.Attachments {
		lines = append(lines, a.Name, a.ContentType, a.ContentID)
		if a.Name == "" || len(a.Name) > maxName+20 || strings.ContainsAny(a.Name, `/\`) || a.Size != len(a.Content) {
			t.Errorf("attachment %q of %d bytes, %d given", a.Name, a.Size, len(a.Content))
		}
	}
	for _, list := range [][]Address{m.To, m.Cc, m.ReplyTo} {
		for _, a := range list {
			lines = append(lines, a.Name, a.Address)
		}
		if len(list) > maxAddresses {
			t.Errorf("%d addresses", len(list))
		}
	}
	for _, text := range append(texts, lines...) {
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
			t.Errorf("not storable: %.200q", text)
		}
	}
	for _, line := range lines {
		if strings.ContainsAny(line, "\r\n") {
			t.Errorf("more than one line: %.200q", line)
		}
	}
	if len(m.FullText) > maxTextBytes || len(m.NewText) > maxTextBytes || len(m.Attachments) > maxParts+1 {
		t.Errorf("texts of %d and %d bytes, %d attachments", len(m.FullText), len(m.NewText), len(m.Attachments))
	}
	if strings.TrimSpace(m.FullText) != "" && m.NewText == "" {
		t.Errorf("all text is lost: %.200q", m.FullText)
	}
	if _, err := json.Marshal(m); err != nil {
		t.Error(err)
	}
	j := judgeSample(&m)
	if j.Decision == "" || len(j.Why) == 0 || !j.Why[len(j.Why)-1].Hit {
		t.Errorf("no decision: %+v", j)
	}
	if m.Auto.Machine() && j.Answer != NoAnswer {
		t.Errorf("a machine is answered: %+v", m.Auto)
	}
}
