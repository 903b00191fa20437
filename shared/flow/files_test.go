package flow_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// file is one that the storage has.
func file(name string, bytes int64) desk.Attachment {
	return desk.Attachment{Name: name, Bytes: bytes, Key: "files/" + name}
}

func TestAttachedFilesStandInTheRecordWithTheirPurpose(t *testing.T) {
	b := held85(t, userHQ)
	b.files = []desk.Attachment{file("error.png", 2048), file("otro.png", 1)}
	d := b.do(userHQ, desk.ActAttach, "purpose", "other")
	if diff := cmp.Diff([]desk.Event{desk.FilesAttached{Purpose: desk.OtherFile, N: 2}}, d.Events); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	want := []desk.Attachment{{Name: "error.png", Bytes: 2048, Key: "files/error.png", Purpose: desk.OtherFile}, {Name: "otro.png", Bytes: 1, Key: "files/otro.png", Purpose: desk.OtherFile}}
	if diff := cmp.Diff(want, b.records[len(b.records)-1].Files); diff != "" {
		t.Errorf("files of the record (-want +got):\n%s", diff)
	}
	if !b.ticket.Files.Has(desk.OtherFile) || b.ticket.Files.Has(desk.PaseFile) || len(d.Notices)+len(d.Open)+len(d.Settle) > 0 {
		t.Errorf("ticket has files %b, notices %s", b.ticket.Files, mailNames(d.Notices))
	}
}

func TestWrongFilesAreRefusedWithASentence(t *testing.T) {
	tests := []struct {
		name, purpose string
		files         []desk.Attachment
		field, text   string
	}{
		{"nothing", "other", nil, "file", "Elija un archivo."},
		{"an empty file", "other", []desk.Attachment{file("a", 0)}, "file", "El archivo está vacío: elija otro."},
		{"no size", "other", []desk.Attachment{file("a", -1)}, "file", "El archivo está vacío: elija otro."},
		{"14 MB", "other", []desk.Attachment{file("a", 14<<20)}, "file", "El archivo pesa 14 MB y el máximo es 10 MB."},
		{"one byte too many", "other", []desk.Attachment{file("a", desk.MaxFile+1)}, "file", "El archivo pesa 10.1 MB y el máximo es 10 MB."},
		{"one of several", "other", []desk.Attachment{file("a", 1), file("b", 0)}, "file", "El archivo está vacío: elija otro."},
		{"a heap", "other", slices.Repeat([]desk.Attachment{file("a", 1)}, 21), "file", "Adjunte hasta 20 archivos por vez."},
		{"no purpose", "", []desk.Attachment{file("a", 1)}, "purpose", "Elija para qué es el archivo."},
		{"no such purpose", "photo", []desk.Attachment{file("a", 1)}, "purpose", "Elija para qué es el archivo: una de las opciones de la lista."},
		{"a purpose of another flow", "annex-02", []desk.Attachment{file("a", 1)}, "purpose", "Elija para qué es el archivo: una de las opciones de la lista."},
		{"a pase from who asked", "pase", []desk.Attachment{file("a", 1)}, "purpose", "Elija para qué es el archivo: una de las opciones de la lista."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := atLevel2(t, userUT)
			b.files = test.files
			_, err := b.try(userUT, desk.ActAttach, "purpose", test.purpose)
			wantField(t, err, test.field)
			if p, ok := errors.AsType[*desk.Problem](err); !ok || p.Fields[0].Text != test.text {
				t.Errorf("refused by %v, want «%s»", err, test.text)
			}
		})
	}
	b := atLevel2(t, userUT)
	b.files = []desk.Attachment{file("a", desk.MaxFile)}
	b.do(userUT, desk.ActAttach, "purpose", "other")
}

// A name that somebody crafted is made harmless before it is kept for ever.
func TestCraftedNamesAreKeptHarmless(t *testing.T) {
	b := held85(t, userHQ)
	b.files = []desk.Attachment{file("..\\..\\infor\r\nSet-Cookie: x\u202efdp.exe", 1)}
	b.do(userHQ, desk.ActAttach, "purpose", "other")
	if got := b.records[len(b.records)-1].Files[0].Name; got != "inforSet-Cookie: xfdp.exe" {
		t.Errorf("kept as %q", got)
	}
}

