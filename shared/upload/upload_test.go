package upload_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"mime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/upload"
	"mesa/shared/work"
)

// fieldsOf are the fields of a form by name.
func fieldsOf(slot upload.Slot) map[string]string {
	fields := map[string]string{}
	for _, f := range slot.Fields {
		fields[f.Name] = f.Value
	}
	return fields
}

// bench is a ticket of 8.5 and who asked for it.
type bench struct {
	*desktest.Bench
	t       *testing.T
	storage *desktest.Storage
	desk    *upload.Desk
	id      desk.TicketID
	next    int
}

const (
	asker = "usuaria-administracion-1"
	staff = "especialista-mesa"
)

func newBench(t *testing.T) *bench {
	b := &bench{Bench: desktest.NewBench(t), t: t, storage: desktest.NewStorage()}
	b.id = b.Open85()
	b.desk = &upload.Desk{Storage: b.storage, Road: b.Road, NewID: func() string { b.next++; return fmt.Sprintf("upload-%020d", b.next) }}
	return b
}

func (b *bench) view(who desk.PersonID) work.View {
	b.t.Helper()
	v, err := b.Reader.Look(b.t.Context(), b.id, b.Act(who, "", b.id))
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

func (b *bench) slot(w upload.Wish) upload.Slot {
	b.t.Helper()
	w.Ticket = b.id
	if w.Person == "" {
		w.Person = asker
	}
	s, err := b.desk.Slot(b.t.Context(), w)
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

func (b *bench) confirm(who desk.PersonID, id string) (desk.Attachment, error) {
	b.t.Helper()
	return b.desk.Confirm(b.t.Context(), b.view(who), b.Act(who, "", b.id), id)
}

func (b *bench) files() []desk.Attachment {
	b.t.Helper()
	var files []desk.Attachment
	for _, rec := range b.view(staff).Records {
		files = append(files, rec.Files...)
	}
	return files
}

func wantCode(t *testing.T, err error, code desk.Code, text string) {
	t.Helper()
	p, ok := errors.AsType[*desk.Problem](err)
	if !ok || p.Code != code || !strings.Contains(fmt.Sprint(p.Text, p.Fields), text) {
		t.Errorf("error %v, want %s with «%s»", err, code, text)
	}
}

func TestFormIsForOnePersonAndTicket(t *testing.T) {
	b := newBench(t)
	slot := b.slot(upload.Wish{Back: func(id string) string { return "https://pau.example/back/" + id }})
	want := upload.Terms{Key: "incoming/" + string(b.id) + "/" + asker + "/" + slot.ID, Most: 30 << 20, Life: upload.Life,
		Exact: []upload.Field{{Name: "Content-Type", Value: "application/octet-stream"}, {Name: "Content-Disposition", Value: "attachment"},
			{Name: "success_action_redirect", Value: "https://pau.example/back/" + slot.ID}},
		Open: []string{upload.NameField, upload.PurposeField}}
	if diff := cmp.Diff(want, b.storage.Terms[0]); diff != "" {
		t.Errorf("terms (-want +got):\n%s", diff)
	}
	if last := slot.Fields[len(slot.Fields)-1]; last != (upload.Field{Name: upload.NameField, Value: "${filename}"}) {
		t.Errorf("the browser is not asked for the name: %+v", slot.Fields)
	}
	slot = b.slot(upload.Wish{Name: "petición.pdf", Purpose: desk.OtherFile})
	want.Key, want.Open = "incoming/"+string(b.id)+"/"+asker+"/"+slot.ID, nil
	want.Exact = append(want.Exact[:2:2], upload.Field{Name: upload.NameField, Value: mime.BEncoding.Encode("utf-8", "petición.pdf")}, upload.Field{Name: upload.PurposeField, Value: "other"})
	if diff := cmp.Diff(want, b.storage.Terms[1]); diff != "" {
		t.Errorf("terms of a named file (-want +got):\n%s", diff)
	}
}

func TestConfirmedFileStandsInTheTicketAsItWasSeen(t *testing.T) {
	b := newBench(t)
	slot := b.slot(upload.Wish{})
	b.storage.Send(fieldsOf(slot), "other", `C:\fakepath\captura.png`, 2048)
	got, err := b.confirm(asker, slot.ID)
	want := desk.Attachment{Name: "captura.png", Bytes: 2048, SHA256: strings.Repeat("ab", 32), Key: "files/" + string(b.id) + "/" + slot.ID + ".tag-2048"}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("confirmed %v (-want +got):\n%s", err, diff)
	}
	want.Purpose = desk.OtherFile
	if diff := cmp.Diff([]desk.Attachment{want}, b.files()); diff != "" {
		t.Errorf("files of the ticket (-want +got):\n%s", diff)
	}
	last := b.view(staff).Records[1]
	if last.Act != desk.ActAttach || last.Actor.Person != asker || !slices.Equal(last.Events, []desk.Event{desk.FilesAttached{Purpose: desk.OtherFile, N: 1}}) {
		t.Errorf("recorded %s by %s: %v", last.Act, last.Actor.Person, last.Events)
	}
}

func TestConfirmedTwiceAFileStandsOnce(t *testing.T) {
	b := newBench(t)
	slot := b.slot(upload.Wish{})
	b.storage.Send(fieldsOf(slot), "other", "a.txt", 5)
	stale := b.view(asker) // as seen by a second tab
	first, err := b.confirm(asker, slot.ID)
	if err != nil {
		t.Fatal(err)
	}
	b.storage.Send(fieldsOf(slot), "other", "a.txt", 6) // the form still works: other bytes, too late
	again, err := b.confirm(asker, slot.ID)
	if err != nil || again.Key != first.Key || b.storage.Copies != 1 {
		t.Errorf("confirmed again: %+v, %v after %d copies", again, err, b.storage.Copies)
	}
	_, err = b.desk.Confirm(t.Context(), stale, b.Act(asker, "", b.id), slot.ID) // raced: it did not see the first
	wantCode(t, err, desk.Repeated, "")
	b.storage.Send(fieldsOf(slot), "other", "a.txt", 5)
	if _, err = b.desk.Confirm(t.Context(), stale, b.Act(asker, "", b.id), slot.ID); err != nil {
		t.Errorf("the same file confirmed at once in two tabs: %v", err)
	}
	if files := b.files(); len(files) != 1 || files[0].Bytes != 5 {
		t.Errorf("the ticket has %+v", files)
	}
}

func TestNobodyConfirmsWhatIsNotTheirs(t *testing.T) {
	b := newBench(t)
	slot := b.slot(upload.Wish{})
	b.storage.Send(fieldsOf(slot), "other", "a.txt", 5)
	other := b.Open85()
	elsewhere := b.slot(upload.Wish{})
	b.storage.Objects[strings.Replace(elsewhere.Fields[0].Value, string(b.id), string(other), 1)] = upload.Object{Bytes: 1, Tag: "t", Meta: map[string]string{upload.PurposeField: "other"}}
	for name, try := range map[string]struct {
		who desk.PersonID
		id  string
	}{
		"another person's file":  {staff, slot.ID},
		"a file of another case": {asker, elsewhere.ID},
		"a file that never came": {asker, "upload-99999999999999999999"},
		"a path upwards":         {asker, "../" + asker + "/" + slot.ID},
		"another folder":         {staff, "../../" + string(b.id) + "/" + asker + "/" + slot.ID},
		"no id":                  {asker, ""},
		"a short id":             {asker, "upload"},
		"an endless id":          {asker, strings.Repeat("a", 65)},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.confirm(try.who, try.id)
			wantCode(t, err, desk.NotFound, "Ese archivo no llegó")
		})
	}
	if files := b.files(); len(files) != 0 || b.storage.Copies != 0 {
		t.Errorf("the ticket has %+v after %d copies", files, b.storage.Copies)
	}
}

