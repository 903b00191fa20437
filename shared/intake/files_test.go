package intake_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// part is a picture or a file of a mail.
func part(disposition, name, content string) string {
	return fmt.Sprintf("--b\r\nContent-Type: image/png; name=%s\r\nContent-Disposition: %s; filename=%s\r\nContent-ID: <%s@x>\r\n\r\n%s\r\n", name, disposition, name, name, content)
}

// The logo of a signature comes with every mail of a conversation: it is listed
// with the first one. A screenshot, and a picture sent as a file, always are.
func TestPicturesOfSignaturesAreListedOnce(t *testing.T) {
	const multipart = "Content-Type: multipart/mixed; boundary=b\r\n"
	body := func(parts ...string) string {
		return "--b\r\nContent-Type: text/plain\r\n\r\nNo imprime.\r\n" + strings.Join(parts, "") + "--b--"
	}
	logo, same := part("inline", "logo.png", "LOGO"), part("inline", "image001.png", "LOGO")
	m := newMailroom(t)
	id := m.receive(letter{from: known, subject: "No imprime", id: "1@x.pe", headers: multipart, body: body(logo, same, part("inline", "captura.png", "UNO"))}).Ticket
	m.receive(letter{from: known, to: m.address(id), subject: "RE: No imprime", id: "2@x.pe", headers: multipart, body: body(same, part("inline", "captura.png", "DOS"), part("attachment", "logo.png", "LOGO"))})

	records := m.records(id)
	for i, want := range [][]string{{"logo.png", "captura.png"}, {"captura.png", "logo.png"}} {
		var got []string
		for _, f := range records[i].Files {
			got = append(got, f.Name)
			if string(m.bucket.objects[f.Key]) == "" {
				t.Errorf("%s is not kept under %s", f.Name, f.Key)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("record %d: %s", i, diff)
		}
	}
}

// The same answer, told twenty times at once, attaches its picture once and is
// held by nobody (F1).
func TestF1AnswerWithAPictureTwentyTimesAtOnce(t *testing.T) {
	m := newMailroom(t)
	id := m.receive(letter{from: known, subject: "No imprime", id: "1@x.pe", body: "Se atasca."}).Ticket
	r := m.arrive(letter{from: known, to: m.address(id), subject: "RE: No imprime", id: "2@x.pe", headers: "Content-Type: multipart/mixed; boundary=b\r\n",
		body: "--b\r\nContent-Type: text/plain\r\n\r\nSí.\r\n" + part("inline", "logo.png", "LOGO") + "--b--"})
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if rec, err := m.in.Receive(t.Context(), r); err != nil || rec.Held {
				t.Errorf("%+v, %v", rec, err)
			}
		})
	}
	wg.Wait()
	if records := m.records(id); len(records) != 2 || len(records[1].Files) != 1 {
		t.Errorf("records %+v", records)
	}
}