func TestPurposesFollowFlowAndPerson(t *testing.T) {
	of := func(b *bench, who desk.PersonID) []desk.Purpose {
		return flow.PurposesFor(b.ticket, b.facts(who, nil).Rights)
	}
	tests := []struct {
		name string
		got  []desk.Purpose
		want []desk.Purpose
	}{
		{"8.1, Desarrollo", of(atLevel2(t, userUT), developer), []desk.Purpose{desk.PaseFile, desk.OtherFile}},
		{"8.1, who asked", of(atLevel2(t, userUT), userUT), []desk.Purpose{desk.OtherFile}},
		{"8.1, the head who decided", of(atLevel2(t, userUT), headUT), []desk.Purpose{desk.OtherFile}},
		{"8.5, support", of(held85(t, userHQ), support), []desk.Purpose{desk.OtherFile}},
		{"a contact, before its flow is known", of(contact(t, userHQ), assigner),
			[]desk.Purpose{desk.AccessForm, desk.CommitmentAnnex, desk.Annex02, desk.MailRequest, desk.MailAuthorisation, desk.OtherFile}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, test.got); diff != "" {
				t.Errorf("purposes (-want +got):\n%s", diff)
			}
		})
	}
	for _, p := range desk.Purposes() {
		if flow.PurposeLabel(p) == "" {
			t.Errorf("purpose %s has no words", p)
		}
	}
	if offer := offered(t, atLevel2(t, userUT), developer, desk.ActAttach); len(offer.Fields[0].Options) != 2 || offer.Fields[0].Options[0].Label != flow.PurposeLabel(desk.PaseFile) {
		t.Errorf("Desarrollo is offered %+v", offer.Fields[0].Options)
	}
}

// R98: 8.4 needs both forms, whoever brings them and in whatever order.
func TestAccessNeedsBothForms(t *testing.T) {
	ticket := desk.Ticket{Flow: desk.Flow84}
	for _, step := range []struct {
		add  desk.Purpose
		want []desk.Purpose
	}{{"", []desk.Purpose{desk.AccessForm, desk.CommitmentAnnex}}, {desk.OtherFile, []desk.Purpose{desk.AccessForm, desk.CommitmentAnnex}},
		{desk.CommitmentAnnex, []desk.Purpose{desk.AccessForm}}, {desk.AccessForm, nil}} {
		ticket.Files = ticket.Files.With(step.add)
		if diff := cmp.Diff(step.want, flow.MissingFiles(ticket), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("missing after %q (-want +got):\n%s", step.add, diff)
		}
	}
	if missing := flow.MissingFiles(desk.Ticket{Flow: desk.Flow85}); len(missing) > 0 {
		t.Errorf("8.5 waits for %v", missing)
	}
}

func offered(t *testing.T, b *bench, who desk.PersonID, act desk.ActKind) flow.Offer {
	t.Helper()
	for _, o := range flow.Offers(b.ticket, b.facts(who, nil)) {
		if o.Act == act {
			return o
		}
	}
	t.Fatalf("%s is not offered %s", who, act)
	return flow.Offer{}
}

// R74: the folder is the files attached to the case, or a reference, or both;
// the next pase needs its own.
func TestAttachedFilesMakeThePase(t *testing.T) {
	b := atLevel2(t, userUT)
	fields := pase()
	fields[3] = ""
	b.files = []desk.Attachment{file("corrige.sql", 3<<20), file("vuelve.sql", 900)}
	b.do(developer, desk.ActAttach, "purpose", "pase")
	b.pase = b.records[len(b.records)-1].Files
	d := b.do(developer, desk.ActHandOver, fields...)
	if got, want := d.Notices[0].Data["files"], "corrige.sql (3.0 MB, en el caso)\nvuelve.sql (900 bytes, en el caso)"; got != want {
		t.Errorf("the mail of the pase lists %q, want %q", got, want)
	}
	if diff := cmp.Diff(b.pase, d.Files); diff != "" {
		t.Errorf("files of the pase (-attached +handed over):\n%s", diff)
	}
	b.do(database, desk.ActExecutionError, "interrupts", "no", "message", "Falla.")
	b.pase = nil
	_, err := b.try(developer, desk.ActHandOver, fields...)
	wantField(t, err, "pase_files")
	b.do(developer, desk.ActAttach, "purpose", "pase")
	b.pase = b.records[len(b.records)-1].Files[:1]
	fields[3] = "pases/2026/0002"
	d = b.do(developer, desk.ActHandOver, fields...)
	if got, want := d.Notices[0].Data["files"], "corrige.sql (3.0 MB, en el caso)\npases/2026/0002"; got != want {
		t.Errorf("the mail of the second pase lists %q, want %q", got, want)
	}
}

func TestSize(t *testing.T) {
	for n, want := range map[int64]string{0: "0 bytes", 900: "900 bytes", 2048: "2 kB", 3 << 20: "3.0 MB"} {
		if got := flow.FileSize(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}
