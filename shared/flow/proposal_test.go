package flow_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// attached is a contact whose mail brought a form.
func attached(t tester) *bench {
	b := newBench(t, userHQ)
	text, err := flow.Proposal{File: "anexo.xlsx", Fields: desk.Fields{"place": "virtual"}}.Text()
	if err != nil {
		t.Fatalf("proposal: %v", err)
	}
	b.do("", desk.ActContact, "subject", "Videoconferencia", "description", "Adjunto el Anexo 02.", "mail_id", "ses-1", flow.ProposalText, text)
	return b
}

func confirming(b *bench, choice string, more ...string) []string {
	return append(append([]string{"service", "reuniones", "priority", "3", "annex", choice}, annex(b.now)...), more...)
}

func TestConfirmedAnexo02CountsAndNothingIsAskedBack(t *testing.T) {
	b := attached(t)
	d := b.do(deskOne, desk.ActClassify, confirming(b, "use", "phone", "anexo 1")...)
	wantEvents(t, d, "TicketClassified MeetingsRequested")
	if len(b.ticket.Missing) > 0 || b.ticket.Meetings != "rr" {
		t.Errorf("missing %v, dates %q", b.ticket.Missing, b.ticket.Meetings)
	}
	if d.Texts["schedule.2.from"] != "15:00" || d.Texts["participants.1.part"] != "required" || d.Texts["annex"] != "" {
		t.Errorf("texts %v", d.Texts)
	}
}

func TestAnexo02NotConfirmedIsAskedBack(t *testing.T) {
	b := attached(t)
	d := b.do(deskOne, desk.ActClassify, confirming(b, "ask", "phone", "anexo 1")...)
	wantEvents(t, d, "TicketClassified DataRequested")
	if diff := cmp.Diff([]string{"annex02"}, b.ticket.Missing); diff != "" || b.ticket.Meetings != "" || d.Texts["place"] != "" {
		t.Errorf("%s, dates %q, texts %v", diff, b.ticket.Meetings, d.Texts)
	}
}

func TestAnexo02IsConfirmedWholeOrNotAtAll(t *testing.T) {
	for name, with := range map[string][]string{
		"nobody said what becomes of it": {"annex", ""},
		"without participants":           {"participants.1.who", "", "participants.1.part", ""},
		"yesterday":                      {"schedule.1.date", "2026-09-14"},
		"multi-use without the box":      {"place", "multiuse"},
	} {
		b := attached(t)
		_, err := b.try(deskOne, desk.ActClassify, confirming(b, "use", with...)...)
		if desk.CodeOf(err) != desk.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	b := attached(t)
	_, err := b.try(deskOne, desk.ActClassify, "service", "reuniones", "priority", "3", "annex", "use")
	if desk.CodeOf(err) != desk.Invalid {
		t.Errorf("nothing to confirm: %v", err)
	}
}

func TestAnexo02OfAnotherFlowIsNoneOfIt(t *testing.T) {
	b := attached(t)
	d := b.do(deskOne, desk.ActClassify, confirming(b, "use", "service", "consultas", "phone", "anexo 1")...)
	wantEvents(t, d, "TicketClassified")
	if d.Texts["in_charge"] != "" || d.Texts["place"] != "" || b.ticket.Meetings != "" {
		t.Errorf("texts %v, dates %q", d.Texts, b.ticket.Meetings)
	}
}

func TestProposalHoldsUntilSomebodyConfirms(t *testing.T) {
	record := func(file string) desk.Record {
		text, err := flow.Proposal{File: file}.Text()
		if err != nil {
			t.Fatal(err)
		}
		return desk.Record{Texts: desk.Texts{flow.ProposalText: text}}
	}
	records := []desk.Record{record("uno.xlsx"), {}, record("dos.docx"), {Texts: desk.Texts{"message": "Gracias"}}}
	for _, test := range []struct {
		name   string
		ticket desk.Ticket
		want   string
	}{
		{"a contact nobody classified", desk.Ticket{Contact: true}, "dos.docx"},
		{"8.8 that misses it", desk.Ticket{Flow: desk.Flow88, Missing: []string{"annex02"}}, "dos.docx"},
		{"8.8 that has it", desk.Ticket{Flow: desk.Flow88}, ""},
		{"a contact of another flow", desk.Ticket{Contact: true, Flow: desk.Flow81}, ""},
	} {
		got := ""
		if p := flow.ProposalFor(test.ticket, records); p != nil {
			got = p.File
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	if p := flow.ProposalFor(desk.Ticket{Contact: true}, []desk.Record{{Texts: desk.Texts{flow.ProposalText: "{"}}}); p != nil {
		t.Errorf("what cannot be read is %+v", p)
	}
}

func TestProposalThatWouldNotFitIsNotKept(t *testing.T) {
	text, err := flow.Proposal{File: "a", Fields: desk.Fields{"description": strings.Repeat("ñ", 50_000)}}.Text()
	if text != "" || err != nil {
		t.Errorf("%d bytes, %v", len(text), err)
	}
}

func TestClassificationAsksForAnexo02OnlyWhereOneWasRead(t *testing.T) {
	for read, p := range map[bool]*flow.Proposal{true: {File: "a"}, false: nil} {
		b := attached(t)
		f := b.facts(deskOne, nil)
		f.Proposal = p
		asks := false
		for _, o := range flow.Offers(b.ticket, f) {
			for _, field := range o.Fields {
				asks = asks || o.Act == desk.ActClassify && flow.OfAnnex(field.Name)
			}
		}
		if asks != read {
			t.Errorf("read %v, asks %v", read, asks)
		}
	}
}
