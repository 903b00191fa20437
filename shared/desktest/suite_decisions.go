package desktest

import (
	"testing"
	"time"

	"mesa/shared/desk"
)

// decisions are listed under who made them, with why and with the ticket as it
// stands; what others did is not among them.
func decisions(t *testing.T, s Contract) {
	uo := desk.ApprovalRequested{Stage: desk.StageUO, Asked: []desk.Asked{{Person: UnitHead, Round: 1}}}
	for n := 1; n <= 3; n++ {
		before := MustCommit(t, s, Open(ID(n), desk.Number("2026-00000"+string('0'+rune(n))), Wednesday()))
		MustCommit(t, s, Act(before, desk.ActApprove, UTHead, Wednesday().Add(time.Duration(n)*time.Hour), desk.StageApproved{Stage: desk.StageUT}, uo))
	}
	last, err := s.Load(t.Context(), ID(2))
	noErr(t, err)
	no := Act(last, desk.ActReject, UnitHead, Wednesday().Add(9*time.Hour), desk.StageRejected{Stage: desk.StageUO}, desk.TicketRejected{})
	no.Record.Texts, no.Record.Salt = desk.Texts{"reason": "No procede."}, "salt"
	MustCommit(t, s, no)

	list, err := s.Decisions(t.Context(), UTHead, 2)
	noErr(t, err)
	var ids []desk.TicketID
	for _, d := range list {
		ids = append(ids, d.Ticket.ID)
		if d.Record.Act != desk.ActApprove || d.Record.Actor.Person != UTHead || d.Record.Ticket != d.Ticket.ID || d.Ticket.Number == "" {
			t.Errorf("listed %+v of %+v", d.Record, d.Ticket)
		}
	}
	same(t, ids, []desk.TicketID{ID(3), ID(2)})
	if list[1].Ticket.State != desk.Rejected {
		t.Errorf("the ticket stands %s, as it was then", list[1].Ticket.State)
	}

	list, err = s.Decisions(t.Context(), UnitHead, 10)
	noErr(t, err)
	if len(list) != 1 || list[0].Record.Texts["reason"] != "No procede." || !list[0].Record.At.Equal(Wednesday().Add(9*time.Hour)) {
		t.Errorf("listed %+v", list)
	}
	for _, nobody := range []desk.PersonID{Asker, StandIn, ""} {
		list, err = s.Decisions(t.Context(), nobody, 10)
		noErr(t, err)
		if len(list) != 0 {
			t.Errorf("%q decided %+v", nobody, list)
		}
	}
}
