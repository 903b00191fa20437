package mailbox

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadTellsEverythingOfAMessage(t *testing.T) {
	m := simpleMessage()
	m.Request.EmailTags = []Tag{{"item", "01J-1-1"}}
	m.Request.Content.Simple.Attachments = []Attachment{{FileName: "acta.pdf", ContentType: "application/pdf", RawContent: []byte("pdf")}}
	v, err := m.Read()
	if err != nil {
		t.Fatal(err)
	}
	want := View{
		ID: "0100-abc", AcceptedAt: accepted, From: `"Mesa de Ayuda" <soporte@desk.qw.example>`, ReplyTo: "reply+x@desk.qw.example",
		To: []string{"jefatura@qw.example", "copia@qw.example"}, Subject: "Atención: aprobación",
		Text: "Abra http://localhost:8080/approvals/x\nÑandú", HTML: "<p>Ñandú</p>",
		Tags: map[string]string{"item": "01J-1-1"}, Links: []string{"http://localhost:8080/approvals/x"},
		Files: []File{{Name: "acta.pdf", Type: "application/pdf", Size: 3}}, Headers: v.Headers, Size: v.Size,
	}
	if diff := cmp.Diff(want, v); diff != "" {
		t.Error(diff)
	}
	if v.Headers["Auto-Submitted"] != "auto-generated" || v.Size < 300 {
		t.Errorf("headers %v, size %d", v.Headers, v.Size)
	}
}

func TestLinksEndWhereAReaderWouldEndThem(t *testing.T) {
	for text, want := range map[string][]string{
		"Abra http://localhost:8080/a.b-c_d, por favor.":         {"http://localhost:8080/a.b-c_d"},
		"(vea https://qw.example/x)":                             {"https://qw.example/x"},
		"http://a.example/1\nhttp://a.example/1":                 {"http://a.example/1"},
		`<a href="http://a.example/?x=1&amp;y=2">aquí</a>`:       {"http://a.example/?x=1&y=2"},
		"sin enlaces, ni ftp://a.example ni javascript:alert(1)": {},
	} {
		if diff := cmp.Diff(want, links(text, "")); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestPiecesJoinToTheText(t *testing.T) {
	v := View{Text: "Uno http://a.example/1 dos https://a.example/2"}
	var whole strings.Builder
	linked := 0
	for _, piece := range v.Pieces() {
		whole.WriteString(piece.Text)
		if piece.Link {
			linked++
		}
	}
	if whole.String() != v.Text || linked != 2 {
		t.Errorf("%d links in %q", linked, whole.String())
	}
}

func TestTheListIsShortUnlessAllAreAskedFor(t *testing.T) {
	messages := make([]Message, shown+3)
	for i := range messages {
		messages[i] = simpleMessage()
		messages[i].ID = fmt.Sprintf("m-%d", i)
	}
	dir := spool(t, messages...)
	for path, want := range map[string]int{"/mailbox.json": shown, "/mailbox.json?all=1": shown + 3} {
		w := get(t, dir, path)
		if got := strings.Count(w.Body.String(), `"acceptedAt"`); w.Code != http.StatusOK || got != want {
			t.Errorf("%s: %d messages, want %d", path, got, want)
		}
	}
	if !strings.Contains(get(t, dir, "/mailbox").Body.String(), "200 más recientes") {
		t.Error("the page does not tell that there are more")
	}
}

func TestUnreadableMessagesAreToldOfAndNotShown(t *testing.T) {
	empty := Message{ID: "empty", AcceptedAt: accepted}
	dir := spool(t, empty)
	for _, path := range []string{"/mailbox", "/mailbox.json", "/mailbox/empty", "/mailbox/empty.eml", "/mailbox/empty/html"} {
		if w := get(t, dir, path); w.Code != http.StatusInternalServerError {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
	if w := get(t, dir, "/mailbox/none/html"); w.Code != http.StatusNotFound {
		t.Errorf("unknown message: status %d", w.Code)
	}
}
