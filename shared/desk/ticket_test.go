package desk

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// worst is a ticket with everything in it that its flow allows at once, with ids
// as long as institutions make them («especialista-ut-madre-de-dios»): a
// territorial 8.1 at Level 4 after stages passed on to superiors, or an 8.6 in
// custody with data missing and a question open.
func worst(flow FlowCode, subject string, at time.Time, rounds int) Ticket {
	id := func(of string, length int) string { return of + strings.Repeat("x", length-len(of)) }
	person := func(of string) PersonID { return PersonID(id(of, 24)) }
	mark := Mark{Seq: 99, At: at, Round: rounds, StepAt: at}
	x := Ticket{Number: "2026-004217", Flow: flow, Rules: 1, Service: ServiceID(id("servicio", 20)), Kind: Requirement, Priority: 3, Suggested: true, State: WaitingUser,
		Level: 4, Team: TeamID(id("equipo", 16)), Assignee: person("a"), Requester: person("r"), Unit: UnitID(id("UT", 16)), Sede: SedeID(id("UT", 16)), Territorial: true,
		Channel: ChannelPortal, OpenedAt: at, WorkAt: at, RespondedAt: at, Stops: 24, Warned: 75, PauseAt: mark, Told: ByMail, Row: 123, RowMonth: "202609", Reopened: 2, Files: 1<<len(Purposes()) - 1,
		Subject: cut(subject, MaxSubject, maxSubjectBytes), Last: map[Level]Holder{}}
	levels := []Level{2, 3, 4}
	switch flow {
	case Flow84:
		levels = []Level{1, 4}
		x.Missing, x.DataAt, x.Proveido, x.Access = []string{"sgd_document", string(AccessForm), string(CommitmentAnnex)}, mark, ProveidoFiled, AccessSettled
		delivered := Mark{Seq: 99, At: at, Round: 1} // nobody is reminded of it
		x.Unseen = []Mark{delivered, delivered, delivered, delivered}
	case Flow88:
		levels = []Level{1, 2}
		x.Missing, x.DataAt, x.Meetings, x.Terms = []string{"annex02", "phone"}, mark, Meetings(strings.Repeat("b", MaxMeetings)), TermMultiuse|TermRecording|TermStreaming
	case Flow86:
		levels = []Level{1, 4}
		x.Missing, x.DataAt, x.Gear, x.GearAt, x.GearLeft = []string{"asset", "goods"}, mark, GearDiagnosis, mark, 3600
	default:
		x.Heads, x.Pases, x.Failures, x.Executed, x.Outage = []PersonID{person("j"), person("k"), person("l")}, 3, 2, true, at
	}
	for _, l := range levels {
		x.Last[l] = Holder{TeamID(id("equipo", 16)), person("h")}
	}
	return x
}

func TestWorstRealisticTicketFitsOneWriteUnit(t *testing.T) {
	for _, flow := range []FlowCode{Flow81, Flow84, Flow86, Flow88} {
		for _, letter := range []string{"a", "ñ", "🖨", "<", "\x00"} {
			b, err := json.Marshal(worst(flow, strings.Repeat(letter, 500), noon, 20))
			if err != nil {
				t.Fatal(err)
			}
			if len(b) > MaxTicketBytes {
				t.Errorf("flow %s, subject of %q: %d bytes, more than %d:\n%s", flow, letter, len(b), MaxTicketBytes, b)
			}
		}
	}
}

func TestTicketComesBackFromItsStoredForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(1, 4_000_000_000).Draw(t, "at"), 0).UTC()
		want := worst(rapid.SampledFrom([]FlowCode{Flow81, Flow84, Flow86, Flow88}).Draw(t, "flow"), rapid.String().Draw(t, "subject"), at, rapid.IntRange(1, 99).Draw(t, "rounds"))
		b, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got Ticket
		if err := json.Unmarshal(b, &got); err != nil {
			t.Fatalf("read %s: %v", b, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("ticket changed (-wrote +read):\n%s", diff)
		}
	})
}

