package desktest

import (
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/work"
)

// signing is the first act on a month: the specialist's V°B°.
func signing() desk.MonthAct {
	return desk.MonthAct{N: 1, At: Wednesday(), Actor: desk.Actor{Person: Assigner, Assurance: desk.AssuredSession}, Channel: desk.ChannelPortal,
		Place: desk.PlaceSpecialist, Unit: TheUTI, Rows: 1, Seal: "ab", Marks: "AAAAAAAA", Key: "k"}
}

// monthMail is a mail about a month: it stands beside no ticket.
func monthMail(ref desk.TicketID) desk.Effect {
	return desk.Effect{Ticket: ref, Seq: 1, N: 1, Op: desk.OpMail, Mail: &desk.Mail{Message: "any", To: "a@qw.gob.pe"}, State: desk.EffectPending, DueAt: Wednesday(), CreatedAt: Wednesday()}
}

func monthActs(t *testing.T, s Contract) {
	empty, err := s.Month(t.Context(), TheSede, "202609")
	noErr(t, err)
	same(t, empty, desk.Month{})
	MustCommit(t, s, Open(ID(0), "2026-000001", Wednesday()))
	noErr(t, closeWithRow(t, s, ID(0)))
	reopening := desk.MonthAct{N: 2, At: Wednesday().Add(time.Hour), Actor: desk.Actor{Person: UTHead, For: UnitHead}, Channel: desk.ChannelAPI, Reason: "Falta una atención."}
	noErr(t, s.AddMonthAct(t.Context(), TheSede, "202609", signing(), nil, []desk.Effect{monthMail("V1")}))
	noErr(t, s.AddMonthAct(t.Context(), TheSede, "202609", reopening, nil, nil))
	got, err := s.Month(t.Context(), TheSede, "202609")
	noErr(t, err)
	same(t, got, desk.Month{Rows: 1, Acts: []desk.MonthAct{signing(), reopening}})
	if e, err := s.Effect(t.Context(), "V1", "1.1"); err != nil || e.Mail == nil || e.State != desk.EffectPending {
		t.Errorf("its mail is %+v, %v", e, err)
	}
	rows, err := s.Register(t.Context(), TheSede, "202609")
	if len(rows) != 1 || err != nil {
		t.Errorf("the acts stand among the rows: %v, %v", rows, err)
	}
	for _, elsewhere := range []struct {
		sede   desk.SedeID
		period string
	}{{TheSede, "202610"}, {"other", "202609"}} {
		other, err := s.Month(t.Context(), elsewhere.sede, elsewhere.period)
		noErr(t, err)
		same(t, other, desk.Month{})
	}
}

func monthRights(t *testing.T, s Contract) {
	noErr(t, s.SaveDirectory(t.Context(), Records(), 0))
	before, err := s.Directory(t.Context())
	noErr(t, err)
	checks := []work.RightsCheck{{Person: Assigner, Revision: before.Rights[Assigner]}, {Person: "nobody"}}
	moved := Records()
	moved.People[4].Roles = nil
	noErr(t, s.SaveDirectory(t.Context(), moved, 1))
	wantErr(t, s.AddMonthAct(t.Context(), TheSede, "202609", signing(), checks, []desk.Effect{monthMail("V1")}), work.ErrConflict)
	if _, err := s.Effect(t.Context(), "V1", "1.1"); desk.CodeOf(err) != desk.NotFound {
		t.Errorf("a refused act left its mail: %v", err)
	}
	after, err := s.Directory(t.Context())
	noErr(t, err)
	checks[0].Revision = after.Rights[Assigner]
	noErr(t, s.AddMonthAct(t.Context(), TheSede, "202609", signing(), checks, nil))
}

func raceMonth(t *testing.T, s Contract) {
	won := 0
	for _, err := range together(50, func(int) error { return s.AddMonthAct(t.Context(), TheSede, "202609", signing(), nil, nil) }) {
		if err == nil {
			won++
		} else if !lost(err) {
			t.Error(err)
		}
	}
	m, err := s.Month(t.Context(), TheSede, "202609")
	if won != 1 || len(m.Acts) != 1 || err != nil {
		t.Errorf("%d signed, %d acts kept, %v", won, len(m.Acts), err)
	}
	wantErr(t, s.AddMonthAct(t.Context(), TheSede, "202609", signing(), nil, nil), work.ErrConflict)
}
