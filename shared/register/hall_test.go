package register_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/directory"
	"mesa/shared/register"
)

// hall is a desk with attentions, and its registers.
type hall struct {
	*desktest.Bench
	registers *register.Desk
}

const (
	tumbes     = desk.SedeID("UT-TUMBES")
	september  = "202609"
	specialist = desk.PersonID("especialista-ut-tumbes")
	head       = desk.PersonID("jefa-ut-tumbes")
)

func newHall(t *testing.T) *hall {
	t.Helper()
	b := desktest.NewBench(t)
	return &hall{b, &register.Desk{Store: b.Store, Now: b.Now}}
}

// attend opens and closes a case of a unit, which takes one row.
func (h *hall) attend(unit, solution string) desk.TicketID {
	h.T.Helper()
	who, by := desk.PersonID("usuaria-ut-"+unit+"-1"), desk.PersonID("especialista-ut-"+unit)
	id := h.Do(who, desk.ActOpen, "", "service", "apps-antivirus", "flow", "8.5", "subject", "Antivirus", "description", "Vencido.").After.Ticket.ID
	h.Do(by, desk.ActTake, id)
	h.Do(by, desk.ActClose, id, "solution", solution, "medium", "mail")
	return id
}

// on moves the clock to an hour of October.
func (h *hall) on(day, hour, minute int) {
	h.SetTime(time.Date(2026, 10, day, hour, minute, 0, 0, desk.Lima))
}

func (h *hall) read() register.Sheet {
	h.T.Helper()
	s, err := h.registers.Read(h.T.Context(), tumbes, september)
	if err != nil {
		h.T.Fatal(err)
	}
	return s
}

// request is what a person who has just read the month asks for.
func (h *hall) request(who desk.PersonID, place desk.Place) register.Request {
	h.T.Helper()
	return register.Request{Sede: tumbes, Period: september, Place: place, Seal: h.read().Seal, Actor: desk.Actor{Person: who, Assurance: desk.AssuredSession}, Channel: desk.ChannelPortal}
}

func (h *hall) sign(who desk.PersonID, place desk.Place) (register.Sheet, error) {
	h.T.Helper()
	s, _, err := h.registers.Sign(h.T.Context(), h.request(who, place))
	return s, err
}

func (h *hall) mustSign(who desk.PersonID, place desk.Place) register.Sheet {
	h.T.Helper()
	s, err := h.sign(who, place)
	if err != nil {
		h.T.Fatalf("%s signs as %s: %v", who, place, err)
	}
	return s
}

func (h *hall) reopen(who desk.PersonID, reason string) error {
	h.T.Helper()
	r := h.request(who, "")
	r.Reason = reason
	_, _, err := h.registers.Reopen(h.T.Context(), r)
	return err
}

// directory writes a change of the records.
func (h *hall) directory(change func(*directory.Records)) {
	h.T.Helper()
	records, revision, err := h.Store.LoadDirectory(h.T.Context())
	if err != nil {
		h.T.Fatal(err)
	}
	change(&records)
	if err := h.Store.SaveDirectory(h.T.Context(), records, revision); err != nil {
		h.T.Fatal(err)
	}
}

// wantProblem fails unless err is a problem of that code whose sentence holds a text.
func wantProblem(t *testing.T, err error, code desk.Code, text string) {
	t.Helper()
	p, ok := errors.AsType[*desk.Problem](err)
	if !ok || p.Code != code || !strings.Contains(p.Text+" "+fieldTexts(p), text) {
		t.Errorf("got %v, want %s with %q", err, code, text)
	}
}

func fieldTexts(p *desk.Problem) string {
	var all string
	for _, f := range p.Fields {
		all += f.Field + ": " + f.Text + " "
	}
	return all
}

func directoryOf(h *hall) *directory.Directory {
	h.T.Helper()
	s, err := h.Store.Directory(h.T.Context())
	if err != nil {
		h.T.Fatal(err)
	}
	return s.Directory
}

func people(list []register.Signer) string {
	var names []string
	for _, s := range list {
		names = append(names, string(s.Person))
	}
	return strings.Join(names, " ")
}