func TestWhatMayNotBeKeptIsNotCopied(t *testing.T) {
	for name, test := range map[string]struct {
		purpose, name string
		bytes         int64
		want          string
	}{
		"nothing in it":             {"other", "a.txt", 0, "El archivo está vacío"},
		"14 MB":                     {"other", "a.mp4", 14 << 20, "El archivo pesa 14 MB y el máximo es 10 MB."},
		"no purpose":                {"", "a.txt", 1, "Elija para qué es el archivo"},
		"a purpose of staff":        {"pase", "a.sql", 1, "Elija para qué es el archivo"},
		"a purpose made up":         {"other\r\nx", "a.txt", 1, "Elija para qué es el archivo"},
		"a purpose of another flow": {"access-form", "a.pdf", 1, "Elija para qué es el archivo"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			slot := b.slot(upload.Wish{})
			b.storage.Send(fieldsOf(slot), test.purpose, test.name, test.bytes)
			_, err := b.confirm(asker, slot.ID)
			wantCode(t, err, desk.Invalid, test.want)
			if files := b.files(); len(files) != 0 || b.storage.Copies != 0 {
				t.Errorf("the ticket has %+v after %d copies", files, b.storage.Copies)
			}
		})
	}
}

// Names as they come back from the storage, and as they are kept.
func TestNamesComeBackWhole(t *testing.T) {
	for name, test := range map[string]struct{ given, want string }{
		"raw UTF-8":              {"petición.pdf", "petición.pdf"},
		"in the words of S3":     {mime.QEncoding.Encode("utf-8", "petición.pdf"), "petición.pdf"},
		"long, in several words": {mime.BEncoding.Encode("utf-8", strings.Repeat("ñ", 100)+".pdf"), strings.Repeat("ñ", 100) + ".pdf"},
		"no charset anybody has": {"=?x-none?q?a?=", "=?x-none?q?a?="},
		"reads backwards":        {mime.BEncoding.Encode("utf-8", "a\u202efdp.exe"), "afdp.exe"},
		"line breaks":            {mime.BEncoding.Encode("utf-8", "a\r\nb.pdf"), "ab.pdf"},
		"nothing":                {"", "archivo"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			slot := b.slot(upload.Wish{})
			b.storage.Send(fieldsOf(slot), "other", test.given, 1)
			f, err := b.confirm(asker, slot.ID)
			if err != nil || f.Name != test.want {
				t.Errorf("%q is kept as %q, %v; want %q", test.given, f.Name, err, test.want)
			}
		})
	}
}

