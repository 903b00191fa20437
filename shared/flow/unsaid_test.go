package flow_test

import (
	"slices"
	"strconv"
	"testing"

	"mesa/shared/desk"
)

// R104: a mail without a subject or a description is a contact all the same,
// and is asked back; the answer completes it.
func TestMailThatSaysTooLittleIsAskedBack(t *testing.T) {
	tests := []struct {
		name    string
		given   []string
		missing []string
	}{
		{"without a description", []string{"subject", "No abre"}, []string{"description"}},
		{"without a subject", []string{"description", "Desde las 9."}, []string{"subject"}},
		{"without either", nil, []string{"subject", "description"}},
		{"with both nothing is asked", []string{"subject", "No abre", "description", "Desde las 9."}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t, userHQ)
			d := b.do("", desk.ActContact, test.given...)
			if !slices.Equal(b.ticket.Missing, test.missing) {
				t.Errorf("missing %v, want %v", b.ticket.Missing, test.missing)
			}
			wantMails(t, d, "received→requester")
			if n := d.Notices[0]; (n.Wait == "data#1") != (len(test.missing) > 0) || (n.Data["fields"] != "") != (len(test.missing) > 0) {
				t.Errorf("the acknowledgement asks for %q by %q", n.Data["fields"], n.Wait)
			}
		})
	}
}

func TestSubjectGivenLaterBecomesTheTickets(t *testing.T) {
	b := newBench(t, userHQ)
	b.do("", desk.ActContact, "description", "Desde las 9.")
	b.do(userHQ, desk.ActProvideData, "subject", "  No   abre el correo ")
	if b.ticket.Subject != "No abre el correo" || len(b.ticket.Missing) > 0 {
		t.Errorf("subject %q, missing %v", b.ticket.Subject, b.ticket.Missing)
	}
}

func TestClassifyingKeepsWhatTheMailDidNotSay(t *testing.T) {
	b := newBench(t, userHQ)
	b.do("", desk.ActContact, "subject", "No enciende")
	b.do(deskOne, desk.ActClassify, "service", "impresora", "priority", "3")
	if !slices.Contains(b.ticket.Missing, "description") || !slices.Contains(b.ticket.Missing, "asset") {
		t.Errorf("missing %v, want the description and the hardware's data", b.ticket.Missing)
	}
}

func TestCaseWithoutAnAnswerCanBeClosed(t *testing.T) {
	b := held85(t, userHQ)
	b.do(support, desk.ActAsk, "question", "¿Qué versión?")
	d := b.do(support, desk.ActClose, closing()...)
	if b.ticket.State != desk.Closed || len(b.waits) > 0 {
		t.Errorf("state %s, waits %v", b.ticket.State, b.waits)
	}
	wantCalls(t, d, "resume escalation 1 paused#"+strconv.Itoa(b.ticket.Version-1))
}
