package work_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/work"
)

// attach puts one file on a ticket.
func attach(t *testing.T, b *desktest.Bench, who desk.PersonID, id desk.TicketID, purpose desk.Purpose, name string) {
	t.Helper()
	act := b.Act(who, desk.ActAttach, id, "purpose", string(purpose))
	act.Version, act.Files = 0, []desk.Attachment{{Name: name, Bytes: 2048, Key: "files/" + name}}
	if _, err := b.Road.Perform(t.Context(), act); err != nil {
		t.Fatalf("attach %s by %s: %v", name, who, err)
	}
}

// atDesarrollo is the worked example in the hands of Desarrollo.
func atDesarrollo(b *desktest.Bench) desk.TicketID {
	id := b.Open81()
	for _, s := range standard()[:3] {
		b.Do(s.who, s.kind, id, s.fields...)
	}
	return id
}

func fileNames(records []desk.Record) string {
	var names []string
	for _, rec := range records {
		for _, f := range rec.Files {
			names = append(names, string(rec.Act)+":"+f.Name)
		}
	}
	return strings.Join(names, " ")
}

// R74: the pase hands over the files attached since the pase before it, and who
// asked sees none of them.
func TestPaseHandsOverTheFilesAttachedForIt(t *testing.T) {
	b := desktest.NewBench(t)
	id := atDesarrollo(b)
	fields := []string{"pase_description", "Corrige", "pase_rollback", "Restaurar"}
	attach(t, b, "desarrollo-1", id, desk.PaseFile, "uno.sql")
	attach(t, b, "usuaria-ut-piura-1", id, desk.OtherFile, "captura.png")
	attach(t, b, "desarrollo-1", id, desk.PaseFile, "dos.sql")
	b.Do("desarrollo-1", desk.ActHandOver, id, fields...)
	b.Do("base-de-datos-1", desk.ActExecutionError, id, "interrupts", "no", "message", "Falla.")
	attach(t, b, "desarrollo-1", id, desk.PaseFile, "tres.sql")
	b.Do("desarrollo-1", desk.ActHandOver, id, fields...)
	for who, want := range map[desk.PersonID]string{
		"base-de-datos-1": "attach:uno.sql attach:captura.png attach:dos.sql hand-over:uno.sql hand-over:dos.sql attach:tres.sql hand-over:tres.sql", "usuaria-ut-piura-1": "attach:captura.png", "jefa-ut-piura": "attach:captura.png",
	} {
		v, err := b.Reader.Look(t.Context(), id, b.Act(who, "", id))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, fileNames(v.Records)); diff != "" {
			t.Errorf("%s sees files (-want +got):\n%s", who, diff)
		}
	}
	var pases []string
	for _, e := range b.Effects(id) {
		if e.Mail != nil && e.Mail.Message == desk.MailPase {
			pases = append(pases, e.Mail.Data["pf"])
		}
	}
	if diff := cmp.Diff([]string{"uno.sql (2 kB, en el caso)\ndos.sql (2 kB, en el caso)", "tres.sql (2 kB, en el caso)"}, pases); diff != "" {
		t.Errorf("files in the mails of the pases (-want +got):\n%s", diff)
	}
}

// The fold of what was stored is the ticket, files included.
func TestTicketKnowsWhichFormsArePresent(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open85()
	attach(t, b, "usuaria-administracion-1", id, desk.OtherFile, "captura.png")
	stored := b.Load(id)
	records, err := b.Store.Records(t.Context(), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(stored.Ticket, desk.Fold(id, records)); diff != "" || !stored.Ticket.Files.Has(desk.OtherFile) || stored.Ticket.Files.Has(desk.AccessForm) {
		t.Errorf("ticket has files %b (-stored +fold):\n%s", stored.Ticket.Files, diff)
	}
}

// F39: nobody puts files on a ticket that is not theirs to see.
func TestFilesOnSomebodyElsesTicketAreNotFound(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open85()
	for _, who := range []desk.PersonID{"usuaria-ut-piura-1", "desarrollo-1", "nadie", ""} {
		act := b.Act(who, desk.ActAttach, id, "purpose", "other")
		act.Files = []desk.Attachment{{Name: "a", Bytes: 1, Key: "files/a"}}
		_, err := b.Road.Perform(t.Context(), act)
		wantCode(t, err, desk.NotFound)
	}
	if v := b.Load(id); v.Ticket.Version != 1 {
		t.Errorf("version %d after strangers tried", v.Ticket.Version)
	}
}

// A file stands in the list once: an act that tells what it is for, or hands it
// over, brings none of its own.
func TestFilesStandOnce(t *testing.T) {
	record := func(seq int, files ...desk.Attachment) desk.Record { return desk.Record{Seq: seq, Files: files} }
	records := []desk.Record{record(1, desk.Attachment{Name: "a", Key: "mail/1"}, desk.Attachment{Name: "b", Key: "mail/2"}, desk.Attachment{Name: "lost"}, desk.Attachment{Name: "lost too"}),
		record(2, desk.Attachment{Name: "b", Key: "mail/2", Purpose: desk.Annex02}), record(3, desk.Attachment{Name: "b", Key: "mail/2"}), record(4, desk.Attachment{Name: "c", Key: "files/3", Purpose: desk.OtherFile})}
	var got []string
	for _, f := range work.Files(records) {
		got = append(got, fmt.Sprintf("%s %d/%d %s", f.File.Name, f.Record.Seq, f.Index, f.File.Purpose))
	}
	if diff := cmp.Diff([]string{"a 1/0 ", "b 1/1 annex-02", "lost 1/2 ", "lost too 1/3 ", "c 4/0 other"}, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}
