package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/upload"
)

// uploadSlot is where the API says to send a file.
type uploadSlot struct {
	ID, URL  string
	Fields   map[string]string
	MaxBytes int64
}

// fileItem is one file of a ticket.
type fileItem struct {
	Version, Index int
	Name, Purpose  string
	Bytes          int64
	SHA256         string
	By             struct{ ID string }
}

func (f *fixture) wish(t testing.TB, who, number, body string) reply {
	t.Helper()
	return f.do(t, request{method: "POST", target: "/v1/tickets/" + number + "/files", who: who, body: body})
}

func (f *fixture) mustSlot(t testing.TB, who, number, body string) uploadSlot {
	t.Helper()
	r := f.wish(t, who, number, body)
	if r.status != http.StatusCreated {
		t.Fatalf("%s asks where to send %s: %d %s", who, body, r.status, r.body)
	}
	var s uploadSlot
	r.into(t, &s)
	return s
}

func (f *fixture) confirm(t testing.TB, who, number, id string) reply {
	t.Helper()
	return f.do(t, request{method: "PUT", target: "/v1/tickets/" + number + "/files/" + id, who: who})
}

func (f *fixture) files(t testing.TB, who, number string) []fileItem {
	t.Helper()
	r := f.get(t, who, "/v1/tickets/"+number+"/files")
	var list struct{ Items []fileItem }
	if r.into(t, &list); r.status != http.StatusOK {
		t.Fatalf("files for %s: %d %s", who, r.status, r.body)
	}
	return list.Items
}

const photo = `{"name":"petición nº 1.pdf","purpose":"other"}`

