package mail

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestParseReadsTheWholeHeader(t *testing.T) {
	m := Parse([]byte(strings.Join([]string{
		"From: =?utf-8?Q?=C3=91aupari?= <n@qw.gob.pe>", "To: a@qw.gob.pe", "To: b@qw.gob.pe", "Cc: c@qw.gob.pe", "Reply-To: d@qw.gob.pe",
		"Subject: =?utf-8?Q?Atenci=C3=B3n?=", " urgente", "Message-ID: < 1@qw.gob.pe >", "In-Reply-To: <2@x>", "References: <3@x>", " <2@x>",
		"X-PAU-Message: 01J-1-1", "", "Hola",
	}, "\r\n")))
	if m.From.Name != "Ñaupari" || m.Senders != 1 || len(m.To) != 2 || len(m.Cc) != 1 || m.ReplyTo[0].Address != "d@qw.gob.pe" {
		t.Errorf("addresses %+v %+v %+v %+v", m.From, m.To, m.Cc, m.ReplyTo)
	}
	if m.Subject != "Atención urgente" || m.MessageID != "1@qw.gob.pe" || m.Own != "01J-1-1" {
		t.Errorf("subject %q, id %q, own %q", m.Subject, m.MessageID, m.Own)
	}
	if strings.Join(m.InReplyTo, " ") != "2@x" || strings.Join(m.References, " ") != "3@x 2@x" {
		t.Errorf("answers %v, %v", m.InReplyTo, m.References)
	}
}

func TestWhatIsNoMailIsItsOwnText(t *testing.T) {
	for _, text := range []string{"Hola", "Hola: no tengo red", "a\nb\nc", ":::::", "%PDF-1.4"} {
		m := Parse([]byte(text))
		if m.FullText != text || !m.has(NoteRescued) || m.Subject != "" {
			t.Errorf("%q: text %q, notes %v", text, m.FullText, m.Notes)
		}
	}
}

func TestALeadingMboxLineIsAccepted(t *testing.T) {
	m := Parse([]byte("From a@qw.gob.pe Mon Sep 14 09:30:00 2026\nFrom: a@qw.gob.pe\nSubject: x\n\nHola\n"))
	if m.From.Address != "a@qw.gob.pe" || m.FullText != "Hola" {
		t.Errorf("from %q, text %q", m.From.Address, m.FullText)
	}
}

func TestContentStaysOutOfTheJSON(t *testing.T) {
	// A message is stored and logged as JSON: files and HTML live elsewhere.
	text, err := json.Marshal(read(multipart("mixed", "m", plain("uno"), page("<p>secreto</p>"), file("application/pdf", "a.pdf"))))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "contenido") || strings.Contains(string(text), "<p>") {
		t.Errorf("%s", text)
	}
}

func TestTheSameMailReadsTheSame(t *testing.T) {
	for _, s := range readSamples(t) {
		a, errA := json.Marshal(Parse(s.raw))
		b, errB := json.Marshal(Parse(append([]byte{}, s.raw...)))
		if errA != nil || errB != nil || string(a) != string(b) {
			t.Errorf("%s/%s differs:\n%s\n%s", s.disease, s.name, a, b)
		}
	}
}

func TestParseLeavesTheRawMailAlone(t *testing.T) {
	for _, s := range readSamples(t) {
		before := hashOf(s.raw)
		m := Parse(s.raw)
		if hashOf(s.raw) != before || m.RawSHA256 != before {
			t.Errorf("%s/%s was changed", s.disease, s.name)
		}
	}
}