func TestMarksAreShortAndExact(t *testing.T) {
	tests := []struct {
		mark Mark
		want string
	}{
		{Mark{Seq: 3, At: noon, Round: 2, StepAt: later}, fmt.Sprintf("[3,%d,2,%d]", noon.Unix(), later.Unix())},
		{Mark{Seq: 3, At: noon, Round: 1}, fmt.Sprintf("[3,%d,1,0]", noon.Unix())},
		{Mark{}, "[0,0,0,0]"},
	}
	for _, test := range tests {
		b, err := json.Marshal(test.mark)
		if err != nil || string(b) != test.want {
			t.Errorf("%+v is stored as %s, %v; want %s", test.mark, b, err, test.want)
		}
		var got Mark
		if err := json.Unmarshal(b, &got); err != nil || got != test.mark {
			t.Errorf("%s reads as %+v, %v; want %+v", b, got, err, test.mark)
		}
	}
	if err := json.Unmarshal([]byte(`{"q":1}`), &Mark{}); err == nil || !strings.Contains(err.Error(), "mark") {
		t.Errorf("a mark that is no list: %v, want an error that says mark", err)
	}
	if (Mark{}).Open() || !mark3.Open() {
		t.Error("only a mark with a sequence stands")
	}
}

func TestCutKeepsOneLineWithinItsLimits(t *testing.T) {
	long := strings.Repeat("a", 119)
	tests := []struct {
		name, in, want string
	}{
		{"short", "No abre el SIGO", "No abre el SIGO"},
		{"spaces and line breaks become one space", "  No \t abre\r\n\nel   SIGO ", "No abre el SIGO"},
		{"nothing", " \n ", ""},
		{"exactly the limit", long + "b", long + "b"},
		{"one more", long + "bc", long + "…"},
		{"accents count as one", strings.Repeat("ñ", 60) + strings.Repeat("a", 60), strings.Repeat("ñ", 60) + strings.Repeat("a", 60)},
		{"accents throughout are cut by size", strings.Repeat("ñ", 120), strings.Repeat("ñ", 88) + "…"},
		{"emoji are cut whole", strings.Repeat("🖨", 60), strings.Repeat("🖨", 44) + "…"},
		{"markup grows when stored", strings.Repeat("<", 60), strings.Repeat("<", 29) + "…"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := cut(test.in, MaxSubject, maxSubjectBytes); got != test.want {
				t.Errorf("cut(%q) = %q, want %q", test.in, got, test.want)
			}
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		got := cut(rapid.String().Draw(t, "text"), MaxSubject, maxSubjectBytes)
		b, err := json.Marshal(got)
		if err != nil || len(b)-2 > maxSubjectBytes || utf8.RuneCountInString(got) > MaxSubject || !utf8.ValidString(got) || strings.ContainsAny(got, "\n\r\t") {
			t.Fatalf("cut gave %q, %v", got, err)
		}
	})
}

func TestAskedPersonIsFoundAmongThoseAsked(t *testing.T) {
	x := Ticket{Asked: []Asked{{Person: "jefa", Round: 2}, {Person: "suplente", For: "jefa", Round: 1}}}
	if got, ok := x.AskedPerson("suplente"); !ok || got != x.Asked[1] {
		t.Errorf("AskedPerson(suplente) = %+v, %v", got, ok)
	}
	if got, ok := x.AskedPerson("otra"); ok || got != (Asked{}) {
		t.Errorf("AskedPerson(otra) = %+v, %v", got, ok)
	}
}

func TestActFieldsAreReadByName(t *testing.T) {
	if a := (Act{Fields: Fields{"reason": "x"}}); a.Field("reason") != "x" || a.Field("other") != "" || (Act{}).Field("reason") != "" {
		t.Errorf("fields of %+v are misread", a)
	}
}