// A storage that fails leaves the ticket as it was, and is not what people read.
func TestBrokenStorageChangesNothing(t *testing.T) {
	b := newBench(t)
	slot := b.slot(upload.Wish{})
	b.storage.Send(fieldsOf(slot), "other", "a.txt", 5)
	b.storage.Broken = errors.New("S3 answered 503")
	if _, err := b.confirm(asker, slot.ID); err == nil || desk.CodeOf(err) != "" {
		t.Errorf("confirmed: %v", err)
	}
	if _, err := b.desk.Slot(t.Context(), upload.Wish{Ticket: b.id, Person: asker}); err == nil {
		t.Error("a form that could not be signed was given out")
	}
	b.storage.Broken = nil
	from := slices.Collect(maps.Keys(b.storage.Objects))[0]
	swapped := &swapping{Storage: b.storage, key: from}
	b.desk.Storage = swapped
	if _, err := b.confirm(asker, slot.ID); err == nil || desk.CodeOf(err) != "" {
		t.Errorf("an object that changed under way was confirmed: %v", err)
	}
	if files := b.files(); len(files) != 0 {
		t.Errorf("the ticket has %+v", files)
	}
}

// swapping puts other bytes in an object's place once it was looked at.
type swapping struct {
	*desktest.Storage
	key string
}

func (s *swapping) Stat(ctx context.Context, key string) (upload.Object, error) {
	o, err := s.Storage.Stat(ctx, key)
	s.Objects[s.key] = upload.Object{Bytes: 1, Tag: "other"}
	return o, err
}