func TestFileIsSentConfirmedListedAndFetched(t *testing.T) {
	f := newFixture(t)
	s := f.mustOpen(t, requester, "k", form85)
	slot := f.mustSlot(t, requester, s.Number, photo)
	if slot.MaxBytes != desk.MaxFile || slot.Fields["Content-Disposition"] != "attachment" || !strings.HasPrefix(slot.Fields["key"], "incoming/"+s.ID+"/"+requester+"/") {
		t.Errorf("slot %+v", slot)
	}
	f.storage.Send(slot.Fields, "", "", 77)
	for range 2 {
		if r := f.confirm(t, requester, s.Number, slot.ID); r.status != http.StatusOK {
			t.Fatalf("confirm: %d %s", r.status, r.body)
		}
	}
	want := []fileItem{{Version: 2, Name: "petición nº 1.pdf", Purpose: "other", Bytes: 77, SHA256: strings.Repeat("ab", 32), By: struct{ ID string }{requester}}}
	if diff := cmp.Diff(want, f.files(t, assigner, s.Number)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	var link struct {
		URL       string
		ExpiresIn int
	}
	f.get(t, assigner, "/v1/tickets/"+s.Number+"/files/2/0").into(t, &link)
	if !strings.HasPrefix(link.URL, "https://files.example/files/"+s.ID+"/"+slot.ID) || link.ExpiresIn != int(upload.LinkLife.Seconds()) {
		t.Errorf("link %+v", link)
	}
	for _, place := range []string{"2/1", "1/0", "3/0", "2/-1", "x/0", "2/x"} {
		if r := f.get(t, assigner, "/v1/tickets/"+s.Number+"/files/"+place); r.status != http.StatusNotFound {
			t.Errorf("file %s: %d", place, r.status)
		}
	}
}

func TestWhatMayNotBeAttachedIsRefusedBeforeItIsSent(t *testing.T) {
	f := newFixture(t)
	s := f.mustOpen(t, requester, "k", form85)
	for name, test := range map[string]struct{ body, place string }{
		"no name":                   {`{"purpose":"other"}`, "#/name"},
		"a name without end":        {`{"purpose":"other","name":"` + strings.Repeat("x", 1001) + `"}`, "#/name"},
		"no purpose":                {`{"name":"a"}`, "#/purpose"},
		"a purpose of staff":        {`{"name":"a","purpose":"pase"}`, "#/purpose"},
		"a purpose of another flow": {`{"name":"a","purpose":"annex-02"}`, "#/purpose"},
		"a number":                  {`{"name":1,"purpose":"other"}`, "#/name"},
		"a key of theirs":           {`{"name":"a","purpose":"other","key":"files/x"}`, "#/key"},
	} {
		t.Run(name, func(t *testing.T) {
			r := f.wish(t, requester, s.Number, test.body)
			if p := problemIn(t, r); r.status != http.StatusBadRequest || len(p.places()) == 0 || p.places()[0] != test.place {
				t.Errorf("%d %s", r.status, r.body)
			}
		})
	}
	if len(f.storage.Terms) != 0 {
		t.Errorf("signed %+v", f.storage.Terms)
	}
	slot := f.mustSlot(t, requester, s.Number, photo)
	f.storage.Send(slot.Fields, "", "", desk.MaxFile+1)
	if r := f.confirm(t, requester, s.Number, slot.ID); r.status != http.StatusBadRequest || !strings.Contains(r.body, "El archivo pesa 10.1 MB y el máximo es 10 MB.") {
		t.Errorf("too large: %d %s", r.status, r.body)
	}
}

// F39: each way to a file, for whom the case is not, and for whom the file is not.
func TestFilesOfOthersAreNotFound(t *testing.T) {
	f := newFixture(t)
	s := f.mustOpen(t, requester, "k", form85)
	slot := f.mustSlot(t, requester, s.Number, photo)
	f.storage.Send(slot.Fields, "", "", 5)
	path := "/v1/tickets/" + s.Number + "/files"
	for _, q := range []request{{method: "GET", target: path}, {method: "POST", target: path, body: photo}, {method: "PUT", target: path + "/" + slot.ID}, {method: "GET", target: path + "/2/0"}} {
		q.who = other
		if r := f.do(t, q); r.status != http.StatusNotFound {
			t.Errorf("%s %s by a stranger: %d", q.method, q.target, r.status)
		}
		q.who, q.claims = "", machineClaims("desk/create")
		if r := f.do(t, q); r.status != http.StatusForbidden {
			t.Errorf("%s %s by a machine client: %d", q.method, q.target, r.status)
		}
	}
	if r := f.confirm(t, assigner, s.Number, slot.ID); r.status != http.StatusNotFound {
		t.Errorf("confirmed by somebody else: %d %s", r.status, r.body)
	}
	if files := f.files(t, requester, s.Number); len(files) != 0 {
		t.Errorf("the ticket has %+v", files)
	}
	r := f.act(t, requester, s.Number, `{"act":"attach","fields":{"purpose":"other"}}`)
	if r.status != http.StatusBadRequest || !strings.Contains(r.body, "por «files»") {
		t.Errorf("attached as an act: %d %s", r.status, r.body)
	}
}

// The purposes of the contract are those of the desk.
func TestPurposesOfTheContract(t *testing.T) {
	var want []string
	for _, p := range desk.Purposes() {
		want = append(want, string(p))
	}
	for _, schema := range []string{"NewFile", "File"} {
		if diff := cmp.Diff(want, texts(mustContract(t).Components.Schemas[schema].Value.Properties["purpose"].Value.Enum)); diff != "" {
			t.Errorf("%s.purpose (-desk +contract):\n%s", schema, diff)
		}
	}
}

// What a mail calls its attachments is not believed, and a file whose bytes were
// not kept leads nowhere.
func TestMailedFilesAreListedUnderHarmlessNames(t *testing.T) {
	f := newFixture(t)
	s := f.mustOpen(t, requester, "k", form85)
	act := desk.Act{Kind: desk.ActComment, Ticket: desk.TicketID(s.ID), At: noon, Channel: desk.ChannelMail, Actor: desk.Actor{Assurance: desk.AssuredSelf},
		Fields: desk.Fields{"message": "Adjunto.", "sender": requester}, Files: []desk.Attachment{{Name: "a\u202efdp.exe", Bytes: 9, Key: "mail/m1/0"}, {Name: "virus.exe", Bytes: 9}}}
	if _, err := f.road.Perform(t.Context(), act); err != nil {
		t.Fatal(err)
	}
	if files := f.files(t, requester, s.Number); len(files) != 2 || files[0].Name != "afdp.exe" {
		t.Errorf("files %+v", files)
	}
	if r := f.get(t, requester, "/v1/tickets/"+s.Number+"/files/2/0"); !strings.Contains(r.body, "as=afdp.exe") {
		t.Errorf("link %s", r.body)
	}
	if r := f.get(t, requester, "/v1/tickets/"+s.Number+"/files/2/1"); r.status != http.StatusNotFound {
		t.Errorf("a file that was not kept: %d %s", r.status, r.body)
	}
}
